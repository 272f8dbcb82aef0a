"""The desk in a real browser: by keyboard, by touch, by passkey."""

import pytest

from tests.journey import steps


@pytest.fixture
def inbox(site, open_browser):
    """Maud's inbox with two inquiries at least."""
    stranger = open_browser("desk")
    for name in ("un", "deux"):
        steps.write(stranger, site, f"{name}@clavier.example", f"Bonjour, la librairie {name} voudrait une affiche.")
    page = open_browser("desk")
    steps.sign_in(page, site)
    return page


def test_the_inbox_goes_by_keyboard(inbox):
    inbox.keyboard.press("j")
    inbox.keyboard.press("j")
    inbox.keyboard.press("k")
    first = inbox.locator("[data-line]").first
    assert "current" in first.get_attribute("class")
    wanted = first.get_by_role("link").first.get_attribute("href")
    inbox.keyboard.press("Enter")
    inbox.wait_for_url(f"**{wanted}")


def test_the_list_of_keys_is_a_touch_away(inbox, accessible):
    inbox.keyboard.press("?")
    assert inbox.get_by_role("dialog").is_visible()
    accessible(inbox)
    inbox.keyboard.press("Escape")
    assert not inbox.get_by_role("dialog").is_visible()


def test_search_narrows_the_list_as_one_types(inbox):
    inbox.get_by_role("searchbox").press_sequentially("deux")
    inbox.locator("[data-line]", has_text="un@clavier.example").first.wait_for(state="detached")
    assert inbox.locator("[data-line]", has_text="deux@clavier.example").count() >= 1


def test_the_evidence_of_a_slot_is_marked_when_one_points_at_it(inbox):
    steps.open_inquiry(inbox, "deux@clavier.example")
    mark = inbox.locator("mark.slot-deliverable").first
    before = mark.evaluate("m => getComputedStyle(m).backgroundColor")
    inbox.locator("[data-of=slot-deliverable]").focus()
    assert mark.evaluate("m => getComputedStyle(m).backgroundColor") != before


def test_the_slider_says_its_word(inbox):
    steps.open_inquiry(inbox, "deux@clavier.example")
    slider = inbox.locator("[data-gut]")
    slider.fill("92")
    assert "92" in slider.get_attribute("aria-valuetext")
    assert slider.get_attribute("aria-valuetext").endswith("oui")


def test_an_answer_can_be_taken_back_within_ten_seconds(inbox, smtp):
    steps.open_inquiry(inbox, "un@clavier.example")
    steps.feel(inbox)
    steps.decide(inbox, "Demander")
    inbox.get_by_role("button", name="Envoyer à un@clavier.example").click()
    inbox.get_by_role("button", name="La reprendre").click()
    inbox.wait_for_url("**/reponse/ask/")
    inbox.wait_for_timeout(12_000)
    subjects = [mail["Subject"] for mail in steps.mails(smtp, "un@clavier.example")]
    assert "Avant d’aller plus loin" not in subjects


def test_a_draft_is_kept_while_one_types(inbox):
    steps.open_inquiry(inbox, "deux@clavier.example")
    if inbox.get_by_role("heading", name="Que sentez-vous").count():
        steps.feel(inbox)
    steps.decide(inbox, "Décliner")
    inbox.get_by_label("Votre réponse").fill("Bonjour, hélas non.")
    inbox.get_by_label("Votre réponse").press("End")
    inbox.get_by_label("Votre réponse").press_sequentially(" Désolée.")
    inbox.locator("#kept", has_text="Gardé").wait_for()
    inbox.reload()
    assert inbox.get_by_label("Votre réponse").input_value() == "Bonjour, hélas non. Désolée."


def test_a_passkey_is_made_and_then_signs_in(site, open_browser, accessible):
    page = open_browser("desk")
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "automaticPresenceSimulation": True}})
    steps.sign_in(page, site)
    page.goto(f"{site}/bureau/reglages/")
    accessible(page)
    page.get_by_role("link", name="Clés d’accès").click()
    accessible(page)
    page.get_by_role("link", name="Ajouter").click()
    if page.locator("[name=password]").count():  # asked again before anything that matters
        page.locator("[name=password]").fill(steps.PASSWORD)
        page.locator("main button").first.click()
    page.locator("[name=name]").fill("Téléphone")
    accessible(page)
    page.get_by_role("button", name="Ajouter").click()
    page.get_by_text("Téléphone").first.wait_for()
    page.context.clear_cookies()
    page.goto(f"{site}/compte/login/")
    page.get_by_role("button", name="Se connecter avec une clé").click()
    page.wait_for_url("**/bureau/")

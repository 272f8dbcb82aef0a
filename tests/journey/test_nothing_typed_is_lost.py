"""What is typed survives a reload, a lost connection, an error and an expired session."""

import pytest
from playwright.sync_api import Error

from tests.journey import steps

WORDS = "Bonjour, un site de douze pages pour notre librairie."


def field(page):
    return page.get_by_label("Dites-moi tout, comme ça vient")


def type_words(page, site):
    page.goto(site)
    field(page).press_sequentially(WORDS[:10])
    field(page).fill(WORDS)
    page.wait_for_timeout(600)


def test_a_reload_brings_it_back_and_says_so(site, open_browser, accessible):
    page = open_browser("phone")
    type_words(page, site)
    page.reload()
    assert field(page).input_value() == WORDS
    assert page.get_by_text("Ce que vous aviez tapé est revenu").is_visible()
    accessible(page)


def test_it_can_be_erased(site, open_browser):
    page = open_browser("phone")
    type_words(page, site)
    page.reload()
    page.get_by_role("button", name="L’effacer").click()
    page.reload()
    assert field(page).input_value() == ""


def test_a_lost_connection_loses_nothing(site, open_browser):
    page = open_browser("phone")
    type_words(page, site)
    page.context.set_offline(True)
    with pytest.raises(Error):
        page.goto(f"{site}/?lang=fr")
    page.context.set_offline(False)
    page.goto(site)
    assert field(page).input_value() == WORDS


def test_an_error_leaves_it_in_place(site, open_browser, accessible):
    page = open_browser("phone")
    type_words(page, site)
    page.get_by_role("button", name="Envoyer").click()
    assert page.get_by_text("Laissez-moi une adresse").is_visible()
    assert field(page).input_value() == WORDS
    accessible(page)


def test_once_it_is_sent_the_next_visit_begins_empty(site, open_browser):
    page = open_browser("desk")
    steps.write(page, site, "luc.besse@atelier.example", WORDS)
    page.goto(site)
    assert field(page).input_value() == ""


def test_an_answer_typed_in_an_expired_session_comes_back_whole(site, open_browser, accessible):
    stranger, owner = open_browser("desk"), open_browser("desk")
    steps.write(stranger, site, "expired@atelier.example", WORDS)
    steps.sign_in(owner, site)
    steps.open_inquiry(owner, "expired@atelier.example")
    steps.feel(owner)
    steps.decide(owner, "Demander")
    owner.get_by_label("Votre réponse").fill("Bonjour, deux mots seulement.")
    owner.context.clear_cookies()
    owner.get_by_role("button", name="Garder pour plus tard").click()
    assert (
        owner.get_by_text("Vous avez été déconnectée")
        .or_(owner.get_by_role("heading", name="Encore un clic"))
        .first.is_visible()
    )
    accessible(owner)
    with owner.context.expect_page() as opened:
        owner.get_by_role("link", name="Se connecter").click()
    login = opened.value
    login.locator("[name=login]").fill("maud@esteve.example")
    login.locator("[name=password]").fill(steps.PASSWORD)
    login.get_by_role("button", name="Se connecter", exact=True).click()
    login.wait_for_url("**/bureau/")
    owner.get_by_role("button", name="Renvoyer").click()
    if owner.get_by_role("button", name="Renvoyer").count():  # the form's protection was the old session's
        owner.get_by_role("button", name="Renvoyer").click()
    assert owner.get_by_label("Votre réponse").input_value() == "Bonjour, deux mots seulement."

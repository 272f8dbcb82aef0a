"""Writing a proposal with the page beside it, and reading it with options to tick, in a real browser."""

import re

import pytest

from tests.journey.steps import last_mail, link_in, open_inquiry, sign_in, write

WORDS = "\n\nUn mot de plus, que la page montre."


@pytest.fixture
def editor(site, open_browser):
    """Where Maud writes a proposal for somebody who wrote to her; each test has a person of its own."""

    def open_(email, name, size="desk"):
        write(
            open_browser(),
            site,
            email,
            f"Bonjour, je voudrais refaire 20 pages de mon site, pour 4 500 €.\n\nMerci d’avance,\n{name}",
        )
        page = open_browser(size)
        sign_in(page, site)
        open_inquiry(page, email)
        number = re.search(r"/demandes/(\d+)/", page.url)[1]
        page.goto(f"{site}/bureau/demandes/{number}/documents/proposal/")
        return page

    return open_


def page_shown(page):
    return page.locator("#look img").first.get_attribute("src")


def followed(page, before):
    page.wait_for_function("before => document.querySelector('#look img')?.src !== before", arg=before)


def test_the_page_follows_what_is_typed_and_typing_goes_on(editor):
    page = editor("lea@atelier.example", "Léa Morin")
    before, words = page_shown(page), page.locator("textarea[name=text]")
    begun = words.input_value()
    words.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(WORDS, delay=20)
    followed(page, before)
    page.keyboard.type(" Encore.")
    assert words.input_value() == f"{begun}{WORDS} Encore."


def test_what_is_missing_is_said_as_one_types_and_goes_when_it_is_mended(editor):
    page = editor("lou@atelier.example", "Lou Besson")
    price = page.locator("[name=line-0-price]")
    price.fill("beaucoup")
    page.locator("#lacks .error").wait_for()
    price.fill("4 500")
    page.locator("#lacks .error").wait_for(state="detached")


def test_a_line_added_and_not_kept_yet_comes_back_after_the_page_is_lost(editor):
    page = editor("noe@atelier.example", "Noé Girard")
    page.locator("#more").click()
    page.keyboard.type("Une lettre chaque mois")
    page.locator("[name=line-2-price]").fill("600")
    page.wait_for_timeout(400)  # what is typed is kept a moment later
    page.reload()
    back = [page.locator(f"[name=line-2-{name}]").input_value() for name in ("text", "quantity", "price")]
    assert back == ["Une lettre chaque mois", "1", "600"]


def test_a_line_is_taken_out_and_the_page_follows(editor):
    page = editor("ana@atelier.example", "Ana Petit")
    page.locator("[name=line-1-text]").fill("Une lettre chaque mois")
    page.locator("[name=line-1-price]").fill("600")
    page.wait_for_timeout(1500)
    before = page_shown(page)
    page.locator("[data-remove]").last.click()
    followed(page, before)
    assert page.locator("[name=line-1-text]").count() == 0


def test_the_rate_of_a_line_shows_where_there_is_vat_alone(editor):
    page = editor("eva@atelier.example", "Eva Colin")
    rate = page.locator("[name=line-0-rate]")
    page.locator("#part-terms summary").click()
    shown = []
    for regime in ("exempt", "vat"):
        page.locator("[name=regime]").select_option(regime)
        shown.append(rate.is_visible())
    assert shown == [False, True]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_reader_ticks_an_option_and_the_total_follows(editor, smtp, open_browser, accessible, javascript):
    email = f"max.{javascript}@atelier.example".lower()
    page = editor(email, "Max Royer" if javascript else "Paul Royer", "phone")
    page.locator("[name=line-1-text]").fill("Une lettre chaque mois")
    page.locator("[name=line-1-price]").fill("600")
    page.locator(".priced").nth(1).locator("summary").click()
    page.locator("[name=line-1-optional]").check()
    accessible(page)
    page.locator("button[name=send]").last.tap()
    page.wait_for_url("**/bureau/documents/*/")

    reader = open_browser("phone", javascript=javascript)
    reader.goto(link_in(last_mail(smtp, email, 1), "doc"))
    total = reader.locator(".totals .whole dd")
    assert re.sub(r"\s", "", total.inner_text()) == "4500€"
    reader.locator("[name=option]").check()
    if not javascript:
        reader.locator("#reckon").tap()
    reader.locator(".totals .whole", has_text=re.compile(r"5.100")).wait_for()
    reader.locator("#answer button.primary").tap()
    reader.locator("#answer").wait_for(state="detached")
    assert re.sub(r"\s", "", total.inner_text()) == "5100€"
    if javascript:
        accessible(reader)


def test_she_sees_that_it_was_opened_once_its_reader_moves_on_the_page_and_not_before(editor, smtp, open_browser):
    email = "ode@atelier.example"
    page = editor(email, "Ode Marin")
    page.locator("button[name=send]").last.click()
    page.wait_for_url("**/bureau/documents/*/")
    reader = open_browser()
    reader.goto(link_in(last_mail(smtp, email, 1), "doc"))
    page.reload()
    page.get_by_text("page pas encore ouverte").wait_for()
    with reader.expect_response("**/vu/"):
        reader.mouse.wheel(0, 300)
    page.reload()
    page.get_by_text("page ouverte le").wait_for()

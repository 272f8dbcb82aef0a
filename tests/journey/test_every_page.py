"""Every main page, full and empty, in both languages: nothing for axe to find, nothing that scrolls sideways."""

import pytest

from tests.installation import link_in, serving
from tests.screenshots import desk_pages, login_in, sign_in, strangers_pages

NARROWEST, WIDEST = 320, 1920
EMPTY = ("/bureau/", "/bureau/?folder=waiting", "/bureau/?folder=ended", "/bureau/?folder=aside", "/bureau/?q=rien", "/bureau/agenda/",
         "/bureau/agenda/nouveau/", "/bureau/envois/", "/bureau/reglages/", "/bureau/documents/", "/bureau/regard/", "/bureau/reglages/documents/",
         "/bureau/reglages/documents/proposal/en/", "/bureau/contacts/a-revoir/", "/", "/nulle-part/")  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("demo") / "data", "--demo") as (address, printed):
        yield address, printed


def fits(page):
    for width in (NARROWEST, WIDEST):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            f"{page.url} scrolls sideways at {width}"
        )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_of_a_full_practice(demo, open_browser, accessible, language):
    site, printed = demo
    page = open_browser("desk")
    sign_in(page, site, login_in(printed))
    pages = ["/", "/compte/login/", "/compte/password/change/", *(path for _name, path in desk_pages(page, site))]
    pages += [path for _name, path in strangers_pages(page, site)]
    for path in pages:
        mark = "&" if "?" in path else "?"
        page.goto(f"{site}{path}{mark}lang={language}")
        assert page.locator("h1").count() == 1, page.url
        fits(page)
        accessible(page)


def test_every_page_of_an_empty_practice(tmp_path, open_browser, accessible):
    with serving(tmp_path / "data") as (site, printed):
        page = open_browser("phone")
        page.goto(site)
        accessible(page)
        page.goto(site + link_in(printed, "premiers-pas"))
        accessible(page)
        page.get_by_label("Votre nom").fill("Inès Faure")
        page.get_by_label("Votre adresse").fill("ines@faure.example")
        page.get_by_label("Un mot de passe").fill("une phrase assez longue")
        page.get_by_role("button", name="Ouvrir mon activité").click()
        page.wait_for_url("**/bureau/reglages/")
        for path in EMPTY:
            page.goto(site + path)
            assert page.locator("h1").count() == 1, page.url
            fits(page)
            accessible(page)

"""Pictures of the main pages: `python -m tests.screenshots`, into var/screenshots; those of the README, into docs/images.

A demo practice is served from a folder of its own; each page is taken on a phone and a desk, in light and dark, and the
stranger's in English too.
"""

import re
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.installation import serving

HERE = Path(__file__).parent.parent
OUT, README = HERE / "var" / "screenshots", HERE / "docs" / "images"
SIZES = {"phone": (390, 844), "desk": (1280, 900)}
IN_README = {"inquiry-desk-light", "front-phone-light", "inbox-phone-dark", "companion-phone-light",
             "reader-proposal-phone-light"}  # fmt: skip
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--hide-scrollbars"]
FRESH, FELT, BOOKED = "Aurore Jacquet", "Bertrand Sicard", "Henry Aldous"
# Whose document has remarks, waits for their signature, for hers, for its deposit; an option to tick; a draft.
REMARKED, TO_SIGN, SIGNED, SEALED = "Nora Bensaïd", "Gabrielle Vernet", "Diane Lavigne", "Fanny Escoffier"
OPTIONS, DRAFTED, LAPSED, BROKEN = "Ellen Whitby", "Olivier Castan", "Robin Delcroix", "Isabelle Prévot"
TOMORROW, RUNNING, OVER = "Salomé Tisserand", "Lucie Tardieu", "Bertrand Sicard"


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    for folder in (OUT, README):
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, serving(Path(name) / "data", "--demo") as (site, printed):
        login = login_in(printed)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            for size in SIZES:
                _take_all(browser, site, login, size)
            browser.close()
    print(f"{len(list(OUT.iterdir()))} pictures in {OUT.relative_to(HERE)}")


def _take_all(browser, site, login, size):
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="fr-FR", timezone_id="Europe/Paris",
        is_mobile=size == "phone", has_touch=size == "phone", reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    _take(page, site, "/", "front", size, languages=("fr", "en"))
    _take(page, site, "/compte/login/", "login", size)
    sign_in(page, site, login)
    for name, path in desk_pages(page, site):
        _take(page, site, path, name, size)
    for name, path in strangers_pages(page, site):
        _take(page, site, path, name, size, languages=("fr", "en"))
    context.close()


def login_in(printed):
    """The demo's address and password, as the start printed them."""
    return re.search(r"Login:\s+(\S+)\s+(\S+)", printed).groups()


def sign_in(page, site, login):
    page.goto(f"{site}/bureau/")
    page.fill("[name=login]", login[0])
    page.fill("[name=password]", login[1])
    page.click("button.primary")
    page.wait_for_url("**/bureau/")


def desk_pages(page, site):
    """The desk's pages, with the addresses found as a person would: by following links."""
    fresh, felt = _inquiry(page, site, FRESH), _inquiry(page, site, FELT)
    appointment = _appointment(page, site, BOOKED)
    return [
        ("inbox", "/bureau/"), ("waiting", "/bureau/?folder=waiting"), ("ended", "/bureau/?folder=ended"),
        ("aside", "/bureau/?folder=aside"), ("nothing-found", "/bureau/?q=xyzzy"), ("inquiry-fresh", fresh),
        ("inquiry", felt), ("outcome", f"{felt}issue/"), ("answer", f"{felt}reponse/ask/"), ("agenda", "/bureau/agenda/"),
        ("note-appointment", "/bureau/agenda/nouveau/"), ("appointment", appointment), ("outbox", "/bureau/envois/"),
        ("settings", "/bureau/reglages/"), *_meeting_pages(page, site), *_document_pages(page, site),
    ]  # fmt: skip


def _meeting_pages(page, site):
    """Before the meeting, at its beginning, in its middle, after it. One is begun by a touch: nothing else can."""
    tomorrow, running = _appointment(page, site, TOMORROW), _appointment(page, site, RUNNING)
    page.goto(f"{site}{running}sur-place/")
    if page.locator("button[name=minutes]").count():
        page.locator("button[name=minutes]").first.click()
        page.wait_for_selector("#clock")
    return [
        ("before", f"{tomorrow}avant/"), ("companion", f"{tomorrow}sur-place/"), ("companion-running", f"{running}sur-place/"),
        ("companion-over", f"{_appointment(page, site, OVER)}sur-place/"),
    ]  # fmt: skip


def _document_pages(page, site):
    remarked, draft = _document(page, site, REMARKED), _document(page, site, DRAFTED, last=True)
    sealed, broken = _document(page, site, SEALED, last=True), _inquiry(page, site, BROKEN)
    return [
        ("documents", "/bureau/documents/"), ("document", remarked), ("document-changes", f"{remarked}version-2/"),
        ("document-lapsed", _document(page, site, LAPSED)), ("document-to-countersign", _document(page, site, SIGNED, last=True)),
        ("document-sealed", sealed), ("editor-proposal", f"{remarked}ecrire/"), ("editor-contract", f"{draft}ecrire/"),
        ("letterhead", "/bureau/reglages/documents/"),
        ("outline", "/bureau/reglages/documents/agreement/fr/"), ("see-again", "/bureau/contacts/a-revoir/"), ("remind", f"{sealed}acompte/relance/"),
        ("work-signed", f"{_inquiry(page, site, SEALED)}travail/"), ("work-broken", f"{broken}travail/"),
        ("work-closed", f"{_inquiry(page, site, LAPSED)}travail/"), ("insight", "/bureau/regard/"),
    ]  # fmt: skip


def _appointment(page, site, who):
    page.goto(site + _inquiry(page, site, who))
    return page.locator("a[href*='/bureau/rendez-vous/']").first.get_attribute("href")


def _document(page, site, who, *, last=False):
    """Somebody's first document, or the last."""
    page.goto(f"{site}/bureau/documents/")
    found = page.locator("li", has_text=who).locator("a[href*='/bureau/documents/']")
    return (found.first if last else found.last).get_attribute("href")  # the newest stands first


def _inquiry(page, site, who):
    for folder in ("", "waiting", "ended"):
        page.goto(f"{site}/bureau/?folder={folder}&q={who}")
        line = page.locator("[data-line] a")
        if line.count():
            return line.first.get_attribute("href")
    raise LookupError(who)


def strangers_pages(page, site):
    """The stranger's pages, whose links stand in the mails kept in the outbox, and on the pages of documents."""
    found, number = {}, 1
    while len(found) < 3 and number < 10:
        page.goto(f"{site}/bureau/envois/?page={number}")
        links = page.locator(".line h2 a")
        for href in [links.nth(i).get_attribute("href") for i in range(links.count())]:
            page.goto(site + href)
            for kind in ("d", "i", "rdv"):
                link = re.search(rf"/{kind}/[\w-]{{32}}/", page.inner_text("main"))
                if link:
                    found.setdefault({"d": "personal", "i": "invitation", "rdv": "their-appointment"}[kind], link[0])
        number += 1
    return [*found.items(), *_readers_pages(page, site)]


def _readers_pages(page, site):
    for name, who in (
        ("reader-proposal", REMARKED), ("reader-options", OPTIONS), ("reader-to-sign", TO_SIGN), ("reader-signed", SIGNED),
        ("reader-sealed", SEALED), ("reader-lapsed", LAPSED), ("reader-refused", BROKEN),
    ):  # fmt: skip
        page.goto(site + _document(page, site, who, last=True))
        yield name, page.locator("a[href^='/doc/']").first.get_attribute("href")


def _take(page, site, path, name, size, languages=("fr",)):
    for language in languages:
        page.goto(f"{site}{path}" + (f"?lang={language}" if language != "fr" else ""))
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            full = "-".join([name, size, scheme] + ([language] if language != "fr" else []))
            page.screenshot(path=OUT / f"{full}.png", full_page=True)
            if full in IN_README:
                page.screenshot(path=README / f"{full}.png")
    page.emulate_media(color_scheme=None)


if __name__ == "__main__":
    main()

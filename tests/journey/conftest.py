"""A real Chromium before a real `rdv serve`, with a real SMTP server behind it."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.inquiries.email.servers import smtp_server
from tests.installation import serving
from tests.site.setting_up import set_up_in

SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}
# The first Chromium that Debian or the machine has; quiet, and without what needs a network.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


def pytest_collection_modifyitems(items):
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def smtp():
    with smtp_server() as server:
        yield server


@pytest.fixture(scope="module")
def site(tmp_path_factory, smtp):
    """The address of an installation in which Maud has a practice."""
    folder = tmp_path_factory.mktemp("site") / "data"
    with serving(folder):  # makes the folder and the database
        set_up_in(folder)
    with serving(folder, smtp_host="127.0.0.1", smtp_port=smtp.port, smtp_security="none") as (address, _printed):
        yield address


@pytest.fixture
def open_browser(chromium):
    """Opens a browser of somebody's own: its first page."""
    contexts, failures = [], []

    def told(message):
        if "Content Security Policy" in message.text:
            failures.append(message.text)

    def open_(size="desk", javascript=True, **options):
        context = chromium.new_context(
            viewport=SIZES[size], locale="fr-FR", timezone_id="Europe/Paris", java_script_enabled=javascript,
            has_touch=size == "phone", is_mobile=size == "phone", **options,
        )  # fmt: skip
        context.set_default_timeout(15_000)
        context.on("console", told)
        context.on("weberror", lambda error: failures.append(str(error.error)))
        contexts.append(context)
        return context.new_page()

    yield open_
    for context in contexts:
        context.close()
    assert failures == [], "scripts failed, or tried what the page's policy forbids"


@pytest.fixture(scope="session")
def accessible():
    """Fails where axe finds something on the page, in light or in dark."""
    axe = Axe()

    def check(page):
        page.emulate_media(reduced_motion="reduce")  # not in the middle of a movement
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = axe.run(
                page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
            )
            assert found.violations_count == 0, f"{page.url} ({scheme})\n{found.generate_report()}"
        page.emulate_media(color_scheme=None)

    return check

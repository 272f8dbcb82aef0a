"""What every page has: protection, an honest language, few bytes, errors that show the way on."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings as installation
from django.contrib.staticfiles import finders

from tests.cast import write

STYLES = ("site/rendezvous.css",)
SCRIPTS = ("site/keep.js", "site/desk.js", "django_htmx/htmx-2.min.js")


def compressed(data):
    return len(gzip.compress(data))


def test_pages_allow_no_script_style_or_frame_from_elsewhere(practice, browser):
    policy = browser.get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "'unsafe-inline'" not in policy
    assert "'unsafe-eval'" not in policy


@pytest.mark.parametrize(
    ("asked", "headers", "code"),
    [
        ({}, {}, "fr"),
        ({}, {"accept-language": "en-GB,en;q=0.9"}, "en"),
        ({}, {"accept-language": "de,en;q=0.5,fr;q=0.4"}, "en"),
        ({}, {"accept-language": "de"}, "fr"),
        ({"lang": "en"}, {"accept-language": "fr"}, "en"),
        ({"lang": "xx"}, {}, "fr"),
    ],
)
def test_the_language_is_the_one_asked_for_then_the_browsers_then_french(practice, browser, asked, headers, code):
    assert f'<html lang="{code}"' in browser.get("/", asked, headers=headers).content.decode()


def test_a_page_that_does_not_exist_shows_the_way_on(practice, browser):
    answer = browser.get("/nulle-part/")
    assert answer.status_code == 404
    assert 'href="/"' in answer.content.decode()


def test_a_host_that_is_not_ours_is_refused_without_details(practice, browser):
    answer = browser.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "ALLOWED_HOSTS" not in answer.content.decode()


def test_a_failure_is_one_sentence_and_shows_nothing_of_the_inside(practice, browser, monkeypatch):
    from rendezvous.inquiries.channels.web import views

    def fail(*args, **kwargs):
        raise RuntimeError("the inside of things")

    monkeypatch.setattr(views, "_front_page", fail)
    browser.raise_request_exception = False
    answer = browser.get("/")
    assert answer.status_code == 500
    assert "the inside of things" not in answer.content.decode()
    assert "<h1>" in answer.content.decode()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(practice, browser, method):
    assert getattr(browser, method)("/").status_code == 405


def test_a_strangers_page_with_all_it_needs_weighs_under_50_kb(practice, browser):
    pages = [browser.get("/"), browser.get(write(browser)["Location"])]
    files = [Path(finders.find(name)).read_bytes() for name in (*STYLES, "site/keep.js", "site/icon.svg")]
    for page in pages:
        assert compressed(page.content) + sum(map(compressed, files)) < 50_000


def test_a_page_of_the_desk_with_all_it_needs_weighs_under_50_kb(desk, inquiry):
    files = [Path(finders.find(name)).read_bytes() for name in (*STYLES, *SCRIPTS, "site/icon.svg")]
    for address in ("/bureau/", f"/bureau/demandes/{inquiry.pk}/", "/bureau/agenda/", "/bureau/reglages/"):
        assert compressed(desk.get(address).content) + sum(map(compressed, files)) < 50_000


def test_the_key_file_is_for_its_owner_alone(tmp_path):
    from rendezvous.site.paths import open_data_folder

    open_data_folder(tmp_path / "data")
    key = tmp_path / "data" / "secret.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert len(key.read_text()) >= 50
    before = key.read_text()
    open_data_folder(tmp_path / "data")
    assert key.read_text() == before


def test_the_site_is_strict_about_what_matters():
    assert installation.DEBUG is False
    assert installation.SESSION_COOKIE_HTTPONLY is True

"""Coming in: the first set-up, signing in, a forgotten password, a code by mail."""

import datetime as dt

import pytest
from django.test import Client

from rendezvous.inquiries.models import OutgoingMail
from rendezvous.practice import clock, one_time
from rendezvous.practice.models import Member, OneTimeLink, Practice, User
from tests.cast import PASSWORD

SETUP = OneTimeLink.Purpose.SETUP
NEW = {"name": "Inès Faure", "email": "ines@faure.example", "password": "une phrase assez longue"}


@pytest.fixture
def setup_page(db):
    return f"/premiers-pas/{one_time.make(SETUP)}/"


def test_the_first_set_up_opens_the_practice_and_signs_in(client, setup_page):
    assert client.post(setup_page, NEW)["Location"] == "/bureau/reglages/"
    assert "Inès Faure" in client.get("/").content.decode()
    assert client.get("/bureau/").status_code == 200


def test_its_link_opens_once(client, setup_page):
    client.post(setup_page, NEW)
    assert Client().get(setup_page).status_code == 410
    assert Client().post(setup_page, {**NEW, "email": "x@example.org"}).status_code == 410
    assert Member.objects.count() == 1


def test_its_link_expires(client, setup_page):
    with clock.at(clock.now() + dt.timedelta(days=8)):
        assert client.get(setup_page).status_code == 410


def test_a_later_link_replaces_an_earlier_one(client, setup_page):
    one_time.make(SETUP)
    assert client.get(setup_page).status_code == 410


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"email": "ines"},
        {"password": "court"},
        {"password": "motdepasse"},
        {"password": "ines@faure.example"},
    ],
)
def test_what_is_wrong_comes_back_with_a_sentence(client, setup_page, wrong):
    answer = client.post(setup_page, {**NEW, **wrong})
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert not Practice.objects.exists()


def test_the_link_is_not_in_the_database(setup_page):
    assert setup_page.split("/")[2] not in OneTimeLink.objects.get().digest


def sign_in(client, **fields):
    return client.post("/compte/login/", {"login": "maud@esteve.example", "password": PASSWORD, **fields})


def test_signing_in_leads_to_the_inbox(cast, client):
    assert sign_in(client)["Location"] == "/bureau/"


def test_the_case_of_the_address_does_not_matter(cast, client):
    assert sign_in(client, login="Maud@Esteve.example")["Location"] == "/bureau/"


@pytest.mark.parametrize("login", ["maud@esteve.example", "personne@esteve.example"])
def test_a_wrong_password_does_not_tell_who_exists(cast, client, login):
    page = sign_in(client, login=login, password="pas le bon du tout").content.decode()
    assert page.count('class="note trouble error"') == 1
    assert "incorrects" in page


def test_nobody_signs_up(client, db):
    assert client.get("/compte/signup/").status_code == 404


def test_after_many_wrong_passwords_a_pause_is_asked(cast, client):
    for _attempt in range(6):
        sign_in(client, password="pas le bon du tout")
    assert "compte" not in sign_in(client).headers.get("Location", "compte") or sign_in(client).status_code == 200


def test_a_forgotten_password_is_mended_by_a_printed_link(cast, client):
    link = f"/mot-de-passe/{one_time.make(OneTimeLink.Purpose.PASSWORD, cast.owner.user)}/"
    assert client.post(link, {"password": "une tout autre phrase"})["Location"] == "/bureau/"
    assert Client().get(link).status_code == 410
    assert User.objects.get(pk=cast.owner.user.pk).check_password("une tout autre phrase")


def test_a_setup_link_is_no_password_link(cast, client, setup_page):
    assert client.get(setup_page.replace("premiers-pas", "mot-de-passe")).status_code == 410


def test_codes_by_mail_are_offered_only_once_mail_is_known_to_leave(cast, client, settings):
    assert client.get("/compte/login/code/").status_code == 404
    settings.OPTIONS = {**settings.OPTIONS, "smtp_host": "127.0.0.1"}
    assert client.get("/compte/login/code/").status_code == 404
    OutgoingMail.objects.create(
        sender="a@example.org",
        recipient="b@example.org",
        subject="",
        text="",
        content=b"",
        rfc_message_id="x",
        status="sent",
    )
    assert client.get("/compte/login/code/").status_code == 200
    assert "/compte/login/code/" in client.get("/compte/login/").content.decode()


def test_a_code_by_mail_signs_in(cast, client, settings):
    import re

    settings.OPTIONS = {**settings.OPTIONS, "smtp_host": "127.0.0.1"}
    settings.EMAIL_BACKEND = (
        "rendezvous.inquiries.channels.email.backend.OutboxBackend"  # Django's test runner puts its own
    )
    OutgoingMail.objects.create(
        sender="a@example.org",
        recipient="b@example.org",
        subject="",
        text="",
        content=b"",
        rfc_message_id="x",
        status="sent",
    )
    client.post("/compte/login/code/", {"email": "maud@esteve.example"})
    mail = OutgoingMail.objects.filter(recipient="maud@esteve.example").last()
    [code] = re.findall(r"^\s*([A-Z0-9-]{6,9})\s*$", mail.text, re.MULTILINE)
    assert client.post("/compte/login/code/confirm/", {"code": code})["Location"] == "/bureau/"


def test_signing_out_closes_the_desk(desk):
    desk.post("/compte/logout/")
    assert desk.get("/bureau/").status_code == 302


def test_who_is_in_no_practice_is_told_so(client, db):
    client.force_login(
        User.objects.create_user("seul@example.org", PASSWORD, name="Seul"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    assert client.get("/bureau/").status_code == 403

"""Reading one IMAP folder of a real server: each message once, nothing touched."""

import pytest

from rendezvous.inquiries.channels.email.fetch import CannotFetch, fetch_mail
from rendezvous.inquiries.models import Inquiry
from tests.inquiries.email.mails import mail
from tests.inquiries.email.servers import PASSWORD, USER, free_port, imap_server


@pytest.fixture
def mailbox(settings):
    with imap_server() as (port, box):
        settings.OPTIONS = {
            **settings.OPTIONS,
            "imap_host": "127.0.0.1",
            "imap_port": port,
            "imap_user": USER,
            "imap_password": PASSWORD,
            "imap_security": "none",
            "imap_folder": "Requests",
        }
        yield box


def put(box, message):
    box.append("Requests", None, None, message.as_bytes())


def test_each_message_is_taken_in_once(practice, mailbox):
    put(mailbox, mail())
    put(
        mailbox,
        mail("Autre chose : une plaquette de 4 pages ?", message_id="<two@x.example>", **{"from": "b@x.example"}),
    )
    assert [fetched.result for fetched in fetch_mail()] == ["new", "new"]
    assert list(fetch_mail()) == []
    assert Inquiry.objects.count() == 2


def test_only_what_is_new_is_fetched_the_next_time(practice, mailbox):
    put(mailbox, mail())
    list(fetch_mail())
    put(mailbox, mail(message_id="<two@atelier.example>", in_reply_to="<one@atelier.example>"))
    assert [fetched.result for fetched in fetch_mail()] == ["continued"]


def test_nothing_in_the_folder_is_deleted_or_marked(practice, mailbox):
    put(mailbox, mail())
    list(fetch_mail())
    mailbox.select("Requests", readonly=True)
    _ok, [numbers] = mailbox.search(None, "ALL")
    _ok, [flags] = mailbox.fetch(numbers, "(FLAGS)")
    assert numbers == b"1"
    assert b"Seen" not in flags


def test_a_message_to_nobody_stops_no_other(cast, mailbox):
    put(mailbox, mail(to="x@nowhere.example"))
    put(mailbox, mail(message_id="<two@x.example>"))
    assert [fetched.result for fetched in fetch_mail()] == ["refused", "new"]


def test_a_wrong_password_names_the_settings(practice, mailbox, settings):
    settings.OPTIONS = {**settings.OPTIONS, "imap_password": "wrong"}
    with pytest.raises(CannotFetch, match="RDV_IMAP_USER and RDV_IMAP_PASSWORD"):
        list(fetch_mail())


def test_a_server_that_does_not_answer_is_told_in_a_sentence(practice, settings):
    settings.OPTIONS = {**settings.OPTIONS, "imap_host": "127.0.0.1", "imap_port": free_port(), "imap_security": "none"}
    with pytest.raises(CannotFetch, match="does not answer as it should"):
        list(fetch_mail())


def test_without_a_mailbox_set_it_names_what_to_set(practice):
    with pytest.raises(CannotFetch, match="RDV_IMAP_HOST"):
        list(fetch_mail())

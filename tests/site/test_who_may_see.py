"""Every page of the desk: hers alone. Another practice's things do not exist; a reader changes nothing."""

import pytest
from django.urls import get_resolver, reverse

from rendezvous.agreements.models import Deposit, Document, Letterhead, Seal
from rendezvous.appointments.booking import book
from rendezvous.appointments.slots import free_slots
from rendezvous.inquiries.models import Message
from rendezvous.inquiries.receiving import File, Words, add_words
from rendezvous.practice import clock
from tests.agreements.papers import sent, written
from tests.cast import signed_in

# name of the view: the method that it is asked with
GET_PAGES = ("inbox", "inquiry", "answer", "outbox", "mail", "eml", "file", "agenda", "new_appointment", "appointment",
             "new_appointment_for", "outcome", "person", "see_again", "settings", "before", "companion", "offline_script",
             "new_document", "work", "documents", "document", "document_edit", "document_pdf", "document_compare",
             "document_sealed", "deposit_remind", "letterhead", "outline", "insight")  # fmt: skip
POST_PAGES = ("gut", "slot", "signal", "decide", "seen", "take_in", "put_aside", "note", "answer", "take_back",
              "send_again", "new_appointment", "new_appointment_for", "move_appointment", "cancel_appointment",
              "outcome", "not_yet", "go_on", "person", "settings", "hours", "language", "change_practice", "companion",
              "meeting_notes", "meeting_end", "meeting_friend", "meeting_observe", "meeting_gut", "new_document",
              "document_preview", "document_edit", "document_send", "document_take_back", "document_discard",
              "document_reply", "document_sign", "document_seal", "deposit_received", "deposit_remind", "bank", "work_record",
              "work_file", "work_break", "letterhead", "outline")  # fmt: skip
OF_NO_ROW = {"inbox", "outbox", "agenda", "new_appointment", "settings", "hours", "language", "see_again",
             "offline_script", "documents", "bank", "letterhead", "outline", "insight"}  # fmt: skip
# Of a document that is still a draft, its own pages; the others are of a sealed one, whose deposit is awaited.
OF_DRAFT = {"document_edit", "document_discard"}


OF_MEETING = ("before", "companion", "meeting_notes", "meeting_end", "meeting_friend", "meeting_observe", "meeting_gut")


@pytest.fixture
def addresses(cast, invitation):
    """The address of each page of the desk, for Maud's things."""
    inquiry, names = invitation.inquiry, {*GET_PAGES, *POST_PAGES}
    add_words(inquiry, Words("Voici.", "page", files=(File("plan.txt", "text/plain", b"Un plan"),)))
    appointment = book(invitation, free_slots(invitation)[0].start)
    mail = inquiry.mails.first()
    attachment = Message.objects.filter(attachments__isnull=False).get().attachments.get()
    document, draft = _documents(cast, inquiry)
    made = {name: [document.pk] for name in names if name.startswith(("document", "deposit"))}
    rows = {
        **made,
        **{name: [draft.pk] for name in OF_DRAFT},
        **{name: [document.pk, 1] for name in ("document_pdf", "document_compare")},
        **{name: [inquiry.pk, "quote"] for name in ("new_document", "document_preview")},
        "outline": ["quote", "fr"],
        "mail": [mail.pk],
        "eml": [mail.pk],
        "send_again": [mail.pk],
        "appointment": [appointment.pk],
        "move_appointment": [appointment.pk],
        "cancel_appointment": [appointment.pk],
        **{name: [appointment.pk] for name in OF_MEETING},
        "person": [inquiry.person.pk],
        "change_practice": [cast.practice.pk],
        "file": [inquiry.pk, attachment.pk],
        "slot": [inquiry.pk, "budget"],
        "signal": [inquiry.pk, "courteous"],
        "answer": [inquiry.pk, "ask"],
    }
    for name in OF_NO_ROW - {"outline"}:
        rows[name] = []
    return {name: reverse(name, args=rows.get(name, [inquiry.pk])) for name in names}


def _documents(cast, inquiry):
    """A contract that both have signed, whose deposit is awaited, and a draft of another."""
    Letterhead.objects.create(
        practice=cast.practice, legal_name="Maud Estève", siret="73282932000074", address="12 rue des Lilas"
    )
    document = sent(inquiry)
    Document.objects.filter(pk=document.pk).update(status="sealed")
    Seal.objects.create(version=document.sent_version, pdf=document.sent_version.pdf.name, sha256="0" * 64)
    Deposit.objects.create(document=document, amount=720, currency="EUR", reference="RF1", due_on=clock.today())
    return document, written(inquiry, title="Un brouillon")


def test_every_page_of_the_desk_is_in_these_tests():
    desk = {
        pattern.name
        for resolver in get_resolver().url_patterns
        for pattern in getattr(resolver, "url_patterns", [])
        if str(pattern.pattern).startswith("bureau/")
    }
    assert desk == {*GET_PAGES, *POST_PAGES}


@pytest.mark.parametrize("name", GET_PAGES)
def test_its_owner_sees_it(desk, addresses, name):
    answer = desk.get(addresses[name])
    answer.close()
    assert answer.status_code == 200


@pytest.mark.parametrize("name", GET_PAGES)
def test_a_reader_sees_it(cast, addresses, name):
    answer = signed_in(cast.reader).get(addresses[name])
    answer.close()
    assert answer.status_code == 200


@pytest.mark.parametrize("name", [name for name in GET_PAGES if name not in OF_NO_ROW])
def test_for_another_practice_it_does_not_exist(cast, addresses, name):
    assert signed_in(cast.stranger).get(addresses[name]).status_code == 404


@pytest.mark.parametrize("name", [name for name in POST_PAGES if name not in OF_NO_ROW])
def test_another_practice_cannot_change_it(cast, addresses, name):
    assert signed_in(cast.stranger).post(addresses[name], {"action": "ask", "probability": "5"}).status_code == 404


@pytest.mark.parametrize("name", POST_PAGES)
def test_a_reader_cannot_change_it(cast, addresses, name):
    assert signed_in(cast.reader).post(addresses[name], {"action": "ask"}).status_code == 403


@pytest.mark.parametrize("name", GET_PAGES)
def test_who_is_not_signed_in_is_asked_to(browser, addresses, name):
    answer = browser.get(addresses[name])
    assert answer.status_code == 302
    assert answer["Location"].startswith("/compte/login/?next=/bureau/")


@pytest.mark.parametrize("name", POST_PAGES)
def test_who_is_not_signed_in_changes_nothing(addresses, name):
    from django.test import Client

    assert Client().post(addresses[name], {"action": "ask"}).status_code == 403


@pytest.mark.parametrize("name", ["inbox", "outbox", "agenda", "documents", "insight", "letterhead", "outline"])
def test_the_lists_of_another_practice_show_nothing_of_it(cast, addresses, name):
    page = signed_in(cast.stranger).get(addresses[name]).content.decode()
    assert "harmacie" not in page
    assert "anne.vidal" not in page


def test_search_finds_nothing_of_another_practice(cast, addresses):
    assert "harmacie à Lyon" not in signed_in(cast.stranger).get("/bureau/?q=pharmacie").content.decode()


def test_pages_of_the_desk_stay_in_no_shared_cache(desk, addresses):
    assert desk.get(addresses["inquiry"])["Cache-Control"] == "private, no-store"


def test_a_file_of_another_inquiry_is_not_reached_through_ones_own(cast, addresses, browser, practice):
    from tests.cast import inquire

    other = inquire(practice, email="autre@example.org")
    number = addresses["file"].rstrip("/").rpartition("/")[2]
    assert browser.get(f"/d/{other.token}/fichiers/{number}/").status_code == 404


def test_a_form_posted_from_another_site_is_refused_and_shown_to_nobody(cast, addresses):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.owner.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post(addresses["note"], {"words": "secret words"}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "secret words" not in answer.content.decode()


def test_a_form_whose_session_expired_comes_back_whole(cast, addresses, browser):
    answer = browser.post(addresses["note"], {"words": "Elle rappelle jeudi"}, headers={"origin": "http://testserver"})
    assert answer.status_code == 403
    assert "Elle rappelle jeudi" in answer.content.decode()

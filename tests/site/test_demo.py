"""The demo practice: eighteen months that one can believe, the same for the same day and seed."""

import datetime as dt
from collections import Counter

import pytest
from django.db import transaction
from django.test import Client, override_settings

from rendezvous.agreements import proof, sealing
from rendezvous.agreements.forms.letterhead import LetterheadForm
from rendezvous.agreements.models import (
    Breach,
    Deposit,
    Document,
    EvidenceStep,
    Letterhead,
    Outcome,
    Remark,
    Seal,
    Signature,
    Version,
    Work,
)
from rendezvous.appointments.meeting import minutes_over
from rendezvous.appointments.models import Appointment, Meeting, Observation, Reminder
from rendezvous.inquiries.models import Forecast, Inquiry, Message, OutgoingMail
from rendezvous.practice import clock
from rendezvous.practice.models import Member, Practice, User
from rendezvous.site.demo.build import build_demo, demo_login
from tests.cast import signed_in

TODAY = dt.datetime(2027, 3, 10, 11, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """Made once: each test begins with it, and whatever it changes is taken back."""
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), media, clock.at(TODAY), transaction.atomic():
        build_demo()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def taken_back(demo, db):
    """In this order: the test's own transaction lies within the demo's."""


def told():
    """What the practice holds, without keys and tokens."""
    return [
        (str(inquiry.person), inquiry.stage, inquiry.need, inquiry.created_at, inquiry.messages.count())
        for inquiry in Inquiry.objects.order_by("created_at", "pk")
    ]


def papers():
    """Its documents and meetings, without keys, tokens and codes."""
    written = Version.objects.order_by("document__number", "number").values_list(
        "document__number", "document__status", "number", "title", "text", "sent_at", "pages", "document__answered_at"
    )
    met = Meeting.objects.order_by("began_at").values_list("began_at", "ended_at", "agreed_minutes", "notes")
    return list(written), list(met), list(Work.objects.order_by("at").values_list("what", "minutes", "at"))


def test_there_are_sixty_inquiries_and_more_in_two_languages_over_eighteen_months():
    languages = Counter(Inquiry.objects.values_list("language", flat=True))
    assert languages["fr"] >= 50
    assert languages["en"] >= 8
    first = Inquiry.objects.earliest("created_at").created_at
    assert dt.timedelta(days=500) < TODAY - first < dt.timedelta(days=600)


def test_every_result_occurs_and_some_things_are_still_open():
    results = Counter(Outcome.objects.values_list("result", flat=True))
    assert set(results) == {"signed", "lost", "declined", "withdrawn", "silent"}
    assert min(results.values()) >= 4
    assert Inquiry.objects.filter(stage="new").count() >= 3
    assert Appointment.objects.filter(status="confirmed", starts_at__gt=TODAY).count() >= 2


def test_gut_feelings_were_recorded_before_their_outcome():
    for outcome in Outcome.objects.select_related("inquiry"):
        gut = Forecast.objects.get(inquiry=outcome.inquiry, by="gut", occasion="first")
        assert gut.made_at < outcome.recorded_at


def test_nothing_happens_in_the_future():
    assert not Message.objects.filter(at__gt=TODAY).exists()
    assert not OutgoingMail.objects.filter(created_at__gt=TODAY).exists()


def test_nothing_of_a_document_or_a_meeting_happens_in_the_future():
    moments = [
        *Version.objects.values_list("sent_at", flat=True),
        *EvidenceStep.objects.values_list("at", flat=True),
        *Remark.objects.values_list("at", flat=True),
        *Signature.objects.values_list("at", flat=True),
        *Seal.objects.values_list("sealed_at", flat=True),
        *Work.objects.values_list("at", flat=True),
        *Breach.objects.values_list("at", flat=True),
        *Meeting.objects.values_list("ended_at", flat=True),
        *Reminder.objects.values_list("made_at", flat=True),
    ]
    assert max(moment for moment in moments if moment) <= TODAY


def test_there_is_a_document_in_every_state_that_one_may_meet():
    found = Counter(
        (row.kind, "lapsed" if row.status == "sent" and row.expired else row.status) for row in Document.objects.all()
    )
    assert found == {
        ("proposal", "accepted"): 4,
        ("proposal", "refused"): 1,
        ("proposal", "lapsed"): 2,
        ("proposal", "sent"): 1,
        ("quote", "sent"): 1,
        ("quote", "sealed"): 1,
        ("agreement", "draft"): 1,
        ("agreement", "sent"): 1,
        ("agreement", "signed"): 1,
        ("agreement", "sealed"): 4,
    }


def test_a_remark_caused_a_second_version():
    (version,) = Version.objects.filter(number=2, document__status="sent")
    assert version.remark.version.number == 1
    assert version.because


def test_what_was_signed_is_sealed_and_its_evidence_holds():
    for document in Document.objects.filter(status="sealed"):
        assert proof.broken_at(document) is None
        with document.sent_version.seal.pdf.open("rb") as file:
            found = sealing.verify(file.read())
        assert (found.whole, found.evidence) == (True, "whole")


def test_one_deposit_is_awaited_and_was_recalled_the_others_came():
    assert Counter((row.received_on is None, row.reminders) for row in Deposit.objects.all()) == {
        (True, 1): 1,
        (False, 0): 4,
    }


def test_the_gate_was_broken_once_with_its_reason_and_its_bad_end():
    breach = Breach.objects.get()
    assert breach.reason
    assert breach.work.count() == 3
    assert breach.inquiry.outcome.result == "lost"


def test_its_letterhead_is_one_that_the_page_would_take():
    kept = Letterhead.objects.get()
    form = LetterheadForm({name: getattr(kept, name) for name in LetterheadForm.Meta.fields}, instance=kept)
    assert form.errors == {}


def test_meetings_past_were_held_noted_and_felt_about_again():
    assert not Appointment.objects.filter(status="confirmed", ends_at__lt=TODAY, meeting__ended_at=None).exists()
    assert Forecast.objects.filter(by="gut", occasion="meeting").count() >= 10
    assert Observation.objects.values("name").distinct().count() == 6
    assert any(minutes_over(meeting) > 30 for meeting in Meeting.objects.all())


def test_there_is_an_appointment_tomorrow():
    assert Appointment.objects.filter(status="confirmed", starts_at__date=TODAY.date() + dt.timedelta(days=1)).exists()


def test_every_mail_is_kept_and_none_waits_to_leave():
    assert set(OutgoingMail.objects.values_list("status", flat=True)) == {"kept"}


def test_the_same_day_makes_the_same_practice():
    first = told(), papers()
    Work.objects.all().delete()
    Document.objects.all().delete()
    Appointment.objects.all().delete()
    Inquiry.objects.all().delete()
    Practice.objects.get().people.all().delete()
    Practice.objects.get().members.all().delete()
    Practice.objects.all().delete()
    User.objects.all().delete()
    build_demo()
    assert (told(), papers()) == first


def test_building_twice_changes_nothing():
    first = told()
    build_demo()
    assert told() == first


def test_its_login_signs_in(client):
    email, password = demo_login()
    assert client.post("/compte/login/", {"login": email, "password": password})["Location"] == "/bureau/"


def test_every_inquiry_can_be_opened():
    desk = signed_in(Member.objects.get())
    pages = {inquiry.pk: desk.get(f"/bureau/demandes/{inquiry.pk}/").status_code for inquiry in Inquiry.objects.all()}
    assert set(pages.values()) == {200}


def test_every_document_can_be_opened_by_both():
    desk, reader = signed_in(Member.objects.get()), Client()
    pages = {desk.get(f"/bureau/documents/{document.pk}/").status_code for document in Document.objects.all()}
    sent = Document.objects.exclude(status="draft")
    assert pages | {reader.get(f"/doc/{document.token}/").status_code for document in sent} == {200}

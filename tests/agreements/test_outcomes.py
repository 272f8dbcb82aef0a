"""Each inquiry ends in an outcome, recorded in one touch; what it asks depends on how it ends."""

import pytest
from django.db import DatabaseError, transaction

from rendezvous.agreements.models import Outcome
from rendezvous.appointments.booking import book
from rendezvous.appointments.models import Appointment
from rendezvous.appointments.slots import free_slots
from rendezvous.inquiries.models import Inquiry


def end(desk, inquiry, **fields):
    return desk.post(f"/bureau/demandes/{inquiry.pk}/issue/", fields)


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"result": "signed", "amount": "2400"}, ("signed", "", None, 2400)),
        ({"result": "signed"}, ("signed", "", None, None)),
        ({"result": "lost", "why": "cheaper"}, ("lost", "cheaper", None, None)),
        ({"result": "declined", "insisted": "true"}, ("declined", "", True, None)),
        ({"result": "declined", "insisted": "false"}, ("declined", "", False, None)),
        ({"result": "withdrawn"}, ("withdrawn", "", None, None)),
        ({"result": "silent", "amount": "90", "why": "cheaper"}, ("silent", "", None, None)),
    ],
)
def test_each_result_keeps_what_goes_with_it(desk, inquiry, fields, kept):
    assert end(desk, inquiry, **fields).status_code == 302
    outcome = Outcome.objects.get()
    assert (outcome.result, outcome.why, outcome.insisted, outcome.amount) == kept
    assert Inquiry.objects.get().stage == "ended"


@pytest.mark.parametrize(
    "fields",
    [{}, {"result": "perhaps"}, {"result": "signed", "amount": "beaucoup"}, {"result": "signed", "amount": "-5"}],
)
def test_what_cannot_be_recorded_is_asked_again(desk, inquiry, fields):
    assert end(desk, inquiry, **fields).status_code == 422
    assert not Outcome.objects.exists()


def test_an_amount_is_written_as_one_writes_it(desk, inquiry):
    end(desk, inquiry, result="signed", amount="2 400,50")
    assert str(Outcome.objects.get().amount) == "2400.50"


def test_changing_ones_mind_replaces_the_outcome(desk, inquiry):
    end(desk, inquiry, result="lost", why="cheaper")
    end(desk, inquiry, result="signed")
    assert Outcome.objects.get().result == "signed"


def test_it_goes_on_after_all(desk, inquiry):
    end(desk, inquiry, result="lost", why="cheaper")
    desk.post(f"/bureau/demandes/{inquiry.pk}/reprendre/")
    assert not Outcome.objects.exists()
    assert Inquiry.objects.get().need == "decide"


def test_not_yet_asks_again_in_two_weeks(desk, inquiry):
    desk.post(f"/bureau/demandes/{inquiry.pk}/pas-encore/")
    inquiry.refresh_from_db()
    assert (inquiry.stage, inquiry.need) == ("talking", "outcome")


def test_not_yet_leaves_a_document_with_them(desk, inquiry):
    Inquiry.objects.update(stage="proposed")
    desk.post(f"/bureau/demandes/{inquiry.pk}/pas-encore/")
    assert Inquiry.objects.get().stage == "proposed"


def test_what_is_not_over_has_no_outcome_any_more(desk, inquiry):
    end(desk, inquiry, result="silent")
    desk.post(f"/bureau/demandes/{inquiry.pk}/pas-encore/")
    assert not Outcome.objects.exists()
    assert Inquiry.objects.get().stage == "talking"


def test_what_was_still_to_come_is_cancelled_unless_it_was_signed(desk, invitation):
    book(invitation, free_slots(invitation)[0].start)
    end(desk, invitation.inquiry, result="signed")
    assert Appointment.objects.get().status == "confirmed"
    end(desk, invitation.inquiry, result="silent")
    assert Appointment.objects.get().status == "cancelled"


def test_an_ended_inquirys_invitation_opens_nothing_more(desk, browser, invitation):
    end(desk, invitation.inquiry, result="silent")
    assert browser.get(f"/i/{invitation.token}/").status_code == 410


@pytest.mark.parametrize(
    "fields",
    [
        {"result": "signed", "why": "cheaper"},
        {"result": "lost", "amount": 5},
        {"result": "lost", "insisted": True},
        {"result": "maybe"},
    ],
)
def test_the_database_refuses_an_outcome_that_makes_no_sense(inquiry, fields):
    with pytest.raises(DatabaseError), transaction.atomic():
        Outcome.objects.create(inquiry=inquiry, **fields)

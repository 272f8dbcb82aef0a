"""Hours agreed, met, travelled and worked, added up by hand."""

from decimal import Decimal

from rendezvous.agreements.models import Breach, Outcome, Work
from rendezvous.appointments.models import Appointment
from rendezvous.insight.ledger import ledger_of
from tests.insight.cases import case, meet


def work(inquiry, minutes):
    breach, _new = Breach.objects.get_or_create(inquiry=inquiry, defaults={"reason": "pressé"})
    Work.objects.create(inquiry=inquiry, what="Un premier jet", minutes=minutes, breach=breach)


def rows(practice):
    return {
        row.kind: (h.meetings, h.agreed, h.met, h.over, h.travelled, h.worked)
        for row in ledger_of(practice).rows
        for h in [row.hours]
    }


def test_nothing_is_noted_yet(practice):
    ledger = ledger_of(practice)
    assert (ledger.rows, ledger.dearest, ledger.unnoted, ledger.total.spent) == ([], [], 0, 0)


def test_hours_are_added_up_by_what_came_of_the_inquiry(practice):
    signed, lost, open_ = case(practice, "signed", amount=900), case(practice, "lost"), case(practice)
    meet(practice, signed, lasted=95, agreed=60, way=120)
    meet(practice, signed, lasted=30, agreed=45, mode="phone", way=0)
    work(signed, 120)
    work(signed, 30)
    meet(practice, lost, lasted=50)
    meet(practice, open_, lasted=20, mode="video")
    assert rows(practice) == {
        "signed": (2, 105, 125, 35, 240, 150),
        "lost": (1, 0, 50, 0, 0, 0),
        "open": (1, 0, 20, 0, 0, 0),
    }
    total = ledger_of(practice).total
    assert (total.meetings, total.asked, total.agreed, total.spent) == (4, 2, 105, 125 + 240 + 150 + 50 + 20)


def test_time_past_the_agreed_end_is_not_made_up_by_a_short_meeting(practice):
    inquiry = case(practice, "lost")
    meet(practice, inquiry, lasted=95, agreed=60)
    meet(practice, inquiry, lasted=25, agreed=60)
    assert rows(practice)["lost"] == (2, 120, 120, 35, 0, 0)


def test_an_hour_brings_only_what_its_own_inquiries_did(practice):
    meet(practice, case(practice, "signed", amount=900), lasted=120)
    meet(practice, case(practice, "signed"), lasted=60)
    case(practice, "signed", amount=9000)  # signed without an hour noted
    (row,) = ledger_of(practice).rows
    assert (row.inquiries, row.hours.an_hour) == (2, Decimal(300))


def test_a_meeting_for_no_inquiry_is_told_apart(practice):
    meet(practice, lasted=40)
    assert rows(practice) == {"none": (1, 0, 40, 0, 0, 0)}


def test_the_way_is_what_was_kept_free_when_it_was_booked(practice):
    practice.trip_hours = 9
    practice.save()
    meet(practice, case(practice, "lost"), way=75)
    assert rows(practice)["lost"] == (1, 0, 60, 0, 150, 0)


def test_the_usual_pause_before_a_meeting_is_no_way(practice):
    practice.availability = {**practice.availability, "buffer_before": 30}
    practice.save()
    meet(practice, case(practice, "lost"), way=30)
    assert rows(practice)["lost"] == (1, 0, 60, 0, 0, 0)


def test_nobody_travels_to_a_phone(practice):
    meet(practice, case(practice, "lost"), way=60, mode="phone")
    assert rows(practice)["lost"] == (1, 0, 60, 0, 0, 0)


def test_friends_and_what_was_set_aside_are_in_no_figure(practice):
    friend = case(practice, "silent", friend=True)
    for inquiry in (friend, case(practice, stage="aside"), case(practice, "lost", kind="not_a_request")):
        meet(practice, inquiry)
        meet(practice, inquiry, lasted=None)
        work(inquiry, 60)
    meet(practice, person=friend.person)
    ledger = ledger_of(practice)
    assert (ledger.rows, ledger.dearest, ledger.unnoted) == ([], [], 0)


def test_what_another_practice_spent_is_in_no_figure(cast):
    theirs = case(cast.stranger.practice, "signed", amount=900)
    meet(cast.stranger.practice, theirs)
    meet(cast.stranger.practice, theirs, lasted=None)
    work(theirs, 60)
    ledger = ledger_of(cast.practice)
    assert (ledger.rows, ledger.dearest, ledger.unnoted) == ([], [], 0)
    assert rows(cast.stranger.practice) == {"signed": (1, 0, 60, 0, 0, 60)}


def test_meetings_that_are_past_and_were_not_noted_are_told(practice):
    inquiry = case(practice, "lost")
    meet(practice, inquiry, lasted=None)
    cancelled = meet(practice, inquiry, lasted=None)
    Appointment.objects.filter(pk=cancelled.pk).update(status="cancelled")
    ledger = ledger_of(practice)
    assert (ledger.rows, ledger.unnoted) == ([], 1)


def test_a_cancelled_meeting_took_no_time(practice):
    row = meet(practice, case(practice, "lost"))
    Appointment.objects.filter(pk=row.pk).update(status="cancelled")
    assert ledger_of(practice).rows == []


def test_the_five_that_took_most_are_named_the_longest_first(practice):
    made = [case(practice, "lost" if n % 2 else "") for n in range(7)]
    for n, inquiry in enumerate(made):
        meet(practice, inquiry, lasted=10 * (n + 1))
    dearest = ledger_of(practice).dearest
    assert [(d.inquiry, d.hours.spent, d.row) for d in dearest] == [
        (made[n], 10 * (n + 1), "lost" if n % 2 else "open") for n in (6, 5, 4, 3, 2)
    ]


def test_money_of_another_currency_is_not_added_to_hers(practice):
    inquiry = case(practice, "signed", amount=900)
    Outcome.objects.update(currency="GBP")
    work(inquiry, 60)
    assert ledger_of(practice).total.amount == 0

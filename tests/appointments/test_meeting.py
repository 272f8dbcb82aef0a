"""At the appointment: the time agreed on, notes that fill the brief, an end that is asked about."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from rendezvous.appointments.booking import book
from rendezvous.appointments.meeting import close, keep_notes, meeting_of, minutes_over
from rendezvous.appointments.models import Meeting
from rendezvous.appointments.slots import free_slots
from rendezvous.inquiries.models import Inquiry
from rendezvous.inquiries.understanding import brief_of
from rendezvous.practice import clock


@pytest.fixture
def appointment(invitation):
    return book(invitation, free_slots(invitation)[0].start)


@pytest.fixture
def page(appointment):
    return f"/bureau/rendez-vous/{appointment.pk}/sur-place/"


def notes(desk, appointment, text, version=1, **headers):
    return desk.post(
        f"/bureau/rendez-vous/{appointment.pk}/notes/", {"notes": text, "version": version}, headers=headers
    )


def brief(appointment):
    return brief_of(Inquiry.objects.get(pk=appointment.inquiry.pk))


def test_the_page_opens_with_the_question_to_ask(desk, page):
    assert "De combien de temps disposez-vous" in desk.get(page).content.decode()


@pytest.mark.parametrize("minutes", [30, 60, 90, 45])
def test_one_touch_records_the_answer_and_starts_the_clock(desk, appointment, page, minutes):
    desk.post(page, {"minutes": minutes})
    meeting = Meeting.objects.get()
    assert (meeting.asked, meeting.agreed_minutes) == (True, minutes)
    assert meeting.agreed_end - meeting.began_at == dt.timedelta(minutes=minutes)


def test_that_it_was_not_asked_is_recorded_too(desk, page):
    desk.post(page, {"not_asked": "1"})
    assert (Meeting.objects.get().asked, Meeting.objects.get().agreed_minutes) == (False, None)


@pytest.mark.parametrize("minutes", ["", "0", "4", "601", "une heure"])
def test_what_is_no_length_is_asked_again(desk, page, minutes):
    answer = desk.post(page, {"minutes": minutes})
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()


def test_notes_fill_the_brief(desk, appointment):
    notes(desk, appointment, "Nos concurrents sont les parapharmacies en ligne.")
    assert brief(appointment)["competitors"].stated
    assert brief(appointment)["budget"].stated  # said in the first message, and not lost


def test_what_is_struck_out_of_the_notes_is_no_longer_said(desk, appointment):
    notes(desk, appointment, "Nos concurrents sont les parapharmacies en ligne.", 1)
    notes(desk, appointment, "Rien à signaler.", 2)
    assert not brief(appointment)["competitors"].stated


def test_notes_that_change_a_figure_give_it_back_when_they_are_struck_out(desk, appointment):
    notes(desk, appointment, "Finalement un budget de 2 000 € HT.", 1)
    assert brief(appointment)["budget"].values["max"] == 2000
    notes(desk, appointment, "", 2)
    assert brief(appointment)["budget"].values["max"] == 5000


def test_an_older_page_never_writes_over_a_newer_one(desk, appointment):
    notes(desk, appointment, "plus récent", 5)
    answer = notes(desk, appointment, "plus ancien", 4, **{"x-requested-with": "fetch"})
    assert answer.status_code == 409
    assert Meeting.objects.get().notes == "plus récent"


def test_notes_are_never_shown_to_the_other_person(desk, browser, appointment):
    notes(desk, appointment, "Hésite beaucoup. Nos concurrents sont des requins.")
    shown = browser.get(f"/d/{appointment.inquiry.token}/").content.decode()
    assert "Hésite" not in shown
    assert "requins" not in shown


def test_ten_megabytes_of_notes_are_cut_and_kept(appointment):
    meeting = meeting_of(appointment)
    assert keep_notes(meeting, "mot " * 2_500_000, 1) is True
    assert 0 < len(Meeting.objects.get().notes) <= 50_000


def test_the_end_asks_what_came_of_it(desk, appointment, page):
    desk.post(page, {"minutes": 60})
    answer = desk.post(f"/bureau/rendez-vous/{appointment.pk}/fin/")
    assert answer["Location"] == f"/bureau/demandes/{appointment.inquiry.pk}/issue/"
    assert Inquiry.objects.get().need == "outcome"


def test_time_past_the_agreed_end_is_counted(desk, appointment, page):
    desk.post(page, {"minutes": 60})
    meeting = meeting_of(appointment)
    with clock.at(meeting.began_at + dt.timedelta(minutes=95)):
        close(meeting)
    assert (meeting.lasted, minutes_over(meeting)) == (95, 35)
    shown = desk.get(page).content.decode()
    assert "1\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}35" in shown
    assert "35\N{NO-BREAK SPACE}min" in shown


def test_ending_twice_keeps_the_first_end(appointment):
    meeting = meeting_of(appointment)
    close(meeting)
    first = meeting.ended_at
    with clock.at(clock.now() + dt.timedelta(hours=1)):
        close(meeting)
    assert Meeting.objects.get().ended_at == first


def test_a_friendship_is_never_chased(desk, appointment):
    desk.post(f"/bureau/rendez-vous/{appointment.pk}/hors-affaires/")
    appointment.person.refresh_from_db()
    assert appointment.person.not_business is True
    assert Inquiry.objects.get().need == ""


@pytest.mark.parametrize(
    "fields", [{"agreed_minutes": 60}, {"asked": False, "agreed_minutes": 60}, {"asked": True, "agreed_minutes": 0}]
)
def test_the_database_refuses_a_time_that_nobody_agreed_on(appointment, fields):
    with pytest.raises(DatabaseError), transaction.atomic():
        Meeting.objects.create(appointment=appointment, **fields)

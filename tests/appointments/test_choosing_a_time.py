"""The stranger's side of booking: choose, propose, move, cancel, each in one step."""

import datetime as dt
import re

import pytest

from rendezvous.appointments.models import Appointment
from rendezvous.appointments.slots import free_slots
from rendezvous.practice import clock
from tests.appointments.events import last_event
from tests.cast import ANNE, inquire, invite_to


def page_of(invitation):
    return f"/i/{invitation.token}/"


def first_time(browser, invitation):
    page = browser.get(page_of(invitation)).content.decode()
    return re.findall(r'name="start" value="([^"]+)"', page)[0]


def book_first(browser, invitation):
    answer = browser.post(page_of(invitation), {"start": first_time(browser, invitation)})
    assert answer.status_code == 302, answer.content.decode()
    return Appointment.objects.get(invitation=invitation)


def test_at_most_six_times_are_offered(browser, invitation):
    page = browser.get(page_of(invitation)).content.decode()
    assert 1 < len(re.findall(r'name="start"', page)) <= 6


def test_choosing_a_time_books_it_and_tells_both(browser, practice, invitation):
    start = first_time(browser, invitation)
    answer = browser.post(page_of(invitation), {"start": start})
    appointment = Appointment.objects.get()
    assert answer["Location"] == f"/rdv/{appointment.token}/"
    assert appointment.starts_at == dt.datetime.fromisoformat(start)
    assert [last_event(whom)[0]["METHOD"] for whom in (ANNE, practice.email)] == ["REQUEST", "REQUEST"]


def test_every_free_time_can_be_booked_and_not_only_those_offered(browser, invitation):
    slot = free_slots(invitation)[-1]
    answer = browser.post(page_of(invitation), {"start": slot.start.isoformat()})
    assert answer.status_code == 302


def test_a_time_just_taken_by_another_gets_other_times(browser, practice, invitation):
    start = first_time(browser, invitation)
    other = invite_to(inquire(practice, email="autre@example.org"))
    browser.post(page_of(other), {"start": start})
    answer = browser.post(page_of(invitation), {"start": start})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "vient d’être pris" in page
    assert re.findall(r'name="start" value="([^"]+)"', page)
    assert start not in re.findall(r'name="start" value="([^"]+)"', page)


@pytest.mark.parametrize("start", ["", "demain", "2026-99-99T10:00:00+01:00", "2031-03-03T10:00:00", "\x00"])
def test_what_is_no_time_gets_the_times_again(browser, invitation, start):
    answer = browser.post(page_of(invitation), {"start": start})
    assert answer.status_code == 422
    assert 'name="start"' in answer.content.decode()


def test_a_time_outside_opening_hours_is_not_to_be_had(browser, invitation):
    slot = free_slots(invitation)[0]
    night = slot.start.replace(hour=3)
    assert browser.post(page_of(invitation), {"start": night.isoformat()}).status_code == 409
    assert not Appointment.objects.exists()


def test_a_used_invitation_says_what_is_booked(browser, invitation):
    appointment = book_first(browser, invitation)
    answer = browser.get(page_of(invitation))
    assert answer.status_code == 409
    assert f"/rdv/{appointment.token}/" in answer.content.decode()


def test_an_expired_invitation_offers_to_ask_for_another(browser, invitation):
    with clock.at(invitation.expires_at + dt.timedelta(minutes=1)):
        answer = browser.get(page_of(invitation))
        posted = browser.post(page_of(invitation), {"start": clock.now().isoformat()})
    assert (answer.status_code, posted.status_code) == (410, 410)
    assert 'name="renew"' in answer.content.decode()


def test_asking_for_another_invitation_brings_the_inquiry_up(browser, invitation):
    browser.post(f"/i/{invitation.token}/autre-moment/", {"renew": "1"})
    invitation.inquiry.refresh_from_db()
    assert invitation.inquiry.need == "renew"


def test_another_time_in_words_brings_the_inquiry_up(browser, invitation):
    answer = browser.post(f"/i/{invitation.token}/autre-moment/", {"words": "Plutôt un samedi matin ?"})
    invitation.inquiry.refresh_from_db()
    assert answer.status_code == 302
    assert invitation.inquiry.need == "time"
    assert invitation.inquiry.messages.last().text == "Plutôt un samedi matin ?"


def test_another_time_without_words_is_asked_again(browser, invitation):
    assert browser.post(f"/i/{invitation.token}/autre-moment/", {"words": " "}).status_code == 422


@pytest.mark.parametrize("place", range(0, 32, 5))
def test_a_link_altered_by_one_character_opens_nothing(browser, invitation, place):
    token = invitation.token
    altered = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
    answer = browser.get(f"/i/{altered}/")
    assert answer.status_code == 404
    assert "Maud" not in answer.content.decode()


def test_moving_is_one_step_and_the_calendars_follow(browser, practice, invitation):
    appointment = book_first(browser, invitation)
    uid = appointment.uid
    page = browser.get(f"/rdv/{appointment.token}/").content.decode()
    start = re.findall(r'name="start" value="([^"]+)"', page)[2]
    browser.post(f"/rdv/{appointment.token}/", {"start": start})
    appointment.refresh_from_db()
    assert appointment.starts_at == dt.datetime.fromisoformat(start)
    assert (appointment.uid, appointment.sequence) == (uid, 1)
    assert [last_event(whom)[1]["SEQUENCE"] for whom in (ANNE, practice.email)] == [1, 1]


def test_moving_to_a_time_just_taken_leaves_it_where_it_is(browser, practice, invitation):
    appointment = book_first(browser, invitation)
    other = book_first(browser, invite_to(inquire(practice, email="autre@example.org")))
    answer = browser.post(f"/rdv/{appointment.token}/", {"start": other.starts_at.isoformat()})
    assert answer.status_code == 409
    before = appointment.starts_at
    appointment.refresh_from_db()
    assert appointment.starts_at == before


def test_cancelling_is_one_step_and_the_calendars_follow(browser, practice, invitation):
    appointment = book_first(browser, invitation)
    browser.post(f"/rdv/{appointment.token}/", {"cancel": "1"})
    appointment.refresh_from_db()
    assert appointment.status == "cancelled"
    assert [last_event(whom)[0]["METHOD"] for whom in (ANNE, practice.email)] == ["CANCEL", "CANCEL"]


def test_a_cancelled_time_is_free_again(browser, practice, invitation):
    appointment = book_first(browser, invitation)
    browser.post(f"/rdv/{appointment.token}/", {"cancel": "1"})
    other = invite_to(inquire(practice, email="autre@example.org"))
    answer = browser.post(page_of(other), {"start": appointment.starts_at.isoformat()})
    assert answer.status_code == 302


def test_what_is_past_is_neither_moved_nor_cancelled(browser, invitation):
    appointment = book_first(browser, invitation)
    with clock.at(appointment.ends_at + dt.timedelta(minutes=1)):
        answer = browser.post(f"/rdv/{appointment.token}/", {"cancel": "1"})
    assert answer.status_code == 410
    appointment.refresh_from_db()
    assert appointment.status == "confirmed"


def test_the_calendar_file_is_at_hand(browser, invitation):
    appointment = book_first(browser, invitation)
    answer = browser.get(f"/rdv/{appointment.token}/rendez-vous.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    assert appointment.uid.encode() in answer.content

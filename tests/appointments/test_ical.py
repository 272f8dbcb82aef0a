"""The calendar invitation: what mail programs and calendars need to keep both sides in step (RFC 5545, 5546, 6047)."""

from email import message_from_bytes, policy

import pytest

from rendezvous.appointments.booking import book, cancel, move
from rendezvous.appointments.slots import free_slots
from tests.appointments.events import last_event
from tests.cast import ANNE, mails_to


@pytest.fixture
def appointment(invitation):
    return book(invitation, free_slots(invitation)[0].start)


def test_an_invitation_names_both_and_the_hour_in_utc(appointment, practice):
    calendar, event = last_event(ANNE)
    assert calendar["METHOD"] == "REQUEST"
    assert event["ORGANIZER"] == f"mailto:{practice.email}"
    assert event["ATTENDEE"] == f"mailto:{ANNE}"
    assert event.decoded("DTSTART") == appointment.starts_at
    assert event["DTSTART"].to_ical().endswith(b"Z")
    assert event["UID"] == appointment.uid
    assert event["SEQUENCE"] == 0
    assert event["STATUS"] == "CONFIRMED"


def test_it_carries_what_the_standard_requires(appointment):
    calendar, event = last_event(ANNE)
    assert {"PRODID", "VERSION"} <= set(calendar)
    assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "ORGANIZER", "ATTENDEE"} <= set(event)


def test_moving_keeps_the_uid_and_raises_the_sequence(appointment, invitation):
    later = free_slots(invitation, but=appointment)[5].start
    move(appointment, later)
    calendar, event = last_event(ANNE)
    assert (calendar["METHOD"], event["UID"], event["SEQUENCE"]) == ("REQUEST", appointment.uid, 1)
    assert event.decoded("DTSTART") == later


def test_cancelling_takes_it_out_of_both_calendars(appointment, practice):
    cancel(appointment, by_owner=True)
    for whom in (ANNE, practice.email):
        calendar, event = last_event(whom)
        assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)


def test_a_name_with_odd_characters_does_not_break_the_calendar(appointment):
    appointment.person.name = 'Anne "la, douce";\r\nATTENDEE:mailto:x@example.org'
    appointment.person.save()
    cancel(appointment, by_owner=True)
    _calendar, event = last_event(ANNE)
    assert event["ATTENDEE"] == f"mailto:{ANNE}"


def test_the_mail_also_carries_a_file_to_open(appointment):
    mail = message_from_bytes(bytes(mails_to(ANNE)[-1].content), policy=policy.default)
    assert [part.get_filename() for part in mail.iter_attachments()] == ["rendez-vous.ics"]

"""At the appointment itself: the time agreed on, notes that fill the brief, an end."""

import datetime as dt

from django.db import transaction

from rendezvous.appointments.models import Appointment, Meeting
from rendezvous.inquiries.models import Channel, Direction, Inquiry, Need
from rendezvous.inquiries.receiving import LONGEST_TEXT, clean_text, says_something
from rendezvous.inquiries.stages import bring_up
from rendezvous.inquiries.understanding import read_again
from rendezvous.practice import clock

# One touch each; anything else is typed.
USUAL_MINUTES = (30, 60, 90)


def meeting_of(appointment: Appointment) -> Meeting:
    """The meeting of an appointment; it exists as soon as somebody opens its page."""
    meeting, _created = Meeting.objects.get_or_create(appointment=appointment)
    return meeting


def agree(meeting: Meeting, minutes: int | None) -> None:
    """Records the answer to "how long do you have?", or that it was not asked, and starts the clock the first time."""
    meeting.asked = minutes is not None
    meeting.agreed_minutes = minutes
    meeting.began_at = meeting.began_at or clock.now()
    meeting.save(update_fields=["asked", "agreed_minutes", "began_at"])


@transaction.atomic
def keep_notes(meeting: Meeting, text: str, version: int) -> bool:
    """Keeps what is typed, and lets it fill the brief. False where a later version is kept already."""
    kept = Meeting.objects.filter(pk=meeting.pk, version__lt=version).update(
        notes=clean_text(text)[:LONGEST_TEXT], version=version
    )
    if not kept:
        return False
    meeting.refresh_from_db()
    if meeting.appointment.inquiry:
        _read(meeting, meeting.appointment.inquiry)
    return True


def _read(meeting: Meeting, inquiry: Inquiry) -> None:
    """The notes are read like a message, one that its sender never sees."""
    if meeting.message is None and says_something(meeting.notes):
        meeting.message = inquiry.messages.create(
            direction=Direction.IN, channel=Channel.MEETING, text=meeting.notes, at=clock.now()
        )
        meeting.save(update_fields=["message"])
    elif meeting.message is not None:
        meeting.message.text = meeting.notes
        meeting.message.save(update_fields=["text"])
    read_again(inquiry)


@transaction.atomic
def close(meeting: Meeting) -> None:
    """The meeting is over: what came of it is asked at once. Closing twice keeps the first end."""
    if meeting.ended_at is None:
        now = clock.now()
        meeting.began_at = meeting.began_at or min(now, meeting.appointment.starts_at)
        meeting.ended_at = now
        meeting.save(update_fields=["began_at", "ended_at"])
    inquiry = meeting.appointment.inquiry
    if inquiry and not inquiry.ended:
        bring_up(inquiry, Need.OUTCOME, clock.now())


@transaction.atomic
def not_business(appointment: Appointment) -> None:
    """It is a friendship: out of every figure, forecast and reminder."""
    appointment.person.not_business = True
    appointment.person.save(update_fields=["not_business"])
    for inquiry in appointment.person.inquiries.filter(need_at__isnull=False):
        inquiry.need, inquiry.need_at = "", None
        inquiry.save(update_fields=["need", "need_at"])


def minutes_over(meeting: Meeting) -> int:
    """How long it went on past the time agreed; 0 where it did not, or where none was."""
    end, agreed = meeting.ended_at, meeting.agreed_end
    return max(0, round((end - agreed) / dt.timedelta(minutes=1))) if end and agreed else 0

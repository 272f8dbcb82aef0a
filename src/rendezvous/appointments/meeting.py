"""At the appointment itself: the time agreed on, notes that fill the brief, what one touch notes, an end."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from rendezvous.appointments.models import Appointment, Before, Meeting, Observation, Seen
from rendezvous.inquiries.models import Channel, Direction, Inquiry, Need, Signal, Source
from rendezvous.inquiries.receiving import LONGEST_TEXT, clean_text, says_something
from rendezvous.inquiries.stages import bring_up
from rendezvous.inquiries.understanding import correct_signal, read_again
from rendezvous.practice import clock
from rendezvous.practice.models import Practice
from rendezvous.reading import SIGNALS

# One touch each; anything else is typed.
USUAL_MINUTES = (30, 60, 90)
# Bytes of UTF-8: a day of typing. What is longer is refused whole and said, never cut.
LONGEST_NOTES = 1_000_000
# A phone without network says later when something happened; it is believed that far back.
BELIEVED_BACK = dt.timedelta(hours=24)


class NotesTooLong(Exception):
    """More than `LONGEST_NOTES`: nothing was changed."""


def meeting_of(appointment: Appointment) -> Meeting:
    """The meeting of an appointment; it exists as soon as somebody opens its page."""
    meeting, _created = Meeting.objects.get_or_create(appointment=appointment)
    return meeting


def _moment(at: dt.datetime | None) -> dt.datetime:
    """When it happened, where that is told later; a moment to come, or too long ago, is not believed: it is now."""
    now = clock.now()
    return at if at and now - BELIEVED_BACK <= at <= now else now


def agree(meeting: Meeting, minutes: int | None, at: dt.datetime | None = None) -> None:
    """Records the answer to "how long do you have?", or that it was not asked, and starts the clock the first time."""
    meeting.asked = minutes is not None
    meeting.agreed_minutes = minutes
    meeting.began_at = meeting.began_at or _moment(at)
    meeting.save(update_fields=["asked", "agreed_minutes", "began_at"])


@transaction.atomic
def keep_notes(meeting: Meeting, text: str, version: int, since: Collection[int] | None = None) -> bool:
    """Keeps what is typed, whole, and lets it fill the brief. False where what is kept already would be lost by it.

    `since` are the versions that the text was typed after: one of them, or this very one, must be what is kept. Without
    it, any earlier one will do. Raises `NotesTooLong`. Of long notes the first `LONGEST_TEXT` characters are read.
    """
    if len(text.encode(errors="replace")) > LONGEST_NOTES:
        raise NotesTooLong
    before = Q(version__lt=version) if since is None else Q(version__in=[*since, version])
    kept = Meeting.objects.filter(before, pk=meeting.pk).update(notes=clean_text(text), version=version)
    meeting.refresh_from_db()
    if not kept:
        return False
    if meeting.appointment.inquiry:
        _read(meeting, meeting.appointment.inquiry)
    return True


def _read(meeting: Meeting, inquiry: Inquiry) -> None:
    """The notes are read like a message, one that its sender never sees."""
    text = meeting.notes
    if len(text) > LONGEST_TEXT:
        rest = gettext("(The rest is on the page of the meeting.)")
        text = f"{text[:LONGEST_TEXT].rstrip()}\n\n{rest}"
    if meeting.message is None and says_something(text):
        meeting.message = inquiry.messages.create(
            direction=Direction.IN, channel=Channel.MEETING, text=text, at=clock.now()
        )
        meeting.save(update_fields=["message"])
    elif meeting.message is not None:
        meeting.message.text = text
        meeting.message.save(update_fields=["text"])
    read_again(inquiry)


@transaction.atomic
def observe(meeting: Meeting, name: Seen, *, seen: bool, at: dt.datetime | None = None) -> None:
    """Notes what one touch says, or withdraws it; saying the same twice changes nothing. `at`: when, if told later.

    A name that `reading` knows becomes the owner's word on that signal; withdrawn, what she had said before comes back,
    unless she has said otherwise since.
    """
    if seen:
        row, new = Observation.objects.get_or_create(meeting=meeting, name=name, defaults={"at": _moment(at)})
        if new:
            _speak(meeting.appointment.inquiry, row)
        return
    found = meeting.observations.filter(name=name).first()
    if found:
        found.delete()
        _take_back(meeting.appointment.inquiry, found)


def _speak(inquiry: Inquiry | None, row: Observation) -> None:
    """The touch becomes the owner's word on the signal; the row keeps what it replaced."""
    if inquiry is None or row.name not in SIGNALS:
        return
    hers = Signal.objects.filter(inquiry=inquiry, name=row.name, source=Source.OWNER).first()
    if hers and hers.present:
        return
    row.replaced = Before.ABSENT if hers else Before.NOTHING
    row.save(update_fields=["replaced"])
    correct_signal(inquiry, row.name, present=True)
    Signal.objects.filter(inquiry=inquiry, name=row.name, source=Source.OWNER).update(at=row.at)


def _take_back(inquiry: Inquiry | None, row: Observation) -> None:
    """What the touch had changed is as before; where another meeting says the same, that one takes it over."""
    if inquiry is None or not row.replaced:
        return
    other = Observation.objects.filter(meeting__appointment__inquiry=inquiry, name=row.name).first()
    if other:
        other.replaced = row.replaced
        other.save(update_fields=["replaced"])
        return
    hers = Signal.objects.filter(inquiry=inquiry, name=row.name, source=Source.OWNER, present=True)
    if row.replaced == Before.NOTHING:
        hers.delete()
    else:
        hers.update(present=False, at=clock.now())


@transaction.atomic
def close(meeting: Meeting, at: dt.datetime | None = None) -> None:
    """The meeting is over, since `at` if told later; what came of it is asked at once. Twice keeps the first end."""
    if meeting.ended_at is None:
        ended = _moment(at)
        began = meeting.began_at or min(ended, meeting.appointment.starts_at)
        meeting.began_at, meeting.ended_at = began, max(ended, began)
        meeting.save(update_fields=["began_at", "ended_at"])
    inquiry = meeting.appointment.inquiry
    if inquiry and not inquiry.ended:
        bring_up(inquiry, Need.OUTCOME, clock.now())


def minutes_over(meeting: Meeting) -> int:
    """How long it went on past the time agreed; 0 where it did not, or where none was."""
    end, agreed = meeting.ended_at, meeting.agreed_end
    return max(0, round((end - agreed) / dt.timedelta(minutes=1))) if end and agreed else 0


def closing_words(practice: Practice) -> list[str]:
    """Sentences that close a meeting kindly: hers, else two of ours."""
    hers = [line.strip() for line in practice.closing_words.splitlines() if line.strip()]
    return hers or [
        gettext("We have ten minutes left: what would you like us to decide before we part?"),
        gettext("I want to keep to the time I promised you. Shall we fix what comes next?"),
    ]

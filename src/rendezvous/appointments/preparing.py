"""What to know before an appointment, on one page: for the train, and for a pocket."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import quote

from rendezvous.appointments.models import Appointment
from rendezvous.inquiries.access import said_openly
from rendezvous.inquiries.judgement import FEELINGS, feeling_of, gut_of
from rendezvous.inquiries.models import Direction, Inquiry, Message, Mode

# Characters: one printed page holds some four thousand beside the rest.
FIRST_MESSAGE, LATER_MESSAGE = 1500, 500
MESSAGES, ANSWERS = 4, 2
# The two pages open without a network until then.
OFFLINE_FOR = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Said:
    """A message, cut where it is long."""

    at: dt.datetime
    text: str
    cut: bool


def they_said(inquiry: Inquiry) -> list[Said]:
    """What they wrote, from the first message on: the first, and the last few."""
    rows = list(said_openly(inquiry).filter(direction=Direction.IN).exclude(text="").order_by("at", "pk"))
    kept = rows if len(rows) <= MESSAGES else [rows[0], *rows[1 - MESSAGES :]]
    return [_said(row, LATER_MESSAGE if number else FIRST_MESSAGE) for number, row in enumerate(kept)]


def you_answered(inquiry: Inquiry) -> list[Said]:
    """The last answers that they had: what is promised stands there."""
    rows = inquiry.messages.filter(direction=Direction.OUT).order_by("-at", "-pk")[:ANSWERS]
    return [_said(row, FIRST_MESSAGE) for row in reversed(rows)]


def _said(message: Message, longest: int) -> Said:
    text = message.text.strip()
    if len(text) <= longest:
        return Said(message.at, text, cut=False)
    return Said(message.at, text[:longest].rsplit(None, 1)[0] + "…", cut=True)


def gut_word(inquiry: Inquiry) -> str:
    """Her first feeling in a word, never a figure; why she would rather not say; empty where nothing was asked yet."""
    gut = gut_of(inquiry)
    if gut is None:
        return ""
    if gut.probability is None:
        return gut.skipped_because
    return str(FEELINGS[feeling_of(gut.probability)])


def maps_of(appointment: Appointment) -> tuple[str, str]:
    """Two links to the place: a map on the web (OpenStreetMap), and the phone's own (RFC 5870). Empty: no way to go."""
    if appointment.mode != Mode.IN_PERSON or not appointment.place:
        return "", ""
    place = quote(appointment.place, safe="")
    return f"https://www.openstreetmap.org/search?query={place}", f"geo:0,0?q={place}"


def way_minutes(appointment: Appointment) -> int:
    """Minutes kept free before it, for the way there."""
    return int((appointment.starts_at - appointment.blocked_from) / dt.timedelta(minutes=1))


def offline_until(appointment: Appointment) -> int:
    """Until when a phone may keep its pages, in milliseconds since 1970."""
    return int((appointment.ends_at + OFFLINE_FOR).timestamp() * 1000)

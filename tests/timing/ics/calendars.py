"""Small calendars, and what is busy in them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from rendezvous.timing import Interval, busy_from_ics

PARIS = "Europe/Paris"
START, END = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)


def event(*lines, uid="one@example.org"):
    """The lines of an event."""
    return ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT"]


def calendar(*parts):
    """A file of events, time zones and single lines."""
    lines = [line for part in parts for line in ([part] if isinstance(part, str) else part)]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""]).encode()


def read(*parts, zone=PARIS, start=START, end=END):
    """What is busy in May 2026, unless said otherwise, and the problems."""
    return busy_from_ics(calendar(*parts), zone, start, end)


def times(*parts, zone=PARIS, start=START, end=END):
    """What is busy, as clock faces in the zone; there must be no problem."""
    found = read(*parts, zone=zone, start=start, end=end)
    assert found.problems == []
    return faces(found.intervals, zone)


def faces(intervals, zone=PARIS):
    """Intervals as clock faces in a zone."""
    clock = ZoneInfo(zone)
    return [
        (f"{one.start.astimezone(clock):%Y-%m-%d %H:%M}", f"{one.end.astimezone(clock):%Y-%m-%d %H:%M}")
        for one in intervals
    ]


def utc(start, end):
    return Interval(datetime.fromisoformat(start).replace(tzinfo=UTC), datetime.fromisoformat(end).replace(tzinfo=UTC))

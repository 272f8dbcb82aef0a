"""From the lines of a VEVENT to what it says about time (RFC 5545, section 3.6.1)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from rendezvous.timing.ics.problems import Problems, ReadingError, shown
from rendezvous.timing.ics.values import Duration, FindZone, Moment, apart, duration, later, moment, moment_of
from rendezvous.timing.interval import EPOCH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from rendezvous.timing.ics.lines import Block, Property

MOST_LISTED_DATES = 10_000
"""RDATE and EXDATE values read of one event: a daily appointment cancelled every day for 27 years."""

Period = tuple[Moment, timedelta]


@dataclass(frozen=True, slots=True)
class Event:
    """One VEVENT: when it is, and how it repeats.

    `start` and `end` are both days, for an all-day event, or both aware times; `end` is not before `start`.
    """

    uid: str
    line: int
    start: Moment
    end: Moment
    lasts: timedelta
    """How long an instance lasts, by the clock faces of its zone: by the calendar, not in real hours."""
    takes_time: bool
    """Neither TRANSPARENT nor CANCELLED."""
    rules: tuple[Property, ...] = ()
    more: tuple[Moment | Period, ...] = ()
    """RDATE."""
    without: tuple[Moment, ...] = ()
    """EXDATE."""
    replaces: Moment | None = None
    """RECURRENCE-ID: the instance that this event stands for."""
    and_later: bool = False
    """RANGE=THISANDFUTURE."""
    sequence: int = -1

    @property
    def repeats(self) -> bool:
        """Whether it says anything of other instances."""
        return bool(self.rules or self.more or self.without)


@dataclass(slots=True)
class _Fields:
    first: dict[str, Property] = field(default_factory=dict)
    rules: list[Property] = field(default_factory=list)
    more: list[Property] = field(default_factory=list)
    without: list[Property] = field(default_factory=list)


def read_event(block: Block, zone: ZoneInfo, zone_of: FindZone, problems: Problems) -> Event | None:
    """What an event says, floating times being in `zone`; what cannot be read is left out, and named.

    None when it does not even say when it starts.
    """
    fields = _fields(block)
    uid = fields.first["UID"].value if "UID" in fields.first else ""
    start = _one(fields, "DTSTART", zone_of, problems, uid)
    if start is None:
        if "DTSTART" not in fields.first:
            problems.add("it has no DTSTART, so nobody knows when it is; it is left out.", block.line, uid)
        return None
    if isinstance(start, datetime) and start.tzinfo is None:
        start = start.replace(tzinfo=zone)
    end, lasts = _end(fields, start, zone_of, problems, uid)
    start, end = _alike(start, end, zone)
    if _is_before(end, start):
        problems.add("it ends before it starts; the time between the two is taken as busy.", block.line, uid)
        start, end = end, start
    event = Event(
        uid=uid,
        line=block.line,
        start=start,
        end=end,
        lasts=_lasting(start, end) if lasts is None else abs(lasts),
        takes_time=_value(fields, "STATUS") != "CANCELLED" and _value(fields, "TRANSP") != "TRANSPARENT",
        rules=tuple({prop.value: prop for prop in fields.rules}.values()),
        more=tuple(_listed(fields.more, zone_of, problems, uid)),
        without=tuple(when for when in _listed(fields.without, zone_of, problems, uid) if not isinstance(when, tuple)),
        sequence=_sequence(_value(fields, "SEQUENCE")),
    )
    if "RECURRENCE-ID" not in fields.first:
        return event
    replaces = _one(fields, "RECURRENCE-ID", zone_of, problems, uid)
    if replaces is None:  # it cannot be tied to its series, and must not be taken for the series itself
        return replace(event, uid="")
    and_later = fields.first["RECURRENCE-ID"].params.get("RANGE", "").upper() == "THISANDFUTURE"
    return replace(event, replaces=replaces, and_later=and_later)


def _fields(block: Block) -> _Fields:
    fields = _Fields()
    several = {"RRULE": fields.rules, "RDATE": fields.more, "EXDATE": fields.without}
    for prop in block.read():
        if prop.name in several:
            several[prop.name].append(prop)
        else:
            fields.first.setdefault(prop.name, prop)
    return fields


def _value(fields: _Fields, name: str) -> str:
    return fields.first[name].value.upper() if name in fields.first else ""


def _sequence(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _one(fields: _Fields, name: str, zone_of: FindZone, problems: Problems, uid: str) -> Moment | None:
    """The date or time of a property, if it is there and readable."""
    if name not in fields.first:
        return None
    prop = fields.first[name]
    try:
        return moment_of(prop, zone_of)
    except ReadingError as reason:
        problems.add(f"{name} is left out: {reason}.", prop.line, uid)
        return None


def _end(
    fields: _Fields, start: Moment, zone_of: FindZone, problems: Problems, uid: str
) -> tuple[Moment, timedelta | None]:
    """When it ends, and how long it lasts if it says so: DTEND, else DURATION, else after a day for a day, at
    once for a time (section 3.6.1)."""
    end = _one(fields, "DTEND", zone_of, problems, uid)
    day = Duration(1, timedelta())
    is_day = not isinstance(start, datetime)
    if end is not None:
        # The section forbids a day to end where it starts, but so do several programs write one whole day.
        return (_later(start, day) if is_day and end == start else end), None
    prop = fields.first.get("DURATION")
    if prop is not None:
        try:
            lasting = duration(prop.value)
            return _later(start, lasting), timedelta(lasting.days) + lasting.rest
        except ReadingError as reason:
            problems.add(f"DURATION is left out: {reason}.", prop.line, uid)
    return (_later(start, day) if is_day else start), None


def _is_before(end: Moment, start: Moment) -> bool:
    """Whether an end is before a start both by the clock faces and in real time: a clock change may turn one of
    the two around, and that is no mistake."""
    if isinstance(end, datetime) and isinstance(start, datetime):
        return end < start and end - EPOCH < start - EPOCH
    return end < start


def _lasting(start: Moment, end: Moment) -> timedelta:
    """How long it is from a start to an end, by the clock faces unless these run backwards."""
    by_the_clock = apart(start, end)
    if by_the_clock < timedelta() and isinstance(start, datetime) and isinstance(end, datetime):
        return (end - EPOCH) - (start - EPOCH)
    return by_the_clock


def _later(start: Moment, lasting: Duration) -> Moment:
    try:
        return later(start, lasting)
    except OverflowError:
        raise ReadingError("it would end after the year 9999") from None


def _listed(props: list[Property], zone_of: FindZone, problems: Problems, uid: str) -> Iterator[Moment | Period]:
    """The dates, times and periods of RDATE or EXDATE lines."""
    left = MOST_LISTED_DATES
    for prop in props:
        texts = prop.value.split(",", left)
        if len(texts) > left:
            problems.add(f"only {MOST_LISTED_DATES:,} dates of an event are read.", prop.line, uid)
        for text in filter(None, map(str.strip, texts[:left])):
            try:
                yield _moment_or_period(text, prop, zone_of)
            except ReadingError as reason:
                problems.add(f"one date of {prop.name} is left out: {reason}.", prop.line, uid)
        left -= min(left, len(texts))


def _moment_or_period(text: str, prop: Property, zone_of: FindZone) -> Moment | Period:
    first, slash, second = text.partition("/")
    start = moment(first, prop.params.get("TZID"), prop.line, zone_of)
    if not slash:
        return start
    if second[:1] in "Pp+-":
        lasting = duration(second)
        length = timedelta(lasting.days) + lasting.rest
    else:
        begins, ends = _as_times(start, moment(second, prop.params.get("TZID"), prop.line, zone_of))
        if (begins.tzinfo is None) != (ends.tzinfo is None):
            raise ReadingError(f"{shown(text)} has a zone on one side only")
        length = ends - begins
    if length < timedelta():
        raise ReadingError(f"{shown(text)} ends before it starts")
    return start, length


def _alike(start: Moment, end: Moment, zone: ZoneInfo) -> tuple[Moment, Moment]:
    """Two days, or two aware times: a day beside a time is its midnight (Outlook and others mix them)."""
    if not isinstance(start, datetime) and not isinstance(end, datetime):
        return start, end
    begins, ends = _as_times(start, end)
    if begins.tzinfo is None:
        begins = begins.replace(tzinfo=ends.tzinfo or zone)
    return begins, ends.replace(tzinfo=begins.tzinfo) if ends.tzinfo is None else ends


def _as_times(start: Moment, end: Moment) -> tuple[datetime, datetime]:
    begins = start if isinstance(start, datetime) else datetime.combine(start, time())
    return begins, end if isinstance(end, datetime) else datetime.combine(end, time())

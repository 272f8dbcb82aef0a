"""Dates, times and durations as RFC 5545 writes them (sections 3.3.4 to 3.3.6)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from rendezvous.timing.ics.problems import ReadingError, shown
from rendezvous.timing.interval import seconds
from rendezvous.timing.openings import FIRST_DAY, LAST_DAY, instant_of, wall_time

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from rendezvous.timing.ics.lines import Property

Moment = date | datetime
"""A day, a time with its zone, or a floating time (naive)."""

FindZone = Callable[[str, int], tzinfo]
"""From a TZID, and the line it stands on, to its zone."""

EARLIEST, LATEST = (seconds(datetime(day.year, day.month, day.day, tzinfo=UTC)) for day in (FIRST_DAY, LAST_DAY))
_MOMENT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z?))?", re.IGNORECASE)
_DURATION = re.compile(
    r"([+-]?)P(?=[0-9T])(?:([0-9]+)W)?(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)S)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Duration:
    """Days follow the calendar, the rest is real time (section 3.3.6): P1D may last 23 hours, PT24H may
    not."""

    days: int
    rest: timedelta


def moment(text: str, tzid: str | None, line: int, zone_of: FindZone) -> Moment:
    """A DATE or DATE-TIME. A final Z wins over a TZID; a date has no zone, even when it is given one."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise ReadingError(f"{shown(text)} is no date or time such as 20260502 or 20260502T090000")
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    try:
        if match[4] is None:
            return date(year, month, day)
        # A leap second (section 3.3.12 allows 60) is the last second that the clocks here know.
        clock = time(int(match[4]), int(match[5]), 59 if match[6] == "60" else int(match[6]))
        naive = datetime.combine(date(year, month, day), clock)
    except ValueError:
        raise ReadingError(f"{shown(text)} is no possible date or time") from None
    if match[7]:
        return naive.replace(tzinfo=UTC)
    return naive.replace(tzinfo=zone_of(tzid, line)) if tzid else naive


def moment_of(prop: Property, zone_of: FindZone) -> Moment:
    """The one date or time that a property holds."""
    return moment(prop.value, prop.params.get("TZID"), prop.line, zone_of)


def duration(text: str) -> Duration:
    """A DURATION."""
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.groups()[1:]):
        raise ReadingError(f"{shown(text)} is no duration such as PT1H30M")
    try:
        weeks, days, hours, minutes, secs = (int(number or 0) for number in match.groups()[1:])
        sign = -1 if match[1] == "-" else 1
        whole = timedelta(weeks=weeks, days=days)
        return Duration(sign * whole.days, sign * timedelta(hours=hours, minutes=minutes, seconds=secs))
    except (ValueError, OverflowError):  # more digits than an int is read from, or more days than there are
        raise ReadingError(f"{shown(text)} is longer than any calendar") from None


def later(start: Moment, lasting: Duration) -> Moment:
    """The moment so long after another; `OverflowError` beyond the year 9999."""
    if not isinstance(start, datetime) and not lasting.rest:
        return start + timedelta(lasting.days)
    begins = start if isinstance(start, datetime) else datetime.combine(start, time())
    day = begins + timedelta(lasting.days)  # by the wall clock
    if day.tzinfo is None or not lasting.rest:
        return day + lasting.rest
    try:
        return (day.astimezone(UTC) + lasting.rest).astimezone(day.tzinfo)
    except OverflowError:  # at the ends of time, where UTC is in another year than there is
        return day + lasting.rest


def second_of(when: Moment, zone: ZoneInfo) -> int:
    """The second since 1970 that a moment means; a day is its midnight, and floating times are read, in
    `zone`.

    A time that the clock skips counts by the offset before the jump, one that it repeats is its first passage
    (section 3.3.5), which is what fold=0 means.
    """
    if not isinstance(when, datetime):
        return instant_of(wall_time(min(max(when, FIRST_DAY), LAST_DAY), 0), zone)[0]
    return seconds(when if when.tzinfo is not None else when.replace(tzinfo=zone))


def apart(start: Moment, end: Moment) -> timedelta:
    """How long it is from one day to another, or from one time to another by the clock faces of its zone."""
    if isinstance(start, datetime) and isinstance(end, datetime):
        return end - start
    return timedelta(days=end.toordinal() - start.toordinal())


def seconds_between(start: Moment, end: Moment, zone: ZoneInfo) -> tuple[int, int]:
    """The seconds since 1970 at which something starts and ends, within the days that can be reckoned with.

    Where a clock change turns the two around (from 02:30, which is skipped and so means 03:30, to 03:00), it
    lasts as long as the clock faces say.
    """
    begins, ends = second_of(start, zone), second_of(end, zone)
    if ends < begins:
        ends = begins + (apart(start, end) // timedelta(seconds=1))
    return max(begins, EARLIEST), min(ends, LATEST)

"""From the wall clock to real time: when a day's openings begin and end.

One rule settles every clock change: **an hour is reached the first time the clock shows it or a later one.**
An hour that the clock repeats is therefore its first passage; an hour that it skips is the instant of the
jump.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from rendezvous.timing.interval import Interval, interval_of, seconds

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from rendezvous.timing.rules import Rules

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9998, 12, 31)
"""Nearer than the ends of what `datetime` holds, so that no offset or buffer can carry a slot beyond them."""

MOST_DAYS = 3_660
"""Ten years at once: a longer look would make a million slots, and nobody books so far ahead."""


def instant_of(wall: datetime, zone: ZoneInfo) -> tuple[int, bool]:
    """The second since 1970 at which the zone's clock first shows the naive `wall` or a later time, and
    whether it ever shows `wall` itself."""
    # PEP 495: with fold=0 a repeated time is its first passage, a skipped one counts by the offset before the
    # jump.
    at = seconds(wall.replace(tzinfo=zone))
    if datetime.fromtimestamp(at, zone).replace(tzinfo=None) == wall:
        return at, True
    early = seconds(wall.replace(tzinfo=zone, fold=1))  # by the offset after the jump: before it
    while early + 1 < at:
        middle = (early + at) // 2
        if datetime.fromtimestamp(middle, zone).replace(tzinfo=None) > wall:
            at = middle
        else:
            early = middle
    return at, False


def wall_time(day: date, minutes: int) -> datetime:
    """What the clock shows so many minutes after the day's midnight, 1440 being the next midnight."""
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


def check_days(start: date, days: int) -> None:
    """Raise `ValueError` for days that are too many or too far away to reckon with."""
    if isinstance(start, datetime):
        raise ValueError(f"{start.isoformat()} is a moment; give the first day as a date.")  # noqa: TRY004  # a value, to the caller
    if not 0 <= days <= MOST_DAYS:
        raise ValueError(f"{days} days cannot be looked at at once; choose from 0 to {MOST_DAYS}.")
    if not FIRST_DAY.toordinal() <= start.toordinal() <= LAST_DAY.toordinal() - days:
        raise ValueError(f"{start.isoformat()} is too far away; choose a day from {FIRST_DAY} to {LAST_DAY}.")


def open_hours(rules: Rules, day: date) -> list[Interval]:
    """The open hours of a day as real time, in the rules' zone and in order, for drawing an agenda.

    Guarantees: exceptions and holidays are heeded; hours that the clock skips are left out, whole or in part,
    so that no interval is empty; hours that it repeats belong to an opening that begins before and ends after
    them.
    """
    check_days(day, 1)
    zone = rules.zone
    found = []
    for opening in rules.hours(day):
        start, _ = instant_of(wall_time(day, opening.start), zone)
        end, _ = instant_of(wall_time(day, opening.end), zone)
        if start < end:
            found.append(interval_of(datetime.fromtimestamp(start, zone), datetime.fromtimestamp(end, zone)))
    return found

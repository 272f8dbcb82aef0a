"""All the free slots, exactly."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from rendezvous.timing.busy import BusyIndex
from rendezvous.timing.interval import DAY, Interval, interval_of, seconds_up
from rendezvous.timing.openings import check_days, instant_of, wall_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from rendezvous.timing.rules import Rules


def slots(rules: Rules, busy: Iterable[Interval] | BusyIndex, start: date, days: int, now: datetime) -> list[Interval]:
    """All the free slots of `days` days from `start` on, in order, written in the rules' zone.

    A slot starts at an opening's start or a whole number of `step` minutes of wall clock after it, lasts
    `length` minutes of real time and ends within that opening, no sooner than `notice_hours` after `now`;
    with its buffers, which may lie outside the opening and in another day, it overlaps no busy time
    (half-open: what only touches does not overlap, and busy time of no length blocks nothing).

    At a clock change: a start that the clock skips does not exist, one that it repeats is offered once, the
    first time; an opening that begins or ends at a skipped hour begins or ends at the jump, one that begins
    or ends at a repeated hour does so at its first passage (see `openings`).

    The days are those of the rules' zone. Give a `BusyIndex` to look often among the same busy time: it is
    then not gone through again. `ValueError`: a naive `now`, `days` below 0 or above `MOST_DAYS`, a day before 1900
    or after 9998.
    """
    if now.utcoffset() is None:
        raise ValueError("The present moment needs a time zone.")
    check_days(start, days)
    index = busy if isinstance(busy, BusyIndex) else BusyIndex(_near(busy, window(rules, start, days)))
    earliest = seconds_up(now) + rules.notice_hours * 3600
    zone, length = rules.zone, rules.length * 60
    free: list[Interval] = []
    for day in (start + timedelta(n) for n in range(days)):
        hours = rules.hours(day)
        if not hours:
            continue
        midnight, even = _midnight(day, zone)
        for opening in hours:
            if even:
                first, last = midnight + opening.start * 60, midnight + opening.end * 60 - length
                starts: Sequence[int] = range(first, last + 1, rules.step * 60)
            else:
                starts = _starts_by_the_clock(rules, day, opening.start, opening.end, zone)
            runs = _free_runs(starts, earliest, rules, index)
            if even:
                free.extend(_on_an_even_day(runs, day, midnight, zone, rules.length))
            else:
                free.extend(_on_any_day(runs, zone, length))
    return free


def window(rules: Rules, start: date, days: int) -> Interval:
    """All the time that `slots` looks at for these days: busy time outside it changes nothing, so need not be
    read."""
    check_days(start, days)
    first, _ = instant_of(wall_time(start, 0), rules.zone)
    last, _ = instant_of(wall_time(start + timedelta(days), 0), rules.zone)
    return interval_of(
        datetime.fromtimestamp(first - rules.buffer_before * 60, rules.zone),
        datetime.fromtimestamp(last + rules.buffer_after * 60, rules.zone),
    )


def _near(busy: Iterable[Interval], looked_at: Interval) -> Iterator[Interval]:
    """The busy times that can be in the way, told apart by the cheapest comparison there is: most are not."""
    first, last = looked_at.start.astimezone(UTC), looked_at.end.astimezone(UTC)
    return (one for one in busy if one.end > first and one.start < last)


def _midnight(day: date, zone: ZoneInfo) -> tuple[int, bool]:
    """When the day begins, and whether it is an even one: 24 hours with no clock change in them.

    No zone has ever changed its clock twice within three days, so two midnights that are shown, a day's
    seconds apart, have none between them.
    """
    begins, shown = instant_of(datetime.combine(day, time()), zone)
    ends, next_shown = instant_of(datetime.combine(day + timedelta(1), time()), zone)
    return begins, shown and next_shown and ends - begins == DAY


def _starts_by_the_clock(rules: Rules, day: date, opens: int, closes: int, zone: ZoneInfo) -> list[int]:
    """Where slots may start within an opening of a day on which the clock changes."""
    end, _ = instant_of(wall_time(day, closes), zone)
    reached = (instant_of(wall_time(day, minute), zone) for minute in range(opens, closes, rules.step))
    return [at for at, shown in reached if shown and at + rules.length * 60 <= end]


def _free_runs(starts: Sequence[int], earliest: int, rules: Rules, busy: BusyIndex) -> Iterator[Sequence[int]]:
    """The starts whose slot is free, in runs: one step a busy stretch in the way, not one a start."""
    before = rules.buffer_before * 60
    after = (rules.length + rules.buffer_after) * 60
    at = bisect_left(starts, earliest)
    next_busy = 0
    while at < len(starts):
        # The first stretch that ends after this slot's time begins: only it and later ones can be in the way.
        next_busy = bisect_right(busy.ends, starts[at] - before, next_busy)
        if next_busy == len(busy.ends):
            yield starts[at:]
            return
        blocked = bisect_right(starts, busy.starts[next_busy] - after, at)
        if blocked > at:
            yield starts[at:blocked]
        at = bisect_left(starts, busy.ends[next_busy] + before, blocked)


def _on_an_even_day(
    runs: Iterable[Sequence[int]], day: date, midnight: int, zone: ZoneInfo, length: int
) -> Iterator[Interval]:
    """The slots of a day without clock change, where adding to the wall clock is adding real time, and
    fast."""
    base, lasting = datetime.combine(day, time(), zone), timedelta(minutes=length)
    for run in runs:
        for at in run:
            start = base + timedelta(0, at - midnight)
            yield interval_of(start, start + lasting)


def _on_any_day(runs: Iterable[Sequence[int]], zone: ZoneInfo, length: int) -> Iterator[Interval]:
    for run in runs:
        for at in run:
            yield interval_of(datetime.fromtimestamp(at, zone), datetime.fromtimestamp(at + length, zone))

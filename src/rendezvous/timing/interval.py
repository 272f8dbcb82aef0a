"""A stretch of real time, and the whole seconds everything else here counts in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = 86_400


@dataclass(frozen=True, slots=True, eq=False)
class Interval:
    """The time from `start` (included) to `end` (excluded); both aware, in any zone.

    Guarantees: `end` is never before `start`; an interval of no length overlaps nothing. Two intervals are
    equal, and hash alike, when they cover the same time, in whatever zones they are written. (Python compares
    two datetimes of one zone by their clock faces, so the two 02:30 of an autumn night would look equal, and
    refuses to equate either with its own UTC form; intervals compare instants.) A naive datetime or an end
    before the start raises `ValueError`.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.utcoffset() is None or self.end.utcoffset() is None:
            raise ValueError("An interval needs datetimes with a time zone.")
        if self.end - EPOCH < self.start - EPOCH:
            raise ValueError(f"The interval ends ({self.end.isoformat()}) before it starts ({self.start.isoformat()}).")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Interval):
            return NotImplemented
        return self.start - EPOCH == other.start - EPOCH and self.end - EPOCH == other.end - EPOCH

    def __hash__(self) -> int:
        return hash((self.start - EPOCH, self.end - EPOCH))

    def overlaps(self, other: Interval) -> bool:
        """Whether some instant lies in both: intervals that only touch do not overlap, nor does an empty
        one."""
        start = max(self.start - EPOCH, other.start - EPOCH)
        return start < min(self.end - EPOCH, other.end - EPOCH)


_set_start = Interval.__dict__["start"].__set__
_set_end = Interval.__dict__["end"].__set__


def interval_of(start: datetime, end: datetime) -> Interval:
    """An interval whose bounds are already known to be right: the checks cost more than a month of slots
    may."""
    interval = object.__new__(Interval)
    _set_start(interval, start)
    _set_end(interval, end)
    return interval


def seconds(instant: datetime) -> int:
    """Whole seconds since 1970 at an aware datetime, the fraction dropped."""
    since = instant - EPOCH
    return since.days * DAY + since.seconds


def seconds_up(instant: datetime) -> int:
    """Whole seconds since 1970 at an aware datetime, a fraction counted as a second."""
    since = instant - EPOCH
    return since.days * DAY + since.seconds + (since.microseconds > 0)


def whole_seconds(interval: Interval) -> tuple[int, int]:
    """The first second that the interval touches and the first after it; the same one twice when it is empty.

    Rounded outwards, which loses nothing: slots begin and end on whole seconds, so a second that is busy in
    part is of no use to them, and whole numbers compare fast.
    """
    start, end = interval.start - EPOCH, interval.end - EPOCH
    first = start.days * DAY + start.seconds
    if start == end:
        return first, first
    return first, end.days * DAY + end.seconds + (end.microseconds > 0)

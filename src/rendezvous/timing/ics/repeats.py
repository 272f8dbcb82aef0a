"""Repetition rules (RFC 5545, section 3.3.10), cut down to what a window of time needs of them.

The libraries walk a rule from its first instance, one at a time: ten million of them, or thirty years of
working days before the month that is asked about. A rule is therefore rewritten before they see it: COUNT
becomes the UNTIL it amounts to, UNTIL comes no later than the window, and the start moves, by whole
intervals, to just before the window. None of this changes an instance inside the window.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from math import prod
from typing import TYPE_CHECKING

from rendezvous.timing.ics.possible import ever_falls
from rendezvous.timing.ics.problems import ReadingError, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rendezvous.timing.ics.values import Moment

MOST_INSTANCES = 10_000
"""Instances of one rule that are expanded within a window: a year of an appointment every hour."""

MOST_WALKED = 100_000
"""Instances passed over to reach a window or the end of a COUNT: 270 years of days."""

MOST_RULE_CHARACTERS = 1_000
LONGEST_INTERVAL = 10_000_000  # 19 years of minutes; as weeks, still something a timedelta can hold

MOST_TIMES_A_DAY = 1_440
"""Times of day that BYHOUR, BYMINUTE and BYSECOND may make together: every minute."""

_STEPS = {
    "MINUTELY": timedelta(minutes=1),
    "HOURLY": timedelta(hours=1),
    "DAILY": timedelta(days=1),
    "WEEKLY": timedelta(weeks=1),
}
_DAYS = {"MONTHLY": 28, "YEARLY": 365}
_BY = (
    "BYSECOND",
    "BYMINUTE",
    "BYHOUR",
    "BYDAY",
    "BYMONTHDAY",
    "BYYEARDAY",
    "BYWEEKNO",
    "BYMONTH",
    "BYSETPOS",
)
_DAY_PART = re.compile(r"[+-]?[0-9]{0,2}(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(T[0-9]{6}Z?)?")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule taken apart; `by` holds its other parts as written."""

    freq: str
    interval: int
    count: int | None
    until: str | None
    by: dict[str, str]

    def text(self) -> str:
        """As an RRULE value, without COUNT."""
        parts = {"FREQ": self.freq, "INTERVAL": str(self.interval), **self.by}
        if self.until is not None:
            parts["UNTIL"] = self.until
        return ";".join(f"{name}={value}" for name, value in parts.items())

    def until_day(self) -> date:
        """The day of its UNTIL, in whatever zone that is; the last there is when it has none."""
        if self.until is None:
            return date.max
        return date(int(self.until[:4]), int(self.until[4:6]), int(self.until[6:8]))

    def numbers(self, part: str) -> list[int]:
        """The numbers that one of its parts lists, none if it is not there."""
        return [_number(text, part) for text in self.by.get(part, "").split(",") if text]

    def times_a_day(self) -> int:
        """How many times of day it names, at least one: `dateutil` sets all of them up before it starts."""
        return prod(max(len(self.numbers(part)), 1) for part in ("BYHOUR", "BYMINUTE", "BYSECOND"))

    def a_day(self) -> float:
        """How many instances it has a day, on average and at most."""
        size = {name: value.count(",") + 1 for name, value in self.by.items()}
        second, minute, hour = size.get("BYSECOND", 1), size.get("BYMINUTE", 1), size.get("BYHOUR", 1)
        if self.freq == "MINUTELY":
            return 1_440 / self.interval * size.get("BYMINUTE", 60) / 60 * size.get("BYHOUR", 24) / 24 * second
        if self.freq == "HOURLY":
            return 24 / self.interval * size.get("BYHOUR", 24) / 24 * minute * second
        return self._days(size) * hour * minute * second / self.interval

    def _days(self, size: dict[str, int]) -> float:
        """On how many days of each the rule falls, were its interval 1."""
        if self.freq == "DAILY":
            return 1.0
        if self.freq == "WEEKLY":
            return size.get("BYDAY", 1) / 7
        is_ordinal = any(character.isdigit() for character in self.by.get("BYDAY", ""))
        weekdays = size["BYDAY"] * (1 if is_ordinal else 5) if "BYDAY" in size else 0
        if self.freq == "MONTHLY":
            return min(size.get("BYMONTHDAY", 0) or weekdays or 1, 31) / 28
        months = size.get("BYMONTH", 12 if "BYMONTHDAY" in size else 1)
        in_year = max(size.get("BYYEARDAY", 0), size.get("BYWEEKNO", 0) * 7, size.get("BYMONTHDAY", 0) * months)
        if not in_year and weekdays:
            in_year = weekdays * (months if "BYMONTH" in size or is_ordinal else 12)
        return min(in_year or months, 366) / 365


@dataclass(frozen=True, slots=True)
class Reach:
    """The time in which an instance can matter: a window widened by how long, and how far moved, instances
    are."""

    start: datetime
    end: datetime

    @property
    def days(self) -> float:
        """Its length."""
        return (self.end - self.start) / timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bounded:
    """A rule made safe to walk: the same instances in reach, from another start if that is nearer."""

    rule: str
    start: Moment
    walk: float
    """About how many instances there are to walk over, at most."""
    warnings: tuple[str, ...] = ()


def parse_rule(text: str) -> Rule:
    """A rule taken apart, or `ReadingError`."""
    if len(text) > MOST_RULE_CHARACTERS:
        raise ReadingError(f"the rule {shown(text)} is longer than {MOST_RULE_CHARACTERS:,} characters")
    parts: dict[str, str] = {}
    for part in filter(None, text.upper().replace(" ", "").split(";")):
        name, _, value = part.partition("=")
        if name in parts or not value:
            raise ReadingError(f"{shown(part)} is no part of a rule, or comes twice")
        parts[name] = value
    freq = parts.pop("FREQ", "")
    if freq == "SECONDLY":
        raise ReadingError("what comes every second is no appointment")
    if freq not in _STEPS and freq not in _DAYS:
        raise ReadingError(f"the rule {shown(text)} does not say how often (FREQ)")
    interval = _number(parts.pop("INTERVAL", "1"), "INTERVAL")
    if not 1 <= interval <= LONGEST_INTERVAL:
        raise ReadingError(f"INTERVAL {interval} is not from 1 to {LONGEST_INTERVAL:,}")
    count = _number(parts.pop("COUNT", "-1"), "COUNT")
    until = parts.pop("UNTIL", None)
    if until is not None and not _is_date(until):
        raise ReadingError(f"UNTIL {shown(until)} is no date")
    unknown = [name for name in parts if name not in _BY and name != "WKST"]
    if unknown:
        raise ReadingError(f"nothing is known of {shown(unknown[0])} in a rule")
    # COUNT=-1 is how some writers say "without end"; beside UNTIL, which the section forbids, COUNT gives
    # way.
    rule = Rule(freq, interval, count if count >= 0 and until is None else None, until, parts)
    if not all(_DAY_PART.fullmatch(text) for text in parts.get("BYDAY", "MO").split(",")):
        raise ReadingError(f"BYDAY {shown(parts['BYDAY'])} is no list of days")
    if rule.times_a_day() > MOST_TIMES_A_DAY:
        raise ReadingError("it asks for more than a time every minute")
    return rule


def bound_rule(rule: Rule, start: Moment, reach: Reach, *, may_move: bool) -> Bounded | None:
    """The rule as far as it can matter, or None when it ends before; `ReadingError` when it is out of all
    measure.

    `may_move`: whether it may be given another start, which may or may not be an instance, but lies before
    the reach.
    """
    if not isinstance(start, datetime) and rule.freq in ("MINUTELY", "HOURLY"):
        raise ReadingError(f"an all-day event cannot be {rule.freq}")
    if not ever_falls(rule, start):
        raise ReadingError("it falls on no day at all")
    rule, walked, warnings = _with_until(rule, start, reach)
    until_day = rule.until_day()
    if until_day < reach.start.date() - timedelta(days=2):
        return None
    if may_move:
        start = _nearer(rule, start, reach.start)
    lead = _days_between(start, reach.start, reach) * rule.a_day()
    if lead > MOST_WALKED:
        raise ReadingError(f"it has more than {MOST_WALKED:,} instances before the time asked about")
    first = max(reach.start, _aware(start, reach))
    last = min(reach.end, _aware(until_day + timedelta(days=2), reach))
    within = _days_between(first, last, reach) * rule.a_day()
    if within > MOST_INSTANCES:
        within = MOST_INSTANCES
        rule = _until(rule, start, first + timedelta(days=within / rule.a_day()))
        warnings += (f"it has more than {MOST_INSTANCES:,} instances in this time; the first alone are used",)
    _check(rule, start)
    return Bounded(rule.text(), start, walked + lead + within, warnings)


def _with_until(rule: Rule, start: Moment, reach: Reach) -> tuple[Rule, float, tuple[str, ...]]:
    """The rule ended by an UNTIL that is not beyond reach, what was walked to find it, and warnings."""
    if rule.until is not None:
        end = _moment_of_until(rule.until, start)
        is_beyond = _aware(end, reach) > reach.end
        return _until(rule, start, reach.end if is_beyond else end), 0.0, ()
    endless = _until(rule, start, reach.end)
    if rule.count is None:
        return endless, 0.0, ()
    if rule.count == 0:
        return _until(rule, start, datetime(1900, 1, 1, tzinfo=UTC)), 0.0, ()
    if rule.freq in _STEPS and not rule.by.keys() - {"WKST"}:
        try:
            last = start + _STEPS[rule.freq] * rule.interval * (rule.count - 1)
        except OverflowError:
            return endless, 0.0, ()
        return (endless if _aware(last, reach) > reach.end else _until(rule, start, last)), 0.0, ()
    days = _days_between(start, reach.end, reach)
    walked = min(rule.count, days * rule.a_day())
    if walked > MOST_WALKED:
        return endless, 0.0, (f"its COUNT of {rule.count:,} is too far to follow; it is taken to go on",)
    counted = _last(endless, start, rule.count)
    # A day without instance is walked over too.
    return (endless if counted is None else _until(rule, start, counted)), walked + days, ()


def _moment_of_until(until: str, start: Moment) -> Moment:
    """What UNTIL means beside a start: a day beside a day, else a time, in the start's zone if it names none.

    Section 3.3.10 wants it in the form of the start; a day beside a time is its midnight, as others read it.
    """
    day = date(int(until[:4]), int(until[4:6]), int(until[6:8]))
    if not isinstance(start, datetime):
        return day
    clock = time(int(until[9:11]), int(until[11:13]), min(int(until[13:15]), 59)) if "T" in until else time()
    return datetime.combine(day, clock, UTC if until.endswith("Z") else start.tzinfo)


def _last(rule: Rule, start: Moment, count: int) -> Moment | None:
    """The instance of that rank, or None if the rule ends before."""
    last = next(islice(_check(rule, start), count - 1, None), None)
    return last if last is None or isinstance(start, datetime) else last.date()


def _check(rule: Rule, start: Moment) -> Iterator[datetime]:
    """The instances of a rule, if `dateutil` accepts it: its reason is lost further on."""
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # 11 ms, where something repeats alone

    begins = start if isinstance(start, datetime) else datetime.combine(start, time())
    try:
        return iter(rrulestr(rule.text(), dtstart=begins))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as reason:
        raise ReadingError(f"the rule cannot be followed, {shown(str(reason))}") from None


def _until(rule: Rule, start: Moment, last: Moment) -> Rule:
    """The rule ended at a moment, in the form that its start asks for: a day for days, else UTC."""
    if isinstance(start, datetime) and isinstance(last, datetime):
        last = last.astimezone(UTC)
        text = f"{last.year:04}{last:%m%dT%H%M%SZ}"
    else:
        text = f"{last.year:04}{last:%m%d}"
    return Rule(rule.freq, rule.interval, None, text, rule.by)


def _nearer(rule: Rule, start: Moment, reached: datetime) -> Moment:
    """The start moved on, by whole intervals, to just before the reach.

    By the wall clock, as rules are reckoned. What a rule takes from its start when it does not say, the
    minute, the hour, the weekday, stays the same. Months and years, few enough, are not of one length, and
    are left to be walked.
    """
    if rule.freq not in _STEPS:
        return start
    step = _STEPS[rule.freq] * rule.interval
    if isinstance(start, datetime):
        ahead = reached.astimezone(start.tzinfo).replace(tzinfo=None) - start.replace(tzinfo=None)
    else:
        ahead = timedelta(days=reached.toordinal() - start.toordinal())
    return start + ahead // step * step if ahead >= step else start


def _aware(when: Moment, reach: Reach) -> datetime:
    return when if isinstance(when, datetime) else datetime.combine(when, time(), reach.start.tzinfo)


def _days_between(start: Moment, end: datetime, reach: Reach) -> float:
    """How many days an end lies after a start, 0 if it does not."""
    return max((end - _aware(start, reach)) / timedelta(days=1), 0.0)


def _number(text: str, name: str) -> int:
    try:
        return int(text[:20])
    except ValueError:
        raise ReadingError(f"{name} {shown(text)} is no number") from None


def _is_date(text: str) -> bool:
    match = _UNTIL.fullmatch(text)
    if match is None:
        return False
    try:
        date(int(match[1]), int(match[2]), int(match[3]))
        if match[4] is not None:
            time(int(match[4][1:3]), int(match[4][3:5]), min(int(match[4][5:7]), 59))
    except ValueError:
        return False
    return True

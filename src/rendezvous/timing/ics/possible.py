"""Whether a repetition rule ever comes true.

`dateutil` looks for the next instance of a rule until the year 9999, whatever its UNTIL says: seven seconds
for one that never comes, such as every 30th of February. Here its days are tried over the few decades after
which the calendar repeats itself, before it is given to that library.
"""

from __future__ import annotations

import calendar
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rendezvous.timing.ics.repeats import Rule

_DAYS_TRIED = 41 * 366  # the rarest of dates, a 29 February on a given weekday, comes back within 40 years
_WEEKDAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_PERIOD_DAYS = {"YEARLY": 366, "MONTHLY": 31, "WEEKLY": 7}


def ever_falls(rule: Rule, start: date) -> bool:
    """Whether the rule has an instance in the decades after its start.

    True where that is not sure: it may ask for impossible times of an hour, which `dateutil` finds out by
    itself.
    """
    if not rule.by.keys() - {"WKST"} or (rule.freq == "WEEKLY" and rule.by.keys() <= {"BYDAY", "WKST"}):
        return True
    falls = _Days(rule, start)
    first = start if not isinstance(start, datetime) else start.date()
    positions = [abs(number) for number in rule.numbers("BYSETPOS")]
    least = -(-min(positions) // rule.times_a_day()) if positions else 1
    if rule.freq in ("HOURLY", "MINUTELY"):
        least = 1
    tried = _DAYS_TRIED // _PERIOD_DAYS.get(rule.freq, 1)
    for period in islice(_periods(rule, first), tried):
        days = [day for day in period if falls.on(day)]
        if len(days) >= least and days[-1] >= first:
            return True
    return False


class _Days:
    """On which days of its periods a rule falls."""

    def __init__(self, rule: Rule, start: date) -> None:
        self.months = set(rule.numbers("BYMONTH"))
        self.month_days = set(rule.numbers("BYMONTHDAY"))
        self.year_days = set(rule.numbers("BYYEARDAY"))
        # Weeks are counted from Mondays here: when they begin on another day, their numbers are not looked
        # at.
        self.weeks = set(rule.numbers("BYWEEKNO")) if rule.by.get("WKST", "MO") == "MO" else set()
        self.in_year = rule.freq == "YEARLY" and not self.months
        self.weekdays: set[tuple[int, int]] = set()
        for text in filter(None, rule.by.get("BYDAY", "").split(",")):
            ordinal = int(text[:-2] or 0) if rule.freq in ("YEARLY", "MONTHLY") else 0
            self.weekdays.add((ordinal, _WEEKDAYS[text[-2:]]))
        if not (self.month_days or self.year_days or self.weekdays or "BYWEEKNO" in rule.by):
            if rule.freq in ("YEARLY", "MONTHLY"):
                self.month_days = {start.day}
                self.months = self.months or ({start.month} if rule.freq == "YEARLY" else set())
            elif rule.freq == "WEEKLY":
                self.weekdays = {(0, start.weekday())}

    def on(self, day: date) -> bool:
        """Whether it falls on that day."""
        if self.months and day.month not in self.months:
            return False
        if self.month_days:
            length = calendar.monthrange(day.year, day.month)[1]
            if not self.month_days & {day.day, day.day - length - 1}:
                return False
        if self.year_days:
            at, length = day.timetuple().tm_yday, 366 if calendar.isleap(day.year) else 365
            if not self.year_days & {at, at - length - 1}:
                return False
        if self.weeks:
            year, week, _ = day.isocalendar()
            last = date(year, 12, 28).isocalendar().week
            if not self.weeks & {week, week - last - 1}:
                return False
        return not self.weekdays or self._is_weekday(day)

    def _is_weekday(self, day: date) -> bool:
        if (0, day.weekday()) in self.weekdays:
            return True
        if self.in_year:
            at, length = day.timetuple().tm_yday, 366 if calendar.isleap(day.year) else 365
        else:
            at, length = day.day, calendar.monthrange(day.year, day.month)[1]
        rank, rank_from_end = (at - 1) // 7 + 1, -((length - at) // 7 + 1)
        return bool(self.weekdays & {(rank, day.weekday()), (rank_from_end, day.weekday())})


def _periods(rule: Rule, start: date) -> Iterator[list[date]]:
    """The days of each period that the rule looks at, from the one of its start on."""
    step = rule.interval
    if rule.freq == "YEARLY":
        for year in range(start.year, date.max.year, step):
            yield _days(date(year, 1, 1), 366 if calendar.isleap(year) else 365)
    elif rule.freq == "MONTHLY":
        for month in range(start.year * 12 + start.month - 1, date.max.year * 12, step):
            first = date(month // 12, month % 12 + 1, 1)
            yield _days(first, calendar.monthrange(first.year, first.month)[1])
    elif rule.freq == "WEEKLY":
        begins = _WEEKDAYS.get(rule.by.get("WKST", "MO"), 0)
        monday = start.toordinal() - (start.weekday() - begins) % 7
        for ordinal in range(max(monday, 1), date.max.toordinal() - 7, 7 * step):
            yield _days(date.fromordinal(ordinal), 7)
    else:
        in_day = {"DAILY": 1, "HOURLY": 24, "MINUTELY": 1_440}[rule.freq]
        days = step // in_day if step % in_day == 0 else 1
        for ordinal in range(start.toordinal(), date.max.toordinal(), days):
            yield [date.fromordinal(ordinal)]


def _days(first: date, count: int) -> list[date]:
    begins = first.toordinal()
    return [date.fromordinal(ordinal) for ordinal in range(begins, begins + count)]

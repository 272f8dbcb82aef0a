"""Arithmetic on days and periods, counted from the day on which a message was written."""

import calendar
import datetime as dt

Period = tuple[dt.date, dt.date]
_DAY = dt.timedelta(days=1)


def day(year: int, month: int, number: int) -> dt.date | None:
    """That day, or None if there is no such day."""
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def shifted(start: dt.date, days: int) -> dt.date | None:
    """`start` moved by that many days, or None beyond the calendar."""
    try:
        return start + dt.timedelta(days=days)
    except OverflowError:
        return None


def add_months(start: dt.date, months: int) -> dt.date | None:
    """The same day of the month that many months later, or the month's last day where there is no such day."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    if not dt.MINYEAR <= year < dt.MAXYEAR:
        return None
    return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def add_working_days(start: dt.date, count: int) -> dt.date | None:
    """The day that many days from Monday to Friday later."""
    weeks, rest = divmod(count, 5)
    found = shifted(start, weeks * 7)
    while found is not None and rest:
        found = shifted(found, 1)
        rest -= found is not None and found.weekday() < 5
    return found


def month_period(year: int, month: int) -> Period:
    """The first and last day of a month."""
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def week_of(inside: dt.date) -> Period:
    """The Monday and the Sunday around a day."""
    monday = inside - inside.weekday() * _DAY
    return monday, monday + 6 * _DAY


def iso_week(year: int, week: int) -> Period | None:
    """The Monday and Sunday of a week number, or None if the year has no such week."""
    try:
        monday = dt.date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return monday, monday + 6 * _DAY


def coming(today: dt.date, month: int, number: int) -> dt.date | None:
    """The first such day from `today` on; None for a day that no month has (30 February)."""
    return next(
        (d for year in range(today.year, today.year + 9) if (d := day(year, month, number)) and d >= today),
        None,
    )


def latest(today: dt.date, month: int, number: int) -> dt.date | None:
    """The last such day up to `today`."""
    years = range(today.year, max(today.year - 9, dt.MINYEAR - 1), -1)
    return next((d for year in years if (d := day(year, month, number)) and d <= today), None)


def coming_day_of_month(today: dt.date, number: int, weekday: int | None = None) -> dt.date | None:
    """The first day from `today` on that has this number in its month (and this weekday, within two years)."""
    for months in range(25):
        first = add_months(today.replace(day=1), months)
        found = day(first.year, first.month, number) if first else None
        if found and found >= today and weekday in (None, found.weekday()):
            return found
    return None


def coming_weekday(today: dt.date, weekday: int, *, strictly: bool = False) -> dt.date:
    """The first such weekday from `today` on, or after it."""
    ahead = (weekday - today.weekday()) % 7
    return today + (7 if strictly and ahead == 0 else ahead) * _DAY


def weekday_of_week(today: dt.date, weekday: int, weeks: int) -> dt.date | None:
    """That weekday of the calendar week so many weeks later."""
    return shifted(week_of(today)[0], weeks * 7 + weekday)


def nth_weekday(year: int, month: int, weekday: int, n: int) -> dt.date | None:
    """The n-th such weekday of a month (-1: the last), or None if there are not so many."""
    first, last = month_period(year, month)
    if n == -1:
        return last - ((last.weekday() - weekday) % 7) * _DAY
    found = first + ((weekday - first.weekday()) % 7 + 7 * (n - 1)) * _DAY
    return found if found <= last else None


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, number = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, number + 1)


def coming_easter(today: dt.date, offset: int = 0) -> dt.date | None:
    """The first day from `today` on that lies `offset` days after an Easter Sunday."""
    for year in (today.year, today.year + 1):
        if year > dt.MAXYEAR - 1:
            return None
        found = easter(year) + offset * _DAY
        if found >= today:
            return found
    return None

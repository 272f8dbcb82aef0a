"""A week as the owner sees it: each day's open hours and what is booked in them."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from rendezvous import timing
from rendezvous.appointments.models import Appointment, AppointmentStatus
from rendezvous.appointments.slots import host_of
from rendezvous.practice.hours import rules_of
from rendezvous.practice.models import Practice

FIRST_HOUR, LAST_HOUR = 7, 21


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the day's bar, in minutes after its first hour."""

    kind: str
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Day:
    date: dt.date
    today: bool
    bands: list[Band]
    appointments: list[Appointment]
    free_minutes: int


def monday_of(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def week(practice: Practice, monday: dt.date, today: dt.date) -> list[Day]:
    """Seven days from that Monday; one query for what is booked."""
    zone = ZoneInfo(practice.timezone)
    booked = appointments_between(practice, monday, monday + dt.timedelta(days=7))
    rules = rules_of(practice)
    return [_day(rules, zone, monday + dt.timedelta(days=n), today, booked) for n in range(7)]


def appointments_between(practice: Practice, first: dt.date, last: dt.date) -> list[Appointment]:
    zone = ZoneInfo(practice.timezone)
    return list(
        Appointment.objects.filter(
            member=host_of(practice),
            status=AppointmentStatus.CONFIRMED,
            blocked_until__gt=dt.datetime.combine(first, dt.time(), zone),
            blocked_from__lt=dt.datetime.combine(last, dt.time(), zone),
        ).select_related("person", "inquiry")
    )


def _day(rules: timing.Rules, zone: ZoneInfo, date: dt.date, today: dt.date, booked: list[Appointment]) -> Day:
    start = dt.datetime.combine(date, dt.time(), zone)
    end = dt.datetime.combine(date + dt.timedelta(days=1), dt.time(), zone)
    opening = timing.open_hours(rules, date)
    here = [a for a in booked if a.blocked_from < end and a.blocked_until > start]
    bands = [_band("open", o.start, o.end, date, zone) for o in opening]
    bands += [_band("around", a.blocked_from, a.blocked_until, date, zone) for a in here]
    bands += [_band("booked", a.starts_at, a.ends_at, date, zone) for a in here]
    return Day(
        date,
        date == today,
        [band for band in bands if band.length > 0],
        [a for a in here if start <= a.starts_at < end],
        _free(opening, here),
    )


def _band(kind: str, start: dt.datetime, end: dt.datetime, date: dt.date, zone: ZoneInfo) -> Band:
    def minute(moment: dt.datetime) -> int:
        here = moment.astimezone(zone)
        days = (here.date() - date).days
        value = days * 1440 + here.hour * 60 + here.minute - FIRST_HOUR * 60
        return min(max(value, 0), (LAST_HOUR - FIRST_HOUR) * 60)

    return Band(kind, minute(start), minute(end) - minute(start))


def _free(opening: list[timing.Interval], booked: list[Appointment]) -> int:
    """Minutes of the open hours that nothing blocks."""
    free = dt.timedelta()
    for hours in opening:
        free += hours.end - hours.start
        for appointment in booked:
            overlap = min(hours.end, appointment.blocked_until) - max(hours.start, appointment.blocked_from)
            free -= max(overlap, dt.timedelta())
    return max(int(free.total_seconds() // 60), 0)

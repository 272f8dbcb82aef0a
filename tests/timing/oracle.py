"""Free slots by brute force: a clock is watched minute by minute, and every minute of every slot is looked
at.

Written from the rules' description alone, with none of the package's own reckoning: no fold, no bisection, no
seconds.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@lru_cache(maxsize=1024)
def watch(zone: str, day: date) -> dict[datetime, tuple[datetime, bool]]:
    """For each minute of a day's clock, and the midnight after it: when the clock first shows it or a later
    one, and whether it ever shows it."""
    clock = ZoneInfo(zone)
    midnight = datetime.combine(day, time())
    reached: dict[datetime, tuple[datetime, bool]] = {}
    now = midnight.replace(tzinfo=UTC) - timedelta(hours=40)
    furthest = now.astimezone(clock).replace(tzinfo=None)
    while furthest <= midnight + timedelta(days=1):
        now += MINUTE
        shows = now.astimezone(clock).replace(tzinfo=None)
        while furthest < shows:
            furthest += MINUTE
            reached[furthest] = (now, furthest == shows)
    return {wall: seen for wall, seen in reached.items() if midnight <= wall <= midnight + timedelta(days=1)}


def minutes_of(hour: str) -> timedelta:
    hours, minutes = hour.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


def busy_minutes(busy: list[tuple[datetime, datetime]]) -> set[datetime]:
    """Every minute of which some part is busy."""
    minutes = set()
    for start, end in busy:
        minute = start.replace(second=0, microsecond=0)
        while minute < end and start < end:
            minutes.add(minute)
            minute += MINUTE
    return minutes


def free_slots(
    rules: dict, busy: list[tuple[datetime, datetime]], start: date, days: int, now: datetime
) -> list[tuple[datetime, datetime]]:
    """Every free slot as two UTC times. `busy` and `now` are in UTC."""
    taken = busy_minutes(busy)
    length, step = timedelta(minutes=rules["length"]), timedelta(minutes=rules["step"])
    before, after = timedelta(minutes=rules["buffer_before"]), timedelta(minutes=rules["buffer_after"])
    free = []
    for day in [start + timedelta(days=n) for n in range(days)]:
        clock = watch(rules["timezone"], day)
        hours = rules["exceptions"].get(day.isoformat(), rules["weekly"].get(WEEKDAYS[day.weekday()], []))
        for opens, closes in sorted(hours):
            wall = datetime.combine(day, time()) + minutes_of(opens)
            closing, _ = clock[datetime.combine(day, time()) + minutes_of(closes)]
            while wall < datetime.combine(day, time()) + minutes_of(closes):
                begins, is_shown = clock[wall]
                wall += step
                if not is_shown or begins + length > closing:
                    continue
                if begins < now + timedelta(hours=rules["notice_hours"]):
                    continue
                minute = begins - before
                while minute < begins + length + after and minute not in taken:
                    minute += MINUTE
                if minute >= begins + length + after:
                    free.append((begins, begins + length))
    return free

"""How long free slots take, by how much busy time there is. Prints figures and asserts nothing.

Run: python benchmarks/timing.py
"""

from __future__ import annotations

import json
import random
import statistics
from datetime import UTC, date, datetime, timedelta
from time import perf_counter
from typing import TYPE_CHECKING

from rendezvous.timing import BusyIndex, Interval, Rules, busy_from_ics, offer, slots, window

if TYPE_CHECKING:
    from collections.abc import Callable

TUESDAY = date(2026, 5, 5)
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
DAYS = 30
HOURS = [["09:00", "12:00"], ["14:00", "18:00"]]
RULES = Rules.from_json(
    {
        "timezone": "Europe/Paris",
        "length": 60,
        "step": 15,
        "buffer_after": 15,
        "notice_hours": 24,
        "weekly": dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), HOURS),
        "holidays": "FR",
    }
)


def milliseconds(act: Callable[[], object], times: int = 200) -> tuple[float, float]:
    """The median and the ninth decile of what it takes, after a first time that is not counted."""
    act()
    taken = []
    for _ in range(times):
        begins = perf_counter()
        act()
        taken.append((perf_counter() - begins) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=10)[-1]


def periods(count: int, days: int) -> list[Interval]:
    """Busy times of a quarter of an hour to two hours, spread evenly over so many days around the month."""
    draw = random.Random(count)
    begins = datetime(2026, 5, 20, tzinfo=UTC) - timedelta(days=days / 2)
    found = []
    for _ in range(count):
        start = begins + timedelta(minutes=5 * draw.randrange(days * 288))
        found.append(Interval(start, start + timedelta(minutes=15 * draw.randint(1, 8))))
    return found


def minutes_apart(count: int) -> BusyIndex:
    """A minute busy, some minutes free, and so on all through the month."""
    first = int(datetime(2026, 5, 5, tzinfo=UTC).timestamp())
    gap = DAYS * 86_400 // count
    return BusyIndex.from_seconds((first + gap * at, first + gap * at + 60) for at in range(count))


def line(said: str, figures: tuple[float, float], more: str = "") -> None:
    print(f"{said:<64} {figures[0]:8.3f} ms   p90 {figures[1]:8.3f}   {more}")


def month_among_more_and_more() -> None:
    """The same month, ever more busy time before and after it: what grows is the past and the far future."""
    print(f"{DAYS} days of slots, an hour every quarter of an hour, two openings on each working day")
    medians = {}
    for count in (100, 1_000, 10_000, 100_000):
        index = BusyIndex(periods(count, days=max(count // 4, DAYS)))
        found = slots(RULES, index, TUESDAY, DAYS, NOW)
        figures = milliseconds(lambda index=index: slots(RULES, index, TUESDAY, DAYS, NOW))
        medians[count] = figures[0]
        line(f"  among {count:,} busy periods, four a day", figures, f"{len(found)} slots")
    print(f"  growth from 100 to 100,000: {medians[100_000] / medians[100]:.2f} times")
    crowd = minutes_apart(10_000)
    figures = milliseconds(lambda: slots(RULES, crowd, TUESDAY, DAYS, NOW))
    line("  among 10,000 of a minute each, all within the month", figures, f"{len(crowd)} stretches")
    many = periods(10_000, days=2_500)
    line("  among 10,000 given as a plain list, no index", milliseconds(lambda: slots(RULES, many, TUESDAY, DAYS, NOW)))
    line("  with nothing busy", milliseconds(lambda: slots(RULES, [], TUESDAY, DAYS, NOW)))


def around_it() -> None:
    """What happens once, before the slots are looked for or after."""
    many = periods(10_000, days=2_500)
    look = window(RULES, TUESDAY, DAYS)
    print("around it")
    line("  index of 10,000 intervals, once", milliseconds(lambda: BusyIndex(many), 20))
    pairs = [(int(one.start.timestamp()), int(one.end.timestamp())) for one in many]
    line(
        "  the same from whole seconds, as a database keeps them",
        milliseconds(lambda: BusyIndex.from_seconds(pairs), 20),
    )
    free = slots(RULES, many, TUESDAY, DAYS, NOW)
    line("  six of a month's slots picked for an offer", milliseconds(lambda: offer(free, zone="Europe/Paris"), 50))
    single = calendar([f"DTSTART:{one.start:%Y%m%dT%H%M%SZ}\r\nDTEND:{one.end:%Y%m%dT%H%M%SZ}" for one in many])
    read = milliseconds(lambda: busy_from_ics(single, "Europe/Paris", look.start, look.end), 5)
    line(f"  a calendar of 10,000 single events ({len(single) / 1e6:.1f} MB)", read)
    rules = ("FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=DAILY", "FREQ=MONTHLY;BYDAY=1TU", "FREQ=WEEKLY;INTERVAL=2")
    series = calendar(
        [f"DTSTART:2016{1 + n % 12:02}05T090000Z\r\nDURATION:PT1H\r\nRRULE:{rules[n % 4]}" for n in range(200)]
    )
    read = milliseconds(lambda: busy_from_ics(series, "Europe/Paris", look.start, look.end), 3)
    line("  a calendar of 200 series begun ten years ago", read)
    stated = json.dumps(RULES.to_json()).encode()
    line("  a RULES.json", milliseconds(lambda: Rules.from_bytes(stated), 50))


def calendar(events: list[str]) -> bytes:
    blocks = (f"BEGIN:VEVENT\r\nUID:{at}\r\n{event}\r\nEND:VEVENT\r\n" for at, event in enumerate(events))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{''.join(blocks)}END:VCALENDAR\r\n".encode()


if __name__ == "__main__":
    month_among_more_and_more()
    around_it()

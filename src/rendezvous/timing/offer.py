"""Of all the free slots, the few that are worth offering."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rendezvous.timing.busy import BusyIndex
from rendezvous.timing.interval import Interval, whole_seconds
from rendezvous.timing.zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from zoneinfo import ZoneInfo

# What each thing costs, in minutes of waiting: how much longer one would rather wait than have it. Whole
# numbers, so that sums are exact and no tie is broken by a rounding.
WAITING_DAY = 1_440
SAME_DAY = 10 * WAITING_DAY
SAME_HALF_DAY = 5 * WAITING_DAY
LOPSIDED = 2 * WAITING_DAY
OTHER_HALF = WAITING_DAY // 2
OTHER_HOUR = WAITING_DAY // 4
HOLE = WAITING_DAY
BESIDE = -WAITING_DAY
HALF_PAST, ODD_MINUTE = WAITING_DAY // 4, WAITING_DAY // 2

NOON = 12 * 60


@dataclass(frozen=True, slots=True)
class _Candidate:
    slot: Interval
    start: int
    end: int
    day: int
    is_morning: bool
    cost: int


def offer(slots: Iterable[Interval], *, zone: str, count: int = 6, taken: Sequence[Interval] = ()) -> list[Interval]:
    """At most `count` of the slots, in order of time: few enough to read, and varied.

    **Objective.** The slots of least total cost, counted in days that one would rather wait than have:

    - 1 for each day after the first free one;
    - 10 for a slot already offered on its day, 30 for two, 60 for three, and 5 more for each that is also on
      the same side of noon;
    - 0.5 when it is on the side of noon whose turn it is not: mornings and afternoons take turns day by day;
    - 2 for each slot, beyond one, by which its side of noon is already ahead of the other among the offered;
    - 0.25 or 0.5 when it starts one or two hours after an hour whose turn it is: a day has every third hour
      for its own, so that offers are not all at the first hour of a morning;
    - up to 1 for the hole it leaves before it in its stretch of free time, and as much for the one after it:
      minutes too few for another slot, as a share of a slot (so 0 when nothing is left there, or enough);
    - 1 less when something `taken` stands nearer to it than its own length, which leaves the rest whole;
    - 0.25 when it starts at half past, 0.5 at any other minute but the full hour.

    No two slots offered overlap, and none overlaps what is `taken`. They are picked one at a time, each the
    cheapest beside those already picked, and the earliest of equals. (The worth of a set whose members count
    for less the more alike they are is submodular, and picking the best next one is the usual way to such a
    set: Nemhauser, Wolsey and Fisher, "An analysis of approximations for maximizing submodular set
    functions", 1978. Setting a candidate's worth against its likeness to those chosen is the maximal marginal
    relevance of Carbonell and Goldstein, 1998.)

    Guarantees: a pure function of its arguments; neither the order of `slots` nor repetitions among them
    change anything. Asking for more keeps what was offered: the offer for one `count` is among the offer for
    a greater one. It is stable from one look to the next: turns are taken by the calendar, not by what else
    is offered, so a slot that disappears is replaced on its own day if that day has another, and the other
    days keep theirs, unless the sides of noon grow lopsided; when all the slots of the first days disappear
    and none of them was offered, nothing changes.

    `zone` is the one in which days and hours are judged. `ValueError`: an unknown zone, a `count` below 0.
    """
    local = zone_named(zone)
    if local is None:
        raise ValueError(f'"{zone}" is no known time zone; write one such as Europe/Paris.')
    if count < 0:
        raise ValueError(f"{count} slots cannot be offered; ask for 0 or more.")
    candidates = _candidates(slots, local, BusyIndex(taken))
    picked: list[_Candidate] = []
    costs: Counter[tuple[int, bool]] = Counter()  # of a half day, for what is already picked
    while candidates and len(picked) < count:
        mornings = sum(one.is_morning for one in picked)
        ahead = {True: 2 * mornings - len(picked), False: len(picked) - 2 * mornings}
        lopsided = {half: LOPSIDED * max(0, lead - 1) for half, lead in ahead.items()}
        best = min(
            candidates,
            key=lambda one: one.cost + costs[one.day, one.is_morning] + lopsided[one.is_morning],
        )
        picked.append(best)
        same_day = sum(other.day == best.day for other in picked)
        for half in (True, False):
            costs[best.day, half] += SAME_DAY * same_day + SAME_HALF_DAY * (half == best.is_morning)
        candidates = [other for other in candidates if other.end <= best.start or best.end <= other.start]
    return [one.slot for one in sorted(picked, key=lambda one: one.start)]


def _candidates(slots: Iterable[Interval], zone: ZoneInfo, taken: BusyIndex) -> list[_Candidate]:
    """The slots that may be offered, each once, in order, with what each costs by itself."""
    by_bounds = {whole_seconds(slot): slot for slot in slots}
    free = sorted(one for one in by_bounds if one[0] < one[1] and not taken.overlaps_seconds(*one))
    found: list[_Candidate] = []
    for (start, end), (opens, closes) in zip(free, _stretches(free), strict=True):
        slot = by_bounds[start, end]
        local = slot.start.astimezone(zone)
        day, is_morning = local.toordinal(), local.hour * 60 + local.minute < NOON
        first_day = found[0].day if found else day
        cost = (day - first_day) * WAITING_DAY
        cost += OTHER_HALF if is_morning == bool(day % 2) else 0
        cost += OTHER_HOUR * ((local.hour + day) % 3)
        cost += sum(HOLE * gap // (end - start) for gap in (start - opens, closes - end) if gap < end - start)
        cost += BESIDE if _is_beside(start, end, taken) else 0
        cost += {0: 0, 30: HALF_PAST}.get(local.minute, ODD_MINUTE)
        found.append(_Candidate(slot, start, end, day, is_morning, cost))
    return found


def _stretches(free: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """For each slot, in order, the stretch of free time it lies in: slots that overlap or touch make one."""
    merged = BusyIndex.from_seconds(free)
    for start, _ in free:
        at = bisect_right(merged.starts, start) - 1
        yield merged.starts[at], merged.ends[at]


def _is_beside(start: int, end: int, taken: BusyIndex) -> bool:
    """Whether something taken stands nearer to the slot than the slot is long."""
    at = bisect_right(taken.ends, start)
    before = at > 0 and start - taken.ends[at - 1] < end - start
    return before or (at < len(taken.starts) and taken.starts[at] - end < end - start)

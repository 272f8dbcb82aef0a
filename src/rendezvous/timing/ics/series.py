"""Events that repeat, or stand for an instance of one that does, through `recurring-ical-events`.

Imported only when a file has such events: that library and `icalendar` take some 100 ms to load.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from icalendar import Event as Component
from icalendar.prop import vDDDLists, vDDDTypes
from recurring_ical_events import EventAdapter, Occurrence, Series

from rendezvous.timing.ics.problems import Problems, ReadingError
from rendezvous.timing.ics.repeats import Reach, bound_rule, parse_rule
from rendezvous.timing.ics.values import Moment, second_of, seconds_between
from rendezvous.timing.interval import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from rendezvous.timing.ics.events import Event

MOST_WALKED_IN_ALL = 2_000_000
"""Instances walked over for one file, some ten seconds' worth: 200 series, well kept, have a few thousand."""

_COST_OF_A_SERIES = 100  # setting one up takes as long as walking over so many instances

_LONGEST = timedelta(days=3_660)  # what lasts, or is moved, ten years or more is followed no further


class _Adapter(EventAdapter):  # type: ignore[misc]  # the library has no types
    """What the library asks of an event."""

    def __init__(self, event: Event, rules: frozenset[str], start: Moment, end: Moment) -> None:
        component = Component()
        component["UID"] = event.uid
        component["SEQUENCE"] = event.sequence
        component["DTSTART"], component["DTEND"] = vDDDTypes(start), vDDDTypes(end)
        if event.more:
            component["RDATE"] = vDDDLists(list(event.more))
        if event.without:
            component["EXDATE"] = vDDDLists(list(event.without))
        if event.replaces is not None:
            params = {"RANGE": "THISANDFUTURE"} if event.and_later else {}
            component["RECURRENCE-ID"] = vDDDTypes(event.replaces, params)
        super().__init__(component)
        self.takes_time = event.takes_time
        self._rules = rules

    @property
    def rrules(self) -> frozenset[str]:
        return self._rules

    def has_recurrence_rules(self) -> bool:
        return bool(self._rules) or bool(super().has_recurrence_rules())


class _Instance(Occurrence):  # type: ignore[misc]
    """An instance; whether it takes time is said by the event that describes it, its series' or its own."""

    @property
    def takes_time(self) -> bool:
        return bool(self._adapter.takes_time)


class _Series(Series):  # type: ignore[misc]
    occurrence = _Instance


@dataclass(slots=True)
class SeriesReader:
    """Expands the series of one file within a window given in seconds since 1970."""

    zone: ZoneInfo
    start: int
    end: int
    problems: Problems
    walked: float = 0

    def instances(self, events: Sequence[Event]) -> Iterator[tuple[int, int]]:
        """The time that the instances of events of one UID take near the window, in no order.

        A rule that cannot be followed is named and left out; the rest of the series stands.
        """
        reach = self._reach(events)
        may_move = not any(event.replaces is not None and event.repeats for event in events)
        adapters = [self._adapter(event, reach, may_move=may_move) for event in events]
        adapters = [adapter for adapter in adapters if adapter is not None]
        if not adapters:
            return
        day = timedelta(days=1)  # all-day events are compared with the wall clock of the window
        first, last = (datetime.fromtimestamp(at, self.zone) for at in (self.start, self.end))
        for instance in _Series(adapters).between(first - day, last + day):
            if instance.takes_time:
                yield seconds_between(instance.start, instance.end, self.zone)

    def _reach(self, events: Sequence[Event]) -> Reach:
        """The window, widened by the longest instance, the farthest move, and what clock changes may add."""
        periods = (more[1] for event in events for more in event.more if isinstance(more, tuple))
        longest = max(*(event.lasts for event in events), timedelta(), *periods)
        farthest = max(timedelta(), *map(_moved, events))
        are_timed = all(isinstance(event.start, datetime) for event in events)
        slack = timedelta(hours=3) if are_timed else timedelta(days=2)
        widest = min(longest + farthest + slack, _LONGEST)
        start, end = (datetime.fromtimestamp(at, self.zone) for at in (self.start, self.end))
        return Reach(start - widest, end + widest)

    def _adapter(self, event: Event, reach: Reach, *, may_move: bool) -> _Adapter | None:
        """The event as the library wants it, or None when its instances are all out of reach."""
        self._spend(_COST_OF_A_SERIES)
        start = event.start
        rules: set[str] = set()
        ended = 0
        for prop in event.rules:
            try:
                rule = parse_rule(prop.value)
                bounded = bound_rule(rule, event.start, reach, may_move=may_move and len(event.rules) == 1)
                if bounded is None:
                    ended += 1
                    continue
                self._spend(bounded.walk)
            except ReadingError as reason:
                self.problems.add(f"RRULE is left out: {reason}.", prop.line, event.uid)
                continue
            for warning in bounded.warnings:
                self.problems.add(f"RRULE: {warning}.", prop.line, event.uid)
            rules.add(bounded.rule)
            start = bounded.start
        is_over = bool(ended) and ended == len(event.rules)
        is_ahead = second_of(start, self.zone) > seconds(reach.end)
        if (is_over or is_ahead) and event.replaces is None and not event.more:
            return None
        return _Adapter(event, frozenset(rules), start, start + event.lasts)

    def _spend(self, walk: float) -> None:
        if self.walked + walk > MOST_WALKED_IN_ALL:
            self.walked = MOST_WALKED_IN_ALL  # so that what comes next is not even tried
            raise ReadingError("this calendar repeats more than can be followed")
        self.walked += walk


def _moved(event: Event) -> timedelta:
    """How far an event may lie from the instance it replaces, if it replaces one."""
    if event.replaces is None:
        return timedelta()
    return timedelta(days=abs(event.replaces.toordinal() - event.start.toordinal()) + 1)

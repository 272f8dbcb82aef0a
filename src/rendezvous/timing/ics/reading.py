"""Busy time from an iCalendar file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rendezvous.timing.ics.events import Event, read_event
from rendezvous.timing.ics.lines import MOST_BYTES, Contents, read_contents
from rendezvous.timing.ics.problems import Problems, ReadingError, shown
from rendezvous.timing.ics.values import EARLIEST, LATEST, seconds_between
from rendezvous.timing.ics.zones import Zones
from rendezvous.timing.interval import Interval, interval_of, seconds, seconds_up
from rendezvous.timing.zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

MOST_INTERVALS = 200_000
"""Busy times of one file within the window: a hundred years of five a day."""


class UnreadableCalendar(ValueError):  # a public name, and what the person reads
    """Nothing at all of the file is a calendar; its text is a sentence for its owner."""


@dataclass(frozen=True, slots=True)
class Busy:
    """What a calendar says of busy time, and what in it could not be read."""

    intervals: list[Interval]
    """One for each instance that takes time in the window, whole even where it reaches out of it; in order,
    in UTC, overlapping where the events do."""
    problems: list[str]
    """Sentences for the calendar's owner, each with the line or the event it is about and the reason; empty
    when everything was read."""


def busy_from_ics(data: bytes, zone: str, start: datetime, end: datetime) -> Busy:
    """The time between `start` and `end` that the events of an iCalendar file (RFC 5545) take.

    Every instance of every event counts, unless it is TRANSPARENT or CANCELLED. An all-day event takes its
    whole days in `zone`, floating times are in `zone`, and an event of no length takes no time. An event
    without a readable end is a day long if it starts on a day, and of no length if it starts at a time
    (section 3.6.1).

    Guarantees: what can be read is used, and the rest is named in `problems`. One bad line or event costs no
    other. Whatever the bytes, nothing is raised but `UnreadableCalendar`, when there is no calendar in them
    at all, and the work is bounded: by `MOST_BYTES` of a file, `MOST_INSTANCES` of a rule,
    `MOST_WALKED_IN_ALL` and `MOST_INTERVALS` of all of them; where a bound is met, `problems` says so.
    Nothing is kept from one file to the next.

    `ValueError` when `zone` is unknown or `start` or `end` naive, which is the caller's mistake.
    """
    own_zone = zone_named(zone)
    if own_zone is None:
        raise ValueError(f'"{zone}" is no known time zone; write one such as Europe/Paris.')
    if start.utcoffset() is None or end.utcoffset() is None:
        raise ValueError("The window of a calendar needs datetimes with a time zone.")
    problems = Problems()
    contents = _contents(data, problems)
    first, last = max(seconds(start), EARLIEST), min(seconds_up(end), LATEST)
    if first >= last:
        return Busy([], problems.listed())
    found = sorted(_in_window(contents, own_zone, first, last, problems))
    return Busy([interval_of(_utc(begins), _utc(ends)) for begins, ends in found], problems.listed())


def _contents(data: bytes, problems: Problems) -> Contents:
    """What the file holds, or `UnreadableCalendar`."""
    if len(data) > MOST_BYTES:
        problems.add(f"The file has {len(data):,} bytes; only the first {MOST_BYTES:,} are read.")
    contents = read_contents(data[:MOST_BYTES], problems)
    if contents.is_calendar:
        if contents.free_busy_line is not None:
            problems.add("VFREEBUSY is not read; only events count as busy time.", contents.free_busy_line)
        return contents
    if not data.strip():
        raise UnreadableCalendar("This calendar is empty: not even BEGIN:VCALENDAR is in it.")
    if data.lstrip()[:1] == b"<":
        hint = "its address may need a sign-in, or be that of the page rather than of its .ics feed"
        raise UnreadableCalendar(f"This is a web page, not a calendar: {hint}.")
    raise UnreadableCalendar("This is not an iCalendar file: there is no BEGIN:VCALENDAR in it.")


def _in_window(contents: Contents, zone: ZoneInfo, first: int, last: int, problems: Problems) -> list[tuple[int, int]]:
    """The busy time of all the events, as seconds since 1970, in no order."""
    found: list[tuple[int, int]] = []
    zones = Zones(contents.zones, zone, problems)
    for begins, ends in _busy(_by_uid(contents, zone, zones, problems), zone, first, last, problems):
        if begins < ends and begins < last and first < ends:
            if len(found) == MOST_INTERVALS:
                problems.add(f"Only {MOST_INTERVALS:,} busy times are kept; the rest is left out.")
                break
            found.append((begins, ends))
    return found


def _by_uid(contents: Contents, zone: ZoneInfo, zones: Zones, problems: Problems) -> list[list[Event]]:
    """The events in the order of the file, those of one UID together."""
    groups: dict[object, list[Event]] = {}
    for at, block in enumerate(contents.events):
        try:
            event = read_event(block, zone, zones.named, problems)
        except ReadingError as reason:
            problems.add(f"it is left out: {reason}.", block.line)
            continue
        if event is not None:
            groups.setdefault(event.uid or at, []).append(event)
    return [group for events in groups.values() for group in _separate(events, problems)]


def _separate(events: list[Event], problems: Problems) -> Iterator[list[Event]]:
    """The events of one UID as what they are: one series and its changed instances, or a UID given twice.

    Of several revisions, the one with the highest SEQUENCE counts (section 3.8.7.4). Where two of the same
    SEQUENCE differ, the writer gives one UID to different events, and leaving one out would be offering time
    that is taken.
    """
    masters = [event for event in events if event.replaces is None]
    if len(masters) < 2:
        yield events
        return
    latest = max(event.sequence for event in masters)
    kept: dict[object, Event] = {}
    for event in masters:
        if event.sequence == latest:
            rules = tuple(prop.value for prop in event.rules)
            says = (event.start, event.end, event.takes_time, rules, event.more, event.without)
            kept.setdefault(says, event)
    first, *others = kept.values()
    if others:
        problems.add("other events have the same UID; all of them are taken as busy.", first.line, first.uid)
    yield [first, *(event for event in events if event.replaces is not None)]
    yield from ([event] for event in others)


def _busy(
    groups: list[list[Event]], zone: ZoneInfo, first: int, last: int, problems: Problems
) -> Iterator[tuple[int, int]]:
    """The time that each group takes near the window."""
    series: list[list[Event]] = []
    for group in groups:
        if len(group) > 1 or group[0].repeats:
            series.append(group)
        elif group[0].takes_time:
            yield seconds_between(group[0].start, group[0].end, zone)
    if not series:
        return
    from rendezvous.timing.ics.series import SeriesReader  # its libraries take 100 ms to load

    reader = SeriesReader(zone, first, last, problems)
    for group in series:
        try:
            yield from list(reader.instances(group))
        except Exception as reason:  # noqa: BLE001  # other people's code on other people's data: anything may come
            says = str(reason) if isinstance(reason, ReadingError) else shown(str(reason))
            sentence = f"its repetitions cannot be followed, only the dates it gives itself are used: {says}."
            problems.add(sentence, group[0].line, group[0].uid)
            yield from (seconds_between(event.start, event.end, zone) for event in group if event.takes_time)


def _utc(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)

"""What the TZID of a file means.

A zone of a name that everybody knows is that zone; only a name of the file's own is looked up in its
VTIMEZONEs, which often hold one year's rules. They are read here because `icalendar` keeps the first
definition of each name for the whole process: the "Custom Zone" of one practice's calendar would decide the
hours of another's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from rendezvous.timing.ics.lines import Block, Property
from rendezvous.timing.ics.problems import Problems, ReadingError, shown
from rendezvous.timing.ics.values import moment_of
from rendezvous.timing.interval import DAY
from rendezvous.timing.zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_OBSERVANCES = 100
"""Of one VTIMEZONE: a real one has two for each time its law changed, some twenty at most."""

MOST_CHANGES = 1_000
"""Clock changes of one observance: one a year since the first railway, several times over."""

LAST_CHANGE_YEAR = 2100

_OFFSET = re.compile(r"([+-])([0-9]{2})([0-9]{2})([0-9]{2})?")
_YEARLY_PARTS = frozenset(
    (
        "FREQ",
        "INTERVAL",
        "UNTIL",
        "WKST",
        "BYMONTH",
        "BYMONTHDAY",
        "BYYEARDAY",
        "BYWEEKNO",
        "BYDAY",
        "BYSETPOS",
    )
)
_NAIVE_EPOCH = datetime.combine(date(1970, 1, 1), time())


class EmbeddedZone(tzinfo):
    """A zone made of dated clock changes, with folds and gaps as PEP 495 has them."""

    def __init__(self, name: str, first: int, changes: list[tuple[int, int, int]]) -> None:
        """`first` is the offset before all changes, a change `(second since 1970, offset before, offset
        after)`."""
        self._name = name
        self._offsets = [timedelta(seconds=first), *(timedelta(seconds=after) for _, _, after in changes)]
        self._instants = [at for at, _, _ in changes]
        self._befores = [before for _, before, _ in changes]
        # By the wall clock a change comes, at the first passage, when the greater of the two offsets shows
        # it.
        self._walls = (
            [at + max(before, after) for at, before, after in changes],
            [at + min(before, after) for at, before, after in changes],
        )

    def utcoffset(self, when: datetime | None) -> timedelta | None:
        """The offset at what the clock shows, its second passage if `fold` is 1."""
        if when is None:
            return None
        since = when.replace(tzinfo=None) - _NAIVE_EPOCH
        return self._offsets[bisect_right(self._walls[when.fold], since.days * DAY + since.seconds)]

    def fromutc(self, when: datetime) -> datetime:
        """What the clock shows at a moment in UTC."""
        since = when.replace(tzinfo=None) - _NAIVE_EPOCH
        second = since.days * DAY + since.seconds
        at = bisect_right(self._instants, second)
        offset = self._offsets[at]
        is_repeated = at > 0 and second < self._instants[at - 1] + self._befores[at - 1] - offset.total_seconds()
        return (when + offset).replace(fold=int(is_repeated))

    def dst(self, when: datetime | None) -> timedelta | None:  # noqa: ARG002  # tzinfo's interface
        """Not known: what matters here is the offset."""
        return None

    def tzname(self, when: datetime | None) -> str:  # noqa: ARG002  # tzinfo's interface
        """The name it has in its file."""
        return self._name


class Zones:
    """The zones of one file, each looked up once, and named once when it is unknown."""

    def __init__(self, definitions: list[list[Block]], fallback: ZoneInfo, problems: Problems) -> None:
        self._definitions: dict[str, list[Block]] = {}
        for blocks in definitions:
            for prop in blocks[0].read():
                if prop.name == "TZID":
                    self._definitions.setdefault(prop.value, blocks)
        self._fallback = fallback
        self._problems = problems
        self._known: dict[str, tzinfo] = {}

    def named(self, tzid: str, line: int) -> tzinfo:
        """The zone of that name: known to all, known to Windows, or defined in the file, in this order."""
        if tzid not in self._known:
            self._known[tzid] = _known_to_all(tzid) or self._embedded(tzid) or self._unknown(tzid, line)
        return self._known[tzid]

    def _embedded(self, tzid: str) -> tzinfo | None:
        blocks = self._definitions.get(tzid)
        if blocks is None:
            return None
        try:
            return _zone_of(tzid, blocks[1:])
        except ReadingError as reason:
            self._problems.add(f"the time zone {shown(tzid)} cannot be followed: {reason}.", blocks[0].line)
        return None

    def _unknown(self, tzid: str, line: int) -> tzinfo:
        self._problems.add(f"the time zone {shown(tzid)} is unknown; its times are read in {self._fallback.key}.", line)
        return self._fallback


def _known_to_all(tzid: str) -> tzinfo | None:
    plain = tzid.strip("/")
    zone = zone_named(plain)
    if zone is not None:
        return zone
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # 60 ms, for the files of Outlook alone

    if plain in WINDOWS_TO_OLSON:
        return zone_named(WINDOWS_TO_OLSON[plain])
    if tzid.startswith("/"):  # "globally unique" (section 3.2.19), such as /mozilla.org/20050126_1/Europe/Paris
        parts = plain.split("/")
        tails = ("/".join(parts[at:]) for at in range(1, min(len(parts), 6)))
        return next((zone for zone in map(zone_named, tails) if zone is not None), None)
    names = {name.casefold(): name for name in available_timezones()}
    return zone_named(names[plain.casefold()]) if plain.casefold() in names else None


def _zone_of(tzid: str, observances: list[Block]) -> EmbeddedZone:
    if not observances:
        raise ReadingError("it has neither STANDARD nor DAYLIGHT")
    if len(observances) > MOST_OBSERVANCES:
        raise ReadingError(f"it has more than {MOST_OBSERVANCES} observances")
    changes = sorted({change for block in observances for change in _changes(block)})
    return EmbeddedZone(tzid, changes[0][1], changes)


def _changes(block: Block) -> Iterator[tuple[int, int, int]]:
    """The clock changes of one STANDARD or DAYLIGHT (section 3.6.5), whose times are local to the offset
    before."""
    props: dict[str, list[Property]] = {}
    for prop in block.read():
        props.setdefault(prop.name, []).append(prop)
    try:
        before, after = _offset(props["TZOFFSETFROM"][0].value), _offset(props["TZOFFSETTO"][0].value)
        onset = _naive(props["DTSTART"][0])
    except KeyError as missing:
        raise ReadingError(f"{missing.args[0]} is missing in line {block.line}") from None
    onsets = {onset}
    for prop in props.get("RDATE", [])[:MOST_CHANGES]:
        onsets |= {
            _naive(Property("RDATE", {}, value, prop.line))
            for value in prop.value.split(",", MOST_CHANGES)[:MOST_CHANGES]
        }
    for prop in props.get("RRULE", [])[:1]:
        onsets |= _yearly(prop.value, onset, before)
    for one in onsets:
        since = one - _NAIVE_EPOCH
        yield since.days * DAY + since.seconds - before, before, after


def _naive(prop: Property) -> datetime:
    when = moment_of(prop, _no_zone)
    if not isinstance(when, datetime):
        return datetime.combine(when, time())
    return when.replace(tzinfo=None)


def _no_zone(tzid: str, line: int) -> tzinfo:
    raise ReadingError(f"line {line} has a time zone, {shown(tzid)}, within the definition of another")


def _offset(text: str) -> int:
    match = _OFFSET.fullmatch(text)
    size = int(match[2]) * 3600 + int(match[3]) * 60 + int(match[4] or 0) if match else DAY
    if match is None or size >= DAY:
        raise ReadingError(f"{shown(text)} is no offset such as +0100")
    return -size if match[1] == "-" else size


def _yearly(rule: str, onset: datetime, before: int) -> set[datetime]:
    """The onsets of a rule, up to `LAST_CHANGE_YEAR`.

    Only yearly rules are followed: no law changes its clocks otherwise, and a rule "every second since 1601"
    is an attack.
    """
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # 11 ms, for a file's own zones alone

    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    is_yearly = parts.get("FREQ") == "YEARLY" and parts.get("INTERVAL", "1") == "1"
    if not is_yearly or not parts.keys() <= _YEARLY_PARTS:
        raise ReadingError(f"{shown(rule)} is no rule for changing clocks once a year")
    last = datetime.combine(date(LAST_CHANGE_YEAR, 12, 31), time())
    if "UNTIL" in parts:
        last = min(last, _last_onset(parts.pop("UNTIL"), before))
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    try:
        onsets = rrulestr(text, dtstart=onset).replace(until=last)
        return set(islice(onsets, MOST_CHANGES))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError):
        raise ReadingError(f"{shown(rule)} is no rule") from None


def _last_onset(until: str, before: int) -> datetime:
    """The end of a rule as its onsets are written: UNTIL is in UTC here (section 3.6.5), they are local."""
    end = moment_of(Property("UNTIL", {}, until, 0), _no_zone)
    if not isinstance(end, datetime):
        return datetime.combine(end, time.max)
    naive = end.replace(tzinfo=None)
    return naive if end.tzinfo is None else naive + timedelta(seconds=before)

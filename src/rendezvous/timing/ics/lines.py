"""From bytes to the lines that matter (RFC 5545, section 3.1).

Only the few properties that say when somebody is busy are ever decoded: most of a calendar is descriptions,
attendees and alarms, and reading all of it takes `icalendar` some 20 times as long. It also lets every trouble be
named by its line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rendezvous.timing.ics.problems import Problems, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 20_000_000
"""Read of one file: some 60,000 events. A larger one is an attack or a mistake; what lies beyond is not
read."""

_OF_EVENTS = frozenset(
    b"UID DTSTART DTEND DURATION RRULE RDATE EXDATE RECURRENCE-ID SEQUENCE STATUS TRANSP".split(b" ")
)
_OF_ZONES = frozenset(b"TZID DTSTART TZOFFSETFROM TZOFFSETTO RRULE RDATE".split(b" "))
_BOM_8, _BOMS_16 = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Property:
    """One content line, taken apart: its parameters' names are in capitals, their values unquoted."""

    name: str
    params: dict[str, str]
    value: str
    line: int


@dataclass(slots=True)
class Block:
    """A component and those of its properties that matter; its own components are kept beside it, not in
    it."""

    name: str
    line: int
    properties: list[tuple[int, bytes]] = field(default_factory=list)

    def read(self) -> Iterator[Property]:
        """Its properties, taken apart."""
        return (_property(content, line) for line, content in self.properties)


@dataclass(slots=True)
class Contents:
    """What was found in a file: `zones` has a list of observances, STANDARD and DAYLIGHT, after each
    VTIMEZONE."""

    is_calendar: bool = False
    events: list[Block] = field(default_factory=list)
    zones: list[list[Block]] = field(default_factory=list)
    free_busy_line: int | None = None


def read_contents(data: bytes, problems: Problems) -> Contents:
    """The events and time zones of a file, however broken its structure is."""
    return _Reader(problems).read(_as_utf8(data))


def _as_utf8(data: bytes) -> bytes:
    if data[:2] in _BOMS_16:
        return data.decode("utf-16", "replace").encode()
    return data.removeprefix(_BOM_8)


def _unfolded(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The content lines, each with the number of its first physical line.

    Unfolded as bytes: section 3.1 lets a fold come in the middle of a character. Empty lines, which some
    writers put before a continuation, are passed over.
    """
    number, parts = 0, [b""]
    for at, line in enumerate(data.splitlines(), 1):
        if line.startswith((b" ", b"\t")):
            parts.append(line[1:])
        elif line:
            yield number, parts[0] if len(parts) == 1 else b"".join(parts)
            number, parts = at, [line]
    yield number, b"".join(parts)


class _Reader:
    """Follows BEGIN and END, and keeps going where they do not match."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.contents = Contents()
        self.open: list[str] = []  # the names of the components that are not yet closed, outermost first
        self.block: Block | None = None  # the one whose properties are kept, if any
        self.depth = 0  # how many were open when it began: what lies deeper, an alarm, is not its own

    def read(self, data: bytes) -> Contents:
        keep = _OF_EVENTS
        for line, content in _unfolded(data):
            name = content.partition(b":")[0].partition(b";")[0].strip().upper()
            if name == b"BEGIN":
                self._begin(_component_name(content), line)
                keep = _OF_EVENTS if self.block and self.block.name == "VEVENT" else _OF_ZONES
            elif name == b"END":
                self._end(_component_name(content), line)
            elif name in keep and self.block is not None and len(self.open) == self.depth:
                self.block.properties.append((line, content))
        self._close_all()
        return self.contents

    def _begin(self, name: str, line: int) -> None:
        if name == "VCALENDAR":
            self._close_all()
        elif name == "VEVENT" and name in self.open:
            self._lacks_end("VEVENT")
            del self.open[self.open.index("VEVENT") :]
        self.open.append(name)
        self.contents.is_calendar |= name in ("VCALENDAR", "VEVENT")
        block = Block(name, line)
        if name == "VEVENT":
            self.contents.events.append(block)
        elif name == "VTIMEZONE":
            self.contents.zones.append([block])
        elif name in ("STANDARD", "DAYLIGHT") and self.contents.zones and "VTIMEZONE" in self.open:
            self.contents.zones[-1].append(block)
        else:
            if name == "VFREEBUSY" and self.contents.free_busy_line is None:
                self.contents.free_busy_line = line
            return
        self.block, self.depth = block, len(self.open)

    def _end(self, name: str, line: int) -> None:
        if name not in self.open:
            self.problems.add(f"END:{shown(name)[1:-1]} closes nothing that was begun; it is passed over.", line)
            return
        while self.open.pop() != name:
            pass
        if len(self.open) < self.depth:
            self.block = None

    def _close_all(self) -> None:
        if "VEVENT" in self.open:
            self._lacks_end("VEVENT")
        elif "VCALENDAR" in self.open:
            self.problems.add("The file stops before END:VCALENDAR: its last events may be missing.")
        self.open.clear()
        self.block = None

    def _lacks_end(self, name: str) -> None:
        line = self.contents.events[-1].line
        self.problems.add(f"the event begun here has no END:{name}; what it says up to the next one is used.", line)


def _component_name(content: bytes) -> str:
    return content.partition(b":")[2].strip().upper().decode("utf-8", "replace")


def _property(content: bytes, line: int) -> Property:
    text = content.decode("utf-8", "replace")
    head, value = _split_value(text)
    name, *pairs = _split_outside_quotes(head, ";")
    params = {}
    for pair in pairs:
        key, _, setting = pair.partition("=")
        params[key.strip().upper()] = setting.strip().strip('"')
    return Property(name.strip().upper(), params, value.strip(), line)


def _split_value(text: str) -> tuple[str, str]:
    """A content line on either side of its first colon that is not between quotes."""
    if '"' not in text.partition(":")[0]:
        head, _, value = text.partition(":")
        return head, value
    head, *rest = _split_outside_quotes(text, ":", 1)
    return head, rest[0] if rest else ""


def _split_outside_quotes(text: str, separator: str, most: int = -1) -> list[str]:
    """Like `str.split`, but for separators between quotes (RFC 5545 has no escape for a quote)."""
    if '"' not in text:
        return text.split(separator, most)
    parts: list[str] = []
    begins, quoted = 0, False
    for at, character in enumerate(text):
        if character == '"':
            quoted = not quoted
        elif character == separator and not quoted and len(parts) != most:
            parts.append(text[begins:at])
            begins = at + 1
    return [*parts, text[begins:]]

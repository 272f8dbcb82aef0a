"""When someone can be met: the rules, as values and as the documented JSON (`docs/rules.schema.json`)."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import isfinite
from zoneinfo import ZoneInfo, available_timezones

from rendezvous.timing.holidays import holidays_of, known_places
from rendezvous.timing.zones import zone_named

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MINUTES_A_DAY = 1_440
MOST_NOTICE_HOURS = 8_760  # a year: beyond it nothing could ever be booked, so it is a slip of the keyboard
REQUIRED = ("timezone", "length")
OPTIONAL = ("step", "buffer_before", "buffer_after", "notice_hours", "weekly", "exceptions", "holidays")
IGNORED = ("$schema",)  # lets an editor check the file as it is typed

_HOUR = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])|24:00")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class RulesError(ValueError):
    """Rules that cannot be followed; its text is one sentence naming the key and how to mend it.

    `key` is the path of the key in the JSON, such as `length` or `weekly.monday`, so that a form can show the
    sentence beside its field.
    """

    def __init__(self, key: str, sentence: str) -> None:
        super().__init__(f"{key}: {sentence}")
        self.key = key


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """Hours of one day by the wall clock, in minutes after its midnight: `Opening(540, 720)` is 09:00 to
    12:00.

    Whatever the clock does that night, 1440 is the day's own "24:00". In `Rules`, 0 <= start < end <= 1440.
    """

    start: int
    end: int

    def __str__(self) -> str:
        return f"{_clock(self.start)}-{_clock(self.end)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """When slots may be offered: what `RULES.json` says, checked.

    Guarantees: rules that exist can be followed. However they are made, an impossible value raises
    `RulesError`; the openings of a day are in order and do not overlap (they may touch: each is still its own
    opening, and no slot runs from one into the next). Rules are immutable and hashable, and
    `Rules.from_json(rules.to_json()) == rules`.

    `weekly` has seven entries, Monday's first; `exceptions` is in order of date. `length`, `step` and the
    buffers are minutes. `holidays` is a country ("FR"), a country and a subdivision ("FR-57"), or None.
    """

    timezone: str
    length: int
    step: int
    buffer_before: int = 0
    buffer_after: int = 0
    notice_hours: int = 0
    weekly: tuple[tuple[Opening, ...], ...] = ((),) * 7
    exceptions: tuple[tuple[date, tuple[Opening, ...]], ...] = ()
    holidays: str | None = None

    def __post_init__(self) -> None:
        _check_zone(self.timezone)
        _check_whole("length", self.length, 1, MINUTES_A_DAY, "minutes")
        _check_whole("step", self.step, 1, MINUTES_A_DAY, "minutes")
        _check_whole("buffer_before", self.buffer_before, 0, MINUTES_A_DAY, "minutes")
        _check_whole("buffer_after", self.buffer_after, 0, MINUTES_A_DAY, "minutes")
        _check_whole("notice_hours", self.notice_hours, 0, MOST_NOTICE_HOURS, "hours")
        if len(self.weekly) != len(WEEKDAYS):
            raise RulesError("weekly", "it has seven days, Monday first; give each its openings, () for none.")
        for name, openings in zip(WEEKDAYS, self.weekly, strict=True):
            _check_openings(f"weekly.{name}", openings)
        for day, openings in self.exceptions:
            _check_openings(f"exceptions.{day}", openings)
        if any(one >= other for (one, _), (other, _) in pairwise(self.exceptions)):
            raise RulesError("exceptions", "each day is named once; put them in order of date.")
        if self.holidays is not None:
            _check_holidays(self.holidays)

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose wall clock the openings follow."""
        return ZoneInfo(self.timezone)

    def hours(self, day: date) -> tuple[Opening, ...]:
        """The openings of a day, in order: those of its exception if it has one, else none on a holiday, else
        those of its weekday."""
        at = bisect_left(self.exceptions, day, key=_day_of)
        if at < len(self.exceptions) and self.exceptions[at][0] == day:
            return self.exceptions[at][1]
        if self.holidays is not None and day in holidays_of(self.holidays, day.year):
            return ()
        return self.weekly[day.weekday()]

    @classmethod
    def from_bytes(cls, data: bytes) -> Rules:
        """The rules in the content of a `RULES.json` (RFC 8259: UTF-8; a BOM, UTF-16 and UTF-32 are taken too).

        Whatever the bytes, nothing is raised but `RulesError`; its key is `rules` where the JSON itself is wrong. A
        key that comes twice is an error: all but the last would be lost in silence, an exception among them.
        """
        if not data.strip():
            raise RulesError("rules", "there is nothing in it; write one JSON object, {...}.")
        try:
            mapping = json.loads(data, object_pairs_hook=_once_each)
        except json.JSONDecodeError as error:
            where = f"line {error.lineno}, column {error.colno}"
            raise RulesError("rules", f"it is no JSON at {where}: {error.msg[:1].lower()}{error.msg[1:]}.") from None
        except UnicodeDecodeError:
            raise RulesError("rules", "it is no text; save it as JSON in UTF-8.") from None
        except RecursionError:
            raise RulesError("rules", "its brackets are nested too deep; write them as the schema shows.") from None
        except RulesError:
            raise
        except ValueError:  # an integer of more digits than are read
            raise RulesError("rules", "it holds a number that is too long to be read; write a shorter one.") from None
        return cls.from_json(mapping)

    @classmethod
    def from_json(cls, mapping: Mapping[str, object]) -> Rules:
        """The rules a `RULES.json` states, or `RulesError` on the first thing that is wrong with them.

        `timezone`, `length` and one of `weekly` and `exceptions` are needed. `step` is `length` when left out
        (slots follow each other), buffers and notice are 0, and there are no holidays. An unknown key is an
        error: a misspelt rule that was passed over in silence would offer times that were never meant.
        `$schema` alone is ignored. A whole number may be written 60.0, as JSON allows.
        """
        if not isinstance(mapping, Mapping):
            raise RulesError("rules", f"{_shown(mapping)} are not rules; write one JSON object, {{...}}.")
        _check_keys(mapping)
        length = _whole("length", mapping["length"])
        return cls(
            timezone=_text("timezone", mapping["timezone"], 'a zone such as "Europe/Paris"'),
            length=length,
            step=_whole("step", mapping.get("step", length)),
            buffer_before=_whole("buffer_before", mapping.get("buffer_before", 0)),
            buffer_after=_whole("buffer_after", mapping.get("buffer_after", 0)),
            notice_hours=_whole("notice_hours", mapping.get("notice_hours", 0)),
            weekly=_weekly(mapping.get("weekly", {})),
            exceptions=_exceptions(mapping.get("exceptions", {})),
            holidays=None
            if mapping.get("holidays") is None
            else _text("holidays", mapping["holidays"], 'a country such as "FR" or "FR-57"'),
        )

    def to_json(self) -> dict[str, object]:
        """The same rules as JSON values, every key written out, days in order."""
        return {
            "timezone": self.timezone,
            "length": self.length,
            "step": self.step,
            "buffer_before": self.buffer_before,
            "buffer_after": self.buffer_after,
            "notice_hours": self.notice_hours,
            "weekly": {name: _pairs(openings) for name, openings in zip(WEEKDAYS, self.weekly, strict=True)},
            "exceptions": {day.isoformat(): _pairs(openings) for day, openings in self.exceptions},
            "holidays": self.holidays,
        }


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object of the JSON, refused where a key comes twice."""
    mapping: dict[str, object] = {}
    for key, value in pairs:
        if key in mapping:
            raise RulesError(key[:40], "this key comes twice; keep one of them.")
        mapping[key] = value
    return mapping


def _day_of(exception: tuple[date, tuple[Opening, ...]]) -> date:
    return exception[0]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _pairs(openings: tuple[Opening, ...]) -> list[list[str]]:
    return [[_clock(opening.start), _clock(opening.end)] for opening in openings]


def _shown(value: object) -> str:
    """The value as its writer would know it again, at a length that leaves the sentence readable."""
    if isinstance(value, str):
        return f'"{value[:40]}…"' if len(value) > 40 else f'"{value}"'
    if isinstance(value, int) and abs(value) >= 10**12:
        return "such a number"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    try:
        text = repr(value)
    except ValueError:  # of an integer of more than 4,300 digits, deep inside
        return "such a value"
    return f"{text[:40]}…" if len(text) > 40 else text


def _suggestion(word: str, known: list[str], otherwise: str) -> str:
    """The end of a sentence about a wrong word: the nearest right one, or what to write if none is near."""
    from difflib import get_close_matches  # for wrong rules alone

    close = get_close_matches(word[:60], known, n=1)
    return f'did you mean "{close[0]}"?' if close else f"{otherwise}."


def _check_keys(mapping: Mapping[str, object]) -> None:
    known = [*REQUIRED, *OPTIONAL]
    for key in mapping:
        if key not in known and key not in IGNORED:
            mend = _suggestion(str(key), known, f"the keys are {', '.join(known)}")
            raise RulesError(str(key)[:40], f"this key is unknown; {mend}")
    for key in REQUIRED:
        if key not in mapping:
            raise RulesError(key, 'it is missing; add it, such as "timezone": "Europe/Paris", "length": 60.')
    if "weekly" not in mapping and "exceptions" not in mapping:
        raise RulesError("weekly", 'it is missing; add the open hours, such as {"monday": [["09:00", "12:00"]]}.')


def _text(key: str, value: object, example: str) -> str:
    if not isinstance(value, str):
        raise RulesError(key, f"{_shown(value)} is not a text; write {example}.")
    return value


def _whole(key: str, value: object) -> int:
    """A whole number as JSON means it: 60 or 60.0; the range is checked by the rules themselves."""
    if isinstance(value, float) and isfinite(value) and value.is_integer():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    unit = "hours" if key == "notice_hours" else "minutes"
    raise RulesError(key, f"{_shown(value)} is not a whole number; write whole {unit} such as 60, without quotes.")


def _check_whole(key: str, value: int, least: int, most: int, unit: str) -> None:
    if not least <= value <= most:
        raise RulesError(key, f"{_shown(value)} is out of range; write whole {unit} from {least} to {most}.")


def _check_zone(name: str) -> None:
    if zone_named(name) is None:
        mend = _suggestion(name, sorted(available_timezones()), "write one such as Europe/Paris")
        raise RulesError("timezone", f"{_shown(name)} is no known zone; {mend}")


def _check_openings(key: str, openings: tuple[Opening, ...]) -> None:
    for opening in openings:
        if not 0 <= opening.start <= opening.end <= MINUTES_A_DAY:
            mend = "write the earlier hour first, and hours past midnight under the next day"
            raise RulesError(key, f"the opening {opening} ends before it starts; {mend}.")
        if opening.start == opening.end:
            raise RulesError(key, f"the opening {opening} has no length; give it a later end, or take it out.")
    for one, other in pairwise(openings):
        if other.start < one.end:
            raise RulesError(key, f"the openings {one} and {other} overlap; merge them, or move one.")


def _check_holidays(place: str) -> None:
    country, _, subdivision = place.partition("-")
    places = known_places()
    if country not in places:
        upper = f', such as "{country.upper()}"' if country.upper() in places else ', such as "FR"'
        raise RulesError("holidays", f"{_shown(place)} is no known country; write its two capital letters{upper}.")
    if "-" in place and subdivision not in places[country]:
        codes = ", ".join(f"{country}-{code}" for code in places[country])
        known = f"write {country} or one of {codes}" if codes else f"write {country} alone"
        raise RulesError("holidays", f"{_shown(place)} is no known part of {country}; {known}.")


def _openings(key: str, value: object) -> tuple[Opening, ...]:
    if not isinstance(value, list | tuple):
        raise RulesError(key, f'{_shown(value)} is not a list; write openings such as [["09:00", "12:00"]].')
    return tuple(sorted(_opening(key, pair) for pair in value))


def _opening(key: str, pair: object) -> Opening:
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        raise RulesError(key, f'{_shown(pair)} is not an opening; write a start and an end, ["09:00", "12:00"].')
    return Opening(_minutes(key, pair[0]), _minutes(key, pair[1]))


def _minutes(key: str, hour: object) -> int:
    match = _HOUR.fullmatch(hour) if isinstance(hour, str) else None
    if match is None:
        raise RulesError(key, f'{_shown(hour)} is not an hour; write it as "09:00", from "00:00" to "24:00".')
    return int(match[1]) * 60 + int(match[2]) if match[1] else MINUTES_A_DAY


def _weekly(value: object) -> tuple[tuple[Opening, ...], ...]:
    if not isinstance(value, Mapping):
        raise RulesError("weekly", f'{_shown(value)} is not an object; write {{"monday": [["09:00", "12:00"]]}}.')
    for name in value:
        if name not in WEEKDAYS:
            mend = _suggestion(str(name).lower(), list(WEEKDAYS), "write monday to sunday")
            raise RulesError("weekly", f"{_shown(name)} is not a day; {mend}")
    return tuple(_openings(f"weekly.{name}", value.get(name, ())) for name in WEEKDAYS)


def _exceptions(value: object) -> tuple[tuple[date, tuple[Opening, ...]], ...]:
    if not isinstance(value, Mapping):
        raise RulesError("exceptions", f'{_shown(value)} is not an object; write {{"2026-05-02": []}}.')
    return tuple(
        sorted(((_date(day), _openings(f"exceptions.{day}", hours)) for day, hours in value.items()), key=_day_of)
    )


def _date(day: object) -> date:
    try:
        if isinstance(day, str) and _DATE.fullmatch(day):  # fromisoformat alone would also take 20260502 or 2026-W18
            return date.fromisoformat(day)
    except ValueError:
        pass
    raise RulesError("exceptions", f'{_shown(day)} is not a date; write it as "2026-05-02".')

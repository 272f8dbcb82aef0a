"""What the cells of a column hold, as people write it: numbers, dates, words, nothing."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from rendezvous.judging.cases import Feature

#: Cells that say "not known".
MISSING = frozenset({"", "na", "n/a", "#n/a", "nan", "null"})
#: A column is of numbers, or of dates, when so many of its filled cells are; the others stay words.
MOST = 0.8

Reader = Callable[[str], Feature]

_ADORNED = re.compile(r"[\s\u00a0\u2009\u202f'’€$£%]|\b(?:eur|usd|gbp|chf)\b", re.IGNORECASE)
_DIGITS = re.compile(r"[+-]?(?=[.,]?\d)[\d.,]{1,40}(?:[eE][+-]?\d{1,3})?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+")
_CODE = re.compile(r"[+-]?0\d+")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?: .*)?")


def is_missing(cell: str) -> bool:
    return cell.strip().casefold() in MISSING


def reader_for(cells: Iterable[str], delimiter: str) -> Reader:
    """How to read the cells of one column: as numbers, as dates (days since year 1), or as words.

    A comma is a decimal comma, unless a point follows it somewhere, or cells are separated by commas and
    every one with a comma looks like 1,234. A leading 0 makes a code (postcode, phone), not a number. Days
    come before months unless more cells make sense the other way round.
    """
    filled = Counter(cell.strip() for cell in cells)
    filled = Counter({cell: count for cell, count in filled.items() if not is_missing(cell)})
    distinct = sorted(filled)
    for read in (_number_reader(distinct, delimiter), _day_reader(distinct)):
        understood = sum(count for cell, count in filled.items() if read(cell) is not None)
        if filled and understood >= MOST * filled.total():
            return _else_words(read)
    return _words


def _words(cell: str) -> Feature:
    return None if is_missing(cell) else cell.strip()


def _else_words(read: Callable[[str], float | None]) -> Reader:
    def either(cell: str) -> Feature:
        if is_missing(cell):
            return None
        found = read(cell.strip())
        return cell.strip() if found is None else found

    return either


def _number_reader(cells: Sequence[str], delimiter: str) -> Callable[[str], float | None]:
    decimal = _decimal_sign([_ADORNED.sub("", cell) for cell in cells], delimiter)
    grouping = "." if decimal == "," else ","

    def read(cell: str) -> float | None:
        bare = _ADORNED.sub("", cell)
        if not _DIGITS.fullmatch(bare) or _CODE.fullmatch(bare):
            return None
        try:
            return float(bare.replace(grouping, "").replace(decimal, "."))
        except ValueError:
            return None

    return read


def _decimal_sign(cells: Sequence[str], delimiter: str) -> str:
    with_comma = [cell for cell in cells if "," in cell and _DIGITS.fullmatch(cell)]
    both = [cell for cell in with_comma if "." in cell]
    if both:
        return "," if sum(cell.rfind(",") > cell.rfind(".") for cell in both) * 2 > len(both) else "."
    if any(cell.count(",") > 1 for cell in with_comma):
        return "."
    if delimiter == "," and all(_THOUSANDS.fullmatch(cell) for cell in with_comma):
        return "."
    return "," if with_comma else "."


def _day_reader(cells: Sequence[str]) -> Callable[[str], float | None]:
    """Where the year comes last, the day comes first unless more cells make sense with the month first."""
    makes_sense = [sum(_day(cell, place) is not None for cell in cells) for place in (0, 1)]
    day_at = 1 if makes_sense[1] > makes_sense[0] else 0
    return lambda cell: _day(cell, day_at)


def _day(cell: str, day_at: int) -> float | None:
    first = _YEAR_FIRST.fullmatch(cell)
    last = _YEAR_LAST.fullmatch(cell)
    if first:
        year, month, day = (int(part) for part in first.groups())
    elif last:
        parts = [int(last[1]), int(last[2])]
        day, month, year = parts[day_at], parts[1 - day_at], int(last[3])
        year += 2000 if year < 100 else 0
    else:
        return None
    try:
        return float(date(year, month, day).toordinal())
    except ValueError:
        return None

"""From cases to a matrix of numbers, learned from the history and then applied to any case.

A column of the history becomes:
- for categories (texts, yes/no, missing): one indicator a value;
- for numbers: cumulative steps, "more than the first boundary, more than the second…", at most `MOST_BINS`
  bins of about as many cases each, so that neither unit nor outlier matters and neighbours are alike;
- both, when a column holds both.
Values that occur once share one indicator ("some rare value"), as does a value that the history never saw;
this is what keeps names and ids harmless. Columns that never vary are left out.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rendezvous.judging.cases import Case

#: Bins of a column of numbers. Eight follow a curve well enough for a thousand cases, and cumulative steps
#: under a common penalty cost little where there are only twenty.
MOST_BINS = 8
#: Categories of one column that have a say of their own; the rarer are pooled. Keeps a column of names in
#: bounds.
MOST_LEVELS = 60
#: Far numbers are brought back to this, so that the middle of two of them is still a number.
FARTHEST = 1e300

YES_NO = {True: "\0yes", False: "\0no"}
Level = str | None
Floats = NDArray[np.float64]


def read_value(value: object) -> float | Level:
    """`value` as a number or a category; None for what is missing."""
    if value is None or type(value) is str:
        return value
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _number(value)
    if isinstance(value, bool | np.bool_):
        return YES_NO[bool(value)]
    if isinstance(value, Decimal | np.integer | np.floating):
        return _number(value)
    if isinstance(value, date):
        return float(value.toordinal())
    return str(value)


def _number(value: float | Decimal | np.integer | np.floating) -> float | None:
    """`value` within bounds; None for what is not a number, whole or real."""
    try:
        number = float(value)
    except OverflowError:
        return FARTHEST if value > 0 else -FARTHEST
    except (ValueError, TypeError):
        return None
    if -FARTHEST <= number <= FARTHEST:
        return number
    return None if math.isnan(number) else math.copysign(FARTHEST, number)


@dataclass(frozen=True, slots=True)
class Column:
    """How one feature is written: steps over `edges` for numbers, an indicator for each of `levels`.

    `levels` gives a category's indicator; those past `kept` are rare, and share the one called `kept`, as do
    categories that the history never saw. `rare` is the share of cases whose category occurs once.
    """

    name: str
    numeric: bool
    edges: tuple[float, ...]
    levels: dict[Level, int]
    kept: int
    rare: float

    @property
    def indicators(self) -> int:
        """How many indicators it takes: the shared one exists where some category is rare."""
        return self.kept + (len(self.levels) > self.kept)

    def knows(self, value: object) -> bool:
        """Whether the history held this category; or, for a number, any number."""
        read = read_value(value)
        return self.numeric if isinstance(read, float) else read in self.levels


def learn_column(name: str, values: Sequence[float | Level]) -> Column | None:
    """How to write this column, or None when it holds one value only and so tells nothing."""
    numbers = Counter(value for value in values if isinstance(value, float))
    levels = Counter(value for value in values if not isinstance(value, float))
    if len(numbers) + len(levels) < 2:
        return None
    least = max(2, _least_count(levels))
    kept = sorted((level for level, count in levels.items() if count >= least), key=str)
    places = {level: place for place, level in enumerate(kept)}
    places.update({level: len(kept) for level, count in levels.items() if count < least})
    once = sum(count for count in levels.values() if count == 1)
    return Column(name, bool(numbers), _edges(numbers), places, len(kept), once / len(values))


def _least_count(levels: Counter[Level]) -> int:
    """The count from which at most `MOST_LEVELS` are kept; those of one count share their fate."""
    counts = sorted(levels.values(), reverse=True)
    return counts[MOST_LEVELS] + 1 if len(counts) > MOST_LEVELS else 1


def _edges(numbers: Counter[float]) -> tuple[float, ...]:
    """Boundaries halfway between neighbouring values: at most `MOST_BINS` - 1, near the quantiles."""
    distinct = sorted(numbers)
    middles = [low / 2 + high / 2 for low, high in pairwise(distinct)]
    if len(distinct) <= MOST_BINS:
        return tuple(middles)
    reached = np.cumsum([numbers[value] for value in distinct])
    wanted = reached[-1] * np.arange(1, MOST_BINS) / MOST_BINS
    nearest = np.abs(reached[None, :-1] - wanted[:, None]).argmin(axis=1)
    return tuple(middles[place] for place in sorted(set(nearest.tolist())))


@dataclass(frozen=True, slots=True, eq=False)
class Encoding:
    """How the features of a history are written as numbers, each less its mean over that history.

    The matrix holds the steps of all columns first (`edges`, and `asked`, the column whose number each step
    compares), then their indicators. `owners` is the column that each of its columns belongs to.
    """

    columns: tuple[Column, ...]
    edges: Floats
    asked: NDArray[np.intp]
    owners: NDArray[np.intp]
    means: Floats

    @property
    def rare(self) -> float:
        """Over all columns, the variance of the indicators of values that occur once, had they been kept."""
        return sum(column.rare for column in self.columns)

    def rows(self, cases: Sequence[Case]) -> Floats:
        """One row a case. Names that the history did not have are not looked at."""
        values = [[read_value(case.features.get(column.name)) for case in cases] for column in self.columns]
        return self.written(values, len(cases)) - self.means

    def by_column(self, moves: Floats) -> list[float]:
        """`moves`, one a column of the matrix, summed for each column of the history."""
        totals: list[float] = np.bincount(self.owners, moves, len(self.columns)).tolist()
        return totals

    def written(self, values: Sequence[Sequence[float | Level]], height: int) -> Floats:
        """Rows from the values of each column, before the means are taken off."""
        width = len(self.owners)
        rows = np.zeros((height, width))
        if not width:
            return rows
        if len(self.edges):
            numbers = np.array([[v if isinstance(v, float) else -math.inf for v in held] for held in values])
            rows[:, : len(self.edges)] = numbers.T[:, self.asked] > self.edges
        ones: list[int] = []
        start = len(self.edges)
        for column, held in zip(self.columns, values, strict=True):
            shared = column.kept if column.indicators > column.kept else None
            for row, value in enumerate(held):
                if isinstance(value, float) and column.numeric:
                    continue
                place = shared if isinstance(value, float) else column.levels.get(value, shared)
                if place is not None:
                    ones.append(row * width + start + place)
            start += column.indicators
        rows.reshape(-1)[ones] = 1.0
        return rows


def learn_encoding(cases: Sequence[Case]) -> tuple[Encoding, Floats]:
    """The encoding of a history, and the history so encoded. The order of cases and names does not matter."""
    columns: list[Column] = []
    kept: list[list[float | Level]] = []
    for name in _names(cases):
        values = [read_value(case.features.get(name)) for case in cases]
        column = learn_column(name, values)
        if column is not None:
            columns.append(column)
            kept.append(values)
    edges = np.array([edge for column in columns for edge in column.edges])
    asked = np.repeat(np.arange(len(columns)), [len(column.edges) for column in columns])
    marked = np.repeat(np.arange(len(columns)), [column.indicators for column in columns])
    owners = np.concatenate([asked, marked])
    rows = Encoding(tuple(columns), edges, asked, owners, np.zeros(len(owners))).written(kept, len(cases))
    means = rows.mean(axis=0) if len(cases) else np.zeros(len(owners))
    return Encoding(tuple(columns), edges, asked, owners, means), rows - means


def _names(cases: Iterable[Case]) -> list[str]:
    names: set[str] = set()
    for case in cases:
        names.update(case.features)
    return sorted(names)


def outcomes_of(cases: Sequence[Case]) -> Floats:
    """1 for each case that was signed, 0 for the others."""
    return np.array([1.0 if case.outcome else 0.0 for case in cases])

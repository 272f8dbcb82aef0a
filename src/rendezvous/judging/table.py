"""Tables of past inquiries as people have them, read whole or refused in one sentence.

What is refused is said with the file, the row as a spreadsheet numbers it (the header is row 1), and the
column.
"""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rendezvous.judging.cases import Case, Feature
from rendezvous.judging.cells import is_missing, reader_for

#: A table wider than this is not a table of inquiries, and would take all the memory.
MOST_COLUMNS = 500
DELIMITERS = ",;\t|"
#: How many rows are looked at to tell what separates the cells.
SAMPLE = 100
#: How many values a refusal names.
NAMED = 6

#: Words for a signed and for a lost inquiry, as they are found in tables, in small letters.
# fmt: off
POSITIVE = frozenset(
    {
        "1", "1.0", "+", "yes", "y", "true", "t", "won", "win", "closed won", "closed-won", "signed",
        "sold", "converted", "success", "accepted", "positive", "oui", "o", "vrai", "gagné", "gagnée",
        "gagne", "signé", "signée", "signe", "vendu", "conclu", "conclue", "accepté", "acceptée", "réussi",
    }
)
NEGATIVE = frozenset(
    {
        "0", "0.0", "-", "no", "n", "false", "f", "lost", "loss", "closed lost", "closed-lost", "unsigned",
        "not signed", "unsold", "failed", "failure", "declined", "rejected", "refused", "negative", "non",
        "faux", "perdu", "perdue", "refusé", "refusée", "décliné", "déclinée", "échec", "abandonné",
        "abandonnée", "non signé", "non signée", "sans suite",
    }
)
# fmt: on


class TableError(ValueError):
    """A table that cannot be used; its text is one sentence that says where and how to mend it."""


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a file as they are written; one a column in every row. No two columns bear one name."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    delimiter: str = ","

    def cells(self, column: str) -> list[str]:
        """The cells of `column`, top down. `TableError`, naming the columns, when none is so called."""
        if column not in self.columns:
            near = _near(column, self.columns)
            hint = f"did you mean {_shown(near[0])}?" if near else f"its columns are {_named(self.columns)}."
            raise TableError(f"{self.name}: there is no column {_shown(column)}; {hint}")
        place = self.columns.index(column)
        return [row[place] for row in self.rows]


def read_table(data: bytes, name: str) -> Table:
    """The table in `data`, the content of a CSV file called `name`.

    Takes UTF-8 with or without BOM, UTF-16 with BOM, Windows-1252 and Latin-1; cells separated by commas,
    semicolons, tabs or bars; quoted line breaks; any line ends; empty lines. Raises nothing but `TableError`.
    """
    text = _decoded(data, name)
    sign, text = _announced(text)
    delimiter = sign or _likely_delimiter(text)
    try:
        records = [(row, cells) for row, cells in enumerate(_records(text, delimiter), 1) if any(cells)]
    except csv.Error as error:
        raise TableError(f"{name}: it cannot be read as a table ({error}).") from error
    if not records:
        raise TableError(f"{name}: it is empty; its first row must name the columns.")
    row, header = records[0]
    columns = _column_names(header, name, row)
    rows = tuple(_row(cells, columns, name, row) for row, cells in records[1:])
    return Table(name, *_without_empty_last(columns, rows), delimiter)


def _decoded(data: bytes, name: str) -> str:
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = data.decode("utf-16")
        else:
            text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            text = data.decode("latin-1")
    if "\0" in text:
        raise TableError(f"{name}: it is not a text file; save the table as CSV first.")
    return text


def _announced(text: str) -> tuple[str, str]:
    """The delimiter that a first line `sep=;` announces (some spreadsheets do), and the text without it."""
    first, _end, rest = text.partition("\n")
    line = first.strip("\r")
    return (line[-1], rest) if line.lower() in {f"sep={sign}" for sign in DELIMITERS} else ("", text)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    """The cells of each record, in which every kind of line end has become one."""
    for cells in csv.reader(io.StringIO(text, newline=None), delimiter=delimiter):
        yield [cell.strip() for cell in cells]


def _likely_delimiter(text: str) -> str:
    """The sign that cuts most rows into as many cells as the first, and into most; a comma if none does."""
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        try:
            sample = [cells for cells in islice(_records(text, delimiter), SAMPLE) if cells]
        except csv.Error:
            continue
        if not sample or len(sample[0]) < 2:
            continue
        alike = sum(len(cells) == len(sample[0]) for cells in sample) / len(sample)
        if (alike, len(sample[0])) > best_score:
            best, best_score = delimiter, (alike, len(sample[0]))
    return best


def _column_names(header: Sequence[str], name: str, row: int) -> tuple[str, ...]:
    if len(header) > MOST_COLUMNS:
        raise TableError(f"{name}, row {row}: {len(header)} columns are more than the {MOST_COLUMNS} that are read.")
    columns = tuple(cell or f"column {place}" for place, cell in enumerate(header, 1))
    twice = [column for column, count in Counter(columns).items() if count > 1]
    if twice:
        both = " and ".join(str(place) for place, column in enumerate(columns, 1) if column == twice[0])
        raise TableError(f"{name}, row {row}: columns {both} are both called {_shown(twice[0])}.")
    return columns


def _row(cells: Sequence[str], columns: Sequence[str], name: str, row: int) -> tuple[str, ...]:
    extra = len(cells) - len(columns)
    while extra > 0 and not cells[-1]:
        cells, extra = cells[:-1], extra - 1
    if extra:
        lacked = columns[len(cells) :]
        trouble = f"{_shown(lacked[0])} is missing" if lacked else f"its last is {_shown(cells[-1])}"
        raise TableError(
            f"{name}, row {row}: {len(cells)} cells where the header has {len(columns)} columns; {trouble}."
        )
    return tuple(cells)


def _without_empty_last(
    columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Without a nameless last column that holds nothing, which a delimiter at every line's end makes."""
    last = len(columns)
    if last > 1 and columns[-1] == f"column {last}" and not any(row[-1] for row in rows):
        return columns[:-1], tuple(row[:-1] for row in rows)
    return columns, rows


def cases_from(
    table: Table,
    outcome: str | None = None,
    positive: str | None = None,
    ignore: Collection[str] = (),
    like: Table | None = None,
) -> list[Case]:
    """One case a row: its outcome from the column `outcome`, its features from all others but those to
    `ignore`.

    An outcome left empty is an open case. `positive` is the value that means signed, in any case of
    letters; left out, it is guessed among common words in French and English, or refused in a sentence that
    names the values. With no `outcome` all cases are open. Cells are read as numbers, dates or words,
    column by column; give the history as `like` when reading new cases, so that both are read alike. Raises
    nothing but `TableError`.
    """
    results: list[bool | None] = [None] * len(table.rows)
    if outcome is not None:
        results = _outcomes(table, outcome, positive)
    for column in ignore:
        if column not in table.columns and (like is None or column not in like.columns):
            table.cells(column)
    names = [column for column in table.columns if column != outcome and column not in ignore]
    columns = [_features(table, like, name) for name in names]
    held = zip(*columns, strict=True) if columns else [()] * len(table.rows)
    return [
        Case(dict(zip(names, features, strict=True)), result) for features, result in zip(held, results, strict=True)
    ]


def _features(table: Table, like: Table | None, name: str) -> list[Feature]:
    """The column `name`, read as that of `like` is where there is one. Equal cells are read once."""
    model = like if like is not None and name in like.columns else table
    read = reader_for(model.cells(name), model.delimiter)
    cells = table.cells(name)
    known = {cell: read(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]


def _outcomes(table: Table, outcome: str, positive: str | None) -> list[bool | None]:
    cells = table.cells(outcome)
    values = sorted({cell.casefold() for cell in cells if not is_missing(cell)})
    signed = _guessed(table, outcome, values) if positive is None else _stated(table, outcome, values, positive)
    return [None if is_missing(cell) else cell.casefold() in signed for cell in cells]


def _stated(table: Table, outcome: str, values: Sequence[str], positive: str) -> set[str]:
    """`positive`, unless it is not in the column and what is there looks like what was meant."""
    wanted = positive.strip().casefold()
    if wanted not in values:
        near = _near(wanted, values) or [v for v in values if v in POSITIVE]
        if near:
            raise TableError(
                f"{table.name}, column {_shown(outcome)}: no cell says {_shown(positive)}; "
                f"its values are {_named(_as_written(table, outcome, values))}."
            )
    return {wanted}


def _guessed(table: Table, outcome: str, values: Sequence[str]) -> set[str]:
    signed = {value for value in values if value in POSITIVE}
    others = [value for value in values if value not in POSITIVE and value not in NEGATIVE]
    if signed and (not others or len(signed) == 1):
        return signed
    if len(values) == 2 and len(others) == 1 and not signed:
        return set(others)
    if not others:
        return set()
    raise TableError(
        f"{table.name}, column {_shown(outcome)}: say which value means signed (--positive); "
        f"its values are {_named(_as_written(table, outcome, values))}."
    )


def _as_written(table: Table, outcome: str, values: Collection[str]) -> list[str]:
    written = Counter(cell for cell in table.cells(outcome) if cell.casefold() in values)
    return sorted(written, key=lambda value: (-written[value], value))


def _near(word: str, words: Sequence[str]) -> list[str]:
    from difflib import get_close_matches  # only for a refusal

    return get_close_matches(word, words, 1, 0.75)


def _named(values: Sequence[str]) -> str:
    shown = ", ".join(map(_shown, values[:NAMED]))
    return f"{shown} and {len(values) - NAMED} more" if len(values) > NAMED else shown


def _shown(cell: str) -> str:
    """A cell as a refusal quotes it: on one line, and short."""
    line = " ".join(cell.split())
    return f'"{line[:40]}…"' if len(line) > 40 else f'"{line}"'

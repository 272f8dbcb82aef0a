"""Documents as PDF (PDF/A-3a and PDF/UA-1), set by typst in a worker that can reach nothing.

Whatever people typed is data: a Markdown tree and plain strings in JSON, which `document.typ` lays out. None of it is
ever Typst code. Why so: docs/decisions/0040-typesetting.md.
"""

import base64
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from rendezvous.agreements.typesetting.press import CannotTypeset, ask, rest

__all__ = [
    "Attachment", "CannotTypeset", "Printed", "Row", "Sheet", "Signature", "Table", "drawings", "overflow",
    "rest", "typeset",
]  # fmt: skip

LONGEST = 200_000
MOST_ATTACHED = 50_000_000
MOST_PAGES = 60
MOST_DRAWN = 10
INK = "#23211d"
UNDATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Row:
    """`note` stands small under the first cell; a dimmed row is one that does not count."""

    cells: tuple[str, ...]
    note: str = ""
    dimmed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Cells are words as they are to be printed; `totals` are (label, amount, strong). Rows are as wide as the head."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: tuple[tuple[str, str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, and lines that say when and by what; without a name, room to sign by hand."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the PDF; `relationship` as PDF/A-3 has it: source, data, alternative, supplement."""

    name: str
    mime: str
    data: bytes
    description: str
    relationship: str = "supplement"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document to set. `text` and `after` are Markdown; `sender`'s first line is her name; `at` dates the PDF."""

    language: str
    kind: str
    title: str
    text: str
    number: str = ""
    date: str = ""
    sender: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    table: Table | None = None
    after: str = ""
    small: tuple[str, ...] = ()
    foot: str = ""
    signatures: tuple[Signature, ...] = ()
    accent: str = "#1f4b87"
    draft: bool = False
    attachments: tuple[Attachment, ...] = ()
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    pdf: bytes
    pages: int


def typeset(sheet: Sheet) -> Printed:
    """The sheet as PDF: the same bytes for the same sheet.

    Raises `CannotTypeset`: "too_long" (text over 200,000 characters, over 60 pages, over 50 MB attached), "too_slow",
    "failed".
    """
    answer = ask(_job(sheet, "pdf", attachments=_attached(sheet.attachments)))
    if answer["pages"] > MOST_PAGES:
        raise CannotTypeset("too_long")
    return Printed(base64.b64decode(answer["files"][0]), answer["pages"])


def drawings(sheet: Sheet) -> list[bytes]:
    """The first ten pages as SVG: sharp at any size, and light once compressed. Raises `CannotTypeset`."""
    return [base64.b64decode(page) for page in ask(_job(sheet, "svg", most=MOST_DRAWN))["files"]]


def overflow(sheet: Sheet) -> int:
    """About how many lines of text are too many for one page; 0 where it fits. Raises `CannotTypeset`."""
    return int(ask(_job(sheet, "overflow"))["lines"])


def _job(sheet: Sheet, want: str, *, attachments: Iterable[dict[str, str]] = (), **more: object) -> dict[str, Any]:
    data = asdict(replace(sheet, attachments=(), at=None))
    data.pop("at")
    if len(sheet.text) + len(sheet.after) > LONGEST or _length(data) > 2 * LONGEST:
        raise CannotTypeset("too_long")
    data["table"] = _even(data["table"]) if sheet.table and sheet.table.head else None
    data["accent"] = sheet.accent if re.fullmatch("#[0-9a-fA-F]{6}", sheet.accent) else INK
    at = (sheet.at or UNDATED).astimezone(dt.UTC)
    return {"want": want, "data": data, "at": int(at.timestamp()), "attachments": list(attachments), **more}


def _length(value: Any) -> int:
    """Characters in all that a sheet says."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return _length(list(value.values()))
    return sum(map(_length, value)) if isinstance(value, list | tuple) else 0


def _even(table: dict[str, Any]) -> dict[str, Any]:
    """The table with as many cells in each row as it has columns."""
    wide = len(table["head"])
    rows = [{**row, "cells": [*row["cells"], *[""] * wide][:wide]} for row in table["rows"]]
    return {**table, "rows": rows}


def _attached(files: tuple[Attachment, ...]) -> Iterator[dict[str, str]]:
    """The files as the worker takes them; names as a reader of the PDF can save them, each once."""
    if sum(len(file.data) for file in files) > MOST_ATTACHED:
        raise CannotTypeset("too_long")
    names: set[str] = set()
    for number, file in enumerate(files, start=1):
        name = re.sub(r"[^\w. -]", "-", file.name).strip(". ")[:100] or "file"
        name = f"{number}-{name}" if name in names else name
        names.add(name)
        mime = file.mime if re.fullmatch(r"[\w.+-]+/[\w.+-]+", file.mime, re.ASCII) else "application/octet-stream"
        data = base64.b64encode(file.data).decode()
        yield {**asdict(replace(file, name=name, mime=mime, data=b"")), "data": data}

"""The words that documents begin with: outlines made of clauses, by trade and language (fr.toml, en.toml).

A place such as `{price}` takes a value; `{?name}…{/name}` stands only where the value is there, `{!name}…{/name}` only
where it is missing. A name without a value given keeps its place, for the one who fills it later.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

# Told in each document made from them, so that one knows which words a contract began with.
TEXTS_VERSION = "2026-11"
NAMES = frozenset(
    ("need", "deliverables", "excluded", "calendar", "budget", "price", "validity", "client", "practice", "works",
     "modes", "place", "duration", "purpose", "deposit", "payment_days", "late_rate", "town")
)  # fmt: skip
_BLOCK = re.compile(r"\{([?!])(\w{1,20})\}(.*?)\{/\2\}", re.DOTALL)
_PLACE = re.compile(r"\{(\w{1,20})\}")
_GAPS = re.compile(r"\n{3,}")
# Values are words, not books: what somebody pastes into one must not swell the page.
LONGEST_VALUE = 5000


@dataclass(frozen=True, slots=True)
class Filled:
    """`unknown`: places that are none of `NAMES`; they stand as they were typed."""

    text: str
    unknown: tuple[str, ...]


@cache
def _texts(language: str) -> Mapping[str, Any]:
    file = Path(__file__).with_name("en.toml" if language == "en" else "fr.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def trades() -> tuple[str, ...]:
    return tuple(_texts("fr")["trade"])


def outline(kind: str, trade: str, language: str) -> str:
    """The outline of a document of that kind, in Markdown with places to fill; an unknown trade has the general one."""
    texts = _texts(language)
    clauses, own = texts["clause"], texts["trade"].get(trade, texts["trade"]["general"])
    names = own.get(kind) or texts["trade"]["general"][kind]
    text = "\n\n".join(str(clauses[name]).strip() for name in names) + "\n"
    return _numbered(text) if kind == "agreement" else text


def _numbered(text: str) -> str:
    """A contract's articles are numbered as they follow each other."""
    numbers = count(1)
    return re.sub(r"^## ", lambda _match: f"## {next(numbers)}. ", text, flags=re.MULTILINE)


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """The text with the values in their places. What a value contains is never looked into for further places."""
    kept = {name: str(value)[:LONGEST_VALUE].strip() for name, value in values.items()}

    def block(match: re.Match[str]) -> str:
        sign, name, inside = match.groups()
        if name not in kept:
            return match[0]
        return inside if bool(kept[name]) == (sign == "?") else ""

    unknown: list[str] = []

    def place(match: re.Match[str]) -> str:
        name = match[1]
        if name not in NAMES and name not in unknown:
            unknown.append(name)
        return kept.get(name, match[0])

    text = _PLACE.sub(place, _BLOCK.sub(block, text))
    return Filled(_GAPS.sub("\n\n", text), tuple(unknown))

"""What changed between two versions, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# Comparing words takes time that grows with their square at worst: longer texts are compared by paragraph.
MOST_WORDS = 6000
# A figure is one word, its fixed spaces and its point included.
_WORD = r"\d+(?:[\u202f\u00a0.,]\d+)*|\s+|\w+|[^\w\s]"

Kind = Literal["same", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str


def changes(before: str, after: str) -> list[Piece]:
    """Both texts in one: joined, the pieces that are not removed give `after`, those not added give `before`."""
    unit = _WORD if len(before.split()) + len(after.split()) <= MOST_WORDS else r"[^\n]*\n|[^\n]+"
    old, new = re.findall(unit, before), re.findall(unit, after)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        if a < b:
            pieces.append(Piece("removed", "".join(old[a:b])))
        if c < d:
            pieces.append(Piece("added", "".join(new[c:d])))
    return pieces


def shortened(pieces: list[Piece], around: int = 80) -> list[Piece]:
    """The same with long unchanged stretches cut to their ends."""
    short = []
    for piece in pieces:
        if piece.kind == "same" and len(piece.text) > 2 * around + 20:
            short.append(Piece("same", f"{piece.text[:around].rstrip()} … {piece.text[-around:].lstrip()}"))
        else:
            short.append(piece)
    return short

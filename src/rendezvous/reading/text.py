"""The views of a text on which the rules run: folded letters, unwrapped lines, sentences, tokens.

Every view has exactly the length of the text, so that a position in one is a position in all of them. Rules can
thus be written in plain lower-case ASCII ("tres", "d'ici") and still quote the message letter for letter.
"""

import itertools
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Span = tuple[int, int]

#: Longest text that is read, in characters; more than twelve printed pages. The rest is not looked at, and the
#: reading says so: a longer body is a pasted document or an attack, and reading must stay instantaneous.
TEXT_LIMIT = 30_000

_ONE_FOR_ONE = {
    **dict.fromkeys("’‘ʼ´`′", "'"),
    **dict.fromkeys("«»“”„", '"'),
    **dict.fromkeys("‐‑‒–—−", "-"),
    **dict.fromkeys("\x85\u2028\u2029\x0b\x0c", "\n"),
    **dict.fromkeys("\t\r\xa0\xad\u200b\u200c\u200d\u2060\ufeff", " "),
    "…": ".",
    "•": "*",
}


class _FoldTable(dict[int, str]):
    """For `str.translate`: one character for one, worked out once a character."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _ONE_FOR_ONE.get(char)
        if folded is None:
            folded = " " if char.isspace() and char != "\n" else char.lower()
            base = unicodedata.normalize("NFD", folded)
            folded = base[0] if len(base) > 1 and all(unicodedata.combining(mark) for mark in base[1:]) else folded
            if len(folded) != 1:
                folded = char
        self[code] = folded
        return folded


_FOLD = _FoldTable()


def fold(text: str) -> str:
    """`text` in lower case, without accents, with plain quotes, dashes and spaces: same length, same positions."""
    return text.translate(_FOLD)


_PATTERN_SPACE = re.compile(r"\[[^\]]*\]| \?| (?!\{)")


class Phrase:
    """A pattern for folded text, compiled when it is first used: there are many, and imports must be light."""

    __slots__ = ("_compiled", "_source")

    def __init__(self, source: str) -> None:
        self._source = source
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        if self._compiled is None:
            self._compiled = re.compile(_PATTERN_SPACE.sub(_flexible_space, self._source))
        return self._compiled

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match that begins at `start`."""
        return self.compiled.match(text, start, end)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match."""
        return self.compiled.search(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """All matches, in order, none overlapping."""
        return self.compiled.finditer(text, start, end)


def phrase(source: str) -> Phrase:
    """A pattern for folded text, where a space stands for one to three spaces (wrapping leaves several)."""
    return Phrase(source)


def _flexible_space(m: re.Match[str]) -> str:
    return {" ": " {1,3}", " ?": " {0,3}"}.get(m.group(), m.group())


@dataclass(frozen=True, slots=True)
class Token:
    """A run of digits, a run of letters, or one other character, as folded."""

    text: str
    start: int
    end: int


_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]")


def tokenize(folded: str) -> list[Token]:
    """The tokens of a folded text, in order; white space is left out."""
    return [Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(folded)]


# A line this long was most likely broken by the mail program rather than by its writer.
_WRAPPED_LINE = 56
_LIST_ITEM = re.compile(r" {0,8}(?:[-*>+]|\d{1,2}[.)/] |[a-z][.)] )")


def unwrap(folded: str) -> str:
    """`folded` with the line breaks that only wrap a paragraph turned into spaces: same length."""
    lines = folded.split("\n")
    pieces: list[str] = []
    for line, following in itertools.pairwise(lines):
        pieces.extend((line, " " if _is_wrap(line, following) else "\n"))
    return "".join((*pieces, lines[-1]))


def _is_wrap(line: str, following: str) -> bool:
    start = following.lstrip()
    if not start or not line.strip() or _LIST_ITEM.match(following):
        return False
    first_word = start.split(" ", 1)[0]
    return len(line.rstrip()) + 1 + len(first_word) > _WRAPPED_LINE and len(line.strip()) > _WRAPPED_LINE // 2


# Words whose final dot ends no sentence.
_ABBREVIATIONS = frozenset(
    "m mm mme mlle mr mrs ms dr st ste env ex p pp no art tel cf etc vol av bd rdv approx min max incl excl vs fig "
    "janv fevr avr juil sept oct nov dec jan feb mar apr jun jul aug sep mon tue wed thu fri".split()
)
_SENTENCE_END = re.compile(r"[.!?]{1,5}[\")']{0,2}(?=\s)|\n")
_LAST_WORD = re.compile(r"[a-z]{1,12}$")


def split_sentences(text: str, folded: str) -> list[Span]:
    """The spans of the sentences of `folded`, white space trimmed, none empty; a hard line break ends one."""
    spans: list[Span] = []
    start = 0
    for m in _SENTENCE_END.finditer(folded):
        if m.group() != "\n" and not _ends_sentence(text, folded, m):
            continue
        _add_trimmed(spans, folded, start, m.end())
        start = m.end()
    _add_trimmed(spans, folded, start, len(folded))
    return spans


def _ends_sentence(text: str, folded: str, m: re.Match[str]) -> bool:
    if m.group()[0] != "." or len(m.group()) > 1:
        return True
    word = _LAST_WORD.search(folded, max(0, m.start() - 12), m.start())
    following = text[m.end() : m.end() + 4].lstrip()
    if word is None:
        return True
    if word.group() in _ABBREVIATIONS or (len(word.group()) == 1 and word.group() not in "aiy"):
        return False
    # A careless writer uses no capitals: only a very short word before a lower-case one is an abbreviation.
    return not following[:1].islower() or len(word.group()) > 2


def _add_trimmed(spans: list[Span], folded: str, start: int, end: int) -> None:
    while start < end and folded[start].isspace():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append((start, end))


def blank(folded: str, keep: Iterable[Span]) -> str:
    """`folded` with everything outside the spans to keep turned into line breaks: same length."""
    pieces: list[str] = []
    position = 0
    for start, end in keep:
        pieces.extend(("\n" * (start - position), folded[start:end]))
        position = end
    pieces.append("\n" * (len(folded) - position))
    return "".join(pieces)

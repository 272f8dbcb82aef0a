"""A message made ready for the rules of the brief: its views, its own words, its sentences and its mentions."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from rendezvous.reading.quoted import SAID, Part
from rendezvous.reading.scheme import Amount, DateMention, Evidence
from rendezvous.reading.text import Phrase, Span

_EDGE = " \n\t\r,;:.!?\"'()[]*-"
_SEPARATOR = re.compile(r" ?[,;:(]| - |\n")


@dataclass(frozen=True, slots=True)
class Prose:
    """What the rules look at. `said` is the folded text where all that the writer did not say here is blank."""

    text: str
    said: str
    sentences: tuple[Span, ...]
    parts: tuple[Part, ...]
    language: str
    amounts: tuple[Amount, ...]
    dates: tuple[DateMention, ...]

    def evidence(self, start: int, end: int, rule: str) -> Evidence | None:
        """The passage as a claim's evidence, without the punctuation at its edges; None if nothing is left."""
        while start < end and (self.text[start] in _EDGE or self.said[start] in _EDGE):
            start += 1
        while end > start and self.said[end - 1] in _EDGE and not self._keeps(start, end):
            end -= 1
        return Evidence(self.text[start:end], start, end, rule) if end > start else None

    def _keeps(self, start: int, end: int) -> bool:
        """Whether the last character is a bracket that the passage opened."""
        return self.said[end - 1] == ")" and "(" in self.said[start:end]

    def is_said(self, start: int) -> bool:
        """Whether the character at `start` is among the writer's own words."""
        return any(part.kind == SAID and part.start <= start < part.end for part in self.parts)

    def sentence(self, position: int) -> Span:
        """The sentence around a position; empty where nothing is said."""
        i = bisect_right(self.sentences, (position, len(self.text) + 1)) - 1
        if i >= 0 and self.sentences[i][0] <= position < self.sentences[i][1]:
            return self.sentences[i]
        return position, position

    def sentence_index(self, position: int) -> int:
        """The index of the sentence at or before a position."""
        return bisect_right(self.sentences, (position, len(self.text) + 1)) - 1

    def clause(self, position: int) -> Span:
        """The stretch between commas, semicolons or brackets around a position."""
        start, end = self.sentence(position)
        for m in _SEPARATOR.finditer(self.said, start, end):
            if m.end() <= position:
                start = m.end()
            elif m.start() > position:
                end = m.start()
                break
        return start, end

    def found(self, pattern: Phrase) -> Iterator[re.Match[str]]:
        """The matches of a pattern in the writer's own words."""
        return pattern.finditer(self.said)


def extent(prose: Prose, start: int, stop: Phrase, more: Phrase, longest: int) -> int:
    """Where a passage that begins at `start` ends.

    It ends at the end of its sentence, at the first match of `stop`, or at the first comma, colon or bracket that is
    not followed by a match of `more`; and after `longest` characters at the latest, at a word's end.
    """
    end = prose.sentence(start)[1]
    if end - start > longest:
        end = max(prose.said.rfind(" ", start, start + longest), start + 1)
    m = stop.search(prose.said, start + 1, end)
    if m is not None:
        end = m.start()
    for separator in _SEPARATOR.finditer(prose.said, start, end):
        if more.match(prose.said, separator.end()) is None:
            return separator.start()
    return end

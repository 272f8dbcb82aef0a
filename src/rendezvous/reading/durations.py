"""Lengths of time: "une petite heure", "2 h 30", "3 jours ouvrés", "an hour and a half"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rendezvous.reading.numbers import NUMBER_WORDS, number_at
from rendezvous.reading.scheme import Duration
from rendezvous.reading.text import Token, fold, phrase, tokenize, unwrap

_SECONDS = {
    1: "seconde secondes second seconds sec secs",
    60: "minute minutes min mins mn",
    3_600: "heure heures h hr hrs hour hours",
    86_400: "jour jours j journee journees day days",
    7 * 86_400: "semaine semaines week weeks wk wks",
    14 * 86_400: "fortnight fortnights",
    30 * 86_400: "mois month months",
    91 * 86_400: "trimestre trimestres",
    365 * 43_200: "semestre semestres",
    365 * 86_400: "an ans annee annees year years yr yrs",
}
_UNITS = {word: Decimal(seconds) for seconds, words in _SECONDS.items() for word in words.split()}
_ENGLISH_UNITS = frozenset("second minute hour day week fortnight month year".split())
_BETWEEN = frozenset(
    (
        "-",
        "petite",
        "petit",
        "bonne",
        "bon",
        "grosse",
        "gros",
        "autre",
        "full",
        "whole",
        "good",
        "pleine",
        "plein",
    )
)
_WORKING = phrase(r" (?:ouvres?|ouvrables?)\b")
_WORKING_BEFORE = frozenset(("business", "working", "more", "extra", "additional", "short", "long"))
_AND_HALF = phrase(r" (?:et (?:une? )?demie?|and a half)\b")
_HALF_FIRST = phrase(
    r"(?:une? )?(?:half an? (?P<of>hour|day|year)|(?:demie?|half)[ -](?P<unit>heure|hour|journee|day|an|annee|year))s?\b"
)
_WHOLE = phrase(
    r"(?:toute? (?:la |le |l')|(?:la |une )?pleine? |all |the whole |a whole |a full |the entire )"
    r"(?P<unit>journee|jour|semaine|mois|annee|an|matinee|day|week|month|year)\b"
)
_ENTIRE = phrase(r" (?:entiere?|complete?)\b")
_FORTNIGHT = phrase(r"(?:une |la |cette )?(?P<unit>quinzaine|huitaine)\b(?! (?:de|d'))")
_JOIN = phrase(r"(?:, | et | and | plus (?:de |d')?| )(?=\w)")
_MINUTES_BEHIND = re.compile(r" ?(\d{2})(?!\d| ?[€$£%/,.]\d| ?[€$£%])")
_CLOCK_BEFORE = phrase(
    r"(?:\b(?:a|vers|apres|avant|des|jusqu'a|at|until|entre|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"matin|soir|midi|demain|ouvert de|\d h(?:eures)? (?:et|a|-))|\d ?h-) ?$"
)
_CLOCK_BEHIND = phrase(r" ?(?:a|-|et) \d{1,2} ?(?:h\b|h\d|heures)| ?(?:du matin|du soir|pile|precises)\b")
_SPAN_BEFORE = phrase(
    r"\b(?:pendant|duree|durant|dure|pour|de|d'|environ|en|dans|sous|soit|plus|moins|reste|la|les) ?:? ?$"
)
_ENGLISH_SPAN_BEFORE = phrase(
    r"\b(?:for|in|within|about|around|takes?|lasts?|than|least|of|over|under|spend|give me|or) $"
)


@dataclass(frozen=True, slots=True)
class _Length:
    seconds: Decimal
    start: int
    end: int
    after: int


def find_durations(text: str, folded: str | None = None, tokens: Sequence[Token] | None = None) -> list[Duration]:
    """Every length of time in `text`, in order, none overlapping; times of day ("à 18 h") are not lengths."""
    folded = unwrap(fold(text)) if folded is None else folded
    tokens = tokenize(folded) if tokens is None else tokens
    found: list[Duration] = []
    i = 0
    while i < len(tokens):
        length = _length_at(text, folded, tokens, i)
        if length is None:
            i += 1
            continue
        length = _joined(text, folded, tokens, length)
        days = float(length.seconds / 86_400)
        found.append(Duration(text[length.start : length.end], length.start, length.end, days))
        i = length.after
    return found


def _length_at(text: str, folded: str, tokens: Sequence[Token], i: int) -> _Length | None:
    token = tokens[i]
    if token.text in _OPENINGS and (special := _special_at(folded, tokens, i)) is not None:
        return special
    if not (token.text[0].isdecimal() or token.text in NUMBER_WORDS):
        return None
    number = number_at(folded, tokens, i)
    if number is None:
        return None
    value, after = number.value, number.after
    if m := _AND_HALF.match(folded, number.end):
        behind = _index_from(tokens, m.end(), after)
        if behind < len(tokens) and tokens[behind].text in _UNITS:  # "deux et demi heures"
            value, after = value + Decimal("0.5"), behind
    while after < len(tokens) and (tokens[after].text in _BETWEEN or tokens[after].text in _WORKING_BEFORE):
        after += 1
    after = _past_of(tokens, after)
    if after >= len(tokens) or tokens[after].text not in _UNITS or tokens[after].start - number.end > 20:
        return None
    unit = tokens[after]
    if number.article and not _counts(text, folded, token, unit, plain=after == number.after):
        return None
    if unit.text.startswith("h") and _is_clock(folded, token.start, unit.end, value):
        return None
    return _with_rest(folded, tokens, _Length(value * _UNITS[unit.text], token.start, unit.end, after + 1), unit)


def _counts(text: str, folded: str, article: Token, unit: Token, *, plain: bool) -> bool:
    """Whether the article in front of a unit counts: "une heure" does; "un jour" and "à jour" do not."""
    before = folded[max(0, article.start - 12) : article.start]
    if article.text in ("a", "an"):
        english = unit.text in _ENGLISH_UNITS and text[article.start] in "aA"
        half = _AND_HALF.match(folded, unit.end)
        return english and bool(not plain or half or _ENGLISH_SPAN_BEFORE.search(before))
    return unit.text != "jour" or not plain or _SPAN_BEFORE.search(before) is not None


def _past_of(tokens: Sequence[Token], i: int) -> int:
    """Past the "de" or "d'" of "une dizaine de jours"."""
    if i + 1 < len(tokens) and tokens[i].text in ("de", "d", "of"):
        i += 1
        i += tokens[i].text == "'"
    return i


def _with_rest(folded: str, tokens: Sequence[Token], length: _Length, unit: Token) -> _Length:
    """The length with the half, the minutes or the "ouvrés" behind its unit."""
    seconds, end = length.seconds, length.end
    if m := _AND_HALF.match(folded, end):
        seconds, end = seconds + _UNITS[unit.text] / 2, m.end()
    elif unit.text == "h" and (m := _MINUTES_BEHIND.match(folded, end)) and int(m.group(1)) < 60:
        seconds, end = seconds + int(m.group(1)) * 60, m.end()
    if (m := _WORKING.match(folded, end)) or (m := _ENTIRE.match(folded, end)):
        end = m.end()
    return _Length(seconds, length.start, end, _index_from(tokens, end, length.after))


def _is_clock(folded: str, start: int, end: int, value: Decimal) -> bool:
    if value > 24:
        return False
    before = folded[max(0, start - 14) : start]
    if _CLOCK_BEFORE.search(before) or _CLOCK_BEHIND.match(folded, end):
        return True
    # "14 h 30" names a time of day, unless something says that it is a length
    return value >= 9 and _MINUTES_BEHIND.match(folded, end) is not None and not _SPAN_BEFORE.search(before)


def _special_at(folded: str, tokens: Sequence[Token], i: int) -> _Length | None:
    start = tokens[i].start
    if m := _HALF_FIRST.match(folded, start):
        seconds = _UNITS[m.group("unit") or m.group("of")] / 2
    elif m := _WHOLE.match(folded, start):
        seconds = _UNITS.get(m.group("unit"), Decimal(43_200))
    elif m := _FORTNIGHT.match(folded, start):
        seconds = Decimal(86_400) * (15 if m.group("unit") == "quinzaine" else 8)
    elif tokens[i].text == "semestre" and i == 0 and len(tokens) == 1:
        return _Length(_UNITS["semestre"], start, tokens[i].end, 1)
    else:
        return None
    return _Length(seconds, start, m.end(), _index_from(tokens, m.end(), i + 1))


_OPENINGS = frozenset(
    "demi demie half un une toute tout la pleine plein all the a quinzaine huitaine cette semestre".split()
)


def _joined(text: str, folded: str, tokens: Sequence[Token], first: _Length) -> _Length:
    """The length with those that add to it: "un an, un mois et 21 jours"."""
    whole = first
    for _ in range(4):
        m = _JOIN.match(folded, whole.end)
        if m is None or whole.after >= len(tokens):
            return whole
        i = _index_from(tokens, m.end(), whole.after)
        following = _length_at(text, folded, tokens, i) if i < len(tokens) else None
        if following is None or following.start != m.end():
            return whole
        whole = _Length(whole.seconds + following.seconds, whole.start, following.end, following.after)
    return whole


def _index_from(tokens: Sequence[Token], position: int, i: int) -> int:
    """The index, from `i` on, of the first token at or after a position."""
    while i < len(tokens) and tokens[i].start < position:
        i += 1
    return i

"""Numbers as people write them, in French and in English: digits with any separators, and words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from rendezvous.reading.text import Token, tokenize

_UNITS_FR = "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_UNITS_EN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_SMALL = MappingProxyType(
    {word: value for units in (_UNITS_FR, _UNITS_EN) for value, word in enumerate(units.split())}
    | {"une": 1}
    | dict(
        zip(
            ["vingt", "vingts", "trente", "quarante", "cinquante", "soixante"],
            [20, 20, 30, 40, 50, 60],
            strict=True,
        )
    )
    | {"septante": 70, "huitante": 80, "octante": 80, "nonante": 90}
    | dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
    | {"fourty": 40}
)
_ARTICLES = frozenset(("un", "une", "a", "an"))
_HUNDREDS = frozenset(("cent", "cents", "hundred", "hundreds"))
_SCALES = MappingProxyType(
    {
        "mille": 1_000,
        "milles": 1_000,
        "millier": 1_000,
        "milliers": 1_000,
        "thousand": 1_000,
        "thousands": 1_000,
        "grand": 1_000,
        "million": 1_000_000,
        "millions": 1_000_000,
        "milliard": 1_000_000_000,
        "milliards": 1_000_000_000,
        "billion": 1_000_000_000,
        "billions": 1_000_000_000,
    }
)
# Round numbers that are nouns: "une vingtaine de", "a dozen".
_ROUND = MappingProxyType(
    {
        "demi": Decimal("0.5"),
        "dizaine": Decimal(10),
        "douzaine": Decimal(12),
        "quinzaine": Decimal(15),
        "vingtaine": Decimal(20),
        "trentaine": Decimal(30),
        "quarantaine": Decimal(40),
        "cinquantaine": Decimal(50),
        "soixantaine": Decimal(60),
        "centaine": Decimal(100),
        "dozen": Decimal(12),
        "couple": Decimal(2),
    }
)
# "à" folds to "a", so that only English words may follow the article "a".
_AFTER_ENGLISH_ARTICLE = frozenset("hundred thousand million billion dozen couple few grand".split())
_AFTER_FRENCH_ARTICLE = frozenset(_SCALES) | frozenset(_ROUND) - {"demi"}
_SIZE_WORDS = frozenset("petite petit bonne bon grosse gros grande good".split())
_VAGUE = MappingProxyType({"quelques": Decimal(3), "few": Decimal(3), "several": Decimal(3), "plusieurs": Decimal(3)})

#: The words with which a number may begin.
NUMBER_WORDS = frozenset(_SMALL) | _HUNDREDS | frozenset(_SCALES) | frozenset(_ROUND) | frozenset(_VAGUE) | _ARTICLES

#: Digits as written: thousands set apart by spaces, dots, commas or apostrophes, and decimals. Three digits after
#: a comma or a dot are thousands, unless the number begins with a zero: nobody counts thousandths of a euro.
DIGITS = re.compile(r"(?:(?!0)\d{1,3}(?:[ .,']\d{3}(?!\d)){1,4}|\d{1,12})(?:[.,]\d{1,4}(?!\d))?")
_NOT_DIGIT = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text; `after` is the index of the token that follows it."""

    value: Decimal
    start: int
    end: int
    after: int
    in_words: bool = False
    article: bool = False  # only "un", "une", "a" or "an": a number when a unit follows, an article otherwise
    vague: bool = False  # "quelques", "a few": a number only by convention


def digits_value(written: str) -> Decimal:
    """The value of what `DIGITS` matched."""
    body, decimals = written, ""
    last = max(written.rfind("."), written.rfind(","))
    if last > 0 and (len(written) - last - 1 != 3 or written.startswith("0")):
        body, decimals = written[:last], written[last + 1 :]
    whole = _NOT_DIGIT.sub("", body) or "0"
    return Decimal(f"{whole}.{decimals}" if decimals else whole)


def number_at(folded: str, tokens: Sequence[Token], i: int) -> Number | None:
    """The longest number that begins at token `i`, scale words included ("2,5 millions"), or None."""
    if i >= len(tokens):
        return None
    token = tokens[i]
    if token.text[0].isdecimal():
        return _from_digits(folded, tokens, i)
    if token.text in _VAGUE:
        return Number(_VAGUE[token.text], token.start, token.end, i + 1, in_words=True, vague=True)
    return _from_words(tokens, i)


def _from_digits(folded: str, tokens: Sequence[Token], i: int) -> Number | None:
    start = tokens[i].start
    if start and folded[start - 1].isalpha():
        return None  # "A4", "mp3"
    m = DIGITS.match(folded, start)
    if m is None:
        return None
    after = i + 1
    while after < len(tokens) and tokens[after].start < m.end():
        after += 1
    value, end = digits_value(m.group()), m.end()
    if after < len(tokens) and tokens[after].text in _SCALES and tokens[after].start - end <= 3:
        value *= _SCALES[tokens[after].text]
        end, after = tokens[after].end, after + 1
    return Number(value, start, end, after)


def _from_words(tokens: Sequence[Token], i: int) -> Number | None:
    start = i
    if tokens[i].text in _ARTICLES:
        i = _after_article(tokens, i)
        if i == start:
            return Number(Decimal(1), tokens[i].start, tokens[i].end, i + 1, in_words=True, article=True)
        if tokens[i].text in _VAGUE:
            return Number(_VAGUE[tokens[i].text], tokens[start].start, tokens[i].end, i + 1, in_words=True, vague=True)
    total, current = Decimal(0), Decimal(0)
    after = None
    while i < len(tokens):
        word = tokens[i].text
        if word in _ROUND and current <= 1:
            current = (current or Decimal(1)) * _ROUND[word]
        elif word in _HUNDREDS:
            current = (current or Decimal(1)) * 100
        elif word in _SCALES and (word != "grand" or after is not None or i > start):
            total += (current or Decimal(1)) * _SCALES[word]
            current = Decimal(0)
        elif word in ("vingt", "vingts") and current % 100 == 4:
            current += 76  # quatre-vingt
        elif word in _SMALL and (current == 0 or _continues(current, _SMALL[word])):
            current += _SMALL[word]
        else:
            break
        after = i + 1
        i = _skip_joint(tokens, after)
    if after is None:
        return None
    return Number(total + current, tokens[start].start, tokens[after - 1].end, after, in_words=True)


def _after_article(tokens: Sequence[Token], i: int) -> int:
    """The index of the number word that the article at `i` opens ("une petite dizaine"), or `i` itself."""
    follows = _AFTER_ENGLISH_ARTICLE if tokens[i].text in ("a", "an") else _AFTER_FRENCH_ARTICLE
    for j in (i + 1, i + 2):
        if j < len(tokens) and tokens[j].text in follows:
            return j
        if j < len(tokens) and tokens[j].text not in _SIZE_WORDS:
            break
    return i


def _continues(current: Decimal, value: int) -> bool:
    """Whether a small number word goes on with the number: "vingt deux" does, "deux vingt" does not."""
    rest = current % 100
    if rest == 0:
        return True
    if value < 10:
        if rest == 10:
            return value >= 7  # dix-sept
        return rest >= 20 and rest % 10 == 0
    # soixante-dix … soixante-dix-neuf, quatre-vingt-dix …
    return value < 20 and rest in (60, 80)


def _skip_joint(tokens: Sequence[Token], i: int) -> int:
    """Past the "-", "et", "and" or "de" that joins two words of one number, if a number word follows."""
    if i + 1 < len(tokens) and tokens[i].text in ("de", "of") and tokens[i + 1].text in _SCALES:
        return i + 1
    for j in range(i, min(i + 4, len(tokens))):
        word = tokens[j].text
        if word not in ("-", "et", "and"):
            return j if word in _SMALL or word in _HUNDREDS else i
    return i


_WORD = r"(?:{})".format(
    "|".join(
        sorted(
            {*_SMALL, *_VAGUE, "dizaine", "douzaine", "quinzaine", "vingtaine", "trentaine", "couple", "dozen"},
            key=len,
            reverse=True,
        )
    )
)
#: For patterns on folded text: a count of days, weeks or months, in digits or words. `count_value` reads it.
COUNT = rf"(?:\d{{1,3}}(?:[.,]\d{{1,2}})?|{_WORD}(?:[- ](?:et )?{_WORD}){{0,2}}(?: (?:de |d'|of ))?|une? |an? )"


def count_value(written: str) -> Decimal | None:
    """The value of what `COUNT` matched."""
    number = number_at(written, tokenize(written), 0)
    return None if number is None else number.value

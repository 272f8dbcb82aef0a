"""Her gut feeling against what came of it: counts, never more certain than their number allows.

What she declined herself never had the chance of being signed: it is counted, and is in no share.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from django.db.models import F

from rendezvous.agreements.models import Result
from rendezvous.inquiries.judgement import FEELINGS, feeling_of
from rendezvous.inquiries.models import By, Forecast, Occasion, Stage
from rendezvous.insight.counted import counted
from rendezvous.practice.models import Practice

# As many as the desk has words for a feeling.
BANDS = len(FEELINGS)
Z80 = 1.2816  # of the normal distribution: four times in five
# Below this many a share is told as a count alone; below that many, all of them are a story.
FEW, FEW_IN_ALL = 5, 20

Pair = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Band:
    """A fifth of what she may feel, from 0. Of `tested`, `signed` were; `least` to `most`: its 80 % interval."""

    number: int
    tested: int
    signed: int
    declined: int
    least: float
    most: float

    @property
    def low(self) -> int:
        return self.number * 100 // BANDS

    @property
    def high(self) -> int:
        """In whole per cent, as she feels them: the next fifth begins one later."""
        return 100 if self.number == BANDS - 1 else (self.number + 1) * 100 // BANDS - 1

    @property
    def share(self) -> float:
        return self.signed / self.tested if self.tested else 0.0

    @property
    def few(self) -> bool:
        return self.tested < FEW


@dataclass(frozen=True, slots=True)
class Voice:
    """What one of them (her gut, the model) said of some inquiries, all together, and what came."""

    pairs: Sequence[Pair]

    @property
    def tested(self) -> int:
        return len(self.pairs)

    @property
    def signed(self) -> int:
        return sum(signed for _said, signed in self.pairs)

    @property
    def announced(self) -> float:
        """As many signatures as it expected."""
        return sum(said for said, _signed in self.pairs)

    @property
    def of_signed(self) -> float | None:
        """What it said, on average, of those that were signed; None where they are too few."""
        return _mean([said for said, signed in self.pairs if signed])

    @property
    def of_others(self) -> float | None:
        return _mean([said for said, signed in self.pairs if not signed])

    @property
    def verdict(self) -> Literal["few", "fair", "hopeful", "careful"]:
        """Whether what it announced and what came are further apart than its own words allow, four times in five."""
        if self.tested < FEW_IN_ALL:
            return "few"
        spread = sqrt(sum(said * (1 - said) for said, _signed in self.pairs))
        if abs(self.signed - self.announced) <= Z80 * spread + 1e-9:
            return "fair"
        return "hopeful" if self.signed < self.announced else "careful"


@dataclass(frozen=True, slots=True)
class Intuition:
    """`first` and `model` speak of the same moment; `before` and `after` of the same inquiries, around the meeting."""

    bands: list[Band]
    declined: int
    first: Voice
    model: Voice
    before: Voice
    after: Voice

    @property
    def cases(self) -> int:
        return self.first.tested + self.declined


def wilson(signed: int, cases: int, z: float = Z80) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927): sensible for few cases, within 0 and 1."""
    if not cases:
        return 0.0, 1.0
    share, square = signed / cases, z * z
    middle = (share + square / (2 * cases)) / (1 + square / cases)
    half = z / (1 + square / cases) * sqrt(share * (1 - share) / cases + square / (4 * cases * cases))
    least = 0.0 if not signed else max(middle - half, 0.0)
    return least, 1.0 if signed == cases else min(middle + half, 1.0)


def intuition_of(practice: Practice) -> Intuition:
    """Every feeling whose inquiry is over, beside the model's word and the feeling after the meeting. One query."""
    said: dict[int, dict[str, float]] = {}
    results: dict[int, str] = {}
    for inquiry, by, occasion, probability, result in _said(practice):
        # The first word of each stands: the model's is the one computed when she had felt.
        said.setdefault(inquiry, {}).setdefault(by if by == By.MODEL else occasion, probability)
        results[inquiry] = result
    felt = {inquiry: words for inquiry, words in said.items() if Occasion.FIRST in words}
    tested = {inquiry: words for inquiry, words in felt.items() if results[inquiry] != Result.DECLINED}
    met = {inquiry: words for inquiry, words in tested.items() if Occasion.MEETING in words}

    def voice(of: dict[int, dict[str, float]], who: str) -> Voice:
        return Voice([(words[who], results[i] == Result.SIGNED) for i, words in of.items() if who in words])

    return Intuition(
        bands([(words[Occasion.FIRST], results[inquiry]) for inquiry, words in felt.items()]),
        len(felt) - len(tested),
        first=voice(tested, Occasion.FIRST),
        model=voice(tested, By.MODEL),
        before=voice(met, Occasion.FIRST),
        after=voice(met, Occasion.MEETING),
    )


def _said(practice: Practice) -> Iterator[tuple[int, str, str, float, str]]:
    """What she or the model said of an inquiry that is over; what was said after its end is hindsight."""
    rows = Forecast.objects.filter(
        counted(),
        by__in=[By.GUT, By.MODEL],
        probability__isnull=False,
        inquiry__practice=practice,
        inquiry__stage=Stage.ENDED,
        made_at__lte=F("inquiry__outcome__recorded_at"),
    ).order_by("made_at", "pk")
    for inquiry, by, occasion, probability, result in rows.values_list(
        "inquiry", "by", "occasion", "probability", "inquiry__outcome__result"
    ):
        yield inquiry, by, occasion, probability or 0.0, result


def bands(cases: Iterable[tuple[float, str]]) -> list[Band]:
    """The cases (felt, result) in the five bands; bands that hold none are left out."""
    inside: list[list[str]] = [[] for _ in range(BANDS)]
    for felt, result in cases:
        inside[feeling_of(felt)].append(result)
    return [_band(number, results) for number, results in enumerate(inside) if results]


def _band(number: int, results: Sequence[str]) -> Band:
    declined, signed = results.count(Result.DECLINED), results.count(Result.SIGNED)
    tested = len(results) - declined
    return Band(number, tested, signed, declined, *wilson(signed, tested))


def _mean(said: Sequence[float]) -> float | None:
    return sum(said) / len(said) if len(said) >= FEW else None

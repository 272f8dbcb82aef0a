"""Her gut feeling against what came of it: counts, never more certain than their number allows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from rendezvous.inquiries.models import By, Forecast, Stage
from rendezvous.practice.models import Practice

# The five touches of the desk, as the bands that they stand for.
BANDS = ((0.0, 0.15), (0.15, 0.4), (0.4, 0.6), (0.6, 0.85), (0.85, 1.01))
Z80 = 1.2816
# Below this many a share is told as a count alone.
FEW = 5


@dataclass(frozen=True, slots=True)
class Band:
    """What she felt from `low` to `high`: of `cases`, `signed` were. `least` to `most`: 80 % interval of the share."""

    low: float
    high: float
    felt: float
    cases: int
    signed: int
    least: float
    most: float

    @property
    def share(self) -> float:
        return self.signed / self.cases if self.cases else 0.0

    @property
    def few(self) -> bool:
        return self.cases < FEW


@dataclass(frozen=True, slots=True)
class Intuition:
    bands: list[Band]
    cases: int
    signed: int


def wilson(signed: int, cases: int, z: float = Z80) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927): sensible for few cases, within 0 and 1."""
    if not cases:
        return 0.0, 1.0
    share, square = signed / cases, z * z
    middle = (share + square / (2 * cases)) / (1 + square / cases)
    half = z / (1 + square / cases) * sqrt(share * (1 - share) / cases + square / (4 * cases * cases))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def intuition_of(practice: Practice) -> Intuition:
    """Every first feeling whose inquiry is over. People who are not business are in no figure."""
    felt = (
        Forecast.objects.filter(
            by=By.GUT,
            occasion="first",
            probability__isnull=False,
            inquiry__practice=practice,
            inquiry__stage=Stage.ENDED,
            inquiry__outcome__isnull=False,
            inquiry__person__not_business=False,
        )
        .exclude(inquiry__kind="not_a_request")
        .values_list("probability", "inquiry__outcome__result")
    )
    pairs = [(probability or 0.0, result == "signed") for probability, result in felt]
    return Intuition(bands(pairs), len(pairs), sum(signed for _felt, signed in pairs))


def bands(pairs: Iterable[tuple[float, bool]]) -> list[Band]:
    """The pairs (felt, signed) in the five bands; bands that hold none are left out."""
    inside: dict[tuple[float, float], list[tuple[float, bool]]] = defaultdict(list)
    for felt, signed in pairs:
        inside[next(band for band in BANDS if band[0] <= felt < band[1])].append((felt, signed))
    return [_band(*band, inside[band]) for band in BANDS if inside[band]]


def _band(low: float, high: float, pairs: list[tuple[float, bool]]) -> Band:
    cases, signed = len(pairs), sum(was for _felt, was in pairs)
    least, most = wilson(signed, cases)
    return Band(low, min(high, 1.0), sum(felt for felt, _was in pairs) / cases, cases, signed, least, most)

"""Past inquiries as plain values, what is believed before any of them, and what is said of the next one."""

from collections.abc import Mapping
from dataclasses import dataclass

#: What a case may say of an inquiry under one name. None is "not known", a value of its own.
Feature = str | float | bool | None


@dataclass(frozen=True, slots=True)
class Case:
    """One inquiry: what was known of it when it came in, and whether it was signed.

    `outcome` is None while it is open; such a case teaches nothing. A name missing from `features` is the
    same as None under that name. A text is a category, never read as a number; a bool is yes or no, never 1
    or 0. Values of other types are taken as their `str`, except decimals and dates, which are numbers.
    """

    features: Mapping[str, Feature]
    outcome: bool | None = None


#: What a prior may say. Nearer to certainty, or with next to no weight, outcomes that are all alike would leave
#: the reckoning with numbers too small for it; with more weight, no history would ever count.
RATES, WORTHS = (0.001, 0.999), (0.01, 1_000_000)


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed before the first case: a rate, worth as much as `cases` past inquiries.

    `Prior(0.25, 4)` is as if one inquiry of four had been signed: Beta(1, 3) over the unknown rate. Raises
    `ValueError` outside `RATES` and `WORTHS`.
    """

    rate: float
    cases: float

    def __post_init__(self) -> None:
        if not RATES[0] <= self.rate <= RATES[1]:
            raise ValueError(f"The prior's rate must lie from {RATES[0]} to {RATES[1]}; it is {self.rate}.")
        if not WORTHS[0] <= self.cases <= WORTHS[1]:
            raise ValueError(f"The prior must be worth from {WORTHS[0]} to {WORTHS[1]:,} cases, not {self.cases}.")

    @property
    def signed(self) -> float:
        """How many of its cases were signed; a fraction, usually."""
        return self.rate * self.cases

    @property
    def lost(self) -> float:
        """How many were not."""
        return (1 - self.rate) * self.cases


#: For a practice's own inquiries. What is published of freelances counts *proposals*, and disagrees: 20 to 35 % are
#: won by the experienced (freelancercalculator.com, 2026), 36 or 43 % over all trades (Proposify, 2024, as two pages
#: of plutio.com have it). An inquiry comes before a proposal and many never get one, so a quarter errs on the high
#: side of prudent. Worth four cases: with no history it says 25 %, 80 % interval 3 to 54 %, and ten cases outweigh it.
FREELANCE = Prior(rate=0.25, cases=4.0)

#: For a table of which nothing is known (`rdv forecast`): Laplace's rule of succession, (signed + 1) /
#: (cases + 2).
ANY_TABLE = Prior(rate=0.5, cases=2.0)


@dataclass(frozen=True, slots=True)
class Reason:
    """How far one thing moved the forecast from the average past inquiry, in log-odds: up when positive."""

    feature: str
    value: Feature
    effect: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """The chance that an inquiry is signed, with how sure that is.

    0 < low <= probability <= high < 1. `low` to `high` is an 80 % interval for the chance itself, not for
    the outcome. `cases` past inquiries were learned from. `reasons`, three at most, biggest first, hold
    only what the model used; none when what moved it is less than a percentage point or so each.
    """

    probability: float
    low: float
    high: float
    cases: int
    reasons: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        if not 0 < self.low <= self.probability <= self.high < 1:
            raise ValueError(
                f"A forecast needs 0 < low <= probability <= high < 1; got {self.low}, {self.probability}, {self.high}."
            )

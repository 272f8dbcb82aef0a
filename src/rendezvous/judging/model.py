"""Learning from past inquiries, and the forecast of the next one.

The model is a mixture, weighed by evidence, of "nothing but the base rate can be known" and of penalised
logistic regressions that trust the features more and more (`fitting.py`). It therefore states the base
rate, with an honest interval, until the history shows that more can be said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rendezvous.judging.cases import FREELANCE, Case, Forecast, Prior, Reason

if TYPE_CHECKING:
    from rendezvous.judging.encoding import Encoding
    from rendezvous.judging.fitting import Floats, Mixture, Shape

#: No chance is stated nearer to 0 or 1 than this.
NEAREST = 1e-6
#: The stated interval leaves this much out at either end.
TAIL = 0.1
#: At most so many reasons, and none that moves the log-odds less than this: about one percentage point at
#: one in two.
MOST_REASONS, LEAST_EFFECT = 3, 0.04
#: Rows forecast at once, which bounds the memory of `forecast_many`.
BATCH = 2000


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What was learned from a history. Made by `learn`; never changes; safe to use from several threads."""

    cases: int
    prior: Prior
    encoding: "Encoding"
    mixture: "Mixture"
    shape: "Shape"
    slopes: "Floats"

    def forecast(self, case: Case) -> Forecast:
        """The chance that `case` ends signed. Whatever its features hold, there is an answer."""
        return self.forecast_many([case])[0]

    def forecast_many(self, cases: Sequence[Case]) -> list[Forecast]:
        """One forecast a case, in order; each is what `forecast` says of it."""
        found: list[Forecast] = []
        for start in range(0, len(cases), BATCH):
            found.extend(self._batch(cases[start : start + BATCH]))
        return found

    def probabilities(self, cases: Sequence[Case]) -> list[float]:
        """The probabilities alone: what validation needs, without intervals and reasons."""
        found: list[float] = []
        for start in range(0, len(cases), BATCH):
            rows = self.encoding.rows(cases[start : start + BATCH])
            found.extend(map(_bounded, self._probability(*self.mixture.posterior(rows)).tolist()))
        return found

    def _probability(self, means: "Floats", deviations: "Floats") -> "Floats":
        return self.shape.probability(means, deviations, self.mixture.weights)

    def _batch(self, cases: Sequence[Case]) -> Iterator[Forecast]:
        rows = self.encoding.rows(cases)
        means, deviations = self.mixture.posterior(rows)
        middles = self._probability(means, deviations).tolist()
        lows, highs = (
            self.shape.chances(share, means, deviations, self.mixture.weights).tolist() for share in (TAIL, 1 - TAIL)
        )
        for case, row, middle, low, high in zip(cases, rows, middles, lows, highs, strict=True):
            probability = _bounded(middle)
            yield Forecast(
                probability=probability,
                low=min(_bounded(low), probability),
                high=max(_bounded(high), probability),
                cases=self.cases,
                reasons=self._reasons(case, row),
            )

    def _reasons(self, case: Case, row: "Floats") -> tuple[Reason, ...]:
        """What moved this forecast from the average case; never a value that the history did not know."""
        effects = self.encoding.by_column(row * self.slopes)
        biggest = sorted(range(len(effects)), key=lambda place: -abs(effects[place]))
        reasons: list[Reason] = []
        for place in biggest:
            if abs(effects[place]) < LEAST_EFFECT or len(reasons) == MOST_REASONS:
                break
            column = self.encoding.columns[place]
            value = case.features.get(column.name)
            if column.knows(value):
                reasons.append(Reason(column.name, value, effects[place]))
        return tuple(reasons)


def learn(history: Sequence[Case], *, prior: Prior = FREELANCE) -> Model:
    """What past cases teach; those without an outcome are left out, and none at all is enough.

    The order of cases, the names of categories, and columns that hold one value only make no difference.
    Without any case the forecast is the prior's; the first cases move it. `FREELANCE` suits a practice's
    own inquiries; for a table of which nothing is known, give `ANY_TABLE`.
    """
    # numpy takes a tenth of a second to load: only when learning
    from rendezvous.judging.encoding import learn_encoding, outcomes_of
    from rendezvous.judging.fitting import Shape, fit

    known = [case for case in history if case.outcome is not None]
    encoding, rows = learn_encoding(known)
    mixture = fit(rows, outcomes_of(known), prior, encoding.rare)
    return Model(
        cases=len(known),
        prior=prior,
        encoding=encoding,
        mixture=mixture,
        shape=Shape.of(mixture.signed, mixture.lost),
        slopes=mixture.slopes(),
    )


def forecast(history: Sequence[Case], case: Case, *, prior: Prior = FREELANCE) -> Forecast:
    """`learn(history, prior=prior).forecast(case)`, for a single case."""
    return learn(history, prior=prior).forecast(case)


def _bounded(probability: float) -> float:
    return min(max(probability, NEAREST), 1 - NEAREST)

"""How good the forecast would have been on the history itself: each case forecast from others only."""

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rendezvous.judging.cases import FREELANCE, Case, Prior
from rendezvous.judging.model import learn

#: Cases a bin must hold for its share of signed ones to mean something, and the most bins there are.
LEAST_IN_BIN, MOST_BINS = 20, 10
#: A gain counts as more than luck from so many standard errors on, and from so many cases on.
SURE, LEAST_CASES = 2.0, 30


@dataclass(frozen=True, slots=True)
class Validation:
    """What repeated cross-validation measured, of the model and of the base rate learned from the same cases.

    Log losses are the mean of -log(probability given to what happened): less is better, .693 a coin.
    `gain` is the base rate's less the model's, a case; `gain_error` its standard error. `bias` is the mean
    forecast less the share signed (calibration in the large). `calibration_error` is the mean distance of the
    two over bins of equally many cases ordered by forecast (one bin below 40 cases), `calibration_noise` what
    it would be on average if the forecasts were exactly right: an error near it shows nothing.
    """

    cases: int
    signed: int
    repeats: int
    folds: int
    log_loss: float
    base_log_loss: float
    gain: float
    gain_error: float
    bias: float
    base_bias: float
    calibration_error: float
    calibration_noise: float
    base_calibration_error: float

    @property
    def better(self) -> bool:
        """Whether the model is better than the base rate by more than luck would have it.

        False where that cannot be told, and so always below `LEAST_CASES`: the forecasts of one
        cross-validation lean on each other, which makes `gain_error` too small (Bengio and Grandvalet,
        "No unbiased estimator of the variance of k-fold cross-validation", JMLR 5, 2004), above all when
        cases are few.
        """
        return self.cases >= LEAST_CASES and self.gain > SURE * self.gain_error


def validate(
    history: Sequence[Case],
    *,
    repeats: int = 4,
    folds: int = 5,
    prior: Prior = FREELANCE,
    progress: Callable[[int, int], object] | None = None,
) -> Validation:
    """Forecasts each case with an outcome from those of the other folds, `repeats` times over other folds.

    The same history always gives the same result. At most as many folds as cases. `progress` is told after
    each fit how many of how many are done. Raises `ValueError` with fewer than two cases with an outcome.
    """
    known = [case for case in history if case.outcome is not None]
    if len(known) < 2:
        raise ValueError(f"Measuring needs at least 2 past cases with an outcome; there are {len(known)}.")
    if repeats < 1 or folds < 2:
        raise ValueError("Measuring needs at least 1 repeat and 2 folds.")
    folds = min(folds, len(known))
    outcomes = [1.0 if case.outcome else 0.0 for case in known]
    stated: list[list[float]] = [[] for _case in known]
    flat: list[list[float]] = [[] for _case in known]
    for done, held in enumerate(_held_out(len(known), repeats, folds), 1):
        out = set(held)
        rest = [case for place, case in enumerate(known) if place not in out]
        signed = sum(1 for case in rest if case.outcome)
        rate = (signed + prior.signed) / (len(rest) + prior.cases)
        model = learn(rest, prior=prior)
        for place, probability in zip(held, model.probabilities([known[p] for p in held]), strict=True):
            stated[place].append(probability)
            flat[place].append(rate)
        if progress is not None:
            progress(done, repeats * folds)
    return _measured(outcomes, stated, flat, repeats, folds)


def _held_out(count: int, repeats: int, folds: int) -> Iterator[list[int]]:
    for repeat in range(repeats):
        order = list(range(count))
        random.Random(repeat).shuffle(order)  # noqa: S311 - folds, not secrets; the same each time
        for fold in range(folds):
            yield order[fold::folds]


def _measured(
    outcomes: Sequence[float], stated: list[list[float]], flat: list[list[float]], repeats: int, folds: int
) -> Validation:
    count = len(outcomes)
    losses, base_losses = _losses(outcomes, stated), _losses(outcomes, flat)
    gains = [base - ours for ours, base in zip(losses, base_losses, strict=True)]
    gain = sum(gains) / count
    spread = math.sqrt(sum((each - gain) ** 2 for each in gains) / (count - 1))
    signed = sum(outcomes)
    error, noise = _calibration(outcomes, stated)
    return Validation(
        cases=count,
        signed=int(signed),
        repeats=repeats,
        folds=folds,
        log_loss=sum(losses) / count,
        base_log_loss=sum(base_losses) / count,
        gain=gain,
        gain_error=spread / math.sqrt(count),
        bias=(sum(map(_mean, stated)) - signed) / count,
        base_bias=(sum(map(_mean, flat)) - signed) / count,
        calibration_error=error,
        calibration_noise=noise,
        base_calibration_error=_calibration(outcomes, flat)[0],
    )


def _losses(outcomes: Sequence[float], stated: list[list[float]]) -> list[float]:
    """For each case, its log loss averaged over the repeats."""
    return [
        _mean([-math.log(p if outcome else 1 - p) for p in forecasts])
        for outcome, forecasts in zip(outcomes, stated, strict=True)
    ]


def _calibration(outcomes: Sequence[float], stated: list[list[float]]) -> tuple[float, float]:
    """The calibration error, and what chance alone would make it; each repeat is binned by itself."""
    bins = min(max(len(outcomes) // LEAST_IN_BIN, 1), MOST_BINS)
    found, expected = [], []
    for repeat in range(len(stated[0])):
        pairs = [(forecasts[repeat], outcome) for forecasts, outcome in zip(stated, outcomes, strict=True)]
        random.Random(repeat).shuffle(pairs)  # noqa: S311 - so that equal forecasts are binned without order
        pairs.sort(key=lambda pair: pair[0])
        error = noise = 0.0
        for start, end in pairwise(len(pairs) * cut // bins for cut in range(bins + 1)):
            held = pairs[start:end]
            error += abs(sum(p - outcome for p, outcome in held))
            # The mean distance from 0 of a normal law is sqrt(2/pi) of its standard deviation.
            noise += math.sqrt(2 / math.pi * sum(p * (1 - p) for p, _outcome in held))
        found.append(error / len(pairs))
        expected.append(noise / len(pairs))
    return _mean(found), _mean(expected)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)

"""How long the forecast takes to learn, and how good it is beside others. Prints figures and asserts nothing.

Run: python benchmarks/judging.py [HISTORY.csv --outcome COLUMN [--positive VALUE] [--ignore COLUMN…]]

Without a table, on inquiries that are made up: twelve columns, four of which tell something. Beside it, on the same
inquiries, stand the base rate and scikit-learn's logistic regression over indicators: with its default penalty, and
with the penalty chosen by cross-validation.
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
import warnings
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression, LogisticRegressionCV
from sklearn.pipeline import make_pipeline

from rendezvous.judging import ANY_TABLE, Case, cases_from, learn, read_table

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (10, 20, 50, 100, 300, 1_000)
ASKED = 1_000
REPEATS = 10
LEVELS = {"channel": 5, "kind": 6, "introduced": 2, "source": 12, "town": 40, "weekday": 7, "language": 2, "sector": 15}
NUMBERS = ("words", "budget", "delay", "hour")
TELLING = ("channel", "introduced", "budget", "words")


def made_up(count: int, seed: int = 0) -> list[Case]:
    """Inquiries of which a third are signed; what tells moves the odds by a factor of three or so either way."""
    fixed = random.Random(1)
    effects = {name: [fixed.gauss(0, 1) for _ in range(LEVELS.get(name, 1))] for name in TELLING}
    draw = random.Random(seed)
    cases = []
    for _ in range(count):
        levels = {name: draw.randrange(size) for name, size in LEVELS.items()}
        numbers = {name: draw.gauss(0, 1) for name in NUMBERS}
        logit = -0.8 + sum(effects[name][levels[name]] for name in TELLING if name in levels)
        logit += sum(effects[name][0] * numbers[name] for name in TELLING if name in numbers)
        held: dict[str, str | float | None] = {name: f"{name} {level}" for name, level in levels.items()}
        held.update({name: None if draw.random() < 0.3 else math.exp(number) for name, number in numbers.items()})
        cases.append(Case(held, outcome=draw.random() < 1 / (1 + math.exp(-logit))))
    return cases


def milliseconds(act: Callable[[], object], times: int = 15) -> float:
    """The median of what it takes, after a first time that is not counted."""
    act()
    taken = []
    for _ in range(times):
        begins = perf_counter()
        act()
        taken.append((perf_counter() - begins) * 1000)
    return statistics.median(taken)


def writer_for(history: list[Case]) -> Callable[[list[Case]], list[dict[str, str]]]:
    """Features as words, for scikit-learn to make indicators of: a number is the fifth of the history it lies in."""
    numbers: dict[str, list[float]] = {}
    for case in history:
        for name, value in case.features.items():
            if isinstance(value, float):
                numbers.setdefault(name, []).append(value)
    edges = {name: np.quantile(values, (0.2, 0.4, 0.6, 0.8)) for name, values in numbers.items()}

    def word(name: str, value: object) -> str:
        return (
            f"fifth {np.searchsorted(edges[name], value)}" if isinstance(value, float) and name in edges else str(value)
        )

    return lambda cases: [{name: word(name, value) for name, value in case.features.items()} for case in cases]


def regression(history: list[Case], *, chosen: bool) -> Callable[[list[Case]], np.ndarray]:
    """scikit-learn's regression learned from a history; the base rate where it cannot learn."""
    outcomes = [bool(case.outcome) for case in history]
    rate = (sum(outcomes) + 1) / (len(outcomes) + 2)
    rarest = min(sum(outcomes), len(outcomes) - sum(outcomes))
    if rarest < (2 if chosen else 1):
        return lambda asked: np.full(len(asked), rate)
    folds = min(5, rarest)
    model = (
        LogisticRegressionCV(
            Cs=np.logspace(-3, 1, 9),
            cv=folds,
            scoring="neg_log_loss",
            max_iter=1_000,
            l1_ratios=(0,),
            use_legacy_attributes=False,
        )
        if chosen
        else LogisticRegression(max_iter=1_000)
    )
    written = writer_for(history)
    fitted = make_pipeline(DictVectorizer(), model).fit(written(history), outcomes)
    return lambda asked: fitted.predict_proba(written(asked))[:, 1]


def loss(stated: np.ndarray, cases: list[Case]) -> float:
    """Mean log loss, chances being held 0.0001 away from certainty, for scikit-learn goes all the way."""
    signed = np.array([bool(case.outcome) for case in cases])
    stated = np.clip(stated, 1e-4, 1 - 1e-4)
    return float(-np.log(np.where(signed, stated, 1 - stated)).mean())


def quality(cases: list[Case]) -> None:
    """Log loss on inquiries that were not learned from, and whether the intervals hold what happened."""
    print(f"log loss on up to {ASKED:,} other inquiries, mean of {REPEATS} draws (less is better)")
    print("      n    base rate   forecast   sklearn   sklearn, penalty chosen   tenths inside")
    for size in (size for size in SIZES if size < len(cases)):
        found: dict[str, list[float]] = {"base": [], "ours": [], "plain": [], "chosen": [], "inside": []}
        for seed in range(REPEATS):
            drawn = random.Random(seed).sample(cases, min(size + ASKED, len(cases)))
            history, asked = drawn[:size], drawn[size:]
            rate = (sum(bool(case.outcome) for case in history) + 1) / (size + 2)
            forecasts = learn(history, prior=ANY_TABLE).forecast_many(asked)
            found["base"].append(loss(np.full(len(asked), rate), asked))
            found["ours"].append(loss(np.array([each.probability for each in forecasts]), asked))
            found["plain"].append(loss(regression(history, chosen=False)(asked), asked))
            found["chosen"].append(loss(regression(history, chosen=True)(asked), asked))
            found["inside"].append(inside(forecasts, asked))
        mean = {name: statistics.mean(values) for name, values in found.items()}
        print(
            f"  {size:5d}    {mean['base']:9.3f}  {mean['ours']:9.3f}  {mean['plain']:8.3f}  {mean['chosen']:24.3f}"
            f"   {mean['inside']:13.0%}"
        )


def inside(forecasts: list, cases: list[Case]) -> float:
    """Of ten groups by forecast, the share whose signed inquiries are between the mean low and the mean high."""
    order = np.argsort([each.probability for each in forecasts], kind="stable")
    held = 0
    for group in np.array_split(order, 10):
        share = statistics.mean(bool(cases[place].outcome) for place in group)
        low, high = (statistics.mean(getattr(forecasts[place], end) for place in group) for end in ("low", "high"))
        held += low <= share <= high
    return held / 10


def speed(cases: list[Case]) -> None:
    """Learning from 100 and 1,000 past inquiries, and one forecast."""
    print("to learn, median of 15")
    for size in (size for size in (100, 1_000) if size <= len(cases)):
        history = cases[:size]
        print(
            f"  {size:5d} inquiries: forecast {milliseconds(lambda h=history: learn(h, prior=ANY_TABLE)):7.1f} ms   "
            f"sklearn {milliseconds(lambda h=history: regression(h, chosen=False)):7.1f} ms   "
            f"sklearn, penalty chosen {milliseconds(lambda h=history: regression(h, chosen=True), 3):7.1f} ms"
        )
    model = learn(cases[:1_000], prior=ANY_TABLE)
    print(f"one forecast, of a model learned: {milliseconds(lambda: model.forecast(cases[-1])):.2f} ms")
    print(f"{ASKED:,} forecasts at once: {milliseconds(lambda: model.forecast_many(cases[-ASKED:])):.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("history", type=Path, nargs="?")
    parser.add_argument("--outcome")
    parser.add_argument("--positive")
    parser.add_argument("--ignore", nargs="*", default=[])
    options = parser.parse_args()
    warnings.filterwarnings("ignore", module="sklearn")
    cases = made_up(3_000)
    if options.history is not None:
        table = read_table(options.history.read_bytes(), options.history.name)
        cases = cases_from(table, options.outcome, options.positive, options.ignore)
        cases = [case for case in cases if case.outcome is not None]
    speed(cases)
    quality(cases)


if __name__ == "__main__":
    main()

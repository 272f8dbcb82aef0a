"""The forecast's own measure, on histories where the answer is known."""

import math
import random

import pytest

from rendezvous.judging import ANY_TABLE, Case, validate


def history(count: int, told: float = 0.0, seed: int = 1) -> list[Case]:
    """Half is signed; the colour tells it with chance 0.5 ± `told`."""
    draw = random.Random(seed)
    cases = []
    for _place in range(count):
        green = draw.random() < 0.5
        chance = 0.5 + (told if green else -told)
        cases.append(Case({"colour": "green" if green else "red"}, outcome=draw.random() < chance))
    return cases


def test_the_same_history_always_measures_the_same():
    cases = history(40, told=0.3)
    assert validate(cases) == validate(cases)


def test_a_telling_column_beats_the_base_rate_by_more_than_luck():
    found = validate(history(200, told=0.4), prior=ANY_TABLE)
    assert found.log_loss < 0.42
    assert found.base_log_loss == pytest.approx(math.log(2), abs=0.02)
    assert found.better
    assert found.gain == pytest.approx(found.base_log_loss - found.log_loss)


def test_where_nothing_can_be_learned_the_two_are_alike():
    found = validate(history(100), prior=ANY_TABLE)
    assert found.log_loss == pytest.approx(found.base_log_loss, rel=0.02)
    assert not found.better


def test_at_twelve_cases_nothing_can_be_said():
    cases = history(12, told=0.5)
    assert validate(cases).gain > 0.1
    assert not validate(cases).better
    assert validate(cases * 3).better


def test_forecasts_are_calibrated_within_what_chance_allows():
    found = validate(history(400, told=0.3), prior=ANY_TABLE)
    assert abs(found.bias) < 0.01
    assert found.calibration_error < 2 * found.calibration_noise


def test_open_cases_are_not_counted():
    cases = [*history(20), Case({"colour": "red"})]
    assert validate(cases) == validate(history(20))


def test_counts_are_those_of_the_history():
    cases = history(30)
    found = validate(cases, repeats=2, folds=3)
    assert (found.cases, found.signed) == (30, sum(bool(case.outcome) for case in cases))
    assert (found.repeats, found.folds) == (2, 3)


def test_outcomes_all_alike_can_be_measured():
    found = validate([Case({}, outcome=True)] * 8, prior=ANY_TABLE)
    assert 0 < found.log_loss < 0.3


def test_a_handful_of_cases_takes_as_many_folds_as_cases():
    assert validate(history(3)).folds == 3


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_cases_are_refused_with_their_number(count):
    with pytest.raises(ValueError, match=f"at least 2 past cases with an outcome; there are {count}"):
        validate(history(count))


@pytest.mark.parametrize(("repeats", "folds"), [(0, 5), (1, 1)])
def test_no_measure_without_repeats_and_folds(repeats, folds):
    with pytest.raises(ValueError, match="1 repeat and 2 folds"):
        validate(history(10), repeats=repeats, folds=folds)


def test_progress_is_told_after_each_fit():
    told = []
    validate(history(10), repeats=2, folds=2, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]

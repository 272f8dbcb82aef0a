"""The mixture itself, where the answer can be written down."""

import numpy as np
import pytest

from rendezvous.judging import ANY_TABLE
from rendezvous.judging.fitting import BELIEFS, SPREADS, fit


def test_without_rows_the_base_rate_alone_is_left():
    mixture = fit(np.zeros((0, 0)), np.zeros(0), ANY_TABLE)
    assert mixture.weights.tolist() == [1.0]
    assert (mixture.signed, mixture.lost) == (1.0, 1.0)


def test_weights_are_shares():
    rows = np.array([[0.5], [-0.5]] * 20)
    mixture = fit(rows, np.array([1.0, 0.0] * 20), ANY_TABLE)
    assert mixture.weights.sum() == pytest.approx(1)
    assert 1 < len(mixture.weights) <= len(SPREADS)


def test_a_pattern_takes_weight_from_the_base_rate_alone():
    rows = np.array([[0.5], [-0.5]] * 20)
    told = fit(rows, np.array([1.0, 0.0] * 20), ANY_TABLE)
    untold = fit(rows, np.array([1.0, 1.0, 0.0, 0.0] * 10), ANY_TABLE)
    assert 0.0 not in told.variances
    assert untold.weights[untold.variances == 0.0] > BELIEFS[0]


def test_a_direction_that_the_history_never_took_is_as_uncertain_as_before_it():
    # Two cases, four columns: what is learned lies along the first alone.
    rows = np.array([[0.5, 0.0, 0.0, 0.0], [-0.5, 0.0, 0.0, 0.0]])
    mixture = fit(rows, np.array([1.0, 0.0]), ANY_TABLE)
    assert mixture.basis is not None
    asked = np.array([[0.0, 0.0, 0.0, 0.0], [0.0, 0.6, 0.8, 0.0]])
    means, deviations = mixture.posterior(asked)
    average, elsewhere = (deviations**2).tolist()
    assert elsewhere == pytest.approx((average + mixture.variances).tolist())
    assert means[0].tolist() == pytest.approx(means[1].tolist())


def test_more_columns_than_cases_learn_what_fewer_columns_would():
    draw = np.random.default_rng(1)
    rows = draw.normal(size=(12, 5))
    rows -= rows.mean(axis=0)
    outcomes = (draw.random(12) < 0.4).astype(float)
    narrow, wide = fit(rows, outcomes, ANY_TABLE), fit(np.hstack([rows, np.zeros((12, 20))]), outcomes, ANY_TABLE)
    assert (narrow.basis is None, wide.basis is None) == (True, False)
    asked = draw.normal(size=(3, 5))
    for one, other in zip(narrow.posterior(asked), wide.posterior(np.hstack([asked, np.zeros((3, 20))])), strict=True):
        assert one == pytest.approx(other, abs=1e-6)

"""The interval of a share, against published values and its own promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendezvous.insight.intuition import wilson

Z95 = 1.959964
COUNTS = st.integers(1, 2000).flatmap(lambda cases: st.tuples(st.integers(0, cases), st.just(cases)))


@pytest.mark.parametrize(
    ("signed", "cases", "least", "most"),
    [
        # Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0000),
    ],
)
def test_it_gives_the_published_intervals(signed, cases, least, most):
    assert wilson(signed, cases, Z95) == pytest.approx((least, most), abs=5e-5)


def test_of_nothing_everything_is_possible():
    assert wilson(0, 0) == (0.0, 1.0)


@given(COUNTS)
def test_it_holds_the_share_and_stays_between_nothing_and_all(counts):
    signed, cases = counts
    least, most = wilson(signed, cases)
    assert 0 <= least <= signed / cases <= most <= 1
    assert least < most


@given(COUNTS, st.integers(2, 50))
def test_with_more_of_the_same_it_grows_narrower(counts, times):
    signed, cases = counts
    (a, b), (c, d) = wilson(signed, cases), wilson(signed * times, cases * times)
    assert d - c < b - a


@given(COUNTS)
def test_what_was_not_signed_mirrors_what_was(counts):
    signed, cases = counts
    least, most = wilson(signed, cases)
    assert wilson(cases - signed, cases) == pytest.approx((1 - most, 1 - least), abs=1e-9)

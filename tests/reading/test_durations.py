"""Lengths of time, in days."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendezvous.reading.durations import find_durations


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("trois semaines", 21),
        ("2 mois", 60),
        ("dix jours", 10),
        ("une demi-heure", 1 / 48),
        ("1 h 30", 1.5 / 24),
        ("45 minutes", 45 / 1440),
        ("un an", 365),
        ("six weeks", 42),
        ("half an hour", 1 / 48),
        ("une quinzaine de jours", 15),
    ],
)
def test_a_length_is_told_in_days(text, days):
    [duration] = find_durations(text)
    assert duration.days == pytest.approx(days)


@pytest.mark.parametrize("text", ["", "20 pages", "800 €", "le 15 mars", "à 9 h 30"])
def test_what_is_no_length_is_none(text):
    assert find_durations(text) == []


@given(st.integers(1, 300), st.sampled_from([("jours", 1), ("semaines", 7), ("mois", 30), ("weeks", 7)]))
def test_any_number_of_units_counts(number, unit):
    name, worth = unit
    [duration] = find_durations(f"pendant {number} {name}" if number > 1 else f"pendant 2 {name}")
    assert duration.days == pytest.approx(max(number, 2) * worth)

"""Sums of money, as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendezvous.reading.amounts import find_amounts

K = 1000


def only(text):
    [amount] = find_amounts(text)
    return amount


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("800 €", 800, 800, "EUR"),
        ("800€", 800, 800, "EUR"),
        ("1 200 euros", 1200, 1200, "EUR"),
        ("1.200 €", 1200, 1200, "EUR"),
        ("1\N{NARROW NO-BREAK SPACE}200,50 €", Decimal("1200.50"), Decimal("1200.50"), "EUR"),
        ("£1,100", 1100, 1100, "GBP"),
        ("$2,500.75", Decimal("2500.75"), Decimal("2500.75"), "USD"),
        ("CHF 3'500", 3500, 3500, "CHF"),
        ("4 à 5 k€", 4 * K, 5 * K, "EUR"),
        ("4-5 k€", 4 * K, 5 * K, "EUR"),
        ("entre 3 000 et 3 800 €", 3000, 3800, "EUR"),
        ("de 900 à 1 800 euros", 900, 1800, "EUR"),
        ("between £800 and £1,200", 800, 1200, "GBP"),
        ("maximum 600 €", None, 600, "EUR"),
        ("moins de 300 euros", None, 300, "EUR"),
        ("au moins 2 000 €", 2000, None, "EUR"),
        ("up to £700", None, 700, "GBP"),
        ("at least $500", 500, None, "USD"),
        ("deux mille euros", 2000, 2000, "EUR"),
        ("1,5 k€", 1500, 1500, "EUR"),
    ],
)
def test_an_amount_is_read_with_its_bounds(text, low, high, currency):
    amount = only(text)
    assert (amount.min, amount.max, amount.currency) == (low, high, currency)


@pytest.mark.parametrize(
    ("text", "tax"),
    [
        ("800 € HT", "excluded"),
        ("800 € TTC", "included"),
        ("800 € hors taxes", "excluded"),
        ("£800 plus VAT", "excluded"),
        ("800 €", None),
    ],
)
def test_its_tax_is_told(text, tax):
    assert only(text).tax == tax


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("90 € la page", "page"),
        ("400 €/jour", "day"),
        ("0,12 € le mot", "word"),
        ("60 € de l'heure", "hour"),
        ("150 € par mois", "month"),
        ("$50 per hour", "hour"),
    ],
)
def test_what_it_is_the_price_of_is_told(text, per):
    assert only(text).per == per


def test_several_amounts_come_in_order():
    found = find_amounts("La page à 180 €, le site à 3 500 €, ou 60 € l'heure.")
    assert [int(amount.max) for amount in found] == [180, 3500, 60]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12 pages",
        "en 2026",
        "06 39 98 14 22",
        "à 9 h 30",
        "20 %",
        "le 15 mars",
        "75011 Paris",
        "trois agences",
        "version 2.0",
        "3 à 4 jours",
    ],
)
def test_what_is_no_money_is_none(text):
    assert find_amounts(text) == []


@given(st.integers(1, 999_999), st.sampled_from(["{} €", "{} euros", "£{}", "budget de {} € HT"]))
def test_any_whole_sum_is_read_as_it_is(value, form):
    assert only(form.format(value)).max == value


@given(st.integers(1, 999), st.integers(2, 15))
def test_any_range_keeps_its_order(low, factor):
    amount = only(f"entre {low} et {low * factor} €")
    assert (amount.min, amount.max) == (low, low * factor)


@given(st.text(alphabet="0123456789 .,'€£$kKà-entdu HTmil\n"))
def test_whatever_is_written_amounts_quote_it_and_make_sense(text):
    for amount in find_amounts(text):
        assert amount.text == text[amount.start : amount.end]
        assert amount.min is None or amount.max is None or 0 <= amount.min <= amount.max

"""How figures, money, days and hours are written in French and in English."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from rendezvous.practice import clock, typography

N, F = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def paris():
    with timezone.override(ZoneInfo("Europe/Paris")), clock.at(dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC)):
        yield


@pytest.mark.parametrize(
    ("code", "write", "written"),
    [
        ("fr", lambda: typography.day(dt.date(2026, 3, 16)), f"lundi{F}16{F}mars"),
        ("fr", lambda: typography.day(dt.date(2026, 6, 1)), f"lundi{F}1er{F}juin"),
        ("fr", lambda: typography.day(dt.date(2025, 6, 1)), f"dimanche{F}1er{F}juin 2025"),
        ("fr", lambda: typography.day(dt.date(2025, 12, 1)), f"lundi{F}1er{F}décembre"),
        ("en", lambda: typography.day(dt.date(2026, 3, 16)), f"Monday{F}16{F}March"),
        (
            "fr",
            lambda: typography.moment(dt.datetime(2026, 3, 16, 8, 30, tzinfo=dt.UTC)),
            f"lundi{F}16{F}mars à 9{F}h{F}30",
        ),
        ("fr", lambda: typography.moment(dt.datetime(2026, 3, 16, 8, tzinfo=dt.UTC)), f"lundi{F}16{F}mars à 9{F}h"),
        ("en", lambda: typography.moment(dt.datetime(2026, 3, 16, 8, tzinfo=dt.UTC)), f"Monday{F}16{F}March at 9:00"),
        ("fr", lambda: typography.money(4000), f"4{N}000{F}€"),
        ("fr", lambda: typography.money(Decimal("0.12")), f"0,12{F}€"),
        ("en", lambda: typography.money(4000), "€4,000"),
        ("en", lambda: typography.money(4000, "GBP"), "£4,000"),
        ("fr", lambda: typography.money_range(4000, 5000), f"4–5{F}k€"),
        ("fr", lambda: typography.money_range(800, 800), f"800{F}€"),
        ("fr", lambda: typography.money_range(None, 800), f"au plus 800{F}€"),
        ("fr", lambda: typography.money_range(1500, 2500), f"1,5–2,5{F}k€"),
        ("fr", lambda: typography.money_range(1200, 2350), f"1{N}200–2{N}350{F}€"),
        ("fr", lambda: typography.percent(0.376), f"38{F}%"),
        ("en", lambda: typography.percent(0.376), "38%"),
        ("fr", lambda: typography.duration(90), f"1{F}h{F}30"),
    ],
)
def test_it_is_written_as_people_write_it(code, write, written):
    with translation.override(code):
        assert write() == written


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Bonjour ! Ça va ?", f"Bonjour{N}! Ça va{N}?"),
        ("« Oui »", f"«{F}Oui{F}»"),
        ("Trois choses : une", f"Trois choses{F}: une"),
        ("https://example.org/?a=1", "https://example.org/?a=1"),
        ("à 9:30", "à 9:30"),
        ("4 000 €", f"4 000{F}€"),
    ],
)
def test_french_has_its_no_break_spaces(typed, set_):
    assert typography.french(typed) == set_


@given(st.text())
def test_setting_twice_changes_nothing_more(text):
    once = typography.french(text)
    assert typography.french(once) == once


@given(st.text(alphabet=st.characters(categories=["L", "N", "P"])))
def test_only_spaces_are_touched(text):
    def bare(words):
        return "".join(c for c in words if not c.isspace())

    assert bare(typography.french(text)) == bare(text)

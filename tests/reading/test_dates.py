"""Days and periods, resolved against the day of the message."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendezvous.reading.dates import find_dates

MONDAY = dt.date(2026, 3, 2)


def found(text, today=MONDAY):
    return [(m.date or (m.start_date, m.end_date)) for m in find_dates(text, today)]


def day(month, number, year=2026):
    return dt.date(year, month, number)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("le 15 mars", day(3, 15)),
        ("le 1er avril", day(4, 1)),
        ("avant le 15 février", day(2, 15, 2027)),
        ("15/03/2026", day(3, 15)),
        ("15.03.26", day(3, 15)),
        ("2026-05-03", day(5, 3)),
        ("March 15th", day(3, 15)),
        ("15 March 2027", day(3, 15, 2027)),
        ("the 10th of April", day(4, 10)),
        ("demain", day(3, 3)),
        ("tomorrow", day(3, 3)),
        ("après-demain", day(3, 4)),
        ("vendredi", day(3, 6)),
        ("mardi en huit", day(3, 10)),
        ("dans trois semaines", day(3, 23)),
        ("d'ici deux mois", day(5, 2)),
        ("in ten days", day(3, 12)),
        ("sous quinzaine", day(3, 17)),
    ],
)
def test_a_day_is_resolved_to_the_coming_one(text, date):
    assert found(text) == [date]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("en juin", day(6, 1), day(6, 30)),
        ("fin mai", None, day(5, 31)),
        ("la semaine du 16 mars", day(3, 16), day(3, 22)),
        ("la semaine prochaine", day(3, 9), day(3, 15)),
        ("next month", day(4, 1), day(4, 30)),
        ("semaine 20", day(5, 11), day(5, 17)),
    ],
)
def test_a_period_ends_with_its_last_day(text, start, end):
    [(first, last)] = found(text)
    assert last == end
    assert start is None or first == start


@pytest.mark.parametrize("text", ["", "20 pages", "3 à 4 k€", "le 32 mars", "30 février", "06 39 98 14 22", "24/7"])
def test_what_is_no_day_is_none(text):
    assert [date for date in found(text) if date != (None, None)] == []


@given(st.dates(dt.date(2026, 3, 2), dt.date(2027, 3, 1)))
def test_any_day_of_the_coming_year_is_found_as_french_writes_it(date):
    months = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ]
    number = "1er" if date.day == 1 else str(date.day)
    assert found(f"pour le {number} {months[date.month - 1]}") == [date]


@given(st.dates(dt.date(2000, 1, 1), dt.date(2089, 12, 31)), st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y"]))
def test_any_day_written_in_figures_is_found(date, form):
    assert found(f"le {date.strftime(form)}") == [date]


@given(st.text(alphabet="0123456789/.- lemardijuindansemprochn'\n"), st.dates(dt.date(1950, 1, 1), dt.date(2150, 1, 1)))
def test_whatever_is_written_days_quote_it(text, today):
    for mention in find_dates(text, today):
        assert mention.text == text[mention.start : mention.end]

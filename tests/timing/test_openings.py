"""The open hours of a day, as real time."""

from datetime import UTC, date, datetime

import pytest

from rendezvous.timing import Interval, Rules, open_hours


def rules(hours, zone="Europe/Paris", **others):
    return Rules.from_json({"timezone": zone, "length": 60, "weekly": {"sunday": hours}} | others)


def utc(start, end):
    return Interval(datetime.fromisoformat(start).replace(tzinfo=UTC), datetime.fromisoformat(end).replace(tzinfo=UTC))


def test_an_ordinary_day_has_its_hours():
    found = open_hours(rules([["14:00", "18:00"], ["09:00", "12:00"]]), date(2026, 5, 10))
    assert [(one.start.isoformat(), one.end.isoformat()) for one in found] == [
        ("2026-05-10T09:00:00+02:00", "2026-05-10T12:00:00+02:00"),
        ("2026-05-10T14:00:00+02:00", "2026-05-10T18:00:00+02:00"),
    ]


def test_a_closed_day_has_none():
    assert open_hours(rules([["09:00", "12:00"]]), date(2026, 5, 11)) == []


def test_an_exception_and_a_holiday_are_heeded():
    sunday_of_easter = date(2026, 4, 5)
    assert open_hours(rules([["09:00", "12:00"]], holidays="ES"), sunday_of_easter) != []
    assert open_hours(rules([["09:00", "12:00"]], holidays="CZ"), date(2026, 7, 5)) == []
    named = rules([["09:00", "12:00"]], holidays="CZ", exceptions={"2026-07-05": [["10:00", "11:00"]]})
    assert open_hours(named, date(2026, 7, 5)) == [utc("2026-07-05T08:00", "2026-07-05T09:00")]


def test_the_night_of_a_skipped_hour_is_shorter():
    assert open_hours(rules([["01:00", "05:00"]]), date(2026, 3, 29)) == [utc("2026-03-29T00:00", "2026-03-29T03:00")]


def test_the_night_of_a_repeated_hour_is_longer():
    assert open_hours(rules([["01:00", "05:00"]]), date(2026, 10, 25)) == [utc("2026-10-24T23:00", "2026-10-25T04:00")]


def test_an_opening_that_ends_at_a_skipped_hour_ends_at_the_jump():
    assert open_hours(rules([["01:00", "02:40"]]), date(2026, 3, 29)) == [utc("2026-03-29T00:00", "2026-03-29T01:00")]


def test_an_opening_that_begins_at_a_skipped_hour_begins_at_the_jump():
    assert open_hours(rules([["02:20", "05:00"]]), date(2026, 3, 29)) == [utc("2026-03-29T01:00", "2026-03-29T03:00")]


def test_an_opening_that_the_clock_skips_is_left_out():
    assert open_hours(rules([["02:10", "02:50"]]), date(2026, 3, 29)) == []


def test_the_whole_of_the_long_day_has_25_hours():
    assert open_hours(rules([["00:00", "24:00"]]), date(2026, 10, 25)) == [utc("2026-10-24T22:00", "2026-10-25T23:00")]


def test_a_day_too_far_away_is_refused():
    with pytest.raises(ValueError, match="choose a day"):
        open_hours(rules([]), date(1, 1, 1))

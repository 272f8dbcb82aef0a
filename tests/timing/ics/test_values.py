"""Dates, times and durations, as the rest of the reading reckons with them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from rendezvous.timing.ics.values import EARLIEST, LATEST, second_of, seconds_between

PARIS = ZoneInfo("Europe/Paris")
NOON_UTC = int(datetime(2026, 5, 5, 12, tzinfo=UTC).timestamp())


def test_a_floating_time_is_read_in_the_zone_given():
    assert second_of(datetime(2026, 5, 5, 14), PARIS) == NOON_UTC


def test_a_time_with_a_zone_is_read_in_its_own():
    assert second_of(datetime(2026, 5, 5, 8, tzinfo=ZoneInfo("America/New_York")), PARIS) == NOON_UTC


def test_a_day_is_its_midnight_in_the_zone_given():
    assert second_of(date(2026, 5, 5), PARIS) == NOON_UTC - 14 * 3600


def test_what_reaches_beyond_the_days_reckoned_with_is_cut_there():
    always = seconds_between(datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC), PARIS)
    assert always == (EARLIEST, LATEST)


def test_the_days_of_a_clock_change_have_their_own_length():
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    lengths = [seconds_between(day, day + timedelta(1), PARIS) for day in (spring, autumn)]
    assert [end - start for start, end in lengths] == [23 * 3600, 25 * 3600]

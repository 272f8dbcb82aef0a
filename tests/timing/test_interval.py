"""A stretch of real time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rendezvous.timing import Interval

PARIS = ZoneInfo("Europe/Paris")
FIRST = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS)  # the clock shows 02:30 twice that night
SECOND = FIRST.replace(fold=1)


def minutes(start, end):
    noon = datetime(2026, 5, 5, 12, tzinfo=UTC)
    return Interval(noon + timedelta(minutes=start), noon + timedelta(minutes=end))


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="with a time zone"):
        Interval(datetime(2026, 5, 5), datetime(2026, 5, 6, tzinfo=UTC))


def test_an_end_before_the_start_is_refused():
    with pytest.raises(ValueError, match="before it starts"):
        minutes(10, 9)


def test_an_end_that_only_looks_earlier_on_the_clock_is_accepted():
    from_first_to_second = Interval(FIRST.replace(minute=45), SECOND)
    assert from_first_to_second.end.utcoffset() == timedelta(hours=1)


def test_the_same_time_in_two_zones_is_the_same_interval():
    in_utc = Interval(FIRST.astimezone(UTC), SECOND.astimezone(UTC))
    assert in_utc == Interval(FIRST, SECOND)
    assert hash(in_utc) == hash(Interval(FIRST, SECOND))


def test_two_passages_of_an_hour_are_two_intervals():
    later = datetime(2026, 10, 25, 4, tzinfo=PARIS)
    assert Interval(FIRST, later) != Interval(SECOND, later)


def test_an_interval_is_nothing_but_an_interval():
    assert minutes(0, 1) != "12:00"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((0, 60), (30, 90), True),
        ((0, 60), (10, 20), True),
        ((0, 60), (60, 90), False),
        ((0, 60), (61, 90), False),
        ((0, 60), (30, 30), False),
        ((30, 30), (30, 30), False),
    ],
    ids=["crossing", "within", "touching", "apart", "empty within", "both empty"],
)
def test_overlap_is_sharing_some_time(one, other, expected):
    assert minutes(*one).overlaps(minutes(*other)) is expected
    assert minutes(*other).overlaps(minutes(*one)) is expected

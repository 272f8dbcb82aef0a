"""Busy time, indexed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendezvous.timing import BusyIndex, Interval

NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)


def minutes(start, end):
    return Interval(NOON + timedelta(minutes=start), NOON + timedelta(minutes=end))


def test_no_busy_time_is_no_stretch():
    assert list(BusyIndex()) == []


def test_overlapping_and_touching_times_are_one_stretch():
    index = BusyIndex([minutes(30, 60), minutes(0, 40), minutes(60, 70), minutes(10, 20)])
    assert list(index) == [minutes(0, 70)]


def test_times_apart_stay_apart_and_in_order():
    index = BusyIndex([minutes(61, 70), minutes(0, 60)])
    assert list(index) == [minutes(0, 60), minutes(61, 70)]
    assert len(index) == 2


def test_times_of_no_length_are_left_out():
    assert list(BusyIndex([minutes(5, 5)])) == []


def test_a_time_from_one_passage_of_an_hour_to_the_other_is_an_hour():
    repeated = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Paris"))
    index = BusyIndex([Interval(repeated, repeated.replace(fold=1))])
    assert list(index) == [
        Interval(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    ]


def test_a_part_of_a_second_takes_the_second():
    part = Interval(NOON + timedelta(microseconds=1), NOON + timedelta(microseconds=2))
    assert list(BusyIndex([part])) == [Interval(NOON, NOON + timedelta(seconds=1))]


def test_an_index_may_be_made_of_seconds():
    start = int(NOON.timestamp())
    assert list(BusyIndex.from_seconds([(start + 60, start), (start, start + 60)])) == [minutes(0, 1)]


def test_two_indexes_together_are_busy_when_either_is():
    assert list(BusyIndex([minutes(0, 10)]) | BusyIndex([minutes(5, 20), minutes(30, 40)])) == [
        minutes(0, 20),
        minutes(30, 40),
    ]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ((0, 10), False),
        ((5, 11), True),
        ((12, 13), True),
        ((20, 30), False),
        ((25, 31), True),
        ((12, 12), False),
    ],
    ids=["touching before", "crossing", "within", "between", "crossing the next", "empty within"],
)
def test_overlap_is_sharing_some_busy_time(asked, expected):
    assert BusyIndex([minutes(10, 20), minutes(30, 40)]).overlaps(minutes(*asked)) is expected


pairs = st.tuples(st.integers(0, 200), st.integers(0, 60)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(pairs, max_size=12), pairs)
def test_an_index_answers_as_its_intervals_do(times, asked):
    intervals = [minutes(*time) for time in times]
    index = BusyIndex(intervals)
    assert index.overlaps(minutes(*asked)) is any(one.overlaps(minutes(*asked)) for one in intervals)
    assert index.starts == sorted(index.starts)
    assert all(end < start for end, start in zip(index.ends, index.starts[1:], strict=False))

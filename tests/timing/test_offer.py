"""The few slots worth offering."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendezvous.timing import Interval, Rules, offer, slots

PARIS = "Europe/Paris"
OFFICE = {"monday", "tuesday", "wednesday", "thursday", "friday"}
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
MONDAY = date(2026, 5, 4)


def month(busy=(), **others):
    """All the slots of an ordinary month: office hours, an hour each, every quarter of an hour."""
    rules = Rules.from_json(
        {
            "timezone": PARIS,
            "length": 60,
            "step": 15,
            "weekly": {day: [["09:00", "12:00"], ["14:00", "18:00"]] for day in OFFICE},
        }
        | others
    )
    return slots(rules, list(busy), MONDAY, 30, LONG_AGO)


def at(text, minutes=60):
    start = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(PARIS))
    return Interval(start, start + timedelta(minutes=minutes))


def said(offered):
    return [slot.start.strftime("%a %d %H:%M") for slot in offered]


def test_a_free_month_offers_six_days_mornings_and_afternoons_at_different_hours():
    assert said(offer(month(), zone=PARIS)) == [
        "Mon 04 09:00",
        "Tue 05 14:00",
        "Wed 06 10:00",
        "Thu 07 15:00",
        "Fri 08 11:00",
        "Mon 11 14:00",
    ]


def test_the_first_free_day_is_offered_first():
    assert said(offer(month(), zone=PARIS, count=1)) == ["Mon 04 09:00"]


def test_a_single_free_day_is_used_whole_without_overlap():
    one_day = [slot for slot in month() if slot.start.day == 4]
    assert said(offer(one_day, zone=PARIS)) == [
        "Mon 04 09:00",
        "Mon 04 10:00",
        "Mon 04 11:00",
        "Mon 04 14:00",
        "Mon 04 15:00",
        "Mon 04 16:00",
    ]


def test_mornings_alone_are_followed_by_an_afternoon_where_there_is_one():
    days = [at(f"2026-05-{day:02}T09:00") for day in (4, 5, 6)]
    afternoon = at("2026-05-07T14:00")
    offered = offer([*days, at("2026-05-07T09:00"), afternoon], zone=PARIS, count=4)
    assert offered == [*days, afternoon]


def test_two_free_days_share_the_offer():
    two_days = [slot for slot in month() if slot.start.day in (4, 5)]
    assert [slot.start.day for slot in offer(two_days, zone=PARIS)] == [4, 4, 4, 5, 5, 5]


def test_a_near_day_is_used_again_before_a_far_one():
    near, far = [slot for slot in month() if slot.start.day == 4], [at("2026-07-06T09:00")]
    assert {slot.start.month for slot in offer(near + far, zone=PARIS, count=3)} == {5}


def test_full_hours_are_preferred_to_quarters():
    morning = [at("2026-05-04T09:45"), at("2026-05-04T10:00"), at("2026-05-04T10:15")]
    assert said(offer(morning, zone=PARIS, count=1)) == ["Mon 04 10:00"]


def test_a_slot_that_would_leave_a_hole_gives_way():
    # Free from 9:30 to 11:30: at 10:00 half an hour would be lost on either side.
    stretch = [at("2026-05-04T09:30"), at("2026-05-04T10:00"), at("2026-05-04T10:30")]
    assert said(offer(stretch, zone=PARIS, count=1)) == ["Mon 04 09:30"]


def test_a_slot_beside_an_appointment_is_preferred():
    free = [at("2026-05-04T09:00"), at("2026-05-04T11:00")]
    assert said(offer(free, zone=PARIS, count=1)) == ["Mon 04 09:00"]
    assert said(offer(free, zone=PARIS, count=1, taken=[at("2026-05-04T12:15")])) == ["Mon 04 11:00"]


def test_what_is_taken_is_not_offered():
    free = [at("2026-05-04T09:00"), at("2026-05-04T10:00")]
    assert offer(free, zone=PARIS, taken=[at("2026-05-04T09:59", 1)]) == [free[1]]


def test_days_and_halves_of_days_are_those_of_the_zone():
    in_tokyo = [at("2026-05-04T04:00"), at("2026-05-04T05:00"), at("2026-05-05T03:00")]
    # Monday 11:00 and 12:00, Tuesday 10:00 in Tokyo; three early mornings in Paris.
    assert said(offer(in_tokyo, zone="Asia/Tokyo", count=2)) == ["Mon 04 04:00", "Tue 05 03:00"]


def test_nothing_free_offers_nothing():
    assert offer([], zone=PARIS) == []


def test_none_asked_for_offers_nothing():
    assert offer(month(), zone=PARIS, count=0) == []


def test_an_unknown_zone_is_refused():
    with pytest.raises(ValueError, match="no known time zone"):
        offer([], zone="Europe/Pari")


def test_fewer_than_none_is_refused():
    with pytest.raises(ValueError, match="ask for 0 or more"):
        offer([], zone=PARIS, count=-1)


def test_days_that_pass_unoffered_change_nothing():
    busy_week = [at("2026-05-04T00:00", 60 * 24 * 3)]
    seen_on_monday = offer(month(), zone=PARIS, taken=busy_week)
    seen_on_thursday = offer([slot for slot in month() if slot.start.day >= 7], zone=PARIS)
    assert seen_on_monday == seen_on_thursday


def test_a_slot_that_disappears_unoffered_changes_next_to_nothing():
    free = month()
    offered = offer(free, zone=PARIS)
    kept = [
        len(set(offered) & set(offer([slot for slot in free if slot != gone], zone=PARIS)))
        for gone in free
        if gone not in offered
    ]
    assert min(kept) >= 5
    assert kept.count(6) > 0.98 * len(kept)


def test_a_booked_offer_is_replaced_and_the_others_stay():
    free = month()
    offered = offer(free, zone=PARIS)
    for booked in offered:
        left = [slot for slot in free if not slot.overlaps(booked)]
        now_offered = offer(left, zone=PARIS, taken=[booked])
        assert [slot for slot in offered if slot not in now_offered] == [booked]


starts = st.integers(0, 4 * 24 * 20).map(
    lambda quarter: datetime(2026, 5, 4, tzinfo=UTC) + quarter * timedelta(minutes=15)
)
some_slots = st.lists(st.tuples(starts, st.sampled_from([30, 60])), max_size=40).map(
    lambda pairs: [Interval(start, start + timedelta(minutes=length)) for start, length in pairs]
)


@given(some_slots, st.integers(0, 8), some_slots, st.randoms())
def test_an_offer_keeps_its_promises_for_any_slots(free, count, taken, shuffler):
    taken = taken[:5]
    offered = offer(free, zone=PARIS, count=count, taken=taken)
    assert len(offered) <= count
    assert set(offered) <= set(free)
    assert offered == sorted(offered, key=lambda slot: slot.start)
    assert not any(one.overlaps(other) for one in offered for other in taken)
    assert not any(one.overlaps(other) for one in offered for other in offered if one is not other)
    shuffled = free + free[:3]
    shuffler.shuffle(shuffled)
    assert offer(shuffled, zone=PARIS, count=count, taken=taken) == offered
    assert set(offered) <= set(offer(free, zone=PARIS, count=count + 1, taken=taken))

"""Whether a rule ever comes true."""

from datetime import date, datetime, time

from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from rendezvous.timing.ics.possible import ever_falls
from rendezvous.timing.ics.repeats import parse_rule

WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def falls(rule, start=date(2026, 5, 5)):
    return ever_falls(parse_rule(rule), start)


def test_a_leap_day_on_a_given_weekday_comes_within_decades():
    assert falls("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO")


def test_the_thirtieth_of_february_never_comes():
    assert not falls("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")


def test_a_weekday_that_the_interval_always_misses_never_comes():
    assert falls("FREQ=DAILY;INTERVAL=6;BYDAY=MO")
    assert not falls("FREQ=DAILY;INTERVAL=7;BYDAY=MO")
    assert not falls("FREQ=HOURLY;INTERVAL=168;BYDAY=MO")


def test_a_rank_that_the_period_does_not_reach_never_comes():
    assert falls("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=5")
    assert not falls("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6")
    assert falls("FREQ=MONTHLY;BYDAY=MO;BYHOUR=9,14;BYSETPOS=10")


@st.composite
def rules(draw):
    """Rules that often ask for the impossible, at most as often as every day."""
    freq = draw(st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY"]))
    parts = [f"FREQ={freq}", f"INTERVAL={draw(st.sampled_from([1, 1, 2, 4, 7, 12, 14]))}"]
    if draw(st.booleans()):
        parts.append(f"BYMONTH={draw(st.integers(1, 12))}")
    if freq != "WEEKLY" and draw(st.booleans()):
        parts.append(f"BYMONTHDAY={draw(st.integers(-31, 31).filter(bool))}")
    if draw(st.booleans()):
        rank = draw(st.sampled_from(["", "", "1", "-1", "5", "-5"])) if freq in ("YEARLY", "MONTHLY") else ""
        parts.append(f"BYDAY={rank}{draw(st.sampled_from(WEEKDAYS))}")
    if freq == "YEARLY" and draw(st.booleans()):
        parts.append(f"BYYEARDAY={draw(st.sampled_from([1, 60, 366, -1, -366]))}")
    if freq == "YEARLY" and draw(st.booleans()):
        parts.append(f"BYWEEKNO={draw(st.sampled_from([1, 20, 53, -1]))}")
    if draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from([1, -1, 2, 5, -6]))}")
    return ";".join(parts)


@settings(max_examples=200, deadline=None)
@given(rules(), st.dates(date(9890, 1, 1), date(9895, 12, 28)))
def test_a_rule_comes_true_exactly_when_the_library_finds_an_instance(rule, start):
    # A century before the year 9999, at which the library stops looking: soon enough for a test.
    found = rrulestr(rule, dtstart=datetime.combine(start, time()))
    assert falls(rule, start) is (next(iter(found), None) is not None)

"""Events that repeat."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from rendezvous.timing import Interval, busy_from_ics
from rendezvous.timing.interval import EPOCH

from .calendars import END, START, calendar, event, read, times

PARIS = "TZID=Europe/Paris"
HOUR = "DURATION:PT1H"


def days(*parts, **window):
    """The days of May on which something starts."""
    return [int(start[8:10]) for start, _ in times(*parts, **window)]


def weekly(*lines, start="20260505T090000"):
    """Every Tuesday at nine."""
    return event(f"DTSTART;{PARIS}:{start}", HOUR, "RRULE:FREQ=WEEKLY", *lines)


class TestRules:
    def test_every_instance_in_the_window_counts(self):
        assert days(weekly()) == [5, 12, 19, 26]

    def test_a_series_that_began_years_ago_still_counts(self):
        assert days(weekly(start="20160503T090000")) == [5, 12, 19, 26]

    @pytest.mark.parametrize(
        ("rule", "expected"),
        [
            ("FREQ=DAILY;INTERVAL=10", [5, 15, 25]),
            ("FREQ=DAILY;COUNT=3", [5, 6, 7]),
            ("FREQ=DAILY;UNTIL=20260507T070000Z", [5, 6, 7]),
            ("FREQ=WEEKLY;BYDAY=TU,FR;COUNT=4", [5, 8, 12, 15]),
            ("FREQ=MONTHLY;BYDAY=-1TH", [5, 28]),
            ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", [5, 29]),
            ("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=5", [5]),
            ("FREQ=HOURLY;INTERVAL=36;COUNT=3", [5, 6, 8]),
            ("FREQ=DAILY;COUNT=-1;INTERVAL=20", [5, 25]),
            ("freq=daily;interval=20", [5, 25]),
        ],
    )
    def test_a_rule_says_how_often(self, rule, expected):
        assert days(event(f"DTSTART;{PARIS}:20260505T090000", HOUR, f"RRULE:{rule}")) == expected

    @pytest.mark.parametrize(
        ("rule", "expected"),
        [
            ("FREQ=WEEKLY;COUNT=524", [5, 12]),
            ("FREQ=WEEKLY;BYDAY=TU,TH;COUNT=1047", [5, 7, 12]),
            ("FREQ=DAILY;COUNT=3656", [1, 2, 3, 4, 5, 6]),
            ("FREQ=WEEKLY;INTERVAL=2", [5, 19]),
            ("FREQ=MONTHLY;COUNT=121", [3]),
            ("FREQ=YEARLY;COUNT=10", []),
            ("FREQ=YEARLY;COUNT=11", [3]),
            ("FREQ=WEEKLY;UNTIL=20260510T000000Z", [5]),
            ("FREQ=WEEKLY;UNTIL=20200101T000000Z", []),
        ],
    )
    def test_what_began_ten_years_ago_is_counted_from_there(self, rule, expected):
        assert days(event(f"DTSTART;{PARIS}:20160503T090000", HOUR, f"RRULE:{rule}")) == expected

    def test_the_hour_stays_the_same_over_clock_changes(self):
        assert times(weekly(start="20260106T090000"))[0] == ("2026-05-05 09:00", "2026-05-05 10:00")

    def test_a_whole_day_repeats_as_whole_days(self):
        assert times(event("DTSTART;VALUE=DATE:20260407", "RRULE:FREQ=MONTHLY")) == [
            ("2026-05-07 00:00", "2026-05-08 00:00")
        ]

    def test_a_whole_day_may_end_on_a_day(self):
        assert days(event("DTSTART;VALUE=DATE:20260429", "RRULE:FREQ=DAILY;UNTIL=20260503")) == [1, 2, 3]

    def test_an_instance_that_began_before_the_window_counts(self):
        long = event(f"DTSTART;{PARIS}:20260401T090000", "DURATION:P3D", "RRULE:FREQ=WEEKLY")
        assert times(long)[0] == ("2026-04-29 09:00", "2026-05-02 09:00")

    def test_a_series_to_come_is_not_busy_yet(self):
        assert days(weekly(start="20260602T090000")) == []


class TestDates:
    def test_a_date_may_be_left_out(self):
        assert days(weekly(f"EXDATE;{PARIS}:20260512T090000")) == [5, 19, 26]

    def test_several_dates_may_be_left_out_in_any_zone(self):
        assert days(weekly("EXDATE:20260512T070000Z,20260519T070000Z")) == [5, 26]

    def test_a_floating_date_left_out_is_in_the_zone_of_the_series(self):
        assert days(weekly("EXDATE:20260512T090000")) == [5, 19, 26]

    def test_a_day_may_be_left_out(self):
        assert days(weekly("EXDATE;VALUE=DATE:20260512")) == [5, 19, 26]

    def test_dates_may_be_added(self):
        assert days(event(f"DTSTART;{PARIS}:20260505T090000", HOUR, f"RDATE;{PARIS}:20260507T140000")) == [
            5,
            7,
        ]

    def test_dates_may_be_added_to_a_series_that_has_ended(self):
        ended = "RRULE:FREQ=WEEKLY;UNTIL=20200101T000000Z"
        assert days(event(f"DTSTART;{PARIS}:20190101T090000", HOUR, ended, "RDATE:20260507T070000Z")) == [7]

    def test_a_period_may_be_added(self):
        assert times(
            event(f"DTSTART;{PARIS}:20260505T090000", HOUR, f"RDATE;VALUE=PERIOD;{PARIS}:20260507T140000/PT3H")
        ) == [("2026-05-05 09:00", "2026-05-05 10:00"), ("2026-05-07 14:00", "2026-05-07 17:00")]

    def test_a_period_may_have_an_end(self):
        assert times(
            event("DTSTART:20260505T070000Z", HOUR, "RDATE;VALUE=PERIOD:20260507T120000Z/20260507T150000Z")
        ) == [("2026-05-05 09:00", "2026-05-05 10:00"), ("2026-05-07 14:00", "2026-05-07 17:00")]


class TestChangedInstances:
    def changed(self, *lines, which="20260512T090000", range_=""):
        return event(f"RECURRENCE-ID{range_};{PARIS}:{which}", *lines)

    def test_an_instance_may_be_moved(self):
        moved = self.changed(f"DTSTART;{PARIS}:20260513T150000", HOUR)
        assert days(weekly(), moved) == [5, 13, 19, 26]

    def test_an_instance_may_be_moved_into_the_window(self):
        moved = self.changed(f"DTSTART;{PARIS}:20260520T150000", HOUR, which="20260609T090000")
        assert days(weekly(), moved) == [5, 12, 19, 20, 26]

    def test_an_instance_may_be_moved_out_of_the_window(self):
        moved = self.changed(f"DTSTART;{PARIS}:20260701T150000", HOUR)
        assert days(weekly(), moved) == [5, 19, 26]

    def test_an_instance_of_an_old_series_may_be_moved(self):
        moved = self.changed(f"DTSTART;{PARIS}:20260513T150000", HOUR)
        assert days(weekly(start="20160503T090000"), moved) == [5, 13, 19, 26]

    def test_an_instance_may_be_cancelled(self):
        cancelled = self.changed(f"DTSTART;{PARIS}:20260512T090000", HOUR, "STATUS:CANCELLED")
        assert days(weekly(), cancelled) == [5, 19, 26]

    def test_an_instance_may_be_made_free(self):
        free = self.changed(f"DTSTART;{PARIS}:20260512T090000", HOUR, "TRANSP:TRANSPARENT")
        assert days(weekly(), free) == [5, 19, 26]

    def test_an_instance_of_a_free_series_may_be_busy(self):
        busy = self.changed(f"DTSTART;{PARIS}:20260512T090000", HOUR)
        assert days(weekly("TRANSP:TRANSPARENT"), busy) == [12]

    def test_all_later_instances_may_be_moved(self):
        later = self.changed(f"DTSTART;{PARIS}:20260513T150000", "DURATION:PT2H", range_=";RANGE=THISANDFUTURE")
        assert times(weekly(), later)[1:] == [
            ("2026-05-13 15:00", "2026-05-13 17:00"),
            ("2026-05-20 15:00", "2026-05-20 17:00"),
            ("2026-05-27 15:00", "2026-05-27 17:00"),
        ]

    def test_all_later_instances_may_be_moved_from_before_the_window(self):
        later = self.changed(
            f"DTSTART;{PARIS}:20260415T150000", HOUR, which="20260414T090000", range_=";RANGE=THISANDFUTURE"
        )
        assert days(weekly(start="20160503T090000"), later) == [6, 13, 20, 27]

    def test_an_invitation_to_one_instance_alone_counts(self):
        assert days(self.changed(f"DTSTART;{PARIS}:20260512T090000", HOUR)) == [12]

    def test_the_latest_revision_counts(self):
        old = event(f"DTSTART;{PARIS}:20260505T090000", HOUR, "SEQUENCE:1")
        new = event(f"DTSTART;{PARIS}:20260506T090000", HOUR, "SEQUENCE:2")
        assert days(old, new) == days(new, old) == [6]

    def test_an_event_given_twice_counts_once(self):
        assert days(weekly(), weekly()) == [5, 12, 19, 26]

    def test_different_events_under_one_uid_all_count_and_it_is_said(self):
        one = event(f"DTSTART;{PARIS}:20260505T090000", HOUR)
        other = event(f"DTSTART;{PARIS}:20260506T090000", HOUR)
        found = read(one, other)
        assert [interval.start.day for interval in found.intervals] == [5, 6]
        assert found.problems == [
            'line 3, event "one@example.org": other events have the same UID; all of them are taken as busy.'
        ]

    def test_events_without_uid_are_different_events(self):
        nameless = ["BEGIN:VEVENT", "DTSTART:20260505T070000Z", HOUR, "END:VEVENT"]
        assert days(nameless, [line.replace("0505", "0506") for line in nameless]) == [5, 6]


def expanded_by_the_library(data, start, end):
    """The same busy time by way of `icalendar` and `recurring-ical-events` alone, walking every instance."""
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(start, end)
    pairs = [(one["DTSTART"].dt - EPOCH, one["DTEND"].dt - EPOCH) for one in found]
    return sorted((EPOCH + begins, EPOCH + ends) for begins, ends in pairs if begins < ends)


@st.composite
def rules(draw):
    freq = draw(st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"]))
    parts = [f"FREQ={freq}", f"INTERVAL={draw(st.sampled_from([1, 1, 1, 2, 3, 5, 7, 26]))}"]
    weekdays = st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, unique=True)
    if freq == "MONTHLY" and draw(st.booleans()):
        parts.append(f"BYDAY={draw(st.integers(-5, 5).filter(bool))}{draw(weekdays)[0]}")
    elif draw(st.booleans()):
        parts.append(f"BYDAY={','.join(draw(weekdays))}")
    if freq in ("YEARLY", "DAILY") and draw(st.booleans()):
        parts.append(f"BYMONTH={draw(st.integers(1, 12))}")
    if freq in ("YEARLY", "MONTHLY") and draw(st.booleans()):
        parts.append(f"BYMONTHDAY={draw(st.integers(-31, 31).filter(bool))}")
    if freq != "HOURLY" and draw(st.booleans()):
        parts.append(f"BYHOUR={draw(st.sampled_from(['8', '2', '9,14', '0,12,23']))}")
    ending = draw(st.integers(0, 3))
    if ending == 1:
        parts.append(f"COUNT={draw(st.sampled_from([1, 2, 10, 100, 700, 5000]))}")
    elif ending == 2:
        parts.append(f"UNTIL={draw(st.dates(datetime(2023, 1, 1).date(), END.date())):%Y%m%d}T080000Z")
    return ";".join(parts)


@settings(max_examples=150, deadline=None)
@given(
    rules(),
    st.datetimes(datetime(2023, 1, 1), datetime(2026, 5, 20)).map(lambda when: when.replace(microsecond=0)),
    st.sampled_from(["PT30M", "PT1H", "P1D", "P3DT2H"]),
    st.sampled_from(["Europe/Paris", "America/New_York", "UTC"]),
)
def test_a_rule_cut_down_to_the_window_has_the_same_instances_in_it(rule, start, duration, zone):
    data = calendar(event(f"DTSTART;TZID={zone}:{start:%Y%m%dT%H%M%S}", f"DURATION:{duration}", f"RRULE:{rule}"))
    found = busy_from_ics(data, "Europe/Paris", START, END)
    if found.problems:  # a rule that never comes, and that the library would look for until the year 9999
        assert "RRULE is left out" in found.problems[0]
        return
    expected = expanded_by_the_library(data, START - timedelta(days=1), END + timedelta(days=1))
    in_window = [Interval(*pair) for pair in expected if pair[0] < END and pair[1] > START]
    assert found.intervals == in_window


def test_a_window_over_a_clock_change_has_the_instances_of_the_library():
    data = calendar(
        event(f"DTSTART;{PARIS}:20200101T013000", "DURATION:PT2H", "RRULE:FREQ=DAILY"),
        event("DTSTART;TZID=America/New_York:20200101T213000", HOUR, "RRULE:FREQ=DAILY", uid="two"),
    )
    start, end = datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 4, 2, tzinfo=UTC)
    found = busy_from_ics(data, "Europe/Paris", start, end)
    expected = expanded_by_the_library(data, start, end)
    assert found.intervals == [Interval(*pair) for pair in expected if pair[0] < end and start < pair[1]]
    assert len(found.intervals) == 13

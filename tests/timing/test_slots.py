"""All the free slots: what the rules promise, hour by hour."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rendezvous.timing import BusyIndex, Interval, Rules, busy_from_ics, slots, window

from .oracle import free_slots

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
TUESDAY = date(2026, 5, 5)


def rules(hours=(("09:00", "12:00"),), zone="Europe/Paris", **others):
    """The same hours every day, an hour a slot, on the hour, unless said otherwise."""
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return Rules.from_json(
        {"timezone": zone, "length": 60, "weekly": {day: [list(pair) for pair in hours] for day in days}} | others
    )


def at(text, zone="Europe/Paris"):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def busy(*pairs, zone="Europe/Paris"):
    return [Interval(at(start, zone), at(end, zone)) for start, end in pairs]


def starts(found):
    return [slot.start.strftime("%H:%M") for slot in found]


def written(found):
    return [(slot.start.isoformat(), slot.end.isoformat()) for slot in found]


class TestOpenings:
    def test_slots_start_at_the_opening_and_every_step_after_it(self):
        assert starts(slots(rules([["09:10", "11:00"]], step=20), [], TUESDAY, 1, LONG_AGO)) == [
            "09:10",
            "09:30",
            "09:50",
        ]

    def test_slots_follow_each_other_when_no_step_is_given(self):
        assert starts(slots(rules(), [], TUESDAY, 1, LONG_AGO)) == ["09:00", "10:00", "11:00"]

    def test_a_slot_ends_within_its_opening(self):
        assert written(slots(rules([["09:00", "10:29"]], step=30), [], TUESDAY, 1, LONG_AGO)) == [
            ("2026-05-05T09:00:00+02:00", "2026-05-05T10:00:00+02:00")
        ]

    def test_a_slot_does_not_run_from_one_opening_into_the_one_that_touches_it(self):
        touching = rules([["09:00", "10:30"], ["10:30", "12:00"]], step=30)
        assert starts(slots(touching, [], TUESDAY, 1, LONG_AGO)) == ["09:00", "09:30", "10:30", "11:00"]

    def test_an_opening_may_last_until_midnight(self):
        assert written(slots(rules([["22:30", "24:00"]], step=30), [], TUESDAY, 1, LONG_AGO)) == [
            ("2026-05-05T22:30:00+02:00", "2026-05-05T23:30:00+02:00"),
            ("2026-05-05T23:00:00+02:00", "2026-05-06T00:00:00+02:00"),
        ]

    def test_slots_come_in_order_of_time_day_after_day(self):
        hours = [["14:00", "15:00"], ["09:00", "10:00"]]
        assert written(slots(rules(hours), [], TUESDAY, 2, LONG_AGO)) == [
            ("2026-05-05T09:00:00+02:00", "2026-05-05T10:00:00+02:00"),
            ("2026-05-05T14:00:00+02:00", "2026-05-05T15:00:00+02:00"),
            ("2026-05-06T09:00:00+02:00", "2026-05-06T10:00:00+02:00"),
            ("2026-05-06T14:00:00+02:00", "2026-05-06T15:00:00+02:00"),
        ]

    def test_an_opening_shorter_than_a_slot_has_none(self):
        assert slots(rules([["09:00", "09:59"]]), [], TUESDAY, 1, LONG_AGO) == []

    def test_no_days_have_no_slots(self):
        assert slots(rules(), [], TUESDAY, 0, LONG_AGO) == []

    def test_an_exception_replaces_the_hours_of_its_day(self):
        found = slots(rules(exceptions={"2026-05-05": [["18:00", "19:00"]]}), [], TUESDAY, 1, LONG_AGO)
        assert starts(found) == ["18:00"]

    def test_an_exception_without_hours_closes_its_day(self):
        assert slots(rules(exceptions={"2026-05-05": []}), [], TUESDAY, 1, LONG_AGO) == []

    def test_holidays_are_closed(self):
        found = slots(rules([["09:00", "10:00"]], holidays="FR"), [], date(2026, 5, 7), 3, LONG_AGO)
        assert [slot.start.day for slot in found] == [7, 9]  # 8 May, the end of the war

    def test_a_holiday_named_in_the_exceptions_has_their_hours(self):
        opened = rules(holidays="FR", exceptions={"2026-05-08": [["10:00", "11:00"]]})
        assert starts(slots(opened, [], date(2026, 5, 8), 1, LONG_AGO)) == ["10:00"]

    def test_alsace_moselle_keeps_good_friday(self):
        good_friday = date(2026, 4, 3)
        assert slots(rules(holidays="FR-57"), [], good_friday, 1, LONG_AGO) == []
        assert len(slots(rules(holidays="FR"), [], good_friday, 1, LONG_AGO)) == 3


class TestBusy:
    def test_a_slot_that_overlaps_busy_time_is_not_free(self):
        assert starts(slots(rules(), busy(("2026-05-05T10:59", "2026-05-05T11:00")), TUESDAY, 1, LONG_AGO)) == [
            "09:00",
            "11:00",
        ]

    def test_busy_time_that_only_touches_a_slot_leaves_it_free(self):
        touching = busy(("2026-05-05T08:00", "2026-05-05T09:00"), ("2026-05-05T10:00", "2026-05-05T12:00"))
        assert starts(slots(rules(), touching, TUESDAY, 1, LONG_AGO)) == ["09:00"]

    def test_a_second_of_busy_time_is_enough(self):
        second = busy(("2026-05-05T10:00:00", "2026-05-05T10:00:01"))
        assert starts(slots(rules(), second, TUESDAY, 1, LONG_AGO)) == ["09:00", "11:00"]

    def test_a_fraction_of_a_second_of_busy_time_is_enough(self):
        fraction = busy(("2026-05-05T10:59:59.999998", "2026-05-05T10:59:59.999999"))
        assert starts(slots(rules(), fraction, TUESDAY, 1, LONG_AGO)) == ["09:00", "11:00"]

    def test_busy_time_of_no_length_blocks_nothing(self):
        nothing = busy(("2026-05-05T10:30", "2026-05-05T10:30"))
        assert starts(slots(rules(), nothing, TUESDAY, 1, LONG_AGO)) == ["09:00", "10:00", "11:00"]

    def test_busy_time_may_be_in_any_zone(self):
        in_london = busy(("2026-05-05T09:00", "2026-05-05T10:00"), zone="Europe/London")
        assert starts(slots(rules(), in_london, TUESDAY, 1, LONG_AGO)) == ["09:00", "11:00"]

    def test_busy_time_of_many_days_blocks_them_all(self):
        away = busy(("2026-05-04T12:00", "2026-05-06T10:30"))
        assert written(slots(rules(), away, TUESDAY, 2, LONG_AGO)) == [
            ("2026-05-06T11:00:00+02:00", "2026-05-06T12:00:00+02:00")
        ]

    def test_an_index_gives_the_same_as_the_intervals_it_was_made_of(self):
        periods = busy(("2026-05-05T10:30", "2026-05-05T10:45"), ("2026-05-06T09:00", "2026-05-06T09:30"))
        assert slots(rules(), BusyIndex(periods), TUESDAY, 3, LONG_AGO) == slots(rules(), periods, TUESDAY, 3, LONG_AGO)


class TestCalendars:
    """What a calendar says and what the rules say, together."""

    def free(self, *events, day, **others):
        blocks = [f"BEGIN:VEVENT\nUID:{at}\n{event}\nEND:VEVENT\n" for at, event in enumerate(events)]
        data = f"BEGIN:VCALENDAR\n{''.join(blocks)}END:VCALENDAR\n".encode()
        asked = rules(**others)
        look = window(asked, day, 1)
        found = busy_from_ics(data, asked.timezone, look.start, look.end)
        assert found.problems == []
        return starts(slots(asked, found.intervals, day, 1, LONG_AGO))

    def test_a_floating_time_is_in_the_zone_of_the_rules(self):
        lunch = "DTSTART:20260505T100000\nDTEND:20260505T110000"
        assert self.free(lunch, day=TUESDAY, zone="Asia/Tokyo") == ["09:00", "11:00"]

    def test_an_all_day_event_is_its_whole_day_in_the_zone_of_the_rules(self):
        away = "DTSTART;VALUE=DATE:20260505"
        assert self.free(away, day=TUESDAY, hours=[["00:00", "24:00"]], zone="Pacific/Auckland") == []
        assert self.free(away, day=date(2026, 5, 6), zone="Pacific/Auckland") == ["09:00", "10:00", "11:00"]

    def test_what_takes_no_time_blocks_nothing(self):
        nothing = [
            "DTSTART:20260505T090000\nDURATION:PT9H\nTRANSP:TRANSPARENT",
            "DTSTART:20260505T090000\nDURATION:PT9H\nSTATUS:CANCELLED",
            "DTSTART:20260505T103000",
        ]
        assert self.free(*nothing, day=TUESDAY) == ["09:00", "10:00", "11:00"]

    def test_a_series_keeps_its_hour_when_the_clock_changes(self):
        weekly = "DTSTART;TZID=Europe/Paris:20260322T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY"
        for sunday in (date(2026, 3, 22), date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1)):
            assert self.free(weekly, day=sunday) == ["09:00", "11:00"]

    def test_a_buffer_reaches_an_event_of_the_day_before(self):
        late = "DTSTART:20260504T230000\nDURATION:PT50M"
        assert self.free(late, day=TUESDAY, hours=[["00:00", "02:00"]], buffer_before=15) == ["01:00"]


class TestBuffers:
    def test_the_buffer_after_a_slot_is_kept_free(self):
        after = rules(step=15, buffer_after=30)
        meeting = busy(("2026-05-05T10:45", "2026-05-05T12:00"))
        assert starts(slots(after, meeting, TUESDAY, 1, LONG_AGO)) == ["09:00", "09:15"]

    def test_the_buffer_before_a_slot_is_kept_free(self):
        before = rules(step=15, buffer_before=30)
        meeting = busy(("2026-05-05T09:00", "2026-05-05T10:00"))
        assert starts(slots(before, meeting, TUESDAY, 1, LONG_AGO)) == ["10:30", "10:45", "11:00"]

    def test_buffers_may_lie_outside_the_opening(self):
        wide = rules([["09:00", "10:00"]], buffer_before=60, buffer_after=60)
        assert starts(slots(wide, [], TUESDAY, 1, LONG_AGO)) == ["09:00"]
        assert slots(wide, busy(("2026-05-05T10:30", "2026-05-05T10:31")), TUESDAY, 1, LONG_AGO) == []

    def test_a_buffer_may_reach_into_the_day_before(self):
        early = rules([["00:00", "02:00"]], buffer_before=60)
        late_evening = busy(("2026-05-04T22:00", "2026-05-04T23:30"))
        assert starts(slots(early, late_evening, TUESDAY, 1, LONG_AGO)) == ["01:00"]

    def test_a_buffer_may_reach_into_the_day_after(self):
        late = rules([["22:00", "24:00"]], buffer_after=60)
        night = busy(("2026-05-06T00:30", "2026-05-06T01:00"))
        assert starts(slots(late, night, TUESDAY, 1, LONG_AGO)) == ["22:00"]


class TestNotice:
    def test_a_slot_may_start_at_the_very_end_of_the_notice(self):
        assert starts(slots(rules(notice_hours=24), [], TUESDAY, 1, at("2026-05-04T10:00"))) == [
            "10:00",
            "11:00",
        ]

    def test_a_slot_a_fraction_too_early_is_not_offered(self):
        now = at("2026-05-04T10:00:00.000001")
        assert starts(slots(rules(notice_hours=24), [], TUESDAY, 1, now)) == ["11:00"]

    def test_what_is_past_is_not_offered(self):
        assert starts(slots(rules(), [], TUESDAY, 1, at("2026-05-05T10:30"))) == ["11:00"]

    def test_notice_is_counted_in_real_hours_over_a_clock_change(self):
        # From Saturday 10:00 to Sunday 10:00 there are but 23 hours when summer time begins.
        found = slots(rules(notice_hours=24), [], date(2026, 3, 29), 1, at("2026-03-28T10:00"))
        assert starts(found) == ["11:00"]


class TestClockChanges:
    """Paris: 29 March 2026, 02:00 becomes 03:00; 25 October 2026, 03:00 becomes 02:00 again."""

    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)

    def test_a_start_that_the_clock_skips_does_not_exist(self):
        found = slots(rules([["01:00", "05:00"]], length=30, step=30), [], self.spring, 1, LONG_AGO)
        assert starts(found) == ["01:00", "01:30", "03:00", "03:30", "04:00", "04:30"]

    def test_a_slot_lasts_its_real_length_over_the_skipped_hour(self):
        found = slots(rules([["01:30", "05:00"]], step=120), [], self.spring, 1, LONG_AGO)
        assert written(found) == [
            ("2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00"),
            ("2026-03-29T03:30:00+02:00", "2026-03-29T04:30:00+02:00"),
        ]

    def test_an_opening_that_begins_at_a_skipped_hour_keeps_its_grid(self):
        found = slots(rules([["02:20", "04:00"]], length=20, step=20), [], self.spring, 1, LONG_AGO)
        assert starts(found) == ["03:00", "03:20", "03:40"]

    def test_an_opening_that_ends_at_a_skipped_hour_ends_at_the_jump(self):
        found = slots(rules([["01:00", "02:30"]], length=30, step=30), [], self.spring, 1, LONG_AGO)
        assert written(found) == [
            ("2026-03-29T01:00:00+01:00", "2026-03-29T01:30:00+01:00"),
            ("2026-03-29T01:30:00+01:00", "2026-03-29T03:00:00+02:00"),
        ]

    def test_an_opening_within_the_skipped_hour_has_no_slots(self):
        assert slots(rules([["02:00", "03:00"]], length=30), [], self.spring, 1, LONG_AGO) == []

    def test_a_start_that_the_clock_repeats_is_offered_once_the_first_time(self):
        found = slots(rules([["01:30", "03:30"]], length=30, step=30), [], self.autumn, 1, LONG_AGO)
        assert written(found) == [
            ("2026-10-25T01:30:00+02:00", "2026-10-25T02:00:00+02:00"),
            ("2026-10-25T02:00:00+02:00", "2026-10-25T02:30:00+02:00"),
            ("2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00"),
            ("2026-10-25T03:00:00+01:00", "2026-10-25T03:30:00+01:00"),
        ]

    def test_an_opening_that_ends_at_a_repeated_hour_ends_the_first_time(self):
        found = slots(rules([["01:30", "02:30"]], length=60, step=30), [], self.autumn, 1, LONG_AGO)
        assert written(found) == [("2026-10-25T01:30:00+02:00", "2026-10-25T02:30:00+02:00")]

    def test_an_opening_that_begins_at_a_repeated_hour_begins_the_first_time(self):
        found = slots(rules([["02:30", "04:00"]], length=90, step=30), [], self.autumn, 1, LONG_AGO)
        assert (
            written(found)
            == [
                ("2026-10-25T02:30:00+02:00", "2026-10-25T03:00:00+01:00"),
                ("2026-10-25T03:00:00+01:00", "2026-10-25T04:30:00+01:00"),
            ][:1]
        )

    def test_the_long_night_holds_a_longer_meeting(self):
        whole = slots(rules([["01:00", "04:00"]], length=240), [], self.autumn, 1, LONG_AGO)
        assert written(whole) == [("2026-10-25T01:00:00+02:00", "2026-10-25T04:00:00+01:00")]

    def test_busy_time_in_the_second_passage_leaves_the_first_free(self):
        second_passage = [Interval(datetime(2026, 10, 25, 1, 0, tzinfo=UTC), datetime(2026, 10, 25, 2, 0, tzinfo=UTC))]
        found = slots(rules([["02:00", "03:00"]]), second_passage, self.autumn, 1, LONG_AGO)
        assert written(found) == [("2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00")]

    def test_lord_howe_skips_half_an_hour(self):
        island = rules([["01:30", "03:00"]], "Australia/Lord_Howe", length=15, step=15)
        assert starts(slots(island, [], date(2026, 10, 4), 1, LONG_AGO)) == [
            "01:30",
            "01:45",
            "02:30",
            "02:45",
        ]

    def test_lord_howe_repeats_half_an_hour(self):
        island = rules([["01:15", "02:15"]], "Australia/Lord_Howe", length=30, step=15)
        assert written(slots(island, [], date(2026, 4, 5), 1, LONG_AGO)) == [
            ("2026-04-05T01:15:00+11:00", "2026-04-05T01:45:00+11:00"),
            ("2026-04-05T01:30:00+11:00", "2026-04-05T01:30:00+10:30"),
            ("2026-04-05T01:45:00+11:00", "2026-04-05T01:45:00+10:30"),
        ]

    def test_a_day_that_begins_with_a_skipped_midnight_still_has_its_hours(self):
        beirut = rules([["00:00", "02:00"]], "Asia/Beirut", length=30, step=30)
        assert written(slots(beirut, [], date(2024, 3, 31), 1, LONG_AGO)) == [
            ("2024-03-31T01:00:00+03:00", "2024-03-31T01:30:00+03:00"),
            ("2024-03-31T01:30:00+03:00", "2024-03-31T02:00:00+03:00"),
        ]

    def test_the_evening_before_a_skipped_midnight_ends_at_it(self):
        beirut = rules([["23:00", "24:00"]], "Asia/Beirut")
        assert written(slots(beirut, [], date(2024, 3, 30), 1, LONG_AGO)) == [
            ("2024-03-30T23:00:00+02:00", "2024-03-31T01:00:00+03:00")
        ]

    def test_a_day_that_was_left_out_of_the_calendar_has_no_slots(self):
        samoa = rules([["00:00", "24:00"]], "Pacific/Apia", length=720)
        assert slots(samoa, [], date(2011, 12, 30), 1, LONG_AGO) == []


class TestWrongQuestions:
    def test_a_present_moment_without_zone_is_refused(self):
        with pytest.raises(ValueError, match="needs a time zone"):
            slots(rules(), [], TUESDAY, 1, datetime(2026, 5, 1))

    @pytest.mark.parametrize("days", [-1, 3_661])
    def test_a_count_of_days_out_of_measure_is_refused(self, days):
        with pytest.raises(ValueError, match="choose from 0 to 3660"):
            slots(rules(), [], TUESDAY, days, LONG_AGO)

    @pytest.mark.parametrize("day", [date.min, date.max, date(1899, 12, 31), date(9998, 12, 31)])
    def test_days_too_far_away_are_refused(self, day):
        with pytest.raises(ValueError, match="choose a day from 1900-01-01"):
            slots(rules(), [], day, 1, LONG_AGO)

    def test_a_moment_is_not_taken_for_a_day(self):
        with pytest.raises(ValueError, match="give the first day as a date"):
            slots(rules(), [], datetime(2026, 5, 5, 12), 1, LONG_AGO)


class TestWindow:
    def test_it_holds_the_days_and_the_buffers_around_them(self):
        wide = rules(buffer_before=30, buffer_after=90)
        assert window(wide, TUESDAY, 2) == Interval(at("2026-05-04T23:30"), at("2026-05-07T01:30"))

    def test_it_counts_a_long_day_as_it_is(self):
        long_day = window(rules(), date(2026, 10, 25), 1)
        assert long_day.end.astimezone(UTC) - long_day.start.astimezone(UTC) == timedelta(hours=25)


# The days on which these clocks change, or nearly, and an ordinary one.
CHANGES = {
    "Europe/Paris": [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28)],
    "America/New_York": [date(2026, 3, 8), date(2026, 11, 1), date(2025, 11, 2)],
    "Australia/Lord_Howe": [date(2026, 4, 5), date(2026, 10, 4), date(2025, 10, 5)],
    "America/St_Johns": [date(2009, 3, 8), date(2009, 11, 1)],  # at one minute past midnight
    "Asia/Beirut": [date(2024, 3, 31), date(2024, 10, 27)],  # at midnight
    "Pacific/Apia": [date(2011, 12, 30)],  # a whole day
    "Asia/Kathmandu": [date(2026, 5, 5)],
}
HOURS = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 15, 30, 50)] + ["24:00"]
NIGHT = HOURS[:18] + HOURS[-8:]


@st.composite
def openings(draw):
    some = st.lists(st.sampled_from(HOURS), min_size=2, max_size=8, unique=True)
    at_night = st.lists(st.sampled_from(NIGHT), min_size=2, max_size=4, unique=True)
    bounds = sorted(draw(at_night | at_night | some | st.just([])))
    return [list(pair) for pair in zip(bounds[::2], bounds[1::2], strict=False)]


@st.composite
def situations(draw):
    zone = draw(st.sampled_from(list(CHANGES)))
    start = draw(st.sampled_from(CHANGES[zone])) - timedelta(days=draw(st.integers(0, 2)))
    midnight = datetime(start.year, start.month, start.day, tzinfo=UTC)
    second = st.integers(-30 * 3600, 100 * 3600) | st.integers(-24 * 12, 90 * 12).map(lambda five: five * 300)
    lasting = st.sampled_from([0, 1, 60, 300, 900, 3600]) | st.integers(0, 30_000)
    hours = draw(openings())
    stated = {
        "timezone": zone,
        "length": draw(st.sampled_from([15, 30, 60, 90]) | st.integers(1, 150)),
        "step": draw(st.sampled_from([5, 15, 30, 60]) | st.integers(1, 130)),
        "buffer_before": draw(st.sampled_from([0, 15]) | st.integers(0, 200)),
        "buffer_after": draw(st.sampled_from([0, 15]) | st.integers(0, 200)),
        "notice_hours": draw(st.just(0) | st.integers(0, 60)),
        "weekly": dict.fromkeys(("monday", "tuesday", "thursday", "friday", "saturday", "sunday"), hours),
        "exceptions": draw(
            st.dictionaries(
                st.integers(0, 3).map(lambda n: (start + timedelta(days=n)).isoformat()),
                openings(),
                max_size=2,
            )
        ),
    }
    periods = [
        (midnight + timedelta(seconds=begins), midnight + timedelta(seconds=begins + lasts))
        for begins, lasts in draw(st.lists(st.tuples(second, lasting), max_size=6))
    ]
    long_ago = st.sampled_from([-(10**7), -(10**6), -250_000])
    now = midnight + draw(long_ago | long_ago | st.integers(-100_000, 250_000)) * timedelta(seconds=1)
    return stated, periods, start, draw(st.integers(1, 4) | st.integers(0, 4)), now


NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
NIGHT_RULES = {
    "timezone": "Europe/Paris",
    "length": 45,
    "step": 15,
    "buffer_before": 0,
    "buffer_after": 15,
    "notice_hours": 0,
    "weekly": {"sunday": [["01:15", "02:30"], ["02:30", "04:00"]]},
    "exceptions": {},
}


@settings(max_examples=800, deadline=None)
@given(situations())
@example((NIGHT_RULES, [], date(2026, 3, 29), 1, NEW_YEAR))
@example((NIGHT_RULES, [], date(2026, 10, 25), 1, NEW_YEAR))
def test_slots_are_those_found_by_watching_the_clock_minute_by_minute(situation):
    stated, periods, start, days, now = situation
    found = slots(Rules.from_json(stated), [Interval(*period) for period in periods], start, days, now)
    assert [(slot.start.astimezone(UTC), slot.end.astimezone(UTC)) for slot in found] == free_slots(
        stated, periods, start, days, now
    )

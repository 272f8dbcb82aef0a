"""Single events: what each says of busy time."""

from datetime import UTC, datetime

import pytest

from rendezvous.timing import busy_from_ics

from .calendars import END, START, calendar, event, read, times, utc

NINE_TO_TEN = [("2026-05-05 09:00", "2026-05-05 10:00")]


class TestTimes:
    def test_a_time_may_be_in_utc(self):
        assert times(event("DTSTART:20260505T070000Z", "DTEND:20260505T080000Z")) == NINE_TO_TEN

    def test_a_time_may_name_its_zone(self):
        london = "TZID=Europe/London"
        assert times(event(f"DTSTART;{london}:20260505T080000", f"DTEND;{london}:20260505T090000")) == NINE_TO_TEN

    def test_a_floating_time_is_in_the_zone_of_the_rules(self):
        floating = event("DTSTART:20260505T090000", "DTEND:20260505T100000")
        assert times(floating) == NINE_TO_TEN
        assert times(floating, zone="America/New_York") == NINE_TO_TEN

    def test_a_floating_end_is_in_the_zone_of_its_start(self):
        assert times(event("DTSTART;TZID=Europe/London:20260505T080000", "DTEND:20260505T090000")) == NINE_TO_TEN

    def test_an_event_may_have_a_duration_instead_of_an_end(self):
        assert times(event("DTSTART:20260505T090000", "DURATION:PT1H")) == NINE_TO_TEN

    def test_an_event_without_end_takes_no_time(self):
        assert times(event("DTSTART:20260505T090000")) == []

    def test_busy_time_is_given_in_utc_whole_even_where_it_leaves_the_window(self):
        found = read(event("DTSTART:20260430T230000Z", "DTEND:20260501T010000Z"))
        assert found.intervals == [utc("2026-04-30T23:00", "2026-05-01T01:00")]
        assert found.intervals[0].start.tzinfo is UTC

    def test_what_only_touches_the_window_is_left_out(self):
        before = event("DTSTART:20260430T230000Z", "DTEND:20260501T000000Z")
        after = event("DTSTART:20260601T000000Z", "DTEND:20260601T010000Z", uid="two")
        assert times(before, after) == []

    def test_busy_times_are_in_order_and_overlap_where_events_do(self):
        late = event("DTSTART:20260505T093000", "DURATION:PT1H")
        early = event("DTSTART:20260505T090000", "DURATION:PT1H", uid="two")
        assert times(late, early) == [*NINE_TO_TEN, ("2026-05-05 09:30", "2026-05-05 10:30")]

    def test_a_leap_second_is_the_second_before_it(self):
        assert read(event("DTSTART:20260505T085960Z", "DTEND:20260505T090030Z")).intervals == [
            utc("2026-05-05T08:59:59", "2026-05-05T09:00:30")
        ]


class TestClockChanges:
    march, november = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)

    def of(self, *lines):
        return read(event(*lines), start=self.march, end=self.november).intervals

    def test_a_skipped_time_counts_by_the_offset_before_the_jump(self):
        assert self.of("DTSTART;TZID=Europe/Paris:20260329T023000", "DTEND:20260329T040000Z") == [
            utc("2026-03-29T01:30", "2026-03-29T04:00")
        ]

    def test_a_repeated_time_is_its_first_passage(self):
        assert self.of("DTSTART;TZID=Europe/Paris:20261025T023000", "DTEND:20261025T040000Z") == [
            utc("2026-10-25T00:30", "2026-10-25T04:00")
        ]

    def test_an_event_that_the_jump_turns_around_keeps_its_length(self):
        paris = "TZID=Europe/Paris"
        assert self.of(f"DTSTART;{paris}:20260329T023000", f"DTEND;{paris}:20260329T030000") == [
            utc("2026-03-29T01:30", "2026-03-29T02:00")
        ]

    def test_a_duration_that_ends_in_the_second_passage_is_not_turned_around(self):
        assert self.of("DTSTART;TZID=Europe/Paris:20261025T023000", "DURATION:PT45M") == [
            utc("2026-10-25T00:30", "2026-10-25T01:15")
        ]

    def test_a_duration_of_a_day_follows_the_calendar(self):
        assert self.of("DTSTART;TZID=Europe/Paris:20260328T120000", "DURATION:P1D") == [
            utc("2026-03-28T11:00", "2026-03-29T10:00")
        ]

    def test_a_duration_of_24_hours_follows_the_clock(self):
        assert self.of("DTSTART;TZID=Europe/Paris:20260328T120000", "DURATION:PT24H") == [
            utc("2026-03-28T11:00", "2026-03-29T11:00")
        ]

    def test_a_whole_day_has_23_or_25_hours(self):
        assert self.of("DTSTART;VALUE=DATE:20260329") == [utc("2026-03-28T23:00", "2026-03-29T22:00")]
        assert self.of("DTSTART;VALUE=DATE:20261025") == [utc("2026-10-24T22:00", "2026-10-25T23:00")]


class TestDays:
    def test_a_day_alone_is_that_day_in_the_zone_of_the_rules(self):
        day = event("DTSTART;VALUE=DATE:20260505")
        assert times(day) == [("2026-05-05 00:00", "2026-05-06 00:00")]
        assert times(day, zone="Asia/Tokyo") == [("2026-05-05 00:00", "2026-05-06 00:00")]

    def test_the_last_day_is_not_included(self):
        assert times(event("DTSTART;VALUE=DATE:20260505", "DTEND;VALUE=DATE:20260508")) == [
            ("2026-05-05 00:00", "2026-05-08 00:00")
        ]

    def test_a_day_that_ends_where_it_starts_is_one_day(self):
        assert times(event("DTSTART;VALUE=DATE:20260505", "DTEND;VALUE=DATE:20260505")) == [
            ("2026-05-05 00:00", "2026-05-06 00:00")
        ]

    def test_days_may_have_a_duration(self):
        assert times(event("DTSTART;VALUE=DATE:20260505", "DURATION:P1W")) == [("2026-05-05 00:00", "2026-05-12 00:00")]

    def test_a_day_needs_no_value_parameter(self):
        assert times(event("DTSTART:20260505")) == [("2026-05-05 00:00", "2026-05-06 00:00")]

    def test_a_day_with_a_zone_is_still_a_day_in_the_zone_of_the_rules(self):
        assert times(event("DTSTART;VALUE=DATE;TZID=Asia/Tokyo:20260505")) == [("2026-05-05 00:00", "2026-05-06 00:00")]

    def test_a_time_may_end_on_a_day(self):
        assert times(event("DTSTART:20260505T180000", "DTEND;VALUE=DATE:20260507")) == [
            ("2026-05-05 18:00", "2026-05-07 00:00")
        ]

    def test_a_day_may_end_at_a_time(self):
        assert times(event("DTSTART;VALUE=DATE:20260505", "DTEND:20260506T120000")) == [
            ("2026-05-05 00:00", "2026-05-06 12:00")
        ]


class TestWhatTakesNoTime:
    lines = ("DTSTART:20260505T090000", "DTEND:20260505T100000")

    @pytest.mark.parametrize(
        "says", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "transp:Transparent", "STATUS;X-BY=me:CANCELLED"]
    )
    def test_transparent_and_cancelled_events_do_not(self, says):
        assert times(event(*self.lines, says)) == []

    @pytest.mark.parametrize("says", ["TRANSP:OPAQUE", "STATUS:TENTATIVE", "STATUS:CONFIRMED", "STATUS:X-MAYBE"])
    def test_all_others_do(self, says):
        assert times(event(*self.lines, says)) == NINE_TO_TEN

    def test_what_an_alarm_says_is_not_said_of_its_event(self):
        alarm = ["BEGIN:VALARM", "TRIGGER:-PT15M", "DURATION:PT9H", "STATUS:CANCELLED", "END:VALARM"]
        assert times(event("DTSTART:20260505T090000", *alarm, "DURATION:PT1H")) == NINE_TO_TEN

    def test_tasks_and_journals_are_passed_over(self):
        task = [
            "BEGIN:VTODO",
            *self.lines,
            "END:VTODO",
            "BEGIN:VJOURNAL",
            "DTSTART:20260505T090000",
            "END:VJOURNAL",
        ]
        assert times(task) == []


class TestLines:
    def test_long_lines_are_unfolded(self):
        assert times(event("DTST", " ART;TZID=Eur", "\tope/Paris:20260505T09", " 0000", "DURATION:PT1H")) == NINE_TO_TEN

    def test_a_line_may_be_folded_in_the_middle_of_a_character(self):
        summary = "SUMMARY:Réunion".encode()
        folded = summary[:10] + b"\r\n " + summary[10:]
        assert folded.count(b"\xc3\r\n \xa9") == 1
        data = calendar(event("X-HERE", "DTSTART:20260505T090000", "DURATION:PT1H")).replace(b"X-HERE", folded)
        found = busy_from_ics(data, "Europe/Paris", START, END)
        assert (len(found.intervals), found.problems) == (1, [])

    @pytest.mark.parametrize("ending", [b"\n", b"\r", b"\r\n\r\n"])
    def test_lines_may_end_as_they_like(self, ending):
        data = calendar(event("DTSTART:20260505T090000", "DURATION:PT1H")).replace(b"\r\n", ending)
        assert len(busy_from_ics(data, "Europe/Paris", START, END).intervals) == 1

    def test_names_may_be_in_small_letters(self):
        assert times([line.lower() for line in event("DTSTART:20260505T090000", "DURATION:PT1H")]) == NINE_TO_TEN

    def test_a_quoted_parameter_may_hold_colons_and_semicolons(self):
        assert times(event('DTSTART;X-A="b:c;d";TZID="Europe/London":20260505T080000', "DURATION:PT1H")) == NINE_TO_TEN

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
    def test_a_byte_order_mark_is_no_trouble(self, encoding):
        data = calendar(event("DTSTART:20260505T090000", "DURATION:PT1H")).decode().encode(encoding)
        found = busy_from_ics(data, "Europe/Paris", START, END)
        assert (len(found.intervals), found.problems) == (1, [])

    def test_several_calendars_in_one_file_are_all_read(self):
        one = calendar(event("DTSTART:20260505T090000", "DURATION:PT1H"))
        two = calendar(event("DTSTART:20260506T090000", "DURATION:PT1H", uid="two"))
        found = busy_from_ics(one + two, "Europe/Paris", START, END)
        assert (len(found.intervals), found.problems) == (2, [])


class TestWrongQuestions:
    def test_an_unknown_zone_is_refused(self):
        with pytest.raises(ValueError, match='"Mars" is no known time zone'):
            busy_from_ics(calendar(), "Mars", START, END)

    def test_a_window_without_zone_is_refused(self):
        with pytest.raises(ValueError, match="needs datetimes with a time zone"):
            busy_from_ics(calendar(), "UTC", datetime(2026, 5, 1), END)

    def test_an_empty_window_has_nothing_busy(self):
        assert times(event("DTSTART:20260401T090000", "DURATION:P90D"), start=END, end=START) == []

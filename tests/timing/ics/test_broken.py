"""Broken, hostile and merely strange files: what can be read is used, the rest is named."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rendezvous.timing import UnreadableCalendar, busy_from_ics
from rendezvous.timing.ics import reading, series
from rendezvous.timing.ics.events import MOST_LISTED_DATES
from rendezvous.timing.ics.lines import MOST_BYTES
from rendezvous.timing.ics.problems import MOST_PROBLEMS
from rendezvous.timing.ics.repeats import MOST_INSTANCES, MOST_RULE_CHARACTERS

from .calendars import END, START, calendar, event, faces, read

GOOD = event("DTSTART:20260505T090000", "DURATION:PT1H", uid="good")
TOO_MANY = "it has more than 10,000 instances in this time; the first alone are used"
NO_DATE = "is no date or time such as 20260502 or 20260502T090000"
ITS_TIME = ("2026-05-05 09:00", "2026-05-05 10:00")


def problems(*parts):
    """What is said of a file whose good event is read all the same."""
    found = read(*parts, GOOD)
    assert ITS_TIME in faces(found.intervals)
    return found.problems


def only(*lines, uid="bad"):
    """The one problem of a file with a good event and this one."""
    (problem,) = problems(event(*lines, uid=uid))
    return problem


class TestNoCalendarAtAll:
    def said(self, data):
        with pytest.raises(UnreadableCalendar) as caught:
            busy_from_ics(data, "Europe/Paris", START, END)
        return str(caught.value)

    def test_an_empty_file(self):
        assert self.said(b" \r\n") == "This calendar is empty: not even BEGIN:VCALENDAR is in it."

    def test_a_web_page(self):
        assert self.said(b"\n<!DOCTYPE html><html>Sign in</html>") == (
            "This is a web page, not a calendar: its address may need a sign-in, or be that of the page "
            "rather than of its .ics feed."
        )

    def test_bytes_of_some_other_kind(self):
        assert self.said(bytes(range(256)) * 10) == (
            "This is not an iCalendar file: there is no BEGIN:VCALENDAR in it."
        )

    def test_an_empty_calendar_is_a_calendar(self):
        found = read()
        assert (found.intervals, found.problems) == ([], [])


class TestStructure:
    def test_a_file_that_stops_within_an_event(self):
        data = calendar(GOOD).partition(b"END:VEVENT")[0]
        found = busy_from_ics(data, "Europe/Paris", START, END)
        assert faces(found.intervals) == [ITS_TIME]
        assert found.problems == [
            "line 3: the event begun here has no END:VEVENT; what it says up to the next one is used."
        ]

    def test_a_file_that_stops_within_a_line(self):
        data = calendar(GOOD).partition(b"T090000")[0] + b"T09"
        found = busy_from_ics(data, "Europe/Paris", START, END)
        assert found.intervals == []
        assert found.problems[1] == (
            'line 6, event "good": DTSTART is left out: "20260505T09" is no date or time such as 20260502 or '
            "20260502T090000."
        )

    def test_a_file_that_stops_between_events(self):
        data = calendar(GOOD).partition(b"END:VCALENDAR")[0]
        found = busy_from_ics(data, "Europe/Paris", START, END)
        assert faces(found.intervals) == [ITS_TIME]
        assert found.problems == ["The file stops before END:VCALENDAR: its last events may be missing."]

    def test_an_event_begun_within_another(self):
        unclosed = event("DTSTART:20260506T090000", "DURATION:PT1H", uid="unclosed")[:-1]
        found = read(unclosed, GOOD)
        assert len(found.intervals) == 2
        assert found.problems == [
            "line 3: the event begun here has no END:VEVENT; what it says up to the next one is used."
        ]

    def test_an_alarm_that_is_not_closed(self):
        alarm = event("DTSTART:20260506T090000", "DURATION:PT1H", "BEGIN:VALARM", "TRIGGER:-PT5M", uid="alarm")
        found = read(alarm, GOOD)
        assert (len(found.intervals), found.problems) == (2, [])

    def test_an_end_without_beginning(self):
        assert problems("END:VTODO") == ["line 3: END:VTODO closes nothing that was begun; it is passed over."]

    def test_events_without_a_calendar_around_them(self):
        data = "\n".join(GOOD).encode()
        assert faces(busy_from_ics(data, "Europe/Paris", START, END).intervals) == [ITS_TIME]

    def test_lines_that_are_no_lines(self):
        assert problems(event("DTSTART:20260506T090000", "nonsense", ":", ";;;=", "DTEND:20260506T100000")) == []

    def test_free_busy_is_said_not_to_be_read(self):
        assert problems("BEGIN:VFREEBUSY", "FREEBUSY:20260506T090000Z/PT1H", "END:VFREEBUSY") == [
            "line 3: VFREEBUSY is not read; only events count as busy time."
        ]

    def test_a_file_beyond_measure_is_read_up_to_it(self):
        data = calendar(GOOD, "X-PAD:" + "x" * MOST_BYTES, event("DTSTART:20260506", uid="beyond"))
        found = busy_from_ics(data, "Europe/Paris", START, END)
        assert faces(found.intervals) == [ITS_TIME]
        assert found.problems[0] == f"The file has {len(data):,} bytes; only the first 20,000,000 are read."


class TestEvents:
    def test_an_event_without_start(self):
        assert only("DTEND:20260506T100000") == (
            'line 3, event "bad": it has no DTSTART, so nobody knows when it is; it is left out.'
        )

    @pytest.mark.parametrize(
        ("written", "reason"),
        [
            ("20261301T090000", "is no possible date or time"),
            ("20260230", "is no possible date or time"),
            ("00000101T000000Z", "is no possible date or time"),
            ("20260505T250000", "is no possible date or time"),
            ("20260505T096100", "is no possible date or time"),
            ("20260505T0900", "is no date or time such as 20260502 or 20260502T090000"),
            ("2026-05-05T09:00:00", "is no date or time such as 20260502 or 20260502T090000"),
            ("٢٠٢٦٠٥٠٥", "is no date or time such as 20260502 or 20260502T090000"),
            ("", "is no date or time such as 20260502 or 20260502T090000"),
        ],
    )
    def test_a_start_that_is_no_date(self, written, reason):
        assert only(f"DTSTART:{written}") == f'line 6, event "bad": DTSTART is left out: "{written}" {reason}.'

    def test_an_end_that_is_no_date_leaves_the_day(self):
        found = read(event("DTSTART;VALUE=DATE:20260506", "DTEND:soon", uid="bad"))
        assert faces(found.intervals) == [("2026-05-06 00:00", "2026-05-07 00:00")]
        assert found.problems == [f'line 7, event "bad": DTEND is left out: "soon" {NO_DATE}.']

    @pytest.mark.parametrize("written", ["P", "PT", "1H", "P1Y", "PT1H30", "P1D1H"])
    def test_a_duration_that_is_none(self, written):
        assert only("DTSTART:20260506T090000", f"DURATION:{written}") == (
            f'line 7, event "bad": DURATION is left out: "{written}" is no duration such as PT1H30M.'
        )

    def test_a_duration_longer_than_any_calendar(self):
        days = "9" * 5000
        assert "is longer than any calendar" in only("DTSTART:20260506T090000", f"DURATION:P{days}D")

    def test_an_end_before_the_start_takes_the_time_between(self):
        found = read(event("DTSTART:20260506T100000", "DTEND:20260506T090000", uid="bad"))
        assert faces(found.intervals) == [("2026-05-06 09:00", "2026-05-06 10:00")]
        assert found.problems == [
            'line 3, event "bad": it ends before it starts; the time between the two is taken as busy.'
        ]

    def test_an_event_from_the_first_year_to_the_last_blocks_everything(self):
        found = read(event("DTSTART:00010101T000000Z", "DTEND:99991231T235959Z"))
        assert len(found.intervals) == 1
        assert found.intervals[0].start < START
        assert found.intervals[0].end > END

    @pytest.mark.parametrize(
        "lines",
        [
            ("DTSTART;VALUE=DATE:99991230",),
            ("DTSTART;TZID=America/New_York:99991231T235959", "DTEND;TZID=America/New_York:99991231T235959"),
            ("DTSTART;TZID=Asia/Tokyo:00010101T000000", "DURATION:PT1S"),
            ("DTSTART;VALUE=DATE:00010101",),
        ],
        ids=["last day", "last second, west", "first second, east", "first day"],
    )
    def test_events_at_the_ends_of_time_are_not_in_the_window(self, lines):
        assert problems(event(*lines, uid="far")) == []

    def test_an_event_that_would_end_after_the_year_9999(self):
        assert only("DTSTART;VALUE=DATE:99991231") == "line 3: it is left out: it would end after the year 9999."

    def test_a_changed_instance_that_cannot_be_tied_to_its_series_counts_by_itself(self):
        series = event("DTSTART:20260505T140000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2")
        changed = event("RECURRENCE-ID:tuesday", "DTSTART:20260513T140000", "DURATION:PT1H")
        found = read(series, changed)
        assert [interval.start.day for interval in found.intervals] == [5, 12, 13]
        assert found.problems == [f'line 13, event "one@example.org": RECURRENCE-ID is left out: "tuesday" {NO_DATE}.']

    def test_what_is_shown_of_a_file_is_short_and_on_one_line(self):
        problem = only("DTSTART:" + "\x1b[31m\x00" + "x" * 10_000, uid="bad\x07" + "y" * 10_000)
        assert len(problem) < 300
        assert problem.isprintable()

    def test_problems_are_named_up_to_a_number_then_counted(self):
        bad = [event("DTSTART:soon", uid=str(number)) for number in range(MOST_PROBLEMS + 20)]
        said = problems(*bad)
        assert len(said) == MOST_PROBLEMS + 1
        assert said[-1] == "And 20 more like these."


class TestRepetitions:
    start = "DTSTART;TZID=Europe/Paris:20260506T090000"

    def said(self, rule, *lines):
        found = read(event(self.start, "DURATION:PT1H", f"RRULE:{rule}", *lines, uid="bad"), GOOD)
        assert ("2026-05-06 09:00", "2026-05-06 10:00") in faces(found.intervals)
        assert ITS_TIME in faces(found.intervals)
        (problem,) = found.problems
        return problem.removeprefix('line 8, event "bad": RRULE is left out: ').removesuffix(".")

    @pytest.mark.parametrize(
        ("rule", "reason"),
        [
            ("", 'the rule "" does not say how often (FREQ)'),
            ("FREQ=FORTNIGHTLY", 'the rule "FREQ=FORTNIGHTLY" does not say how often (FREQ)'),
            ("FREQ=DAILY;FREQ=WEEKLY", '"FREQ=WEEKLY" is no part of a rule, or comes twice'),
            ("FREQ=DAILY;UNTL=20260601", 'nothing is known of "UNTL" in a rule'),
            ("FREQ=DAILY;UNTIL=soon", 'UNTIL "SOON" is no date'),
            ("FREQ=DAILY;UNTIL=20261301", 'UNTIL "20261301" is no date'),
            ("FREQ=DAILY;INTERVAL=0", "INTERVAL 0 is not from 1 to 10,000,000"),
            ("FREQ=DAILY;INTERVAL=99999999", "INTERVAL 99999999 is not from 1 to 10,000,000"),
            ("FREQ=DAILY;INTERVAL=x", 'INTERVAL "X" is no number'),
            ("FREQ=WEEKLY;BYDAY=XX", 'BYDAY "XX" is no list of days'),
            ("FREQ=SECONDLY", "what comes every second is no appointment"),
            ("FREQ=DAILY;BYHOUR=25", 'the rule cannot be followed, "hour must be in 0..23"'),
            ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "it falls on no day at all"),
            ("FREQ=DAILY;BYSETPOS=2", "it falls on no day at all"),
            ("FREQ=DAILY;INTERVAL=7;BYDAY=TU", "it falls on no day at all"),
        ],
    )
    def test_a_rule_that_cannot_be_followed_leaves_the_first_instance(self, rule, reason):
        assert self.said(rule) == reason

    def test_a_rule_longer_than_any(self):
        rule = "FREQ=DAILY;BYMONTHDAY=" + ",".join(["1"] * MOST_RULE_CHARACTERS)
        assert self.said(rule).endswith("is longer than 1,000 characters")

    def test_a_rule_with_a_time_every_second(self):
        minutes = ",".join(map(str, range(60)))
        assert (
            self.said(f"FREQ=DAILY;BYMINUTE={minutes};BYSECOND={minutes}")
            == "it asks for more than a time every minute"
        )

    def test_an_all_day_event_every_hour(self):
        assert only("DTSTART;VALUE=DATE:20260506", "RRULE:FREQ=HOURLY") == (
            'line 7, event "bad": RRULE is left out: an all-day event cannot be HOURLY.'
        )

    def test_ten_million_instances_in_the_window_and_beyond(self):
        endless = event(self.start, "DURATION:PT1M", "RRULE:FREQ=MINUTELY;COUNT=10000000", uid="bad")
        found = read(endless, GOOD)
        assert MOST_INSTANCES - 200 < len(found.intervals) <= MOST_INSTANCES + 2
        assert found.problems == [f'line 8, event "bad": RRULE: {TOO_MANY}.']

    def test_ten_million_instances_before_the_window(self):
        rule = "RRULE:FREQ=MINUTELY;COUNT=10000000;BYDAY=MO,TU"
        found = read(event("DTSTART;TZID=Europe/Paris:20160506T090000", "DURATION:PT1M", rule, uid="bad"), GOOD)
        assert found.problems[0] == (
            'line 8, event "bad": RRULE: its COUNT of 10,000,000 is too far to follow; it is taken to go on.'
        )

    @pytest.mark.parametrize(("prop", "expected"), [("EXDATE", []), ("RDATE", [6, 7])])
    def test_a_date_that_is_none_is_left_out_alone(self, prop, expected):
        dates = f"{prop}:soon,20260506T070000Z,20260507T070000Z"
        found = read(event(self.start, "DURATION:PT1H", dates, uid="bad"))
        assert [interval.start.day for interval in found.intervals] == expected
        assert found.problems == [f'line 8, event "bad": one date of {prop} is left out: "soon" {NO_DATE}.']

    def test_a_period_that_is_none_is_left_out_alone(self):
        found = read(event(self.start, "DURATION:PT1H", "RDATE:20260507T090000Z/20260507T080000Z,20260508T070000Z"))
        assert [interval.start.day for interval in found.intervals] == [6, 8]
        assert "ends before it starts" in found.problems[0]

    def test_more_dates_than_anyone_has(self):
        many = ",".join(["20260507T070000Z"] * (MOST_LISTED_DATES + 1))
        assert only(self.start, "DURATION:PT1H", f"EXDATE:{many}") == (
            'line 8, event "bad": only 10,000 dates of an event are read.'
        )

    @pytest.mark.parametrize(
        "rule",
        [
            "FREQ=SECONDLY;COUNT=10000000",
            "FREQ=MINUTELY;COUNT=10000000",
            "FREQ=MINUTELY;BYSETPOS=-1",
            "FREQ=HOURLY;BYDAY=1MO;COUNT=100000",
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=YEARLY;BYWEEKNO=1;BYMONTH=7",
            "FREQ=DAILY;UNTIL=99991231T235959Z",
            "FREQ=YEARLY;INTERVAL=10000000",
        ],
    )
    @pytest.mark.parametrize("start", ["16010101T090000", "20260501T090000"])
    def test_rules_that_would_be_walked_for_hours_are_not(self, rule, start):
        # Nothing is timed: without the bounds, this test would not end.
        found = read(event(f"DTSTART;TZID=Europe/Paris:{start}", "DURATION:PT1H", f"RRULE:{rule}"), GOOD)
        assert ITS_TIME in faces(found.intervals)

    def test_more_repetition_than_can_be_followed_is_given_up_together(self, monkeypatch):
        monkeypatch.setattr(series, "MOST_WALKED_IN_ALL", 3_000)
        daily = [event(self.start, "DURATION:PT1H", "RRULE:FREQ=DAILY", uid=str(number)) for number in range(40)]
        found = read(GOOD, *daily)
        assert len(found.intervals) > 20 * 20
        assert ITS_TIME in faces(found.intervals)
        assert found.problems[-1] == (
            'line 282, event "39": its repetitions cannot be followed, only the dates it gives itself are '
            "used: this calendar repeats more than can be followed."
        )

    def test_more_busy_times_than_are_kept(self, monkeypatch):
        monkeypatch.setattr(reading, "MOST_INTERVALS", 10)
        found = read(event(self.start, "DURATION:PT1H", "RRULE:FREQ=DAILY"))
        assert len(found.intervals) == 10
        assert found.problems == ["Only 10 busy times are kept; the rest is left out."]


OWN_ZONE = [
    "BEGIN:VTIMEZONE",
    "TZID:Own",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0100",
    "RRULE:FREQ=YEARLY;BYMONTH=1;BYDAY=1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
]
WHOLE = calendar(
    OWN_ZONE,
    event("DTSTART;TZID=Own:20260505T090000", "DTEND;TZID=Own:20260505T100000", "RRULE:FREQ=WEEKLY;COUNT=9"),
    event("RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Own:20260512T090000", "DTSTART:20260513T090000"),
    event("DTSTART;VALUE=DATE:20260505", "RRULE:FREQ=MONTHLY;BYDAY=1TU", "EXDATE:20260602", uid="day"),
    event("DTSTART:20260505T090000Z", "RDATE;VALUE=PERIOD:20260507T090000Z/PT2H", "TRANSP:OPAQUE", uid="more"),
)
PIECES = [
    b"\r\n",
    b"\n ",
    b":",
    b";",
    b'"',
    b",",
    b"9999",
    b"-",
    b"\xff",
    b"\x00",
    b"BEGIN:VEVENT\r\n",
    b"END:VCALENDAR",
]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_however_a_calendar_is_mangled_nothing_else_is_raised(data):
    mangled = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(mangled)))
        length = data.draw(st.integers(0, 12) | st.integers(0, 400))
        mangled[start : start + length] = data.draw(st.sampled_from(PIECES) | st.binary(max_size=8))
    try:
        found = busy_from_ics(bytes(mangled), "Europe/Paris", START, END)
    except UnreadableCalendar:
        return
    assert all(one.end > START and one.start < END and one.start < one.end for one in found.intervals)
    assert all(problem and problem.isprintable() for problem in found.problems)


BEGINNINGS = [b"", b"BEGIN:VEVENT\n", b"BEGIN:VEVENT\nDTSTART:20260505T090000\n"]


@given(st.sampled_from(BEGINNINGS), st.binary(max_size=400))
def test_whatever_the_bytes_nothing_else_is_raised(before, data):
    try:
        busy_from_ics(before + data, "Europe/Paris", START, END)
    except UnreadableCalendar as error:
        said = str(error)
    else:
        said = "This was read."
    assert said.startswith("This ")


@pytest.mark.parametrize("start", [datetime.min, datetime.max], ids=["first", "last"])
def test_a_window_at_the_ends_of_time_is_no_trouble(start):
    aware = start.replace(tzinfo=UTC)
    other = aware + timedelta(days=30) if start == datetime.min else aware - timedelta(days=30)
    assert busy_from_ics(WHOLE, "Europe/Paris", min(aware, other), max(aware, other)).intervals == []

"""Time zones: those everybody knows, and those a file brings along."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendezvous.timing import busy_from_ics
from rendezvous.timing.ics.lines import read_contents
from rendezvous.timing.ics.problems import Problems
from rendezvous.timing.ics.zones import Zones

from .calendars import calendar, event, read, times


def zone(name, *, standard="+0200", summer="+0300"):
    """A zone of Western Europe's rules with other offsets."""
    return [
        "BEGIN:VTIMEZONE",
        f"TZID:{name}",
        "BEGIN:STANDARD",
        "DTSTART:19961027T030000",
        f"TZOFFSETFROM:{summer}",
        f"TZOFFSETTO:{standard}",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:19810329T020000",
        f"TZOFFSETFROM:{standard}",
        f"TZOFFSETTO:{summer}",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
    ]


def at_nine(name):
    return event(f"DTSTART;TZID={name}:20260505T090000", "DURATION:PT1H")


def embedded(*lines):
    """The zone called Custom of a file that has these lines."""
    problems = Problems()
    contents = read_contents(calendar(*lines), problems)
    return Zones(contents.zones, ZoneInfo("UTC"), problems).named("Custom", 1), problems.listed()


@pytest.mark.parametrize(
    "name",
    [
        "Europe/Athens",
        "/Europe/Athens",
        "/mozilla.org/20050126_1/Europe/Athens",
        "europe/athens",
        "GTB Standard Time",
        '"Europe/Athens"',
    ],
)
def test_a_zone_is_known_by_any_of_its_names(name):
    assert times(at_nine(name)) == [("2026-05-05 08:00", "2026-05-05 09:00")]


def test_a_zone_of_the_file_s_own_is_followed():
    assert times(zone("Custom"), at_nine("Custom")) == [("2026-05-05 08:00", "2026-05-05 09:00")]


def test_a_zone_may_be_defined_after_it_is_used():
    assert times(at_nine("Custom"), zone("Custom")) == [("2026-05-05 08:00", "2026-05-05 09:00")]


def test_a_name_that_everybody_knows_means_what_it_means_to_everybody():
    misleading = zone("Europe/Athens", standard="-0500", summer="-0400")
    assert times(misleading, at_nine("Europe/Athens")) == [("2026-05-05 08:00", "2026-05-05 09:00")]


def test_the_zone_of_one_file_is_not_that_of_another():
    assert times(zone("Custom"), at_nine("Custom")) == [("2026-05-05 08:00", "2026-05-05 09:00")]
    elsewhere = zone("Custom", standard="-0500", summer="-0400")
    assert times(elsewhere, at_nine("Custom")) == [("2026-05-05 15:00", "2026-05-05 16:00")]


def test_an_event_repeats_by_the_clock_of_its_own_zone():
    every_half_year = event("DTSTART;TZID=Custom:20260101T090000", "DURATION:PT1H", "RRULE:FREQ=MONTHLY;INTERVAL=6")
    year = {"start": datetime(2026, 1, 1, tzinfo=UTC), "end": datetime(2027, 1, 1, tzinfo=UTC), "zone": "UTC"}
    assert times(zone("Custom"), every_half_year, **year) == [
        ("2026-01-01 07:00", "2026-01-01 08:00"),
        ("2026-07-01 06:00", "2026-07-01 07:00"),
    ]


def test_an_unknown_zone_is_named_once_and_read_as_the_rules_zone():
    found = read(at_nine("Atlantis"), event("DTSTART;TZID=Atlantis:20260506T090000", "DURATION:PT1H", uid="two"))
    assert [interval.start.hour for interval in found.intervals] == [7, 7]
    assert found.problems == ['line 6: the time zone "Atlantis" is unknown; its times are read in Europe/Paris.']


def standard(offset):
    """One observance whose clocks have always been at an offset."""
    from_, to = f"TZOFFSETFROM:{offset}", "TZOFFSETTO:+0100"
    return ["BEGIN:STANDARD", "DTSTART:19700101T000000", from_, to, "END:STANDARD"]


def western(old, new):
    """The two observances of Western Europe with something else in their rules."""
    return [line.replace(old, new) for line in zone("Custom")[2:-1]]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([], "it has neither STANDARD nor DAYLIGHT"),
        (["BEGIN:STANDARD", "TZOFFSETTO:+0100", "END:STANDARD"], "TZOFFSETFROM is missing in line 5"),
        (standard("+01"), '"+01" is no offset such as +0100'),
        (standard("+2400"), '"+2400" is no offset such as +0100'),
        (
            western("FREQ=YEARLY", "FREQ=SECONDLY"),
            '"FREQ=SECONDLY;BYMONTH=10;BYDAY=-1SU" is no rule for changing clocks once a year',
        ),
        (western("BYDAY=-1SU", "BYDAY=XX"), '"FREQ=YEARLY;BYMONTH=10;BYDAY=XX" is no rule'),
    ],
    ids=["empty", "no offset", "short offset", "offset of a day", "every second", "no weekday"],
)
def test_a_zone_that_cannot_be_followed_is_named_with_the_reason(lines, reason):
    found = read(["BEGIN:VTIMEZONE", "TZID:Custom", *lines, "END:VTIMEZONE"], at_nine("Custom"))
    assert [interval.start.hour for interval in found.intervals] == [7]
    assert found.problems[0] == f'line 3: the time zone "Custom" cannot be followed: {reason}.'


def test_a_rule_of_a_zone_ends_with_its_until():
    # The United States changed their clocks on other days until 2006; UNTIL is the last of these changes, in
    # UTC.
    found, problems = embedded(
        "BEGIN:VTIMEZONE",
        "TZID:Custom",
        "BEGIN:DAYLIGHT",
        "DTSTART:19870405T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20060402T070000Z",
        "TZOFFSETFROM:-0500",
        "TZOFFSETTO:-0400",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:19671029T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20061029T060000Z",
        "TZOFFSETFROM:-0400",
        "TZOFFSETTO:-0500",
        "END:STANDARD",
        "END:VTIMEZONE",
    )
    assert problems == []
    summers = [datetime(year, 7, 1, tzinfo=found).utcoffset() for year in (2005, 2006, 2007)]
    assert summers == [timedelta(hours=-4), timedelta(hours=-4), timedelta(hours=-5)]


def test_a_zone_without_changes_has_one_offset():
    found, problems = embedded(
        "BEGIN:VTIMEZONE",
        "TZID:Custom",
        "BEGIN:STANDARD",
        "DTSTART:16010101T000000",
        "TZOFFSETFROM:+0545",
        "TZOFFSETTO:+0545",
        "END:STANDARD",
        "END:VTIMEZONE",
    )
    assert problems == []
    assert datetime(2026, 5, 5, tzinfo=found).utcoffset() == timedelta(hours=5, minutes=45)


ANY_TIME = st.datetimes(datetime(1997, 1, 1), datetime(2036, 1, 1))
THAT_NIGHT = st.datetimes(datetime(2026, 10, 25), datetime(2026, 10, 25, 5))


@given(ANY_TIME | THAT_NIGHT, st.integers(0, 1))
def test_a_zone_of_the_file_s_own_keeps_time_as_the_known_one_of_the_same_rules(wall, fold):
    own, _ = embedded(*zone("Custom", standard="+0100", summer="+0200"))
    paris = ZoneInfo("Europe/Paris")
    there = wall.replace(fold=fold)
    assert there.replace(tzinfo=own).utcoffset() == there.replace(tzinfo=paris).utcoffset()
    now = wall.replace(tzinfo=UTC)
    here, known = now.astimezone(own), now.astimezone(paris)
    assert (here.replace(tzinfo=None), here.fold) == (known.replace(tzinfo=None), known.fold)
    assert here.tzname() == "Custom"


def test_a_zone_may_come_from_any_calendar_of_the_file():
    data = calendar(zone("Custom")) + calendar(at_nine("Custom"))
    found = busy_from_ics(data, "UTC", datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC))
    assert [interval.start.hour for interval in found.intervals] == [6]

"""The test calendars of the libraries, read as the libraries read them."""

import warnings
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events

from rendezvous.timing import Interval, UnreadableCalendar, busy_from_ics

BERLIN = ZoneInfo("Europe/Berlin")
WINDOWS = [(1990, 2012), (2012, 2018), (2018, 2021), (2021, 2030)]

# Where the libraries skip a whole series, and its first instance with it, for a rule that they do not
# understand (RSCALE of RFC 7529, a misspelt UNTIL) or for a space within one.
MORE_IS_READ = {"rfc_7529.ics", "bad_rrule_missing_until_event.ics", "issue_165_missing_event.ics"}

# A floating start beside an end in UTC, which is no longer floating to the libraries.
OTHERWISE_READ = {"issue_201_test_matrix.ics"}

CALENDARS = sorted(
    (
        file
        for package in ("recurring_ical_events.test", "icalendar.tests")
        for file in (files(package.split(".")[0]) / package.split(".")[1] / "calendars").iterdir()
        if file.name.endswith(".ics") and file.name not in MORE_IS_READ | OTHERWISE_READ
    ),
    key=lambda file: file.name,
)


def instant(when):
    if not isinstance(when, datetime):
        when = datetime.combine(when, time())
    aware = when if when.tzinfo else when.replace(tzinfo=BERLIN)
    return aware.astimezone(UTC)


def expanded_by_the_library(data, start, end):
    """Busy time by the libraries alone, or None where they give the whole file up."""
    found = set()
    try:
        for calendar in icalendar.Calendar.from_ical(data, multiple=True):
            query = recurring_ical_events.CalendarQuery(calendar, skip_bad_series=True)
            for one in query.between(start - timedelta(days=2), end + timedelta(days=2)):
                if one.get("STATUS") != "CANCELLED" and one.get("TRANSP") != "TRANSPARENT":
                    found.add((instant(one["DTSTART"].dt), instant(one["DTEND"].dt)))
    except (ValueError, KeyError, AttributeError, TypeError):
        return None
    return {pair for pair in found if pair[0] < pair[1] and pair[0] < end and start < pair[1]}


def test_there_are_calendars_to_read():
    assert len(CALENDARS) > 150


@pytest.mark.parametrize("file", CALENDARS, ids=lambda file: file.name)
def test_busy_time_is_what_the_libraries_find(file):
    data = file.read_bytes()
    for first, last in WINDOWS:
        start, end = datetime(first, 1, 1, tzinfo=BERLIN), datetime(last, 1, 1, tzinfo=BERLIN)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the libraries' own, about zones they guess
            expected = expanded_by_the_library(data, start, end)
        try:
            found = busy_from_ics(data, "Europe/Berlin", start, end)
        except UnreadableCalendar:
            assert not expected
            continue
        if expected is not None:
            assert set(found.intervals) == {Interval(*pair) for pair in expected}


def test_a_series_whose_rule_has_spaces_is_read():
    data = (files("icalendar") / "tests" / "calendars" / "issue_165_missing_event.ics").read_bytes()
    found = busy_from_ics(data, "Europe/Berlin", datetime(2015, 7, 1, tzinfo=UTC), datetime(2015, 8, 1, tzinfo=UTC))
    assert found.problems == []
    assert [interval.start.date() for interval in found.intervals] == [
        date(2015, 7, day) for day in (3, 6, 7, 8, 9, 10, 13, 14, 15, 16, 17, 20, 21, 22)
    ]

"""What the package asks of those who import it."""

import subprocess
import sys

import pytest

import rendezvous.timing


def loaded_by(code):
    """The modules in memory after some code has run in a fresh interpreter."""
    program = f"{code}\nimport sys\nprint(*sys.modules)"
    return set(
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    )


@pytest.mark.parametrize("library", ["icalendar", "recurring_ical_events", "dateutil", "holidays", "django"])
def test_importing_it_loads_no_slow_library(library):
    assert library not in loaded_by("import rendezvous.timing")


def test_rules_without_holidays_load_no_slow_library():
    rules = '{"timezone": "UTC", "length": 60, "weekly": {}}'
    loaded = loaded_by(
        "import datetime, rendezvous.timing as timing\n"
        f"timing.Rules.from_json({rules}).hours(datetime.date(2026, 5, 8))"
    )
    assert "holidays" not in loaded


def test_a_calendar_of_single_events_loads_no_slow_library():
    event = "BEGIN:VEVENT\\nDTSTART;TZID=Europe/Paris:20260505T090000\\nDURATION:PT1H\\nEND:VEVENT"
    loaded = loaded_by(
        "from datetime import UTC, datetime\n"
        "from rendezvous.timing import busy_from_ics\n"
        "may, june = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)\n"
        f"busy_from_ics(b'{event}', 'UTC', may, june)"
    )
    assert not loaded & {"icalendar", "recurring_ical_events", "dateutil"}


def test_every_public_name_says_what_it_does():
    assert [name for name in rendezvous.timing.__all__ if not getattr(rendezvous.timing, name).__doc__] == []

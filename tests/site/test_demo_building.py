"""Making the demo practice: on any day, whatever the installation is set to."""

import datetime as dt

import pytest

from rendezvous.agreements.models import Document, Seal
from rendezvous.appointments.models import Appointment
from rendezvous.practice import clock
from rendezvous.site.demo.build import build_demo


@pytest.fixture(autouse=True)
def kept_apart(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_nobody_outside_is_called(settings):
    """A time-stamp authority that would fail, were it asked."""
    settings.OPTIONS = {**settings.OPTIONS, "timestamp_url": "http://127.0.0.1:9/", "code_by_sms": "nowhere:send"}
    with clock.at(dt.datetime(2027, 3, 10, 11, tzinfo=dt.UTC)):
        build_demo()
    assert Seal.objects.count() == 5
    assert settings.OPTIONS["timestamp_url"] == "http://127.0.0.1:9/"


@pytest.mark.parametrize(
    "day",
    [
        dt.datetime(2028, 2, 29, 6, tzinfo=dt.UTC),
        dt.datetime(2026, 12, 25, 23, 50, tzinfo=dt.UTC),
        dt.datetime(2027, 3, 28, 1, tzinfo=dt.UTC),
    ],
)
def test_it_can_be_made_on_any_day(day):
    with clock.at(day):
        build_demo()
    assert Appointment.objects.filter(status="confirmed", starts_at__gt=day).exists()
    assert Document.objects.filter(status="sealed").count() == 5
    assert Document.objects.filter(kind="agreement", status="signed").count() == 1

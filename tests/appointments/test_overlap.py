"""Two confirmed appointments of one member never overlap: the database itself refuses, whoever writes and however."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from rendezvous.appointments.models import Appointment
from tests.cast import next_weekday

HOUR = dt.timedelta(hours=1)
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="words that only SQLite knows")


@pytest.fixture
def ten(cast, inquiry):
    """An appointment from ten to eleven, blocked until a quarter past."""
    return make(cast, inquiry, next_weekday(1, 10))


def make(cast, inquiry, start, hours=1, member=None, **more):
    end = start + dt.timedelta(hours=hours)
    fields = {"blocked_from": start, "blocked_until": end + dt.timedelta(minutes=15), **more}
    return Appointment.objects.create(
        practice=cast.practice,
        member=member or cast.owner,
        person=inquiry.person,
        inquiry=inquiry,
        mode="phone",
        starts_at=start,
        ends_at=end,
        **fields,
    )


def copy_sql(verb="INSERT"):
    """A raw statement that copies an appointment into a new row, one minute shifted."""
    columns = [field.column for field in Appointment._meta.concrete_fields if field.column != "id"]
    values = ", ".join({"uid": "'other'", "link_key": "'otherkey'"}.get(column, column) for column in columns)
    return f"{verb} INTO appointments_appointment ({', '.join(columns)}) SELECT {values} FROM appointments_appointment"


def refused(do):
    with pytest.raises(DatabaseError, match="appointments_never_overlap"), transaction.atomic():
        do()


@pytest.mark.parametrize("minutes", [-74, -59, -1, 0, 1, 30, 74])
def test_what_overlaps_by_a_minute_is_refused(cast, inquiry, ten, minutes):
    refused(lambda: make(cast, inquiry, ten.starts_at + dt.timedelta(minutes=minutes)))


@pytest.mark.parametrize("minutes", [-75, 75])
def test_what_only_touches_is_accepted(cast, inquiry, ten, minutes):
    make(cast, inquiry, ten.starts_at + dt.timedelta(minutes=minutes))
    assert Appointment.objects.count() == 2


def test_what_contains_another_is_refused(cast, inquiry, ten):
    refused(lambda: make(cast, inquiry, ten.starts_at - HOUR, hours=4))


def test_a_raw_insert_is_refused(ten):
    refused(lambda: connection.cursor().execute(copy_sql()))


@on_sqlite
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "INSERT OR IGNORE", "INSERT OR FAIL", "REPLACE"])
def test_a_raw_insert_that_would_get_around_is_refused(ten, verb):
    refused(lambda: connection.cursor().execute(copy_sql(verb)))
    assert Appointment.objects.count() == 1


@on_sqlite
def test_a_time_written_otherwise_is_refused(ten):
    odd = (
        copy_sql()
        .replace(" blocked_from,", " '2031-01-01T10:00:00Z',", 2)
        .replace("'2031-01-01T10:00:00Z'", "blocked_from", 1)
    )
    refused(lambda: connection.cursor().execute(odd))


def test_a_raw_update_into_another_is_refused(cast, inquiry, ten):
    later = make(cast, inquiry, ten.starts_at + 3 * HOUR)
    sql = "UPDATE appointments_appointment SET blocked_from = (SELECT blocked_from FROM appointments_appointment WHERE id = %s) WHERE id = %s"
    refused(lambda: connection.cursor().execute(sql, [ten.pk, later.pk]))


def test_a_cancelled_one_brought_back_over_another_is_refused(cast, inquiry, ten):
    Appointment.objects.update(status="cancelled")
    make(cast, inquiry, ten.starts_at)
    refused(lambda: Appointment.objects.filter(pk=ten.pk).update(status="confirmed"))


def test_cancelled_ones_overlap_freely(cast, inquiry, ten):
    make(cast, inquiry, ten.starts_at, status="cancelled")
    assert Appointment.objects.count() == 2


def test_two_members_may_be_busy_at_once(cast, inquiry, ten):
    make(cast, inquiry, ten.starts_at, member=cast.reader)
    assert Appointment.objects.count() == 2


def test_an_appointment_blocks_at_least_its_own_time(cast, inquiry):
    start = next_weekday(1, 10)
    with pytest.raises(DatabaseError), transaction.atomic():
        make(cast, inquiry, start, blocked_from=start + dt.timedelta(minutes=1))

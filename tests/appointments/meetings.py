"""Appointments at a given time, and their meetings, as the tests of these pages need them."""

import datetime as dt
from zoneinfo import ZoneInfo

from rendezvous.appointments.booking import note_appointment
from rendezvous.inquiries.models import Mode
from rendezvous.practice import clock

PARIS = ZoneInfo("Europe/Paris")
START = dt.datetime(2027, 3, 16, 10, tzinfo=PARIS)  # a Tuesday


def appointment_at(inquiry, start=START, *, told_before=dt.timedelta(days=5), **more):
    """An appointment agreed on by phone, days before."""
    member = inquiry.practice.members.order_by("pk").first()
    with clock.at(start - told_before):
        return note_appointment(
            member, inquiry.person, start, 60, Mode.IN_PERSON, inquiry=inquiry, **{"place": "Lyon", **more}
        )

"""The demo's meetings, through the functions of the page that is open during one."""

import datetime as dt
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from rendezvous.appointments import meeting as companion
from rendezvous.appointments.models import Appointment, AppointmentStatus, Seen
from rendezvous.appointments.reminding import HOUR, evening_before, remind
from rendezvous.inquiries.judgement import record_gut_after_meeting
from rendezvous.inquiries.stages import not_business
from rendezvous.practice import clock

# Older reminders would fill the outbox and teach nothing.
REMINDED = dt.timedelta(days=20)
# She learned to ask "how long do you have?" a year ago; before that, nobody did.
ASKED = dt.timedelta(days=365)
Told = Mapping[str, Any]
Step = tuple[dt.datetime, Callable[[], "Iterable[Step] | None"]]


def reminders_of(appointment: Appointment, now: dt.datetime) -> Iterator[Step]:
    """Each at its hour; what lies ahead is the worker's."""
    if now - appointment.starts_at < REMINDED:
        for moment in (evening_before(appointment), appointment.starts_at - HOUR):
            if clock.now() <= moment:
                yield moment, _remind


def _remind() -> None:
    remind(clock.now())


def steps_of(
    appointment: Appointment, told: Told, now: dt.datetime, chance: random.Random, then: Callable[[], Iterable[Step]]
) -> Iterator[Step]:
    """From the question to the end; what is not told of it is as such meetings go. `then` follows."""
    recent = now - appointment.starts_at < ASKED and not told
    asked: int | None = told.get("agreed", appointment.minutes if recent else None)
    usual = appointment.minutes * chance.uniform(0.9, 1.25 if asked else 1.9)
    ends = appointment.starts_at + dt.timedelta(minutes=told.get("lasted") or round(usual))
    yield appointment.starts_at, partial(_begin, appointment, asked)
    if told:
        yield ends - dt.timedelta(minutes=5), partial(_note, appointment, told)
    yield ends, partial(_end, appointment, told, then)


def _held(appointment: Appointment) -> bool:
    """It stands: what ended meanwhile cancelled it."""
    return Appointment.objects.filter(pk=appointment.pk, status=AppointmentStatus.CONFIRMED).exists()


def _begin(appointment: Appointment, minutes: int | None) -> None:
    if _held(appointment):
        companion.agree(companion.meeting_of(appointment), minutes)


def _note(appointment: Appointment, told: Told) -> None:
    if not _held(appointment):
        return
    meeting = companion.meeting_of(appointment)
    if "notes" in told:
        companion.keep_notes(meeting, told["notes"].strip(), 1)
    for name in told.get("seen", ()):
        companion.observe(meeting, Seen(name), seen=True)


def _end(appointment: Appointment, told: Told, then: Callable[[], Iterable[Step]]) -> Iterable[Step]:
    if not _held(appointment):
        return ()
    companion.close(companion.meeting_of(appointment))
    if told.get("friend"):
        not_business(appointment.person)
    if "gut" in told and appointment.inquiry:
        record_gut_after_meeting(appointment.inquiry, told["gut"] / 100)
    return list(then())

"""Reminders: the evening before to both, an hour before to the owner; once, however often the clock comes round."""

import datetime as dt
import logging
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from rendezvous.appointments.letters import send_reminder, send_reminder_to_owner
from rendezvous.appointments.models import Appointment, AppointmentStatus, Reminder

log = logging.getLogger(__name__)

EVENING = dt.time(18)  # on the practice's clock
HOUR = dt.timedelta(hours=1)
# Who has just booked or moved needs no reminder.
JUST_TOLD = dt.timedelta(hours=3)
# From 18:00 to the last minute of the next day: thirty hours, and one more where the clocks go back.
AHEAD = dt.timedelta(hours=31)

WITH = ("practice", "person", "inquiry__person", "inquiry__practice")


def remind(now: dt.datetime) -> int:
    """Makes every reminder that is due, and returns how many. Twice is once; one that fails stops no other.

    A reminder whose moment passed while nothing ran still leaves as long as it is of use: that of the evening until the
    last hour, that of the hour until the beginning.
    """
    coming = Appointment.objects.filter(
        status=AppointmentStatus.CONFIRMED,
        person__not_business=False,
        starts_at__gt=now,
        starts_at__lte=now + AHEAD,
    )
    return sum(
        _remind_safely(appointment, now)
        for appointment in coming.select_related("practice").prefetch_related("reminders")
    )


def _due(appointment: Appointment, now: dt.datetime) -> Iterator[Reminder.Kind]:
    for kind, leaves, until in (
        (Reminder.Kind.EVENING, evening_before(appointment), appointment.starts_at - HOUR),
        (Reminder.Kind.HOUR, appointment.starts_at - HOUR, appointment.starts_at),
    ):
        if leaves <= now < until and appointment.told_at <= leaves - JUST_TOLD:
            yield kind


def evening_before(appointment: Appointment) -> dt.datetime:
    """18:00 on the day before, on the practice's clock."""
    zone = ZoneInfo(appointment.practice.timezone)
    day = appointment.starts_at.astimezone(zone).date() - dt.timedelta(days=1)
    return dt.datetime.combine(day, EVENING, zone)


def _remind_safely(appointment: Appointment, now: dt.datetime) -> int:
    try:
        done = {(row.sequence, row.kind) for row in appointment.reminders.all()}
        due = [kind for kind in _due(appointment, now) if (appointment.sequence, kind) not in done]
        return sum(_remind(appointment, kind, now) for kind in due)
    except IntegrityError:  # another worker was first
        return 0
    except Exception:  # told, and tried again in a minute; the others' reminders leave all the same
        log.exception("The reminder of appointment %s was not made", appointment.pk)
        return 0


@transaction.atomic
def _remind(appointment: Appointment, kind: Reminder.Kind, now: dt.datetime) -> bool:
    """The row first, then the letters, in one transaction; nothing where it was moved or cancelled meanwhile."""
    Reminder.objects.create(appointment=appointment, sequence=appointment.sequence, kind=kind, made_at=now)
    current = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related(*WITH)
        .filter(
            pk=appointment.pk,
            status=AppointmentStatus.CONFIRMED,
            person__not_business=False,
            sequence=appointment.sequence,
        )
        .first()
    )
    if current is None:
        transaction.set_rollback(True)
        return False
    if kind == Reminder.Kind.EVENING:
        send_reminder(current)
    send_reminder_to_owner(current, soon=kind == Reminder.Kind.HOUR)
    return True

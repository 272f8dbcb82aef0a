"""What both are told when an appointment is made, moved or cancelled."""

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from rendezvous.appointments.ical import invitation
from rendezvous.appointments.models import Appointment
from rendezvous.inquiries.letters import conversation
from rendezvous.inquiries.mailing import Letter
from rendezvous.inquiries.outbox import queue
from rendezvous.inquiries.wording import render_letter
from rendezvous.practice.links import address


def send_confirmed(appointment: Appointment) -> None:
    _send(appointment, "confirmed")


def send_moved(appointment: Appointment, before: dt.datetime) -> None:
    _send(appointment, "moved", before=before)


def send_cancelled(appointment: Appointment, *, by_owner: bool) -> None:
    _send(appointment, "cancelled", by_owner=by_owner)


def send_reminder(appointment: Appointment) -> None:
    """The evening before, to the other person: when, where, and how to move or cancel."""
    if appointment.person.email:
        _write(appointment, "appointments/mail/reminder", language_of(appointment), {}, reminds=True)


def send_reminder_to_owner(appointment: Appointment, *, soon: bool) -> None:
    """To the owner, with the page for the train; `soon`: an hour before."""
    more = {"soon": soon, "before_page": address("before", appointment.pk)}
    language = appointment.practice.language
    _write(appointment, "appointments/mail/reminder_owner", language, more, to_owner=True, reminds=True)


def _send(appointment: Appointment, what: str, **more: object) -> None:
    if appointment.person.email:
        _write(appointment, f"appointments/mail/{what}", language_of(appointment), more)
    _write(appointment, f"appointments/mail/{what}_owner", appointment.practice.language, more, to_owner=True)


def language_of(appointment: Appointment) -> str:
    """The language in which they wrote."""
    return appointment.inquiry.language if appointment.inquiry else appointment.person.language


def summary_of(appointment: Appointment, language: str, *, for_owner: bool = False) -> str:
    """The title in a calendar: who the other one is."""
    other = str(appointment.person) if for_owner else appointment.practice.signature
    with translation.override(language):
        return f"{other} – {appointment.get_mode_display()}"


def _write(
    appointment: Appointment,
    template: str,
    language: str,
    more: Mapping[str, object],
    *,
    to_owner: bool = False,
    reminds: bool = False,
) -> None:
    """Queues the letter; a reminder changes no calendar, and no machine need answer it."""
    practice, person, inquiry = appointment.practice, appointment.person, appointment.inquiry
    page = address("appointment", appointment.pk) if to_owner else address("appointment_page", appointment.token)
    context = {"appointment": appointment, "practice": practice, "person": person, "page": page, **more}
    with timezone.override(ZoneInfo(practice.timezone)):
        subject, text = render_letter(template, language, context)
    queue(
        Letter(
            to=practice.email if to_owner else person.email,
            to_name=practice.signature if to_owner else person.name,
            subject=subject,
            text=text,
            practice=practice,
            language=language,
            reply_token="" if to_owner or not inquiry else f"d-{inquiry.mail_token}",
            answers=() if to_owner or not inquiry else conversation(inquiry),
            calendar=None
            if reminds
            else invitation(appointment, summary_of(appointment, language, for_owner=to_owner), page),
            automatic=to_owner or reminds,
        ),
        inquiry=inquiry,
    )

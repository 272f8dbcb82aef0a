"""Booking, moving, cancelling: each one transaction, its mails in it; the database refuses what overlaps."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import F

from rendezvous import timing
from rendezvous.appointments.letters import send_cancelled, send_confirmed, send_moved
from rendezvous.appointments.models import Appointment, AppointmentKind, AppointmentStatus
from rendezvous.appointments.slots import free_slots, host_of, rules_for
from rendezvous.inquiries.models import Inquiry, Invitation, Mode, Need, Stage
from rendezvous.inquiries.stages import settle
from rendezvous.people.models import Person
from rendezvous.practice import clock
from rendezvous.practice.hours import rules_of
from rendezvous.practice.models import Member

OVERLAP = "appointments_never_overlap"
# The question "what came of it?" waits until the train home.
AFTERWARDS = dt.timedelta(hours=2)


class SlotTaken(Exception):
    """Somebody was first, or the time is not free any more."""


class AlreadyBooked(Exception):
    """The invitation has its appointment."""

    def __init__(self, appointment: Appointment) -> None:
        super().__init__(appointment)
        self.appointment = appointment


def book(invitation: Invitation, start: dt.datetime, *, request_key: str | None = None) -> Appointment:
    """Books that time for the invitation. The same request twice gives the same appointment.

    Raises `SlotTaken` where the time is not, or no longer, free; `AlreadyBooked` where the invitation was answered.
    """
    earlier = Appointment.objects.filter(request_key=request_key).first() if request_key else None
    if earlier:
        return earlier
    standing = invitation.appointments.filter(status=AppointmentStatus.CONFIRMED).first()
    if standing:
        raise AlreadyBooked(standing)
    slot = _free(invitation, start)
    before, after = _blocked(invitation, slot)
    try:
        with transaction.atomic():
            appointment = Appointment.objects.create(
                practice=invitation.inquiry.practice,
                member=host_of(invitation.inquiry.practice),
                person=invitation.inquiry.person,
                inquiry=invitation.inquiry,
                invitation=invitation,
                kind=_kind(invitation.inquiry),
                mode=invitation.mode,
                place=invitation.place,
                starts_at=slot.start,
                ends_at=slot.end,
                blocked_from=before,
                blocked_until=after,
                request_key=request_key,
            )
            settle(invitation.inquiry, Stage.BOOKED, Need.OUTCOME, appointment.ends_at + AFTERWARDS)
            send_confirmed(appointment)
    except IntegrityError as error:
        raise _refused(error, invitation) from error
    return appointment


def _refused(error: IntegrityError, invitation: Invitation) -> Exception:
    """What the database's refusal means: it is the judge of who was first."""
    if OVERLAP in str(error):
        return SlotTaken()
    standing = invitation.appointments.filter(status=AppointmentStatus.CONFIRMED).first()
    return AlreadyBooked(standing) if standing else error


def _free(invitation: Invitation, start: dt.datetime, but: Appointment | None = None) -> timing.Interval:
    for slot in free_slots(invitation, but=but):
        if slot.start == start:
            return slot
    raise SlotTaken


def _blocked(invitation: Invitation, slot: timing.Interval) -> tuple[dt.datetime, dt.datetime]:
    rules = rules_for(invitation)
    return (
        slot.start - dt.timedelta(minutes=rules.buffer_before),
        slot.end + dt.timedelta(minutes=rules.buffer_after),
    )


def _kind(inquiry: Inquiry) -> str:
    return inquiry.kind if inquiry.kind in AppointmentKind.values else AppointmentKind.PROSPECT


def note_appointment(
    member: Member,
    person: Person,
    start: dt.datetime,
    minutes: int,
    mode: Mode,
    *,
    place: str = "",
    travel: int = 0,
    inquiry: Inquiry | None = None,
) -> Appointment:
    """Books a time that the owner agreed on otherwise: any hour she likes, as long as nothing overlaps."""
    rules = rules_of(member.practice, minutes=minutes, travel=travel)
    end = start + dt.timedelta(minutes=minutes)
    try:
        with transaction.atomic():
            appointment = Appointment.objects.create(
                practice=member.practice,
                member=member,
                person=person,
                inquiry=inquiry,
                kind=_kind(inquiry) if inquiry else AppointmentKind.NETWORK,
                mode=mode,
                place=place,
                starts_at=start,
                ends_at=end,
                blocked_from=start - dt.timedelta(minutes=rules.buffer_before),
                blocked_until=end + dt.timedelta(minutes=rules.buffer_after),
            )
            if inquiry and not inquiry.ended:
                settle(inquiry, Stage.BOOKED, Need.OUTCOME, end + AFTERWARDS)
            send_confirmed(appointment)
    except IntegrityError as error:
        if OVERLAP in str(error):
            raise SlotTaken from error
        raise
    return appointment


def move(appointment: Appointment, start: dt.datetime, *, by_owner: bool = False) -> Appointment:
    """Moves an appointment, whole, to another time; both are told. `SlotTaken` leaves it where it is."""
    if start == appointment.starts_at:
        return appointment
    if not by_owner and appointment.invitation:
        _free(appointment.invitation, start, but=appointment)
    shift = start - appointment.starts_at
    try:
        with transaction.atomic():
            moved = Appointment.objects.filter(
                pk=appointment.pk, status=AppointmentStatus.CONFIRMED, sequence=appointment.sequence
            ).update(
                starts_at=appointment.starts_at + shift,
                ends_at=appointment.ends_at + shift,
                blocked_from=appointment.blocked_from + shift,
                blocked_until=appointment.blocked_until + shift,
                sequence=F("sequence") + 1,
                moved_at=clock.now(),
            )
            if not moved:
                raise SlotTaken
            before = appointment.starts_at
            appointment.refresh_from_db()
            if appointment.inquiry and not appointment.inquiry.ended:
                settle(appointment.inquiry, Stage.BOOKED, Need.OUTCOME, appointment.ends_at + AFTERWARDS)
            send_moved(appointment, before)
    except IntegrityError as error:
        if OVERLAP in str(error):
            raise SlotTaken from error
        raise
    return appointment


@transaction.atomic
def cancel(appointment: Appointment, *, by_owner: bool, then: Need = Need.DECIDE) -> bool:
    """Cancels; both are told, and the inquiry is the owner's to decide again. False where it was done already."""
    cancelled = Appointment.objects.filter(pk=appointment.pk, status=AppointmentStatus.CONFIRMED).update(
        status=AppointmentStatus.CANCELLED, sequence=F("sequence") + 1
    )
    if not cancelled:
        return False
    appointment.refresh_from_db()
    inquiry = appointment.inquiry
    if inquiry and not inquiry.ended:
        settle(inquiry, Stage.TALKING, then, clock.now())
    send_cancelled(appointment, by_owner=by_owner)
    return True

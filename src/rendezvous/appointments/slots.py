"""When a member is free: opening hours, less what is booked."""

from django.utils import timezone

from rendezvous import timing
from rendezvous.appointments.models import Appointment, AppointmentStatus
from rendezvous.inquiries.models import Invitation
from rendezvous.practice import clock
from rendezvous.practice.hours import rules_of
from rendezvous.practice.models import Member, Practice, Role

DAYS_AHEAD = 28
OFFERED = 6


def host_of(practice: Practice) -> Member:
    """Who receives: the practice's first owner."""
    return practice.members.filter(role=Role.OWNER).select_related("user").order_by("pk")[0]


def travel_minutes(invitation: Invitation) -> int:
    """Each way, where she is the one who travels."""
    return round(float(invitation.inquiry.practice.trip_hours) * 60 / 2) if invitation.travels else 0


def rules_for(invitation: Invitation) -> timing.Rules:
    return rules_of(invitation.inquiry.practice, minutes=invitation.minutes, travel=travel_minutes(invitation))


def busy(member: Member, span: timing.Interval, *, but: Appointment | None = None) -> list[timing.Interval]:
    """What a member's confirmed appointments block in that time, buffers and travel included."""
    rows = Appointment.objects.filter(
        member=member,
        status=AppointmentStatus.CONFIRMED,
        blocked_from__lt=span.end,
        blocked_until__gt=span.start,
    )
    if but:
        rows = rows.exclude(pk=but.pk)
    return [timing.Interval(a, b) for a, b in rows.values_list("blocked_from", "blocked_until")]


def free_slots(invitation: Invitation, *, but: Appointment | None = None) -> list[timing.Interval]:
    """Every time at which that meeting could take place in the next four weeks."""
    rules = rules_for(invitation)
    now = clock.now()
    today = timezone.localtime(now, rules.zone).date()
    taken = busy(host_of(invitation.inquiry.practice), timing.window(rules, today, DAYS_AHEAD), but=but)
    return timing.slots(rules, taken, today, DAYS_AHEAD, now)


def offered_slots(invitation: Invitation, *, but: Appointment | None = None) -> list[timing.Interval]:
    """The few that are worth offering."""
    return timing.offer(free_slots(invitation, but=but), zone=invitation.inquiry.practice.timezone, count=OFFERED)

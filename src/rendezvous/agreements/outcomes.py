"""How an inquiry ends: recorded once, changed openly, never twice."""

from decimal import Decimal

from django.db import transaction

from rendezvous.agreements.models import Outcome, Result
from rendezvous.appointments.booking import cancel
from rendezvous.appointments.models import AppointmentStatus
from rendezvous.inquiries.models import Channel, Direction, Inquiry, Need, Stage
from rendezvous.inquiries.stages import settle
from rendezvous.practice import clock
from rendezvous.practice.models import Member


@transaction.atomic
def record_outcome(
    inquiry: Inquiry,
    result: Result,
    *,
    member: Member | None = None,
    why: str = "",
    insisted: bool | None = None,
    amount: Decimal | None = None,
) -> Outcome:
    """Ends the inquiry. What was still to come of it is cancelled, unless it was signed."""
    outcome, _created = Outcome.objects.update_or_create(
        inquiry=inquiry,
        defaults={
            "result": result,
            "member": member,
            "why": why if result == Result.LOST else "",
            "insisted": insisted if result == Result.DECLINED else None,
            "amount": amount if result == Result.SIGNED else None,
            "recorded_at": clock.now(),
        },
    )
    if result != Result.SIGNED:
        _cancel_what_comes(inquiry, by_owner=member is not None)
    inquiry.invitations.filter(expires_at__gt=clock.now()).update(expires_at=clock.now())
    settle(inquiry, Stage.ENDED)
    return outcome


def _cancel_what_comes(inquiry: Inquiry, *, by_owner: bool) -> None:
    for appointment in inquiry.appointments.filter(status=AppointmentStatus.CONFIRMED, starts_at__gt=clock.now()):
        cancel(appointment, by_owner=by_owner)


@transaction.atomic
def withdraw(inquiry: Inquiry, reason: str = "") -> None:
    """The sender takes the request back, with a word if they like. Twice is once; a signed one stays signed."""
    if inquiry.ended:
        return
    if reason:
        inquiry.messages.create(direction=Direction.IN, channel=Channel.PAGE, text=reason)
    record_outcome(inquiry, Result.WITHDRAWN)


@transaction.atomic
def reopen(inquiry: Inquiry) -> None:
    """It goes on after all: the outcome is taken away."""
    Outcome.objects.filter(inquiry=inquiry).delete()
    settle(inquiry, Stage.TALKING, Need.DECIDE, clock.now())

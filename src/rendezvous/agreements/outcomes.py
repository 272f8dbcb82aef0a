"""How an inquiry ends: recorded once, changed openly, never twice."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from rendezvous.agreements.models import Outcome, Result
from rendezvous.appointments.booking import cancel
from rendezvous.appointments.models import AppointmentStatus
from rendezvous.inquiries.models import Channel, Direction, Inquiry, Need, Stage
from rendezvous.inquiries.stages import bring_up, settle
from rendezvous.practice import clock
from rendezvous.practice.models import Member

NOT_YET = dt.timedelta(days=14)


@transaction.atomic
def record_outcome(
    inquiry: Inquiry,
    result: Result,
    *,
    member: Member | None = None,
    why: str = "",
    insisted: bool | None = None,
    amount: Decimal | None = None,
    currency: str = "",
) -> Outcome:
    """Ends the inquiry. What was still to come of it is cancelled, unless it was signed.

    The amount is in the practice's currency unless another one is told.
    """
    outcome, _created = Outcome.objects.update_or_create(
        inquiry=inquiry,
        defaults={
            "result": result,
            "member": member,
            "why": why if result == Result.LOST else "",
            "insisted": insisted if result == Result.DECLINED else None,
            "amount": amount if result == Result.SIGNED else None,
            "currency": currency or inquiry.practice.currency,
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
def goes_on(inquiry: Inquiry, stage: Stage, need: Need, at: dt.datetime) -> None:
    """A document moves the inquiry on. One that had ended goes on after all; a signed one stays signed, whatever else
    is offered beside it: only what is to be done of it comes up."""
    if Outcome.objects.filter(inquiry=inquiry, result=Result.SIGNED).exists():
        if need != Need.OUTCOME:
            bring_up(inquiry, need, at)
        return
    Outcome.objects.filter(inquiry=inquiry).delete()
    settle(inquiry, stage, need, at)


@transaction.atomic
def not_over(inquiry: Inquiry) -> None:
    """Nothing is settled: the question comes back in two weeks. A document that is with them still is."""
    Outcome.objects.filter(inquiry=inquiry).delete()
    stage = Stage.PROPOSED if inquiry.stage == Stage.PROPOSED else Stage.TALKING
    settle(inquiry, stage, Need.OUTCOME, clock.now() + NOT_YET)


@transaction.atomic
def reopen(inquiry: Inquiry) -> None:
    """It goes on after all: the outcome is taken away."""
    Outcome.objects.filter(inquiry=inquiry).delete()
    settle(inquiry, Stage.TALKING, Need.DECIDE, clock.now())

"""Where an inquiry stands, and when it needs its owner. Somebody who is not business is never chased."""

import datetime as dt

from rendezvous.inquiries.models import Inquiry, Need, Stage
from rendezvous.people.models import Person

# What the owner would do of her own accord. What a friend says or does herself still comes up: nobody goes unread.
CHASING = frozenset({Need.DECIDE, Need.OUTCOME, Need.DEPOSIT, Need.SILENCE})


def bring_up(inquiry: Inquiry, need: Need, at: dt.datetime) -> None:
    """Puts the inquiry before the owner, from that time on. One that she has not decided yet stays to be decided.

    Where the person is not business, only what they say themselves comes up; the rest changes nothing.
    """
    friend = inquiry.person.not_business
    if friend and need in CHASING:
        return
    undecided = inquiry.stage == Stage.NEW and need == Need.READ and not friend
    inquiry.need, inquiry.need_at = (Need.DECIDE if undecided else need), at
    inquiry.save(update_fields=["need", "need_at"])


def settle(inquiry: Inquiry, stage: Stage, need: Need | None = None, at: dt.datetime | None = None) -> None:
    """Moves the inquiry on: nothing is needed of her now, or something will be, later; of a friend, nothing."""
    chased = not (inquiry.person.not_business and need in CHASING)
    inquiry.stage = stage
    inquiry.need, inquiry.need_at = (need, at) if need and at and chased else ("", None)
    inquiry.save(update_fields=["stage", "need", "need_at"])


def not_business(person: Person) -> None:
    """It is a friendship: out of every figure, forecast and reminder."""
    person.not_business = True
    person.save(update_fields=["not_business"])
    person.inquiries.filter(need__in=CHASING).update(need="", need_at=None)

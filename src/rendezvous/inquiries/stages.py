"""Where an inquiry stands, and when it needs its owner."""

import datetime as dt

from rendezvous.inquiries.models import Inquiry, Need, Stage


def bring_up(inquiry: Inquiry, need: Need, at: dt.datetime) -> None:
    """Puts the inquiry before the owner, from that time on. One that she has not decided yet stays to be decided."""
    undecided = inquiry.stage == Stage.NEW and need == Need.READ
    inquiry.need, inquiry.need_at = (Need.DECIDE if undecided else need), at
    inquiry.save(update_fields=["need", "need_at"])


def settle(inquiry: Inquiry, stage: Stage, need: Need | None = None, at: dt.datetime | None = None) -> None:
    """Moves the inquiry on: nothing is needed of her now, or something will be, later."""
    inquiry.stage = stage
    inquiry.need, inquiry.need_at = (need, at) if need and at else ("", None)
    inquiry.save(update_fields=["stage", "need", "need_at"])

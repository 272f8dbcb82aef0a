"""The brief: the eight slots, each filled by its own function."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from rendezvous.reading.budget import budget, likely_currency
from rendezvous.reading.deadline import deadline
from rendezvous.reading.deliverable import deliverable
from rendezvous.reading.meeting import meeting
from rendezvous.reading.prose import Prose
from rendezvous.reading.purpose import audiences, competitors, objectives
from rendezvous.reading.scheme import SLOTS, Slot
from rendezvous.reading.who import who

#: A brief of which nothing is stated.
EMPTY: Mapping[str, Slot] = MappingProxyType({name: Slot(False) for name in SLOTS})


def brief_of(prose: Prose, today: dt.date | None, utc_offset_hours: float | None) -> Mapping[str, Slot]:
    """Every slot of `SLOTS`, in that order, as the writer's own words fill it."""
    sender = who(prose)
    work = deliverable(prose)
    return MappingProxyType(
        {
            "who": sender,
            "deliverable": work,
            "objectives": objectives(prose),
            "audiences": audiences(prose),
            "competitors": competitors(prose),
            "deadline": deadline(prose, today, work),
            "budget": budget(prose, likely_currency(prose, utc_offset_hours)),
            "meeting": meeting(prose, sender),
        }
    )

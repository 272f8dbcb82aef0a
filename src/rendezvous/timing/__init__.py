"""Opening hours and busy time in, free slots out.

Plain values all through: this package knows nothing of the rest of Rendez-vous, keeps nothing, and reads no
clock.
"""

from rendezvous.timing.busy import BusyIndex
from rendezvous.timing.ics import Busy, UnreadableCalendar, busy_from_ics
from rendezvous.timing.interval import Interval
from rendezvous.timing.offer import offer
from rendezvous.timing.openings import open_hours
from rendezvous.timing.rules import Opening, Rules, RulesError
from rendezvous.timing.slots import slots, window

__all__ = [
    "Busy",
    "BusyIndex",
    "Interval",
    "Opening",
    "Rules",
    "RulesError",
    "UnreadableCalendar",
    "busy_from_ics",
    "offer",
    "open_hours",
    "slots",
    "window",
]

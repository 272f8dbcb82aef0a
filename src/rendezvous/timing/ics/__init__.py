"""Reading busy time out of other people's iCalendar files."""

from rendezvous.timing.ics.reading import Busy, UnreadableCalendar, busy_from_ics

__all__ = ["Busy", "UnreadableCalendar", "busy_from_ics"]

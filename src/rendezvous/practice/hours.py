"""The practice's opening hours, as `timing` wants them."""

from rendezvous.practice.models import Practice
from rendezvous.timing import Rules


def rules_of(practice: Practice, *, minutes: int = 60, travel: int = 0) -> Rules:
    """Rules for appointments of that length, with so many minutes of travel on both sides."""
    hours = dict(practice.availability)
    hours["buffer_before"] = max(hours.get("buffer_before", 0), travel)
    hours["buffer_after"] = max(hours.get("buffer_after", 0), travel)
    return Rules.from_json({"timezone": practice.timezone, "length": minutes, **hours})

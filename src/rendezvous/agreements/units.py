"""The units in which work is priced, as one writes them."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from rendezvous.practice import typography

UNITS: dict[str, Promise] = {
    "package": _("package"),
    "day": _("day"),
    "half_day": _("half-day"),
    "hour": _("hour"),
    "page": _("page"),
    "word": _("word"),
    "piece": _("piece"),
    "month": _("month"),
    "km": _("km"),
}


def unit_name(unit: str, quantity: Decimal) -> str:
    """ "1,5 jour", "1.5 days": French counts as one what is below two, English one alone."""
    one = quantity < 2 if typography.language() == "fr" else quantity == 1
    number = 1 if one else 2
    names = {
        "package": ngettext("package", "packages", number),
        "day": ngettext("day", "days", number),
        "half_day": ngettext("half-day", "half-days", number),
        "hour": ngettext("hour", "hours", number),
        "page": ngettext("page", "pages", number),
        "word": ngettext("word", "words", number),
        "piece": ngettext("piece", "pieces", number),
        "month": ngettext("month", "months", number),
    }
    return names.get(unit, unit)

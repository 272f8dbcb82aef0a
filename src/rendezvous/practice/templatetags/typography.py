"""The typography of the practice, as template filters (loaded everywhere)."""

from decimal import Decimal

from django import template

from rendezvous.practice import typography
from rendezvous.practice.models import Practice

register = template.Library()
for _name in ("day", "short_day", "hour", "moment", "duration", "figure", "money", "percent", "french"):
    register.filter(_name, getattr(typography, _name))


@register.filter
def typeset(words: str, practice: Practice) -> str:
    """What the owner wrote for her page, with the no-break spaces that her language wants."""
    return typography.french(words) if practice.language == "fr" else words


@register.filter
def unlocalised(value: float) -> str:
    """A figure for a drawing: with a point, whatever the language."""
    return f"{value:g}"


@register.filter
def round_money(value: Decimal, currency: str = "EUR") -> str:
    """An amount that is an estimate, without cents."""
    return typography.money(round(value), currency)

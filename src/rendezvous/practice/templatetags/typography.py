"""The typography of the practice, as template filters (loaded everywhere)."""

from django import template

from rendezvous.practice import typography

register = template.Library()
for _name in ("day", "short_day", "hour", "moment", "duration", "figure", "money", "percent", "french"):
    register.filter(_name, getattr(typography, _name))

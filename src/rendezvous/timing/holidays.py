"""Public holidays, from the `holidays` package."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


# Codes of ISO 3166-2 that `holidays` has under another: the two departments of Alsace.
_PARTS = {"FR": {"67": "6AE", "68": "6AE"}}


@lru_cache(maxsize=1)
def known_places() -> dict[str, list[str]]:
    """The countries whose holidays are known, each with the codes of its subdivisions."""
    import holidays  # some 60 ms, and most rules are read only once

    places = holidays.list_supported_countries(include_aliases=False)
    return {country: [*parts, *_PARTS.get(country, {})] for country, parts in places.items()}


@lru_cache(maxsize=256)
def holidays_of(place: str, year: int) -> frozenset[date]:
    """The public holidays of a year in a country ("FR") or one of its subdivisions ("FR-57").

    The place must be known. Where a holiday that falls on a weekend is kept on another day, both days count.
    """
    import holidays  # see known_places

    country, _, subdivision = place.partition("-")
    subdivision = _PARTS.get(country, {}).get(subdivision, subdivision)
    found = holidays.country_holidays(country, subdiv=subdivision or None, years=year)
    return frozenset(day for day in found if day.year == year)

"""Estimates drawn as bands: never a bare dot."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from rendezvous.inquiries.models import Forecast

register = template.Library()

LEFT, WIDTH = 12, 296  # of a drawing 320 wide, so that a phone shows its words at their size


def _x(share: float) -> float:
    return round(LEFT + share * WIDTH, 1)


@register.simple_tag
def chance(forecast: Forecast | None, gut: Forecast | None) -> SafeString:
    """The forecast as a band from 0 to 100 %, her feeling as a diamond beside it; the sentence below says the same."""
    parts = [format_html('<line class="track" x1="{}" y1="24" x2="{}" y2="24"/>', LEFT, LEFT + WIDTH)]
    parts += [
        format_html('<text x="{}" y="50" text-anchor="middle">{}</text>', _x(share), f"{round(share * 100)}")
        for share in (0, 0.5, 1)
    ]
    if forecast and forecast.low is not None and forecast.high is not None and forecast.probability is not None:
        parts.append(
            format_html(
                '<rect class="band" x="{}" y="14" width="{}" height="20"/>',
                _x(forecast.low),
                round((forecast.high - forecast.low) * WIDTH, 1),
            )
        )
        middle = _x(forecast.probability)
        parts.append(format_html('<line class="middle" x1="{}" y1="10" x2="{}" y2="38"/>', middle, middle))
    if gut and gut.probability is not None:
        felt = _x(gut.probability)
        parts.append(format_html('<path class="felt" d="M{} 24l6-8 6 8-6 8z"/>', felt - 6))
    label = gettext("Forecast and feeling, from 0 to 100 %")
    drawing = format_html("".join("{}" for _ in parts), *parts)
    return format_html('<svg class="chance" viewBox="0 0 320 54" role="img" aria-label="{}">{}</svg>', label, drawing)

"""How far her intuition can be trusted, and where her hours went."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from rendezvous.insight.intuition import Intuition, intuition_of
from rendezvous.insight.ledger import breaches_of, ledger_of, pages_of
from rendezvous.practice.access import DeskRequest, desk

# The plot's own units.
WIDTH, HEIGHT = 320, 320


@desk
@require_GET
def insight(request: DeskRequest) -> HttpResponse:
    felt = intuition_of(request.practice)
    context = {
        "felt": felt,
        "points": _points(felt),
        "hours": ledger_of(request.practice),
        "pages": pages_of(request.practice),
        "breaches": breaches_of(request.practice),
    }
    return TemplateResponse(request, "insight/insight.html", context)


def _points(felt: Intuition) -> list[dict[str, float]]:
    """Each band as a bar of its interval and a dot as large as its number, upwards from the bottom left."""
    return [
        {
            "x": round(band.felt * WIDTH, 1),
            "y": round((1 - band.share) * HEIGHT, 1),
            "top": round((1 - band.most) * HEIGHT, 1),
            "bottom": round((1 - band.least) * HEIGHT, 1),
            "r": round(min(3 + band.cases**0.5, 12), 1),
        }
        for band in felt.bands
    ]

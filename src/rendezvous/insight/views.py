"""How far her intuition can be trusted, and where her hours went."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from rendezvous.inquiries.judgement import FEELINGS
from rendezvous.insight.intuition import BANDS, Intuition, intuition_of
from rendezvous.insight.ledger import ledger_of
from rendezvous.insight.pages import breaches_of, pages_of
from rendezvous.practice.access import DeskRequest, desk

# The plot's own units: of its square, and between two bars.
SIDE, GAP = 240, 6


@desk
@require_GET
def insight(request: DeskRequest) -> HttpResponse:
    felt = intuition_of(request.practice)
    context = {
        "felt": felt,
        "rows": [(band, FEELINGS[band.number]) for band in felt.bands],
        "bars": _bars(felt),
        "voices": _voices(felt),
        "ledger": ledger_of(request.practice),
        "written": pages_of(request.practice),
        "breaches": breaches_of(request.practice),
    }
    return TemplateResponse(request, "insight/insight.html", context)


def _voices(felt: Intuition) -> list[tuple[str, object]]:
    rows = [
        (gettext("you, on reading"), felt.first),
        (gettext("the forecast, just after"), felt.model),
        (gettext("you, after the meeting"), felt.after),
        (gettext("you, on reading, of the same"), felt.before),
    ]
    return [(label, voice) for label, voice in rows if voice.tested]


def _bars(felt: Intuition) -> list[dict[str, object]]:
    """Each band as wide as what was felt and as high as its interval, with a line at its share; y goes down."""
    wide = SIDE / BANDS
    return [
        {
            "x": band.number * wide + GAP / 2,
            "width": wide - GAP,
            "right": (band.number + 1) * wide - GAP / 2,
            "y": round((1 - band.most) * SIDE, 1),
            "height": round((band.most - band.least) * SIDE, 1),
            "share": round((1 - band.share) * SIDE, 1),
            "few": band.few,
        }
        for band in felt.bands
        if band.tested
    ]

"""The inbox: what needs her now, what waits for others, what is over; each inquiry on one line."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rendezvous.inquiries.access import inquiries_of
from rendezvous.inquiries.models import Inquiry, Stage
from rendezvous.inquiries.receiving import searchable
from rendezvous.inquiries.stages import CHASING
from rendezvous.inquiries.understanding import Sign, brief_of, signs_of
from rendezvous.inquiries.wording import Known, missing, missing_words, sentence
from rendezvous.practice import clock
from rendezvous.practice.models import Practice
from rendezvous.practice.typed import whole_number

PAGE = 30
WAITING = (Stage.ASKED, Stage.INVITED, Stage.BOOKED, Stage.TALKING, Stage.PROPOSED, Stage.DECLINED, Stage.NEW)
# Somebody who is not business is in no pipeline: only what they say themselves comes up.
CHASED_FRIEND = Q(person__not_business=True, need__in=CHASING)

FOLDERS: dict[str, Promise] = {
    "now": _("Now"),
    "waiting": _("Waiting for them"),
    "ended": _("Ended"),
    "aside": _("Set aside"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One inquiry as the inbox shows it."""

    inquiry: Inquiry
    sentence: str
    missing: str
    slots: list[Known]
    signs: list[Sign]


@dataclass(frozen=True, slots=True)
class Page:
    lines: list[Line]
    more: bool


def folder(practice: Practice, name: str) -> QuerySet[Inquiry]:
    """The inquiries of one folder, the most pressing first."""
    rows = inquiries_of(practice)
    now = clock.now()
    if name == "now":
        rows = rows.filter(need_at__lte=now).exclude(stage__in=[Stage.ASIDE]).exclude(CHASED_FRIEND)
        return rows.order_by("need_at", "pk")
    if name == "waiting":
        rows = rows.filter(stage__in=WAITING, person__not_business=False).exclude(need_at__lte=now)
        return rows.order_by("-created_at", "-pk")
    stage = Stage.ASIDE if name == "aside" else Stage.ENDED
    return rows.filter(stage=stage).order_by("-created_at", "-pk")


def search(practice: Practice, words: str) -> QuerySet[Inquiry]:
    """Inquiries in which every word occurs, in a name, an address or a message; accents and case set aside."""
    rows = inquiries_of(practice)
    for word in searchable(words).split()[:8]:
        rows = rows.filter(search__contains=word)
    return rows.order_by("-created_at", "-pk")


def page_of(rows: QuerySet[Inquiry], number: int = 1) -> Page:
    """A page of lines; three queries whatever it holds."""
    first = (max(number, 1) - 1) * PAGE
    found = list(rows.prefetch_related("slots", "signals")[first : first + PAGE + 1])
    return Page([line_of(inquiry) for inquiry in found[:PAGE]], more=len(found) > PAGE)


def line_of(inquiry: Inquiry) -> Line:
    brief = brief_of(inquiry)
    signs = [sign for sign in signs_of(inquiry) if sign.present]
    gaps = [] if inquiry.kind in {"network", "not_a_request"} or inquiry.ended else missing(brief)
    return Line(inquiry, sentence(brief, str(inquiry.person)), missing_words(gaps), list(brief.values()), signs)


def counts(practice: Practice) -> dict[str, int]:
    """How many inquiries need her now, wait and are set aside, in one query. What is over counts while it needs her."""
    due = Q(need_at__lte=clock.now())
    going_on = Q(stage__in=[stage for stage in Stage if stage != Stage.ENDED]) | Q(need_at__isnull=False)
    return (
        practice.inquiries.filter(going_on)
        .order_by()
        .aggregate(
            now=Count("pk", filter=due & ~Q(stage=Stage.ASIDE) & ~CHASED_FRIEND),
            waiting=Count("pk", filter=Q(stage__in=WAITING, person__not_business=False) & (Q(need_at=None) | ~due)),
            aside=Count("pk", filter=Q(stage=Stage.ASIDE)),
        )
    )


def page_number(request: HttpRequest) -> int:
    """The page asked for, from 1; the first where that makes no sense."""
    asked = request.GET.get("page", "1")
    return min(whole_number(asked, digits=8) or 1, 10_000)

"""What was written or worked before anybody had signed, and what it brought."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Min, QuerySet, Sum

from rendezvous.agreements.models import Breach, DocumentKind, Outcome, Party, Result, Signature, Version
from rendezvous.insight.counted import counted
from rendezvous.practice.models import Practice


@dataclass(slots=True)
class Written:
    """Documents of one kind: how many, how many pages (every version counts), for how many inquiries."""

    kind: DocumentKind
    documents: set[int] = field(default_factory=set)
    inquiries: set[int] = field(default_factory=set)
    signed: set[int] = field(default_factory=set)
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Pages:
    """`pages` in all, for `inquiries`; of these, `signed` were, and brought `amount`."""

    kinds: list[Written]
    pages: int
    inquiries: int
    signed: int
    amount: Decimal


def pages_of(practice: Practice) -> Pages:
    """Every version that was sent while nothing was signed. What was sent later was paid. Three queries."""
    outcomes = {outcome.inquiry_id: outcome for outcome in _signed(practice)}
    since = _signed_since(practice, outcomes)
    rows = {kind: Written(kind) for kind in DocumentKind}
    sent = Version.objects.filter(
        counted("document__inquiry__"), document__practice=practice, sent_at__isnull=False
    ).values_list("document", "document__kind", "document__inquiry", "sent_at", "pages")
    for document, kind, inquiry, at, pages in sent:
        if at is None or (inquiry in since and at >= since[inquiry]):
            continue
        row = rows[DocumentKind(kind)]
        row.documents.add(document)
        row.inquiries.add(inquiry)
        row.pages += pages or 0
        if inquiry in outcomes:
            row.signed.add(inquiry)
    kinds = [row for row in rows.values() if row.documents]
    inquiries: set[int] = set().union(*(row.inquiries for row in kinds))
    won = [outcomes[inquiry].amount_in(practice.currency) for inquiry in inquiries & outcomes.keys()]
    return Pages(kinds, sum(row.pages for row in kinds), len(inquiries), len(won), sum(won, Decimal(0)))


def _signed(practice: Practice) -> QuerySet[Outcome]:
    return Outcome.objects.filter(counted(), inquiry__practice=practice, result=Result.SIGNED)


def _signed_since(practice: Practice, outcomes: dict[int, Outcome]) -> dict[int, dt.datetime]:
    """When each inquiry was first signed by both: here, or on paper, as the outcome says."""
    ours = Signature.objects.filter(
        version__document__practice=practice, party=Party.PRACTICE, version__document__inquiry__in=outcomes
    )
    since = {inquiry: outcome.recorded_at for inquiry, outcome in outcomes.items()}
    for inquiry, at in ours.order_by().values_list("version__document__inquiry").annotate(Min("at")):
        since[inquiry] = min(at, since[inquiry])
    return since


def breaches_of(practice: Practice) -> list[Breach]:
    """Each time she worked without a signature, the last one first, with its minutes and what came of it."""
    rows = Breach.objects.filter(counted(), inquiry__practice=practice).annotate(minutes=Sum("work__minutes"))
    return list(rows.select_related("inquiry__person", "inquiry__outcome").order_by("-at", "-pk"))

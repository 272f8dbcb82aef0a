"""The first words of a document: from the brief, from what was agreed before, from the texts of her trade."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from rendezvous.agreements import texts
from rendezvous.agreements.content import Content, content_of
from rendezvous.agreements.models import Document, DocumentKind, DocumentStatus, Letterhead, Regime, Version
from rendezvous.agreements.models.document import OVER
from rendezvous.agreements.outlines import outline_of
from rendezvous.inquiries.judgement import budget_figure
from rendezvous.inquiries.models import Inquiry
from rendezvous.inquiries.understanding import quotable_brief
from rendezvous.inquiries.wording import Known, deadline_words, shorten
from rendezvous.practice import clock

EARLIER = {
    DocumentKind.PROPOSAL: (),
    DocumentKind.QUOTE: (DocumentKind.PROPOSAL,),
    DocumentKind.AGREEMENT: (DocumentKind.QUOTE, DocumentKind.PROPOSAL),
}
AGREED = (DocumentStatus.ACCEPTED, DocumentStatus.SEALED)
NO_LONGER = (DocumentStatus.DRAFT, *OVER)


def first_content(inquiry: Inquiry, kind: DocumentKind) -> Content:
    """What she finds written when she begins: nothing of it is kept before she says so."""
    letterhead = Letterhead.of(inquiry.practice)
    earlier = earlier_version(inquiry, kind)
    with translation.override(inquiry.language):
        anew = earlier is not None and earlier.document.kind == kind
        brief = {} if anew else quotable_brief(inquiry)
        content = _carried_on(earlier) if earlier else _from_brief(inquiry, brief, letterhead, kind)
        content.valid_until = clock.today() + dt.timedelta(days=letterhead.valid_days)
        if not anew:
            content.text = _text(inquiry, brief, kind, earlier)
        if kind == DocumentKind.AGREEMENT and not anew:
            content.rights = first_rights(content.title)
        if kind != DocumentKind.PROPOSAL:
            content.terms.setdefault("payment_days", letterhead.payment_days)
            _deposit(content, earlier, letterhead)
    return content


def _deposit(content: Content, earlier: Version | None, letterhead: Letterhead) -> None:
    """Her usual one where none is agreed yet; none where a signed document has asked for it already."""
    if earlier and hasattr(earlier.document, "deposit"):
        content.terms.pop("deposit_percent", None)
        content.terms.pop("deposit_amount", None)
    elif not content.terms.get("deposit_percent") and not content.terms.get("deposit_amount"):
        content.terms["deposit_percent"] = str(letterhead.deposit_percent) if letterhead.deposit_percent else ""


def earlier_version(inquiry: Inquiry, kind: DocumentKind) -> Version | None:
    """The version that this document carries on: the last one sent of an earlier kind, one that they agreed to first.

    What both have signed is never rewritten: a new document of its kind carries it on, in its own words.
    """
    sealed = inquiry.documents.filter(kind=kind, status=DocumentStatus.SEALED).last()
    if sealed:
        return sealed.sent_version
    for before in EARLIER[kind]:
        last = _last_agreed(inquiry.documents.filter(kind=before))
        if last:
            return last
    return None


def _last_agreed(documents: Iterable[Document]) -> Version | None:
    """The version that was sent last; of a document that they agreed to, where there is one."""
    sent = sorted((d for d in documents if d.sent_version), key=lambda d: (d.status in AGREED, d.pk))
    return sent[-1].sent_version if sent else None


def _carried_on(earlier: Version) -> Content:
    content = content_of(earlier)
    chosen = earlier.document.chosen
    lines = [line for line in content.lines if not line.get("optional") or line["key"] in chosen]
    return Content(
        title=content.title,
        text=content.text,
        lines=[{**line, "optional": False} for line in lines],
        terms=dict(content.terms),
        client=dict(content.client),
        rights=dict(content.rights),
    )


def _from_brief(inquiry: Inquiry, brief: Mapping[str, Known], letterhead: Letterhead, kind: DocumentKind) -> Content:
    """A line at the price that they named, or at her usual one; a proposal without either says nothing of it yet."""
    title = capfirst(shorten(brief["deliverable"].words, 90) or _("Our project"))
    figure = budget_figure(brief["budget"])
    price = figure if figure is not None else inquiry.practice.usual_value
    rate = str(letterhead.vat_rate) if letterhead.regime == Regime.VAT else ""
    line = {
        "key": "1", "text": title, "quantity": "1", "unit": "package", "price": f"{price:.2f}" if price else "",
        "rate": rate, "discount": "", "optional": False,
    }  # fmt: skip
    person = inquiry.person
    return Content(
        title=title,
        lines=[line] if price or kind != DocumentKind.PROPOSAL else [],
        terms={"currency": inquiry.practice.currency, "regime": letterhead.regime},
        client={
            "name": str(person.organisation or person.name),
            "address": "",
            "country": "FR",
            "vat_number": "",
            "business": True,
        },
    )


def _text(inquiry: Inquiry, brief: Mapping[str, Known], kind: DocumentKind, earlier: Version | None) -> str:
    """The outline with the brief's words in their places; figures keep theirs until the page is set."""
    values = {
        "need": _sentence(brief["objectives"].words or brief["deliverable"].words),
        "deliverables": earlier.title if earlier else _sentence(brief["deliverable"].words),
        "excluded": "",
        "calendar": deadline_words(brief["deadline"].values or {}) or brief["deadline"].words,
        "budget": str(brief["budget"].shown) if brief["budget"].stated else "",
    }
    agreed = None if kind == DocumentKind.PROPOSAL else _agreed_proposal(inquiry)
    values["annexed"] = "1" if agreed else ""
    outline = outline_of(inquiry.practice, kind, inquiry.language)
    words = texts.fill(outline.text, values).text
    return f"{words.rstrip()}\n\n{_annex(agreed)}" if agreed else words


def _agreed_proposal(inquiry: Inquiry) -> Version | None:
    """The page that a quote or a contract is made from: the one that they said yes to, else the last one sent."""
    return _last_agreed(inquiry.documents.filter(kind=DocumentKind.PROPOSAL).exclude(status__in=NO_LONGER))


def _annex(proposal: Version) -> str:
    """What the proposal promised, so that a signature takes none of it away; its price and date give way to others."""
    sections = re.split(r"(?m)^(?=## )", proposal.text.strip())
    promised = [part for part in sections if "{price}" not in part and "{validity}" not in part]
    about = {"document": str(proposal.document), "number": proposal.number}
    return "\n\n".join(
        [
            "## " + _("Annex: what was agreed"),
            _("It takes over the %(document)s, version %(number)s, and is part of this document.") % about,
            re.sub(r"(?m)^(?=#{1,5} )", "#", "".join(promised)).strip(),
        ]
    )


def _sentence(words: str) -> str:
    return capfirst(words.strip().rstrip(".,;:"))


def first_rights(title: str) -> dict[str, str]:
    """What is assigned of the author's rights unless she says otherwise: narrow enough to be fair, whole by L131-3."""
    return {
        "works": title,
        "modes": _("reproduction and display on the client's website, documents and social networks"),
        "place": _("the whole world"),
        "duration": _("ten years"),
        "purpose": _("the client's own communication"),
    }


def carried_on(document: Document) -> Content:
    """What she edits: the draft there is, else what was last sent."""
    version = document.draft or document.sent_version
    return content_of(version) if version else Content()

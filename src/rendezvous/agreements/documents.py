"""A document's life: written, sent, remarked on, sent again, answered. Signing it is in signing.py."""

import datetime as dt
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F

from rendezvous.agreements import proof
from rendezvous.agreements.checking import problems_of
from rendezvous.agreements.content import Content
from rendezvous.agreements.letters import send_document, tell_owner
from rendezvous.agreements.models import Document, DocumentKind, DocumentStatus, Numbering, Remark, Version
from rendezvous.agreements.models.document import OPEN
from rendezvous.agreements.printing import print_version
from rendezvous.inquiries.models import Inquiry, Need, Stage
from rendezvous.inquiries.receiving import clean_text
from rendezvous.inquiries.stages import bring_up, settle
from rendezvous.practice import clock
from rendezvous.practice.models import Practice

PREFIXES = {DocumentKind.PROPOSAL: "P", DocumentKind.QUOTE: "D", DocumentKind.AGREEMENT: "C"}
LONGEST_REMARK = 5000
# A proposal that nobody answers is asked about when it lapses; one without a date, after this.
SILENCE = dt.timedelta(days=14)


class NotReady(Exception):
    """What a document lacks before it may be sent: sentences."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class TooLate(Exception):
    """It was replaced, taken back, answered, or is over; nothing changed."""


@transaction.atomic
def write(inquiry: Inquiry, kind: DocumentKind, content: Content) -> Document:
    """Keeps a new document; nobody sees it yet."""
    document = inquiry.documents.create(practice=inquiry.practice, kind=kind, language=inquiry.language)
    content.put_into(Version(document=document)).save()
    return document


@transaction.atomic
def rewrite(document: Document, content: Content) -> Version:
    """Keeps what is written: in the draft there is, else in a new version beside the one that was sent."""
    version = document.draft
    if version is None:
        last = document.versions.order_by("number").last()
        version = Version(document=document, number=last.number + 1 if last else 1)
    content.put_into(version).saved_at = clock.now()
    version.save()
    return version


@transaction.atomic
def send(document: Document) -> Version:
    """Sends the draft to its reader, under the document's number. `NotReady` says what it lacks.

    An earlier version is replaced: what was accepted or signed of it falls.
    """
    document = Document.objects.select_for_update().select_related("inquiry__person", "practice").get(pk=document.pk)
    version = document.draft
    if version is None:
        raise TooLate
    problems = problems_of(version)
    if problems:
        raise NotReady(problems)
    if not document.number:
        document.number = next_number(document.practice, DocumentKind(document.kind))
    again = document.status != DocumentStatus.DRAFT
    document.status, document.answered_at, document.refused_because = DocumentStatus.SENT, None, ""
    document.chosen = [key for key in document.chosen if key in {line["key"] for line in version.lines}]
    document.save()
    version.sent_at = clock.now()
    _print(version)
    proof.note(document, "sent", version=version.number, document_sha256=version.sha256, to=_reader(document))
    send_document(document, version, again=again)
    settle(document.inquiry, Stage.PROPOSED, Need.OUTCOME, _when_to_ask(version))
    return version


def _print(version: Version) -> None:
    printed = print_version(version)
    version.pages, version.sha256 = printed.pages, sha256(printed.pdf).hexdigest()
    version.pdf.save(f"{version.document.link_key}-{version.number}.pdf", ContentFile(printed.pdf), save=False)
    version.save()


def _reader(document: Document) -> str:
    return document.inquiry.person.email or document.inquiry.person.phone


def _when_to_ask(version: Version) -> dt.datetime:
    if version.valid_until is None:
        return clock.now() + SILENCE
    day_after = version.valid_until + dt.timedelta(days=1)
    return dt.datetime.combine(day_after, dt.time(8), version.document.practice.zone)


def next_number(practice: Practice, kind: DocumentKind) -> str:
    """ "D-2026-007": the next one of that kind and year, without a gap. Call it in the transaction that uses it."""
    year = clock.now().astimezone(practice.zone).year
    Numbering.objects.get_or_create(practice=practice, kind=kind, year=year)
    row = Numbering.objects.filter(practice=practice, kind=kind, year=year)
    row.update(last=F("last") + 1)
    return f"{PREFIXES[kind]}-{year}-{row.get().last:03}"


def discard(document: Document) -> bool:
    """Throws the draft away; a document that was never sent goes with it. False where there is none."""
    draft = document.draft
    if draft is None:
        return False
    if document.status == DocumentStatus.DRAFT:
        document.delete()
    else:
        draft.delete()
    return True


@transaction.atomic
def opened(document: Document) -> None:
    """Its reader has it before the eyes: told by a touch on the page, never by a bare request."""
    if (
        Document.objects.filter(pk=document.pk, opened_at=None)
        .exclude(status=DocumentStatus.DRAFT)
        .update(opened_at=clock.now())
    ):
        proof.note(document, "opened")


@transaction.atomic
def remark(
    version: Version, text: str, paragraph: int | None, *, by_owner: bool = False, key: str | None = None
) -> bool:
    """Keeps a remark beside its paragraph, and tells the other one. The same one twice is kept once."""
    if key and Remark.objects.filter(request_key=key).exists():
        return False
    words = clean_text(text)[:LONGEST_REMARK]
    kept = version.remarks.create(text=words, paragraph=paragraph, by_owner=by_owner, request_key=key)
    document = version.document
    if by_owner:
        send_document(document, version, remark=kept)
        return True
    opened(document)
    proof.note(document, "remark", version=version.number, paragraph=paragraph, text=words)
    bring_up(document.inquiry, Need.REMARK, clock.now())
    tell_owner(document, "remark", remark=kept)
    return True


@transaction.atomic
def accept(version: Version, client: dict[str, str] | None = None) -> None:
    """Its reader says yes to a proposal, with what a contract will need to know of them."""
    _move(version, DocumentStatus.ACCEPTED)
    document = version.document
    if client:
        Version.objects.filter(pk=version.pk).update(client={**version.client, **client})
    proof.note(document, "accepted", version=version.number, document_sha256=version.sha256)
    settle(document.inquiry, Stage.PROPOSED, Need.ACCEPTED, clock.now())
    tell_owner(document, "accepted")


@transaction.atomic
def refuse(version: Version, reason: str) -> None:
    """Its reader says no, with a word if they like: what came of it is asked."""
    _move(version, DocumentStatus.REFUSED)
    document = version.document
    words = clean_text(reason)[:LONGEST_REMARK]
    Document.objects.filter(pk=document.pk).update(refused_because=words)
    proof.note(document, "refused", version=version.number, reason=words)
    settle(document.inquiry, Stage.TALKING, Need.OUTCOME, clock.now())
    tell_owner(document, "refused", reason=words)


def _move(version: Version, status: DocumentStatus) -> None:
    """Moves the document on, if it is still open and this is still its version."""
    document = Document.objects.select_for_update().get(pk=version.document_id)
    current = document.sent_version
    if not document.open or current is None or current.pk != version.pk or document.status == status:
        raise TooLate
    Document.objects.filter(pk=document.pk).update(status=status, answered_at=clock.now())
    opened(document)
    version.document.refresh_from_db()


@transaction.atomic
def choose(version: Version, keys: list[str]) -> list[str]:
    """The options that its reader ticks; only what is optional in this version."""
    document = Document.objects.select_for_update().get(pk=version.document_id)
    current = document.sent_version
    if not document.open or current is None or current.pk != version.pk:
        raise TooLate
    optional = [line["key"] for line in version.lines if line.get("optional")]
    document.chosen = [key for key in optional if key in keys]
    document.save(update_fields=["chosen"])
    proof.note(document, "chosen", version=version.number, options=document.chosen)
    return document.chosen


@transaction.atomic
def take_back(document: Document) -> bool:
    """She withdraws what she sent; False where it was answered, signed or over."""
    moved = Document.objects.filter(pk=document.pk, status__in=[*OPEN, DocumentStatus.SIGNED]).update(
        status=DocumentStatus.WITHDRAWN, answered_at=clock.now()
    )
    if not moved:
        return False
    document.refresh_from_db()
    proof.note(document, "withdrawn")
    settle(document.inquiry, Stage.TALKING, Need.DECIDE, clock.now())
    return True

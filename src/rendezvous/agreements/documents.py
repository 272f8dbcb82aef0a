"""A document's life: written, sent, remarked on, sent again, answered. Signing it is in signing.py."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F

from rendezvous.agreements import proof
from rendezvous.agreements.checking import problems_of
from rendezvous.agreements.content import PARTIES, TOLD, Content, content_of, lines_of
from rendezvous.agreements.facts import parties_now
from rendezvous.agreements.letters import send_document, tell_owner
from rendezvous.agreements.models import Document, DocumentKind, DocumentStatus, Numbering, Remark, Version
from rendezvous.agreements.models.document import OPEN
from rendezvous.agreements.outcomes import goes_on
from rendezvous.agreements.outlines import outline_of
from rendezvous.agreements.printing import print_version
from rendezvous.inquiries.models import Inquiry, Need, Stage
from rendezvous.inquiries.receiving import LONGEST_TEXT, clean_text
from rendezvous.inquiries.stages import bring_up, settle
from rendezvous.practice import clock
from rendezvous.practice.models import Practice

PREFIXES = {DocumentKind.PROPOSAL: "P", DocumentKind.QUOTE: "D", DocumentKind.AGREEMENT: "C"}
# More remarks on one document than anybody reads; whoever has still something to say writes a letter.
MOST_REMARKS = 200
# A proposal that nobody answers is asked about when it lapses; one without a date, after this.
SILENCE = dt.timedelta(days=14)


class NotReady(Exception):
    """What a document lacks before it may be sent: sentences."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class TooLate(Exception):
    """It was replaced, taken back, answered, or is over; nothing changed."""


class TooMany(Exception):
    """Enough remarks on this document."""


def locked(pk: int) -> Document:
    """The document, which nobody else changes until the transaction ends."""
    rows = Document.objects.select_for_update(of=("self",))
    return rows.select_related("inquiry__person__organisation", "practice__letterhead").get(pk=pk)


@transaction.atomic
def write(inquiry: Inquiry, kind: DocumentKind, content: Content) -> Document:
    """Keeps a new document; nobody sees it yet. The same words twice (a double click) are one document."""
    Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    for standing in inquiry.documents.filter(kind=kind, status__in=[DocumentStatus.DRAFT, DocumentStatus.SENT]):
        last = standing.versions.order_by("number").last()
        if last and _says_the_same(content_of(last), content):
            return standing
    begun_with = outline_of(inquiry.practice, kind, inquiry.language).source
    document = inquiry.documents.create(
        practice=inquiry.practice, kind=kind, language=inquiry.language, begun_with=begun_with
    )
    content.put_into(Version(document=document)).save()
    return document


def _says_the_same(one: Content, other: Content) -> bool:
    names = ("title", "text", "lines", "terms", "client", "rights", "valid_until")
    return all(getattr(one, name) == getattr(other, name) for name in names)


@transaction.atomic
def rewrite(document: Document, content: Content) -> Version:
    """Keeps what is written: in the draft there is, else in a new version beside the one that was sent.

    `TooLate` once both have signed: what binds two is not rewritten by one.
    """
    document = locked(document.pk)
    if document.status == DocumentStatus.SEALED:
        raise TooLate
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

    An earlier version is replaced: what was accepted or signed of it falls, and the ticks of options that are not as
    they were. `TooLate` where there is nothing to send,
    or both have signed already.
    """
    document = locked(document.pk)
    version = document.draft
    if version is None or document.status == DocumentStatus.SEALED:
        raise TooLate
    problems = problems_of(version)
    if problems:
        raise NotReady(problems)
    if not document.number:
        document.number = next_number(document.practice, DocumentKind(document.kind))
    again = document.status != DocumentStatus.DRAFT
    document.status, document.answered_at, document.refused_because = DocumentStatus.SENT, None, ""
    document.opened_at = None
    document.chosen = _still_ticked(document, version)
    document.save()
    version.sent_at = clock.now()
    version.terms = {**version.terms, PARTIES: asdict(parties_now(document))}
    _print(version)
    proof.note(
        document, "sent", version=version.number, document_sha256=version.sha256, to=_reader(document),
        begun_with=document.begun_with,
    )  # fmt: skip
    send_document(document, version, again=again)
    goes_on(document.inquiry, Stage.PROPOSED, Need.OUTCOME, _when_to_ask(version))
    return version


def _optional(version: Version) -> list[str]:
    return [str(line["key"]) for line in version.lines if line.get("optional")]


def _still_ticked(document: Document, version: Version) -> list[str]:
    """What they ticked and still stands as it was: an option that is new, or says or costs something else, was ticked
    by nobody."""
    before = document.sent_version
    same = {line.key for line in lines_of(version.lines) if before and line in lines_of(before.lines)}
    return [key for key in _optional(version) if key in document.chosen and key in same]


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


@transaction.atomic
def discard(document: Document) -> bool:
    """Throws the draft away; a document that was never sent goes with it. False where there is none."""
    document = locked(document.pk)
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
    unopened = Document.objects.filter(pk=document.pk, opened_at=None).exclude(status=DocumentStatus.DRAFT)
    version = document.sent_version
    if version and unopened.update(opened_at=clock.now()):
        proof.note(document, "opened", version=version.number)


@transaction.atomic
def remark(
    version: Version, text: str, paragraph: int | None, *, by_owner: bool = False, key: str | None = None
) -> bool:
    """Keeps a remark beside its paragraph, and tells the other one. The same one twice is kept once; of too many,
    `TooMany`. What is longer than any remark is refused by its page, which gives it back."""
    document = locked(version.document_id)
    if key and Remark.objects.filter(request_key=key).exists():
        return False
    if not by_owner and Remark.objects.filter(version__document=document, by_owner=False).count() >= MOST_REMARKS:
        raise TooMany
    words = clean_text(text)[:LONGEST_TEXT]
    kept = version.remarks.create(text=words, paragraph=paragraph, by_owner=by_owner, request_key=key)
    if by_owner:
        send_document(document, version, remark=kept)
        _await_answer(document, version)
        return True
    opened(document)
    proof.note(document, "remark", version=version.number, paragraph=paragraph, text_sha256=_digest(words))
    bring_up(document.inquiry, Need.REMARK, clock.now())
    tell_owner(document, "remark", remark=kept)
    return True


def _digest(words: str) -> str:
    """What the chain of evidence holds of somebody's words: it goes into the sealed page, and must stay small."""
    return sha256(words.encode()).hexdigest()


def _await_answer(document: Document, version: Version) -> None:
    """Their remark is answered: what came of it is asked when the offer lapses."""
    inquiry = document.inquiry
    if inquiry.need == Need.REMARK:
        settle(inquiry, Stage(inquiry.stage), Need.OUTCOME if document.open else None, _when_to_ask(version))


@transaction.atomic
def accept(version: Version, client: dict[str, str] | None = None, *, options: Sequence[str] = ()) -> None:
    """Its reader says yes to a proposal, with what a contract will need to know of them, and with the options that
    were ticked on the page before their eyes."""
    document = _move(version, DocumentStatus.ACCEPTED, options)
    if client:
        Version.objects.filter(pk=version.pk).update(client={**version.client, TOLD: client})
    proof.note(
        document, "accepted", version=version.number, document_sha256=version.sha256, options=document.chosen
    )  # fmt: skip
    goes_on(document.inquiry, Stage.PROPOSED, Need.ACCEPTED, clock.now())
    tell_owner(document, "accepted")


@transaction.atomic
def refuse(version: Version, reason: str) -> None:
    """Its reader says no, with a word if they like: what came of it is asked."""
    document = _move(version, DocumentStatus.REFUSED)
    words = clean_text(reason)[:LONGEST_TEXT]
    Document.objects.filter(pk=document.pk).update(refused_because=words)
    proof.note(document, "refused", version=version.number, reason_sha256=_digest(words))
    if not document.inquiry.ended:
        settle(document.inquiry, Stage.TALKING, Need.OUTCOME, clock.now())
    tell_owner(document, "refused", reason=words)


def still_open(version: Version) -> Document:
    """The document, locked, if its reader may still act on this version of it."""
    document = locked(version.document_id)
    current = document.sent_version
    if not document.open or current is None or current.pk != version.pk:
        raise TooLate
    return document


def _move(version: Version, status: DocumentStatus, options: Sequence[str] | None = None) -> Document:
    """Moves the document on, if it is still open and this, with these options, is what its reader had before them."""
    document = still_open(version)
    if document.status == status:
        raise TooLate
    if options is not None and (document.signable or list(options) != document.chosen):
        raise TooLate
    document.status, document.answered_at = status, clock.now()
    document.save(update_fields=["status", "answered_at"])
    opened(document)
    return document


@transaction.atomic
def choose(version: Version, keys: Sequence[str]) -> list[str]:
    """The options that its reader ticks, as long as nothing is answered; only what is optional in this version.

    A code that was asked for before was for another page: it falls. What was chosen in the end is in the evidence of
    the answer.
    """
    document = still_open(version)
    if document.status != DocumentStatus.SENT:
        raise TooLate
    chosen = [key for key in _optional(version) if key in keys]
    if chosen != document.chosen:
        document.chosen = chosen
        document.save(update_fields=["chosen"])
        now = clock.now()
        version.codes.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
    return chosen


@transaction.atomic
def take_back(document: Document) -> bool:
    """She withdraws what she sent; False where it was answered, signed or over."""
    moved = Document.objects.filter(pk=document.pk, status__in=[*OPEN, DocumentStatus.SIGNED]).update(
        status=DocumentStatus.WITHDRAWN, answered_at=clock.now()
    )
    if not moved:
        return False
    document = locked(document.pk)
    proof.note(document, "withdrawn")
    if not document.inquiry.ended:
        settle(document.inquiry, Stage.TALKING, Need.DECIDE, clock.now())
    return True

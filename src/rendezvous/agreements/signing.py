"""Signing by link: a name, a code by mail, her own signature, the seal. What it is worth is in docs/signature.md."""

import datetime as dt
import secrets
from collections.abc import Sequence
from hashlib import sha256

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from rendezvous.agreements import proof
from rendezvous.agreements.content import total_of
from rendezvous.agreements.deposits import ask_deposit
from rendezvous.agreements.documents import TooLate, locked, opened, still_open
from rendezvous.agreements.letters import send_code, tell_owner
from rendezvous.agreements.models import Document, DocumentStatus, Party, Result, Signature, SigningCode, Version
from rendezvous.agreements.outcomes import goes_on, record_outcome
from rendezvous.agreements.printing import reading_copy
from rendezvous.agreements.sealed import seal_document
from rendezvous.inquiries.models import Need, Stage
from rendezvous.inquiries.receiving import clean_text
from rendezvous.practice import clock
from rendezvous.practice.models import Member

CODE_DIGITS = 6
CODE_LASTS = dt.timedelta(minutes=15)
# With as many attempts a code, and codes a version, a guesser has one chance in ten thousand, and is noticed.
ATTEMPTS = 5
CODES_AN_HOUR = 5
CODES_A_VERSION = 20


class NoAddress(Exception):
    """There is nowhere to send a code to."""


class TooManyCodes(Exception):
    """Enough codes for this hour, or for this version."""


class WrongCode(Exception):
    """Not the code that was sent; `left` more attempts."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


@transaction.atomic
def ask_code(version: Version, name: str, *, options: Sequence[str] = ()) -> SigningCode:
    """Sends a code to the reader's own address: never to one that is typed on the page.

    The code is good for this very page alone: with these options, byte for byte.
    """
    document = _still_theirs(version, options)
    person = document.inquiry.person
    to = person.phone if settings.OPTIONS["code_by_sms"] and person.phone else person.email
    if not to:
        raise NoAddress
    now = clock.now()
    in_an_hour = version.codes.filter(created_at__gt=now - dt.timedelta(hours=1)).count()
    if in_an_hour >= CODES_AN_HOUR or version.codes.count() >= CODES_A_VERSION:
        raise TooManyCodes
    pdf = reading_copy(version, document.chosen)
    code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
    version.codes.filter(used_at=None).update(expires_at=now)
    kept = version.codes.create(
        name=clean_text(name)[:160],
        sent_to=to,
        digest=_digest(version, code, pdf),
        created_at=now,
        expires_at=now + CODE_LASTS,
    )
    send_code(document, code, int(CODE_LASTS.total_seconds() // 60))
    proof.note(
        document, "code_sent", version=version.number, document_sha256=sha256(pdf).hexdigest(), to=to, name=kept.name,
        options=document.chosen,
    )  # fmt: skip
    return kept


def sign(version: Version, typed: str, *, options: Sequence[str] = (), ip: str | None, browser: str) -> Signature:
    """Their signature, by the code that they were sent for the page as it was before their eyes, with these options.

    Twice is once; `WrongCode`, `TooLate` change nothing.
    """
    try:
        return _sign(version, typed, options, ip, browser)
    except TooLate:
        signed = _signed_so(version, typed)
        if signed:
            return signed
        raise


def _sign(version: Version, typed: str, options: Sequence[str], ip: str | None, browser: str) -> Signature:
    with transaction.atomic():
        document = _still_theirs(version, options)
    pdf = reading_copy(version, document.chosen)  # set outside: nobody waits for it
    code = _right_code(version, typed, pdf)
    with transaction.atomic():
        document = _still_theirs(version, options)
        signature = _write(version, Party.CLIENT, code.name, code.sent_to, pdf, ip, browser)
        SigningCode.objects.filter(pk=code.pk).update(used_at=clock.now())
        Document.objects.filter(pk=document.pk).update(status=DocumentStatus.SIGNED, answered_at=clock.now())
        opened(document)
        proof.note(
            document, "signed", version=version.number, document_sha256=signature.sha256, name=code.name,
            email=code.sent_to, ip=ip, browser=signature.browser, options=document.chosen,
        )  # fmt: skip
        goes_on(document.inquiry, Stage.PROPOSED, Need.SIGN, clock.now())
        tell_owner(document, "signed", signature=signature)
    version.document.refresh_from_db()
    return signature


def _write(
    version: Version, party: Party, name: str, email: str, pdf: bytes, ip: str | None, browser: str
) -> Signature:
    signature = Signature(
        version=version, party=party, name=name, email=email, sha256=sha256(pdf).hexdigest(), ip=ip,
        browser=browser[:300], at=clock.now(),
    )  # fmt: skip
    if party == Party.CLIENT:
        signature.pdf.save(f"{version.document.link_key}-{version.number}.pdf", ContentFile(pdf), save=False)
    try:
        with transaction.atomic():
            signature.save()
    except IntegrityError as error:
        raise TooLate from error
    return signature


def _still_theirs(version: Version, options: Sequence[str]) -> Document:
    """The document, locked, if this version of it, with these options, can still be signed."""
    document = still_open(version)
    if not document.signable or list(options) != document.chosen:
        raise TooLate
    return document


def good_code(version: Version) -> SigningCode | None:
    """The code that may still be typed."""
    good = version.codes.filter(used_at=None, expires_at__gt=clock.now(), attempts__lt=ATTEMPTS)
    return good.order_by("-pk").first()


def _right_code(version: Version, typed: str, pdf: bytes) -> SigningCode:
    """The code that was sent for this page, if this is it. Each attempt counts, in a transaction of its own."""
    code = good_code(version)
    if code is None:
        raise WrongCode(0)
    counted = SigningCode.objects.filter(pk=code.pk, attempts__lt=ATTEMPTS).update(attempts=F("attempts") + 1)
    if not counted or not constant_time_compare(code.digest, _digest(version, _digits(typed), pdf)):
        raise WrongCode(max(ATTEMPTS - code.attempts - 1, 0))
    return code


def _signed_so(version: Version, typed: str) -> Signature | None:
    """The signature that this very code has made already: somebody clicked twice."""
    signature = version.signatures.filter(party=Party.CLIENT).first()
    used = version.codes.exclude(used_at=None).first()
    if signature is None or used is None or version.document.sent_version != version:
        return None
    with signature.pdf.open("rb") as file:
        digest = _digest(version, _digits(typed), file.read())
    return signature if constant_time_compare(used.digest, digest) else None


def _digits(typed: str) -> str:
    return "".join(character for character in typed if character in "0123456789")


def _digest(version: Version, code: str, pdf: bytes) -> str:
    about = f"{version.pk}.{sha256(pdf).hexdigest()}"
    return salted_hmac(f"rendezvous.code.{about}", code, algorithm="sha256").hexdigest()


@transaction.atomic
def countersign(document: Document, member: Member, *, number: int | None = None) -> Signature:
    """Her signature beside theirs: the document binds both, is sealed next, and the deposit is asked for.

    `number` is the version that she had before her eyes; `TooLate` where another one stands by now.
    """
    document = locked(document.pk)
    version = document.sent_version
    theirs = version and version.signatures.filter(party=Party.CLIENT).first()
    if document.status != DocumentStatus.SIGNED or version is None or theirs is None:
        raise TooLate
    if number is not None and number != version.number:
        raise TooLate
    with theirs.pdf.open("rb") as file:
        pdf = file.read()
    name = member.user.name or document.practice.signature
    signature = _write(version, Party.PRACTICE, name, member.user.email, pdf, None, "")
    Document.objects.filter(pk=document.pk).update(status=DocumentStatus.SEALED)
    document.refresh_from_db()
    proof.note(
        document, "countersigned", version=version.number, document_sha256=signature.sha256, name=name,
        email=member.user.email,
    )  # fmt: skip
    total = total_of(version, document.chosen)
    record_outcome(document.inquiry, Result.SIGNED, member=member, amount=total.net, currency=total.currency)
    ask_deposit(document, total)
    seal_document.enqueue(document.pk)
    return signature

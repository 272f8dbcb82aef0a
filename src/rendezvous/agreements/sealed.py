"""Sealing what both have signed: in the background, since a time-stamp authority may take its time.

`sealing` is imported where it is used: a quarter of a second and 20 MB that most processes never need.
"""

import datetime as dt
import logging
import ssl
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django_tasks import task

from rendezvous.agreements import evidence, proof
from rendezvous.agreements.letters import send_deposit_asked, send_sealed
from rendezvous.agreements.models import Deposit, Document, DocumentStatus, Letterhead, Party, Seal, Version
from rendezvous.agreements.printing import print_signed
from rendezvous.agreements.typesetting import CannotTypeset
from rendezvous.practice import clock
from rendezvous.practice.models import Practice
from rendezvous.practice.secrets import CannotDecrypt, decrypt, encrypt

log = logging.getLogger(__name__)

# A time-stamp authority that does not answer usually does within the hour; then the seal goes without.
RETRY = (dt.timedelta(minutes=1), dt.timedelta(minutes=10), dt.timedelta(minutes=50))
EVIDENCE_NAME = {"fr": "preuves.json", "en": "evidence.json"}


@task()
def seal_document(document_id: int, attempt: int = 0) -> None:
    """Seals the document that both have signed, and sends it to both. Running twice seals once."""
    from rendezvous.agreements import sealing  # see above

    document = Document.objects.select_related("inquiry__person", "practice").get(pk=document_id)
    version = document.sent_version
    if document.status != DocumentStatus.SEALED or version is None or hasattr(version, "seal"):
        return
    url = settings.OPTIONS["timestamp_url"]
    try:
        unsealed = _with_evidence(document, version)
        pdf = _stamped(document, unsealed, url)
    except (CannotTypeset, sealing.CannotTimestamp) as error:
        log.warning("%s was not sealed (attempt %s): %s", document, attempt + 1, error)
        if attempt < len(RETRY):
            seal_document.using(run_after=clock.now() + RETRY[attempt]).enqueue(document_id, attempt + 1)
            return
        if isinstance(error, CannotTypeset):  # her page offers to try again
            return
        pdf, url = _seal(document, unsealed), ""
    _keep(document, version, pdf, timestamped=bool(url))


def _stamped(document: Document, pdf: bytes, url: str) -> bytes:
    """With what checks the stamp in many years, where the authority's roots are known and it can be had."""
    from rendezvous.agreements import sealing  # see above

    roots = settings.OPTIONS["timestamp_roots"]
    if url and roots:
        try:
            return _seal(document, pdf, url, Path(roots).expanduser().read_bytes())
        except (sealing.CannotProve, OSError) as error:
            log.warning("%s is sealed without what proves its time-stamp for good: %s", document, error)
    return _seal(document, pdf, url)


def _seal(document: Document, pdf: bytes, url: str = "", roots: bytes = b"") -> bytes:
    from rendezvous.agreements import sealing  # see above

    key, certificate = identity_of(document.practice)
    return sealing.seal(
        pdf, key, certificate, reason=str(document), location=document.practice.place, timestamp_url=url,
        timestamp_roots=roots,
    )  # fmt: skip


def _with_evidence(document: Document, version: Version) -> bytes:
    """The document as both signed it, set again with the signatures, the signed copy and its evidence inside."""
    theirs = version.signatures.get(party=Party.CLIENT)
    with theirs.pdf.open("rb") as file:
        signed = file.read()
    chain = evidence.to_json(proof.steps_of(document), document=document.number, practice=document.practice.name)
    return print_signed(version, signed, EVIDENCE_NAME[document.language], chain).pdf


@transaction.atomic
def _keep(document: Document, version: Version, pdf: bytes, *, timestamped: bool) -> None:
    seal, new = Seal.objects.get_or_create(
        version=version, defaults={"sha256": sha256(pdf).hexdigest(), "timestamped": timestamped}
    )
    if not new:
        return
    seal.pdf.save(f"{document.link_key}-{version.number}.pdf", ContentFile(pdf), save=True)
    proof.note(document, "sealed", version=version.number, sealed_sha256=seal.sha256, timestamped=timestamped)
    send_sealed(document, pdf)
    deposit = Deposit.objects.filter(document=document, received_on=None).first()
    if deposit:
        send_deposit_asked(deposit)


def identity_of(practice: Practice) -> tuple[bytes, bytes]:
    """The practice's key and certificate, made where there are none; the key is kept encrypted."""
    from rendezvous.agreements import sealing  # see above

    letterhead, _new = Letterhead.objects.get_or_create(practice=practice)
    if letterhead.sealing_key:
        try:
            return decrypt(letterhead.sealing_key), bytes(letterhead.sealing_certificate)
        except CannotDecrypt:
            log.warning("The sealing key of %s was encrypted with another secret key: a new one is made.", practice)
    key, certificate = sealing.make_identity(
        letterhead.legal_name or practice.name, practice.email, country=letterhead.country, at=clock.now()
    )
    letterhead.sealing_key, letterhead.sealing_certificate = encrypt(key), certificate
    letterhead.save(update_fields=["sealing_key", "sealing_certificate"])
    return key, certificate


def prepare_identity(practice: Practice) -> None:
    """Makes the key and certificate when she says who she is; anew each time until something is sealed with them."""
    if Seal.objects.filter(version__document__practice=practice).exists():
        return
    Letterhead.objects.filter(practice=practice).update(sealing_key=b"", sealing_certificate=b"")
    identity_of(practice)


def fingerprint_of(practice: Practice) -> str:
    """The SHA-256 of the practice's certificate in groups of four, as its seals have it; empty before it is made."""
    certificate = bytes(Letterhead.of(practice).sealing_certificate)
    if not certificate:
        return ""
    digits = sha256(ssl.PEM_cert_to_DER_cert(certificate.decode("ascii"))).hexdigest()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))

"""Sealing a PDF in the practice's name, and saying whether a sealed one is whole (PAdES, ETSI EN 319 142-1).

The seal is a certification signature (ISO 32000-1, 12.8.2.2) that allows no later change: B-B, and B-T where a
time-stamp authority (RFC 3161) is named. The certificate is the practice's own: it says that nothing was changed since
the sealing and that the same practice sealed it, not who stands behind that name (docs/law.md).
"""

import datetime as dt
import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

import asn1crypto.core
import asn1crypto.x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID, ObjectIdentifier
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from rendezvous.agreements.evidence import NotEvidence, broken_at, from_json

CERTIFICATE_LASTS = dt.timedelta(days=3653)
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336
FIELD = "Sceau"
TIMEOUT = 8
# What a contract with its copy and evidence never reaches; what a hostile file may not exceed.
MOST_BYTES = 50_000_000
MOST_ATTACHMENTS = 32
EVIDENCE = ("preuves.json", "evidence.json")
SIGNED_COPY = "document.pdf"

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # what it thinks of hostile files is told by `verify`
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


class CannotTimestamp(Exception):
    """The time-stamp authority gave no stamp."""


@dataclass(frozen=True, slots=True)
class Verification:
    """`changed` is one sentence, empty where the file is whole. Times are aware; the sealing's own is what the sealer's
    clock said, the time-stamp's what the authority vouches for."""

    sealed: bool
    whole: bool
    changed: str = ""
    sealed_by: str = ""
    fingerprint: str = ""
    sealed_at: dt.datetime | None = None
    timestamped_at: dt.datetime | None = None
    evidence: Literal["none", "whole", "broken"] = "none"
    evidence_steps: int = 0


def make_identity(name: str, email: str, *, country: str = "FR", at: dt.datetime) -> tuple[bytes, bytes]:
    """A private key (PKCS#8, PEM) and a self-signed certificate (PEM) to seal documents with, for ten years.

    An elliptic curve (P-256): signatures of 70 bytes, made in less than a millisecond, known to all PDF readers.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, country if len(country) == 2 else "FR"),
            x509.NameAttribute(NameOID.COMMON_NAME, name[:64] or "Rendez-vous"),
            x509.NameAttribute(NameOID.EMAIL_ADDRESS, email[:128] or "-"),
        ]
    )
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only",
         "decipher_only"), False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - dt.timedelta(days=1))  # clocks differ
        .not_valid_after(at + CERTIFICATE_LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return pem, certificate.public_bytes(serialization.Encoding.PEM)


def seal(
    pdf: bytes, key: bytes, certificate: bytes, *, reason: str, location: str = "", timestamp_url: str = ""
) -> bytes:
    """The PDF with an invisible seal that any later change breaks. `CannotTimestamp` where the authority fails."""
    signer = SimpleSigner(
        signing_cert=_certificate(certificate),
        signing_key=load_private_key_from_pemder_data(key, passphrase=None),
        cert_registry=SimpleCertificateStore(),
    )
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=reason,
        location=location or None,
        name=_common_name(signer.signing_cert),
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    stamper = HTTPTimeStamper(timestamp_url, timeout=TIMEOUT) if timestamp_url else None
    try:
        out = PdfSigner(metadata, signer, timestamper=stamper).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))
    except (TimestampRequestError, OSError) as error:
        raise CannotTimestamp(str(error)) from error
    return bytes(out.getbuffer())


def _certificate(pem: bytes) -> asn1crypto.x509.Certificate:
    return next(iter(load_certs_from_pemder_data(pem)))


def _common_name(certificate: asn1crypto.x509.Certificate | None) -> str | None:
    return certificate.subject.native.get("common_name") if certificate else None


def verify(pdf: bytes) -> Verification:
    """Whether a PDF is sealed and whole, by whom and when; its evidence too. Never raises, whatever it is given."""
    if len(pdf) > MOST_BYTES:
        return Verification(False, False, f"It is larger than {MOST_BYTES // 1_000_000} MB: no sealed document is.")
    if not pdf.lstrip()[:5].startswith(b"%PDF-"):
        return Verification(False, False, "It is not a PDF.")
    try:
        return _verify(pdf)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        logging.getLogger(__name__).debug("unreadable PDF", exc_info=error)
        return Verification(False, False, "It cannot be read as a sealed PDF: it is damaged, or was never sealed.")


def _verify(pdf: bytes) -> Verification:
    reader = PdfFileReader(io.BytesIO(pdf), strict=False)
    signatures: list[EmbeddedPdfSignature] = reader.embedded_regular_signatures
    if not signatures:
        return Verification(False, False, "It carries no seal.")
    first = signatures[0]
    certificate = first.signer_cert
    status = validate_pdf_signature(first, ValidationContext(trust_roots=[certificate], allow_fetching=False))
    changed = _what_changed(first, status, len(signatures)) or _loose_ends(first, pdf, status)
    evidence, steps = _evidence(reader)
    stamp = status.timestamp_validity
    return Verification(
        sealed=True,
        whole=not changed,
        changed=changed,
        sealed_by=_who(certificate),
        fingerprint=sha256(certificate.dump()).hexdigest(),
        sealed_at=_aware(status.signer_reported_dt),
        timestamped_at=stamp.timestamp if stamp is not None and stamp.intact and stamp.valid else None,
        evidence=evidence,
        evidence_steps=steps,
    )


def _what_changed(signature: EmbeddedPdfSignature, status: PdfSignatureStatus, seals: int) -> str:
    if not status.intact:
        return "Something within the sealed part was altered after the sealing."
    if not status.valid:
        return "The seal itself was altered: it does not fit the certificate that it names."
    coverage = status.coverage
    if coverage is None or coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return "The seal does not cover the whole of what it was put on."
    if seals > 1:
        return "A further seal was added after the first one, which allows no change."
    if coverage < SignatureCoverageLevel.ENTIRE_FILE and not _only_time_stamps(status):
        return "Something was added to the file after the sealing."
    if signature.sig_object.get("/SubFilter") not in {"/ETSI.CAdES.detached", "/adbe.pkcs7.detached"}:
        return "The seal is of a kind that is not known here."
    return ""


def _loose_ends(signature: EmbeddedPdfSignature, pdf: bytes, status: PdfSignatureStatus) -> str:
    """What no digest covers: bytes after the end, and the padding that follows the seal's own bytes."""
    start, length, again, rest = (int(number) for number in signature.sig_object["/ByteRange"])
    if start != 0 or (again + rest != len(pdf) and status.coverage == SignatureCoverageLevel.ENTIRE_FILE):
        return "Something was added to the file after the sealing."
    gap = pdf[length:again].strip()
    inside = bytes.fromhex(gap[1:-1].decode("ascii"))
    if gap[:1] + gap[-1:] != b"<>" or inside[len(_first_value(inside)) :].strip(b"\0"):
        return "The seal itself was altered: something was put behind it."
    return ""


def _first_value(data: bytes) -> bytes:
    """The one DER value that the data begins with (X.690)."""
    return bytes(asn1crypto.core.Any.load(data).dump())


def _only_time_stamps(status: PdfSignatureStatus) -> bool:
    """Later revisions that hold what long-term validation needs, and nothing else."""
    level = status.modification_level
    return level is not None and level.name in {"NONE", "LTA_UPDATES"} and bool(status.docmdp_ok)


def _who(certificate: asn1crypto.x509.Certificate) -> str:
    subject = certificate.subject.native
    name, email = subject.get("common_name", ""), subject.get("email_address", "")
    return f"{name} <{email}>" if email else str(name)


def _aware(moment: dt.datetime | None) -> dt.datetime | None:
    return moment.replace(tzinfo=dt.UTC) if moment is not None and moment.tzinfo is None else moment


def _evidence(reader: PdfFileReader) -> tuple[Literal["none", "whole", "broken"], int]:
    files = dict(_attachments(reader))
    data = next((files[name] for name in EVIDENCE if name in files), None)
    if data is None:
        return "none", 0
    try:
        steps = from_json(data)
    except NotEvidence:
        return "broken", 0
    named = [step.data["document_sha256"] for step in steps if "document_sha256" in step.data]
    copy = files.get(SIGNED_COPY)
    fits = copy is None or not named or named[-1] == sha256(copy).hexdigest()
    return ("whole" if fits and broken_at(steps) is None else "broken"), len(steps)


def attachments_of(pdf: bytes) -> dict[str, bytes]:
    """The files in a PDF by their names: at most 32, of the sizes that `MOST_BYTES` allows together."""
    return dict(_attachments(PdfFileReader(io.BytesIO(pdf), strict=False)))


def _attachments(reader: PdfFileReader) -> Iterator[tuple[str, bytes]]:
    try:
        tree = reader.root["/Names"]["/EmbeddedFiles"]
    except (KeyError, TypeError):
        return
    room = MOST_BYTES
    for name, data in _leaves(tree, 8):
        room -= len(data)
        if room < 0:
            return
        yield name, data


def _leaves(node: Any, depth: int) -> Iterator[tuple[str, bytes]]:
    names = node.get("/Names", ())
    for index in range(0, min(len(names), 2 * MOST_ATTACHMENTS) - 1, 2):
        spec = names[index + 1]
        stream = spec["/EF"]["/F"]
        if isinstance(stream, generic.StreamObject):
            yield str(spec.get("/UF", spec.get("/F", names[index]))), bytes(stream.data)
    for child in list(node.get("/Kids", ()))[:MOST_ATTACHMENTS] if depth else ():
        yield from _leaves(child, depth - 1)

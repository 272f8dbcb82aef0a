"""Sealing a PDF in the practice's name, and saying whether a sealed one is whole (PAdES, ETSI EN 319 142-1).

The seal is a certification signature (ISO 32000-1, 12.8.2.2) that allows no later change: B-B, and B-T where a
time-stamp authority (RFC 3161) is named. The certificate is the practice's own: it says that nothing was changed since
the sealing and that the same practice sealed it, not who stands behind that name (docs/signature.md). What is sealed
stays PDF/A-3a and PDF/UA-1. Why so: docs/decisions/0041-signature.md.
"""

import asyncio
import datetime as dt
import io
import logging
import stringprep
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any, Literal, TypeVar

import asn1crypto.core
import asn1crypto.x509
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID, ObjectIdentifier
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits
from pyhanko.pdf_utils.extensions import DeveloperExtension
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from rendezvous.agreements.evidence import NotEvidence, Step, broken_at, from_json

Result = TypeVar("Result")

CERTIFICATE_LASTS = dt.timedelta(days=3653)
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336
FIELD = "Sceau"
SEAL_NAME = {"fr": "Sceau électronique", "en": "Electronic seal"}
TIMEOUT = 8
# Clocks of two machines may differ by as much before it is worth a word.
CLOCKS_DIFFER = dt.timedelta(days=1)
# What a contract with its copy and evidence never reaches; what a hostile file may not exceed.
MOST_BYTES = 50_000_000
MOST_ATTACHMENTS = 32
LIMITS = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=MOST_BYTES),
    document_budget=DocumentDecodeBudget(base_allowance=2 * MOST_BYTES, max_ratio=0),
)
EVIDENCE = ("preuves.json", "evidence.json")
SIGNED_COPY = "document.pdf"
# Version 1; SHA-256; content elsewhere; then of the one signer: version 1, SHA-256, ECDSA with SHA-256 (DER).
AS_WRITTEN = [
    bytes.fromhex(part)
    for part in (
        "020101", "310f300d06096086480165030402010500", "300b06092a864886f70d010701",
        "020101", "300d06096086480165030402010500", "300a06082a8648ce3d040302",
    )
]  # fmt: skip
SIGNATURES = {"signed", "countersigned"}

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # what it thinks of hostile files is told by `verify`
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


class CannotTimestamp(Exception):
    """The time-stamp authority gave no stamp."""


class CannotProve(Exception):
    """What is needed to check the time-stamp in many years cannot be had now."""


@dataclass(frozen=True, slots=True)
class Verification:
    """`changed` is one sentence, empty where the file is whole; `remark` is what is odd about its time all the same.

    Times are aware; the sealing's own is what the sealer's clock said, the time-stamp's what the authority named
    beside it vouches for. `fingerprint` is that of the sealer's certificate (SHA-256): a copied name has another.
    """

    sealed: bool
    whole: bool
    changed: str = ""
    sealed_by: str = ""
    fingerprint: str = ""
    sealed_at: dt.datetime | None = None
    timestamped_at: dt.datetime | None = None
    timestamped_by: str = ""
    remark: str = ""
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
            x509.NameAttribute(NameOID.COMMON_NAME, _comparable(name, 64) or "Rendez-vous"),
            x509.NameAttribute(NameOID.EMAIL_ADDRESS, email.encode("ascii", "ignore").decode()[:128] or "-"),
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


def _comparable(name: str, longest: int) -> str:
    """The name as far as certificates allow: so many bytes, and what RFC 4518 can compare.

    That knows neither emoji nor words of both directions in one name; its larger part stays.
    """
    seen = "".join(c for c in name if unicodedata.category(c)[0] != "C" and not stringprep.in_table_a1(c))
    either = ("".join(c for c in seen if not stringprep.in_table_d2(c)), "".join(c for c in seen if not _backwards(c)))
    for kept in (seen, *sorted(either, key=len, reverse=True)):
        cut = " ".join(kept.encode()[:longest].decode(errors="ignore").split())
        with suppress(ValueError):
            asn1crypto.x509.NameTypeAndValue({"type": "common_name", "value": _utf8(cut)}).prepped_value  # noqa: B018
            return cut
    return ""


def _backwards(character: str) -> bool:
    return stringprep.in_table_d1(character)


def _utf8(text: str) -> asn1crypto.x509.DirectoryString:
    return asn1crypto.x509.DirectoryString(name="utf8_string", value=text)


def seal(
    pdf: bytes,
    key: bytes,
    certificate: bytes,
    *,
    reason: str,
    location: str = "",
    timestamp_url: str = "",
    timestamp_roots: bytes = b"",
) -> bytes:
    """The PDF with an invisible seal that any later change breaks.

    With the roots (PEM) that the time-stamp authority's certificate leads to, what is needed to check its stamp once it
    has expired is put under the seal too. `CannotTimestamp` where the authority fails, `CannotProve` where those fail.
    """
    return _apart(lambda: _seal(pdf, key, certificate, reason, location, timestamp_url, timestamp_roots))


def _seal(
    pdf: bytes, key: bytes, certificate: bytes, reason: str, location: str, timestamp_url: str, timestamp_roots: bytes
) -> bytes:
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
        **_long_term(signer.signing_cert, timestamp_roots if timestamp_url else b""),
    )
    writer = _Writer(io.BytesIO(pdf.rstrip(b"\r\n") + b"\n"))
    _add_field(writer)
    if not timestamp_url:
        return bytes(PdfSigner(metadata, signer).sign_pdf(writer).getbuffer())
    stamper = HTTPTimeStamper(timestamp_url, timeout=TIMEOUT)
    try:
        sealed = bytes(PdfSigner(metadata, signer, timestamper=stamper).sign_pdf(writer).getbuffer())
    except (PathError, ValidationError) as error:
        raise CannotProve(str(error)) from error
    except (OSError, ValueError, TypeError, KeyError, SigningError) as error:  # whatever an authority may answer
        raise CannotTimestamp(str(error) or type(error).__name__) from error
    if verify(sealed).timestamped_at is None:
        raise CannotTimestamp("the stamp that came does not hold")
    return sealed


def _long_term(certificate: asn1crypto.x509.Certificate | None, roots: bytes) -> dict[str, Any]:
    """Certificates and revocation lists of the time-stamp authority go into the file, before it is sealed."""
    if not roots:
        return {}
    try:
        trusted = [certificate, *load_certs_from_pemder_data(roots)]
    except ValueError as error:
        raise CannotProve("the file of roots holds no certificate") from error
    placed = DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE)
    return {
        "embed_validation_info": True,
        "validation_context": ValidationContext(trust_roots=trusted, allow_fetching=True),
        "dss_settings": placed,
    }


class _Writer(IncrementalPdfFileWriter):
    """Adds the seal; what the file says of itself (XMP, version 1.7) stays as typst wrote it and PDF/A wants it."""

    def _update_meta(self) -> None:
        pass

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        super().ensure_output_version(min(version, (1, 7)))

    def register_extension(self, ext: DeveloperExtension) -> None:
        if ext.base_version <= pdf_name("/1.7"):
            super().register_extension(ext)


def _add_field(writer: IncrementalPdfFileWriter) -> None:
    """The seal's field, among the tags of the page: who has the document read aloud hears that it is sealed."""
    append_signature_field(writer, SigFieldSpec(FIELD))
    try:
        tree, page = writer.root["/StructTreeRoot"], writer.find_page_for_modification(0)[0].reference
        numbers, document = tree["/ParentTree"]["/Nums"], tree["/K"][0]
        key = tree["/ParentTreeNextKey"]
    except (KeyError, IndexError, TypeError):
        return  # a file without tags: there is nothing to be read in order
    language = str(writer.root.get("/Lang", ""))[:2]
    field = writer.root["/AcroForm"]["/Fields"].raw_get(0)
    widget = generic.DictionaryObject(
        {pdf_name("/Type"): pdf_name("/OBJR"), pdf_name("/Obj"): field, pdf_name("/Pg"): _reference(page)}
    )
    form = writer.add_object(
        generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/StructElem"),
                pdf_name("/S"): pdf_name("/Form"),
                pdf_name("/P"): tree["/K"].raw_get(0),
                pdf_name("/K"): widget,
            }
        )
    )
    field.get_object().update(
        {
            pdf_name("/StructParent"): generic.NumberObject(key),
            pdf_name("/TU"): pdf_string(SEAL_NAME.get(language, SEAL_NAME["en"])),
        }
    )
    numbers.extend([generic.NumberObject(key), form])
    tree[pdf_name("/ParentTreeNextKey")] = generic.NumberObject(key + 1)
    document["/K"].append(form)
    for changed in (tree, numbers, document, document["/K"]):
        writer.update_container(changed)


def _reference(of: generic.Reference) -> generic.IndirectObject:
    return generic.IndirectObject(of.idnum, of.generation, of.pdf)


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
        return _apart(lambda: _verify(pdf))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        logging.getLogger(__name__).debug("unreadable PDF", exc_info=error)
        return Verification(False, False, "It cannot be read as a sealed PDF: it is damaged, or was never sealed.")


def _apart(work: Callable[[], Result]) -> Result:
    """Done in a thread where this one runs an event loop already: pyHanko starts one of its own."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return work()
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


def _verify(pdf: bytes) -> Verification:
    reader = _reader(pdf)
    signatures: list[EmbeddedPdfSignature] = reader.embedded_regular_signatures
    if not signatures:
        return Verification(False, False, "It carries no seal.")
    first = signatures[0]
    certificate = first.signer_cert
    status = validate_pdf_signature(first, ValidationContext(trust_roots=[certificate], allow_fetching=False))
    changed = _what_changed(first, status, len(signatures)) or _loose_ends(first, pdf) or _loose_parts(first, status)
    evidence, steps = _evidence(reader)
    stamp = status.timestamp_validity
    stamped = stamp if stamp is not None and stamp.intact and stamp.valid else None
    sealed_at = _aware(status.signer_reported_dt)
    return Verification(
        sealed=True,
        whole=not changed,
        changed=changed,
        sealed_by=_who(certificate),
        fingerprint=sha256(certificate.dump()).hexdigest(),
        sealed_at=sealed_at,
        timestamped_at=stamped.timestamp if stamped else None,
        timestamped_by=_who(stamped.signing_cert) if stamped else "",
        remark=_about_time(certificate, sealed_at, stamped.timestamp if stamped else None),
        evidence=evidence,
        evidence_steps=steps,
    )


def _what_changed(signature: EmbeddedPdfSignature, status: PdfSignatureStatus, seals: int) -> str:
    if not status.intact:
        return "Something within the sealed part was altered after the sealing."
    if not status.valid:
        return "The seal itself was altered: it does not fit the certificate that it names."
    if seals > 1:
        return "A further seal was added after the first one, which allows no change."
    coverage = status.coverage
    if coverage is None or coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return "The seal does not cover the whole of what it was put on."
    if coverage < SignatureCoverageLevel.ENTIRE_FILE:
        return "Something was added to the file after the sealing."
    if signature.sig_object.get("/SubFilter") != "/ETSI.CAdES.detached":
        return "The seal is of a kind that is not known here."
    return ""


def _loose_ends(signature: EmbeddedPdfSignature, pdf: bytes) -> str:
    """What no digest covers: bytes after the end, how the seal's own bytes are written, the padding behind them."""
    start, length, again, rest = (int(number) for number in signature.sig_object["/ByteRange"])
    if start != 0 or again + rest != len(pdf):
        return "Something was added to the file after the sealing."
    inside = bytes(signature.pkcs7_content)
    written = b"<" + inside.hex().upper().encode() + b">"
    if pdf[length:again] != written or inside[len(_first_value(inside)) :].strip(b"\0"):
        return "The seal itself was altered: something was put into or behind it."
    return ""


def _loose_parts(signature: EmbeddedPdfSignature, status: PdfSignatureStatus) -> str:
    """The parts of a seal (RFC 5652) that no signature covers: as we write them, and a time-stamp that holds."""
    seal, signer = signature.signed_data, signature.signer_info
    strays = signer.contents != b"".join(signer[name].dump() for name in signer)
    written = [
        *(seal[name].dump() for name in ("version", "digest_algorithms", "encap_content_info")),
        *(signer[name].dump() for name in ("version", "digest_algorithm", "signature_algorithm")),
    ]
    unsigned = [attribute["type"].native for attribute in _each(signer["unsigned_attrs"])]
    if strays or written != AS_WRITTEN or unsigned not in ([], ["signature_time_stamp_token"]) or _each(seal["crls"]):
        return "The seal itself was altered: something in it is not as it was written."
    if not unsigned:
        return ""
    stamp = status.timestamp_validity
    token = signer["unsigned_attrs"][0]["values"][0]["content"]
    if stamp is None or not (stamp.intact and stamp.valid) or not _plain(token):
        return "The time-stamp in the seal was altered, or never held."
    return ""


def _plain(token: cms.SignedData) -> bool:
    """Whether what is unsigned in a time-stamp is as RFC 3161 has it."""
    signer = token["signer_infos"][0]
    named = [*token["digest_algorithms"], signer["digest_algorithm"]]
    return (
        token["version"].native == "v3"
        and signer["version"].native in {"v1", "v3"}
        and len({algorithm["algorithm"].native for algorithm in named}) == 1
        and all(algorithm["parameters"].dump() in {b"", b"\x05\x00"} for algorithm in named)
    )


def _each(values: asn1crypto.core.SetOf) -> list[Any]:
    return [] if isinstance(values, asn1crypto.core.Void) else list(values)


def _first_value(data: bytes) -> bytes:
    """The one DER value that the data begins with (X.690)."""
    return bytes(asn1crypto.core.Any.load(data).dump())


def _about_time(
    certificate: asn1crypto.x509.Certificate, sealed_at: dt.datetime | None, stamp: dt.datetime | None
) -> str:
    if sealed_at is None:
        return "The seal tells no time."
    if stamp is not None and abs(stamp - sealed_at) > CLOCKS_DIFFER:
        return "The sealer's clock and the time-stamp differ by more than a day: the time-stamp counts."
    if sealed_at > dt.datetime.now(dt.UTC) + CLOCKS_DIFFER:
        return "The sealer's clock was ahead: the time it tells has not come yet."
    if not certificate.not_valid_before <= sealed_at <= certificate.not_valid_after:
        return "The sealer's clock was wrong, or its certificate had run out: they do not fit each other."
    return ""


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
        holds = broken_at(steps) is None
    except (NotEvidence, RecursionError):
        return "broken", 0
    return ("whole" if holds and _fits(steps, files.get(SIGNED_COPY)) else "broken"), len(steps)


def _fits(steps: Sequence[Step], copy: bytes | None) -> bool:
    """Whether the chain tells of both signatures, the last of each under the very copy that lies beside it."""
    if copy is None:
        return False
    signed = {step.what: step.data.get("document_sha256") for step in steps if step.what in SIGNATURES}
    return set(signed) == SIGNATURES and set(signed.values()) == {sha256(copy).hexdigest()}


def attachments_of(pdf: bytes) -> dict[str, bytes]:
    """The files in a PDF by their names: at most 32, of the sizes that `MOST_BYTES` allows together."""
    return dict(_attachments(_reader(pdf)))


def _reader(pdf: bytes) -> PdfFileReader:
    """Reads what is written loosely, but unpacks no more than a sealed document could hold."""
    return PdfFileReader(io.BytesIO(pdf), strict=False, decode_limits=LIMITS)


def _attachments(reader: PdfFileReader) -> Iterator[tuple[str, bytes]]:
    try:
        tree = reader.root["/Names"]["/EmbeddedFiles"]
    except (KeyError, TypeError):
        return
    room = MOST_BYTES
    for name, data in islice(_leaves(tree), MOST_ATTACHMENTS):
        room -= len(data)
        if room < 0:
            return
        yield name, data


def _leaves(tree: Any) -> Iterator[tuple[str, bytes]]:
    """The files of a name tree, which a hostile one may tie into a knot."""
    nodes, seen = [tree], 0
    while nodes and seen < 2 * MOST_ATTACHMENTS:
        node, seen = nodes.pop(0), seen + 1
        kids = node.get("/Kids", ())
        nodes += [kids[index] for index in range(min(len(kids), MOST_ATTACHMENTS))]  # an index follows references
        names = node.get("/Names", ())
        for index in range(0, min(len(names), 2 * MOST_ATTACHMENTS) - 1, 2):
            spec = names[index + 1]
            stream = spec["/EF"]["/F"]
            if isinstance(stream, generic.StreamObject):
                yield str(spec.get("/UF", spec.get("/F", names[index]))), bytes(stream.data)

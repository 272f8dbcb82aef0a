"""The seal: whole as it was made, told in a sentence as soon as anything is changed, by us and by another tool."""

import asyncio
import datetime as dt
import io
import random
import re
import shutil
import subprocess
import zlib
from functools import cache
from hashlib import sha256

import page
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

from rendezvous.agreements import evidence, sealing
from rendezvous.agreements.sealing import CannotProve, CannotTimestamp, attachments_of, make_identity, seal, verify
from rendezvous.agreements.typesetting import Attachment, Sheet, Signature, typeset
from tests.agreements.authority import authority, root_pem

NOW = dt.datetime.now(dt.UTC)
SETTINGS = settings(max_examples=150, deadline=None)
SHEET = Sheet(
    language="fr",
    kind="agreement",
    title="Les textes du site",
    number="C-2026-001",
    date="24 novembre 2026",
    sender=("Maud Estève",),
    text="## 1. L’objet\n\nMaud écrit.",
    at=NOW,
)
SIGNED = (Signature("Anne Vidal", ("par un code",)), Signature("Maud Estève", ("depuis son bureau",)))


@cache
def identity(name="Maud Estève", email="maud@esteve.example", at=NOW):
    return make_identity(name, email, at=at)


def chain(document, *, without=(), altered=None):
    steps, digest = [], sha256(document).hexdigest()
    for what in ("sent", "opened", "signed", "countersigned"):
        if what not in without:
            data = {"document_sha256": digest} if what != "opened" else {}
            steps.append(evidence.next_step(steps[-1] if steps else None, NOW, what, {**data, "version": 1}))
    if altered is not None:
        step = steps[altered]
        steps[altered] = evidence.Step(step.number, step.at, step.what, {"version": 2}, step.previous, step.hash)
    return steps


@cache
def copy():
    return typeset(SHEET).pdf


def unsealed(files=None, language="fr"):
    """A contract that both have signed, with the copy and its evidence inside, not yet sealed."""
    files = {"document.pdf": copy(), "preuves.json": evidence.to_json(chain(copy()))} if files is None else files
    attached = [Attachment(name, "application/octet-stream", data, name) for name, data in files.items()]
    sheet = Sheet(language, "agreement", SHEET.title, SHEET.text, sender=SHEET.sender, signatures=SIGNED,
                  attachments=tuple(attached), at=NOW)  # fmt: skip
    return typeset(sheet).pdf


@cache
def sealed(**how):
    return seal(unsealed(), *identity(), reason="contrat C-2026-001", location="Marseille", **how)


def told(pdf):
    found = verify(pdf)
    return (found.whole, found.changed)


def pdfsig(pdf, tmp_path):
    """What Debian's poppler-utils says of each signature, and of the whole."""
    if not shutil.which("pdfsig"):
        pytest.skip("pdfsig (poppler-utils) is not installed")
    file = tmp_path / "sealed.pdf"
    file.write_bytes(pdf)
    return subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False).stdout


def pdfsig_holds(pdf, tmp_path):
    said = pdfsig(pdf, tmp_path)
    return "Signature is Valid." in said and "Total document signed" in said


# --- whole


def test_a_sealed_contract_is_whole_and_says_by_whom_and_when():
    found = verify(sealed())
    assert (found.sealed, found.whole, found.changed, found.sealed_by) == (
        True, True, "", "Maud Estève <maud@esteve.example>",
    )  # fmt: skip
    assert abs(found.sealed_at - dt.datetime.now(dt.UTC)) < dt.timedelta(hours=1)
    assert (found.timestamped_at, found.timestamped_by, found.remark) == (None, "", "")
    assert (found.evidence, found.evidence_steps) == ("whole", 4)


def test_another_tool_says_the_same(tmp_path):
    assert pdfsig_holds(sealed(), tmp_path)


def test_the_fingerprint_is_that_of_the_certificate():
    [certificate] = load_certs_from_pemder_data(identity()[1])
    assert verify(sealed()).fingerprint == certificate.sha256.hex()


def test_what_was_signed_and_its_evidence_come_out_as_they_were_put_in():
    assert attachments_of(sealed()) == {"document.pdf": copy(), "preuves.json": evidence.to_json(chain(copy()))}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_sealed_contract_is_an_archive_that_can_be_read_aloud(language):
    pdf = seal(unsealed(language=language), *identity(), reason="x")
    for profile in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1):
        assert [failure.message for failure in page.validate_pdf_bytes(pdf, profile=profile).failures] == []


def test_a_file_without_tags_can_be_sealed_too():
    pdf = b"".join(
        [b"%PDF-1.7\n", b"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n", b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n",
         b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\n"]
    )  # fmt: skip
    places = [pdf.index(b"%d 0 obj" % number) for number in (1, 2, 3)]
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    pdf += table + b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(pdf)
    found = verify(seal(pdf, *identity(), reason="x"))
    assert (found.whole, found.evidence) == (True, "none")


@pytest.mark.parametrize(
    ("name", "email", "shown"),
    [
        ("", "", "Rendez-vous <->"),
        ("Ana\u202e 👩‍👧", "ana@x.example", "Ana <ana@x.example>"),
        ("محمد Ñandú 漢字 ß", "m@x.example", "Ñandú 漢字 ß <m@x.example>"),
        ("محمد", "m@x.example", "محمد <m@x.example>"),
        ("é" * 60, "é@x.example", "é" * 32 + " <@x.example>"),
        ("N" * 200, "a@x.example", "N" * 64 + " <a@x.example>"),
    ],
)
def test_any_name_can_seal(name, email, shown):
    assert verify(seal(copy(), *identity(name, email), reason="x")).sealed_by == shown


# --- changed


def seal_of(pdf):
    """Where the seal's own bytes stand: (begin, end of what is written, end of its padding)."""
    begin = pdf.index(b"/Contents <3") + 11
    end = pdf.index(b">", begin)
    written = len(pdf[begin:end].rstrip(b"0")) + begin
    return begin, written, end


def test_one_changed_byte_anywhere_is_told():
    pdf = sealed()
    begin, written, end = seal_of(pdf)
    chance = random.Random(2026)  # the same places each time; all of the seal's own bytes were gone through once
    places = [*range(0, len(pdf), len(pdf) // 150), *range(begin, written, 5), *chance.sample(range(written, end), 40)]
    places += range(end, len(pdf), 11)
    kept = [place for place in places if verify(with_byte(pdf, place, pdf[place] ^ 1)).whole]
    assert kept == []


@SETTINGS
@given(st.data())
def test_any_changed_byte_is_told(data):
    pdf = sealed()
    place = data.draw(st.integers(0, len(pdf) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda value: value != pdf[place]))
    found = verify(with_byte(pdf, place, value))
    assert (found.whole, bool(found.changed)) == (False, True)


def test_one_changed_byte_in_a_time_stamp_is_told():
    with authority() as url:
        pdf = seal(copy(), *identity(), reason="x", timestamp_url=url)
    begin, written, _end = seal_of(pdf)
    kept = [place for place in range(begin, written, 7) if verify(with_byte(pdf, place, pdf[place] ^ 1)).whole]
    assert kept == []


def test_another_tool_sees_a_changed_page_too(tmp_path):
    pdf = sealed()
    begin, _written, end = seal_of(pdf)
    for place in (200, 5000, begin - 400, end + 40):
        assert not pdfsig_holds(with_byte(pdf, place, pdf[place] ^ 1), tmp_path)


def with_byte(pdf, place, value):
    changed = bytearray(pdf)
    changed[place] = value
    return bytes(changed)


@pytest.mark.parametrize("tail", [b"\n", b"%", b"\0" * 100, b"1 0 obj\n<<>>\nendobj\n"])
def test_bytes_after_the_end_are_told(tail):
    assert told(sealed() + tail) == (False, "Something was added to the file after the sealing.")


def test_a_cut_end_is_told():
    assert not verify(sealed()[:-1]).whole
    assert not verify(sealed()[:-300]).whole


def test_a_page_changed_by_a_later_revision_is_told(tmp_path):
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed()))
    page = writer.root["/Pages"]["/Kids"][0]
    page = page["/Kids"][0] if "/Kids" in page else page
    page[pdf_name("/Rotate")] = page["/MediaBox"][0].__class__(90)
    writer.update_container(page)
    later = io.BytesIO()
    writer.write(later)
    assert told(later.getvalue()) == (False, "Something was added to the file after the sealing.")
    assert not pdfsig_holds(later.getvalue(), tmp_path)


def signer_of(key, certificate):
    return SimpleSigner(
        signing_cert=next(iter(load_certs_from_pemder_data(certificate))),
        signing_key=load_private_key_from_pemder_data(key, passphrase=None),
        cert_registry=SimpleCertificateStore(),
    )


class Forger(PdfSigner):
    """Signs what may not be signed any more."""

    def _enforce_certification_constraints(self, reader):
        pass


def test_a_second_seal_is_told():
    other = make_identity("Somebody", "somebody@else.example", at=NOW)
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed()))
    again = Forger(PdfSignatureMetadata(field_name="Other"), signer_of(*other))
    assert told(again.sign_pdf(writer, existing_fields_only=False).getvalue()) == (
        False, "A further seal was added after the first one, which allows no change.",
    )  # fmt: skip


def test_a_certificate_put_in_place_of_the_right_one_is_told():
    other = next(iter(load_certs_from_pemder_data(make_identity("Maud Estève", "maud@esteve.example", at=NOW)[1])))
    ours = next(iter(load_certs_from_pemder_data(identity()[1])))
    before, after = (one.dump().hex().upper().encode() for one in (ours, other))
    pdf = sealed()
    assert before in pdf
    swapped = pdf.replace(before, after) if len(before) == len(after) else pdf.replace(before[:40], after[:40])
    assert not verify(swapped).whole


def test_a_seal_made_anew_under_the_same_name_has_another_fingerprint():
    forged = seal(unsealed(), *make_identity("Maud Estève", "maud@esteve.example", at=NOW), reason="x")
    assert verify(forged).sealed_by == verify(sealed()).sealed_by
    assert verify(forged).fingerprint != verify(sealed()).fingerprint


# --- evidence


def evidence_of(files):
    found = verify(seal(unsealed(files), *identity(), reason="x"))
    return (found.whole, found.evidence)


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ({}, "whole"),
        ({"altered": 0}, "broken"),
        ({"altered": 3}, "broken"),
        ({"without": ("signed",)}, "broken"),
        ({"without": ("countersigned",)}, "broken"),
        ({"without": ("opened",)}, "whole"),
    ],
    ids=str,
)
def test_evidence_holds_if_nothing_of_it_was_altered_and_both_signed(steps, found):
    files = {"document.pdf": copy(), "preuves.json": evidence.to_json(chain(copy(), **steps))}
    assert evidence_of(files) == (True, found)


def test_evidence_of_another_document_is_broken():
    other = typeset(Sheet("fr", "agreement", "Autre", "Autre", at=NOW)).pdf
    assert evidence_of({"document.pdf": copy(), "evidence.json": evidence.to_json(chain(other))}) == (True, "broken")


def test_evidence_without_the_copy_that_it_is_about_is_broken():
    assert evidence_of({"preuves.json": evidence.to_json(chain(copy()))}) == (True, "broken")


def test_a_signature_that_fell_with_its_version_does_not_count():
    steps = chain(b"an earlier version")
    for what in ("sent", "signed", "countersigned"):
        steps.append(evidence.next_step(steps[-1], NOW, what, {"document_sha256": sha256(copy()).hexdigest()}))
    assert evidence_of({"document.pdf": copy(), "preuves.json": evidence.to_json(steps)}) == (True, "whole")


@pytest.mark.parametrize("data", [b"", b"[" * 90_000, b'{"steps": []}', b"x" * 1_000_001])
def test_evidence_that_is_none_is_broken(data):
    assert evidence_of({"document.pdf": copy(), "preuves.json": data}) == (True, "broken")


def test_a_file_that_cannot_be_sealed_with_evidence_has_none():
    assert evidence_of({}) == (True, "none")


# --- time


def test_a_time_stamp_says_when_and_by_which_authority(tmp_path):
    with authority() as url:
        pdf = seal(unsealed(), *identity(), reason="x", timestamp_url=url)
    found = verify(pdf)
    assert (found.whole, found.timestamped_by, found.remark) == (True, "Horodatage d’essai", "")
    assert abs(found.timestamped_at - found.sealed_at) < dt.timedelta(minutes=1)
    assert pdfsig_holds(pdf, tmp_path)


def test_with_its_roots_the_time_stamp_can_be_checked_once_it_has_expired(tmp_path):
    with authority() as url:
        pdf = seal(unsealed(), *identity(), reason="x", timestamp_url=url, timestamp_roots=root_pem())
    store = DocumentSecurityStore.read_dss(PdfFileReader(io.BytesIO(pdf)))
    assert (len(store.certs), len(store.crls)) == (3, 1)
    assert verify(pdf).whole
    assert pdfsig_holds(pdf, tmp_path)


@pytest.mark.parametrize("roots", [b"not a certificate", identity()[1]], ids=["none", "others"])
def test_roots_that_prove_nothing_are_told(roots):
    with authority() as url, pytest.raises(CannotProve):
        seal(copy(), *identity(), reason="x", timestamp_url=url, timestamp_roots=roots)


def test_an_authority_that_has_expired_is_told():
    with authority(days=-3) as url, pytest.raises(CannotProve):
        seal(copy(), *identity(), reason="x", timestamp_url=url, timestamp_roots=root_pem())


@pytest.mark.parametrize("answers", ["slowly", "rubbish", "forged", "refuses"])
def test_an_authority_that_does_not_stamp_is_told(answers, monkeypatch):
    monkeypatch.setattr(sealing, "TIMEOUT", 0.5)
    with authority(answers) as url, pytest.raises(CannotTimestamp):
        seal(copy(), *identity(), reason="x", timestamp_url=url)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://nowhere.invalid/", "http://[::1", "http:///"])
def test_an_authority_that_cannot_be_reached_is_told(url):
    with pytest.raises(CannotTimestamp):
        seal(copy(), *identity(), reason="x", timestamp_url=url)


@pytest.mark.parametrize(
    ("made", "remark"),
    [
        (NOW, ""),
        (NOW + dt.timedelta(days=400), "clock was wrong"),
        (NOW - dt.timedelta(days=3700), "clock was wrong"),
    ],
    ids=["right", "ahead", "ten years ago"],
)
def test_a_clock_that_does_not_fit_the_certificate_is_told_and_the_file_stays_whole(made, remark):
    found = verify(seal(copy(), *identity(at=made), reason="x"))
    assert found.whole
    assert (remark in found.remark) == (found.remark == "") or remark in found.remark
    assert bool(found.remark) == bool(remark)


def test_a_time_stamp_far_from_the_clock_is_told():
    with authority(at=NOW - dt.timedelta(days=20)) as url:
        found = verify(seal(copy(), *identity(), reason="x", timestamp_url=url))
    assert (found.whole, found.remark) == (
        True, "The sealer's clock and the time-stamp differ by more than a day: the time-stamp counts.",
    )  # fmt: skip


# --- what is no sealed PDF


DEEP = b"%PDF-1.7\n1 0 obj\n" + b"[" * 200_000 + b"\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF"
LOOP = b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Prev 9/Root 1 0 R>>\nstartxref\n9\n%%EOF"
HOSTILE = {
    "nothing": b"",
    "header": b"%PDF-1.7",
    "random": b"%PDF-1.7\n" + random.Random(1).randbytes(100_000),
    "deep": DEEP,
    "deep dictionaries": DEEP.replace(b"[" * 200_000, b"<</A" * 100_000),
    "loop": LOOP,
    "huge number": b"%PDF-1.7\nstartxref\n" + b"9" * 100_000 + b"\n%%EOF",
    "negative": b"%PDF-1.7\nstartxref\n-9\n%%EOF",
    "zip": b"PK\x03\x04" + b"\0" * 100,
    "html": b"<html>%PDF-1.7</html>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_sentence(name):
    found = verify(HOSTILE[name])
    assert (found.sealed, found.whole) == (False, False)
    assert re.fullmatch(r"It [^.]+\.", found.changed)


def test_a_file_that_is_far_too_large_gets_a_sentence():
    assert told(b"%PDF-1.7\n" + b"\0" * sealing.MOST_BYTES) == (
        False, "It is larger than 50 MB: no sealed document is.",
    )  # fmt: skip


def test_a_pdf_without_a_seal_is_told_so():
    assert told(copy()) == (False, "It carries no seal.")


def test_a_file_cut_anywhere_gets_a_sentence():
    pdf = sealed()
    found = [verify(pdf[:length]) for length in range(0, len(pdf), len(pdf) // 60)]
    assert {one.whole for one in found} == {False}
    assert all(one.changed for one in found)


@pytest.mark.parametrize(
    "wrong", ["0 0 0 0", "0 10 5 10", "-1 5 9 9", "0 99999999999 1 1", "9 9", "(a) (b) (c) (d)", "0 1.5 2 3", ""]
)
def test_a_seal_that_covers_nonsense_is_told(wrong):
    pdf = sealed()
    before = re.search(rb"/ByteRange \[[^\]]*\] *", pdf)[0]
    assert not verify(pdf.replace(before, f"/ByteRange [{wrong}]".encode().ljust(len(before)))).whole


def with_attachments(tree):
    """A file with such a tree of attachments, sealed by somebody who means ill."""
    writer = IncrementalPdfFileWriter(io.BytesIO(copy()))
    tree(writer)
    later = io.BytesIO()
    writer.write(later)
    return seal(later.getvalue(), *identity(), reason="x")


def test_a_tree_of_attachments_tied_into_a_knot_is_read_to_an_end():
    def knot(writer):
        from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject

        node = DictionaryObject()
        place = writer.add_object(node)
        node[pdf_name("/Kids")] = ArrayObject([place] * 40)
        writer.root[pdf_name("/Names")] = DictionaryObject({pdf_name("/EmbeddedFiles"): place})
        writer.update_root()

    found = verify(with_attachments(knot))
    assert (found.whole, found.evidence) == (True, "none")


def test_an_attachment_that_swells_without_end_is_not_unpacked():
    def bomb(writer):
        from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, StreamObject

        squeezed = zlib.compressobj(9)
        data = b"".join(squeezed.compress(b"\0" * 1_000_000) for _ in range(60)) + squeezed.flush()
        stream = StreamObject({pdf_name("/Filter"): pdf_name("/FlateDecode")}, encoded_data=data)
        spec = DictionaryObject(
            {pdf_name("/UF"): pdf_string("preuves.json"), pdf_name("/EF"): DictionaryObject({pdf_name("/F"): writer.add_object(stream)})}
        )  # fmt: skip
        names = DictionaryObject({pdf_name("/Names"): ArrayObject([pdf_string("preuves.json"), spec])})
        writer.root[pdf_name("/Names")] = DictionaryObject({pdf_name("/EmbeddedFiles"): names})
        writer.update_root()

    assert not verify(with_attachments(bomb)).whole


@SETTINGS
@given(st.binary(max_size=300))
def test_any_bytes_at_all_get_a_sentence(data):
    for found in (verify(data), verify(b"%PDF-1.7\n" + data)):
        assert (found.whole, bool(found.changed)) == (False, True)


def test_within_an_event_loop_it_seals_and_verifies_as_without():
    async def within():
        return verify(seal(unsealed(), *identity(), reason="x"))

    assert asyncio.run(within()).whole

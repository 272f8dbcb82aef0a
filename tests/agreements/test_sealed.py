"""Sealing in the background: once, with what was signed inside, with a time-stamp where there is an authority."""

import datetime as dt
import email.policy
import re

import page
import pytest
from django_tasks_db.models import DBTaskResult

from rendezvous.agreements import sealing
from rendezvous.agreements.beginning import first_content
from rendezvous.agreements.documents import send, write
from rendezvous.agreements.models import Document, DocumentKind, Letterhead, Seal
from rendezvous.agreements.sealed import RETRY, fingerprint_of, identity_of, prepare_identity, seal_document
from rendezvous.agreements.signing import ask_code, countersign, sign
from tests.agreements.authority import authority, root_pem
from tests.agreements.test_sealing import pdfsig_holds
from tests.cast import ANNE, let_pass, mails_to, run_tasks

CHAIN = ["sent", "code_sent", "opened", "signed", "countersigned"]


@pytest.fixture
def signed(cast, inquiry):
    """A contract that both have signed; its sealing waits."""
    Letterhead.objects.create(
        practice=cast.practice, legal_name="Maud Estève", siret="73282932000074", address="12 rue des Lilas\n13001 Marseille"
    )  # fmt: skip
    content = first_content(inquiry, DocumentKind.AGREEMENT)
    content.client |= {"name": "Pharmacie des Lilas", "address": "1 place de l’Exemple, 69001 Lyon"}
    version = send(write(inquiry, DocumentKind.AGREEMENT, content))
    ask_code(version, "Anne Vidal")
    sign(version, re.search(r"\d{6}", mails_to(ANNE)[-1].text)[0], ip="192.0.2.1", browser="Essai")
    countersign(version.document, cast.owner)
    return Document.objects.get()


def with_options(settings, **options):
    settings.OPTIONS = {**settings.OPTIONS, **options}


def attached(mail):
    message = email.message_from_bytes(bytes(mail.content), policy=email.policy.default)
    return [part.get_content() for part in message.iter_attachments()]


def sealed_file():
    with Seal.objects.get().pdf.open("rb") as file:
        return file.read()


def test_both_get_the_sealed_contract_with_what_they_signed_inside(signed, tmp_path):
    let_pass(1)
    run_tasks()
    pdf = sealed_file()
    found = sealing.verify(pdf)
    assert (found.whole, found.evidence, found.evidence_steps) == (True, "whole", len(CHAIN))
    assert found.sealed_by == "Maud Estève <maud@esteve.example>"
    with signed.sent_version.signatures.get(party="client").pdf.open("rb") as file:
        assert sealing.attachments_of(pdf)["document.pdf"] == file.read()
    assert [attached(mail) for mail in (mails_to(ANNE)[-2], mails_to("maud@esteve.example")[-1])] == [[pdf], [pdf]]
    assert pdfsig_holds(pdf, tmp_path)


def test_what_is_sealed_is_an_archive_that_can_be_read_aloud(signed):
    let_pass(1)
    run_tasks()
    for profile in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1):
        failures = page.validate_pdf_bytes(sealed_file(), profile=profile).failures
        assert [failure.message for failure in failures] == []


def test_sealing_twice_seals_once(signed):
    seal_document.call(signed.pk)
    first = sealed_file()
    seal_document.call(signed.pk)
    assert sealed_file() == first
    assert list(signed.evidence.values_list("what", flat=True)) == [*CHAIN, "sealed"]


def test_with_an_authority_the_moment_is_in_its_hands(signed, settings):
    with authority() as url:
        with_options(settings, timestamp_url=url)
        seal_document.call(signed.pk)
    assert Seal.objects.get().timestamped
    assert sealing.verify(sealed_file()).timestamped_by == "Horodatage d’essai"


def test_with_its_roots_what_proves_the_stamp_is_inside(signed, settings, tmp_path):
    (tmp_path / "roots.pem").write_bytes(root_pem())
    with authority() as url:
        with_options(settings, timestamp_url=url, timestamp_roots=str(tmp_path / "roots.pem"))
        seal_document.call(signed.pk)
    assert b"/DSS" in sealed_file()
    assert sealing.verify(sealed_file()).whole


@pytest.mark.parametrize("roots", ["absent.pem", "wrong.pem"])
def test_roots_that_do_not_fit_cost_only_that_proof(signed, settings, tmp_path, roots):
    (tmp_path / "wrong.pem").write_bytes(identity_of(signed.practice)[1])
    with authority() as url:
        with_options(settings, timestamp_url=url, timestamp_roots=str(tmp_path / roots))
        seal_document.call(signed.pk)
    assert b"/DSS" not in sealed_file()
    assert sealing.verify(sealed_file()).timestamped_by == "Horodatage d’essai"


def test_without_an_answer_it_waits_and_in_the_end_is_sealed_without(signed, settings):
    with_options(settings, timestamp_url="http://127.0.0.1:9/")
    for wait in (dt.timedelta(seconds=1), *RETRY):
        assert not Seal.objects.exists()
        let_pass(wait.total_seconds() + 1)
        run_tasks()
    seal = Seal.objects.get()
    assert (seal.timestamped, sealing.verify(sealed_file()).timestamped_at) == (False, None)
    assert signed.evidence.get(what="sealed").data["timestamped"] is False


def test_the_same_key_seals_for_good(practice):
    assert identity_of(practice) == identity_of(practice)


def test_a_key_that_cannot_be_read_any_more_gives_way_to_a_new_one(practice, settings):
    first = identity_of(practice)
    settings.SECRET_KEY = "another secret key, as after a restore onto another machine"
    practice.refresh_from_db()
    second = identity_of(practice)
    assert second != first
    assert identity_of(practice) == second


def test_her_page_shows_the_fingerprint_that_the_seal_has(signed, desk):
    let_pass(1)
    run_tasks()
    page = desk.get(f"/bureau/documents/{signed.pk}/").content.decode()
    digits = sealing.verify(sealed_file()).fingerprint
    assert " ".join(digits[at : at + 4] for at in range(0, 64, 4)) in page


def test_saying_who_she_is_makes_the_certificate_in_that_name(practice, desk):
    form = {"legal_name": "Maud Estève", "legal_form": "EI", "country": "FR", "regime": "exempt", "vat_rate": "20", "trade": "general",
            "deposit_percent": "30", "payment_days": "30", "valid_days": "30"}  # fmt: skip
    prints = []
    for name in ("Maud Esteve", "Maud Estève"):
        assert desk.post("/bureau/reglages/documents/", {**form, "legal_name": name}).status_code == 302
        prints.append(fingerprint_of(practice))
    assert len({*prints, ""}) == 3


def test_once_something_is_sealed_her_fingerprint_stays(signed, practice):
    let_pass(1)
    run_tasks()
    before = fingerprint_of(practice)
    prepare_identity(practice)
    assert fingerprint_of(practice) == before


def test_a_seal_that_failed_is_tried_again_at_a_touch(signed, practice, desk):
    DBTaskResult.objects.all().delete()
    page = desk.get(f"/bureau/documents/{signed.pk}/").content.decode()
    assert f"/bureau/documents/{signed.pk}/sceller/" in page
    desk.post(f"/bureau/documents/{signed.pk}/sceller/")
    let_pass(1)
    run_tasks()
    assert sealing.verify(sealed_file()).whole

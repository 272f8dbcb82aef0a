"""The gate: beyond the page no work before a signature, or a reason that is kept and shown."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from rendezvous.agreements import documents, gate
from rendezvous.agreements.models import Breach, Work
from rendezvous.inquiries.receiving import File
from rendezvous.practice import clock
from tests.agreements.papers import fresh, sealed, sent, signed
from tests.cast import ANNE, inquire, mails_to

FILE = File("maquette.txt", "text/plain", b"Une maquette")
WHY = "Leur salon ouvre lundi."


def work_page(inquiry, step=""):
    return f"/bureau/demandes/{inquiry.pk}/travail/{step}"


def upload(english, inquiry, kind="work", name="maquette.txt", data=b"Une maquette", **more):
    fields = {"file": SimpleUploadedFile(name, data), "kind": kind, "words": "Voici.", **more}
    return english.post(work_page(inquiry, "fichier/"), {k: v for k, v in fields.items() if v is not None})


@pytest.mark.parametrize("status", ["nothing", "proposal", "accepted", "sent", "signed by them", "taken back"])
def test_before_both_have_signed_no_work_is_recorded(cast, inquiry, letterhead, status):
    if status in {"proposal", "accepted"}:
        document = sent(inquiry, "proposal")
        if status == "accepted":
            documents.accept(document.sent_version)
    elif status != "nothing":
        document = sent(inquiry)
        if status != "sent":
            document = signed(document)
        if status == "taken back":
            documents.take_back(document)
    with pytest.raises(gate.GateClosed):
        gate.record_work(inquiry, "Recherche", 60)
    with pytest.raises(gate.GateClosed):
        gate.send_file(inquiry, FILE, "", is_work=True)
    assert not Work.objects.exists()
    assert not inquiry.messages.filter(attachments__isnull=False).exists()


def test_hours_clicked_twice_are_noted_once(cast, english, inquiry):
    gate.break_gate(inquiry, cast.owner, WHY)
    for _click in range(2):
        english.post(work_page(inquiry, "heures/"), {"what": "Recherche", "minutes": "60"})
    assert inquiry.work.count() == 1
    with clock.at(clock.now() + dt.timedelta(seconds=11)):
        english.post(work_page(inquiry, "heures/"), {"what": "Recherche", "minutes": "60"})
    assert inquiry.work.count() == 2


def test_a_file_clicked_twice_leaves_once(cast, english, inquiry):
    gate.break_gate(inquiry, cast.owner, WHY)
    for _click in range(2):
        upload(english, inquiry, stamp="10:00")
    assert (inquiry.work.count(), inquiry.messages.filter(attachments__isnull=False).count()) == (1, 1)
    upload(english, inquiry, stamp="10:05")
    assert inquiry.messages.filter(attachments__isnull=False).count() == 2


@pytest.mark.parametrize("kind", ["quote", "agreement"])
def test_what_both_have_signed_opens_it(cast, inquiry, letterhead, kind):
    document = sealed(sent(inquiry, kind), cast.owner)
    work = gate.record_work(inquiry, "Recherche", 60)
    assert (work.signed, work.breach) == (document, None)


def test_what_was_signed_for_another_inquiry_opens_nothing(cast, practice, contract):
    sealed(contract, cast.owner)
    with pytest.raises(gate.GateClosed):
        gate.record_work(inquire(practice, email="b@lilas.example"), "Recherche", 60)


def test_a_reason_opens_it_and_is_kept_with_the_work(cast, inquiry):
    breach = gate.break_gate(inquiry, cast.owner, WHY)
    work = gate.record_work(inquiry, "Recherche", 60)
    assert (work.signed, work.breach, breach.reason) == (None, breach, WHY)


def test_the_first_reason_is_the_one_that_is_kept(cast, inquiry):
    gate.break_gate(inquiry, cast.owner, WHY)
    gate.break_gate(inquiry, cast.owner, "Une autre raison")
    assert Breach.objects.get().reason == WHY


def test_work_after_the_signature_is_signed_for_even_where_the_gate_was_broken(cast, contract):
    gate.break_gate(contract.inquiry, cast.owner, WHY)
    document = sealed(contract, cast.owner)
    assert gate.record_work(contract.inquiry, "Suite", 30).signed == document


@pytest.mark.parametrize("how", ["neither", "both"])
def test_the_database_refuses_work_without_one_of_the_two(cast, contract, how):
    inquiry = contract.inquiry
    breach = gate.break_gate(inquiry, cast.owner, WHY)
    signed_by, reason = (contract, breach) if how == "both" else (None, None)
    with pytest.raises(DatabaseError, match="no_work_without_a_signature_or_a_reason"), transaction.atomic():
        Work.objects.create(inquiry=inquiry, what="x", signed=signed_by, breach=reason)


def test_the_database_refuses_a_raw_insert_too(inquiry):
    sql = "INSERT INTO agreements_work (inquiry_id, what, minutes, at) VALUES (%s, 'x', 5, '2026-01-01T00:00:00Z')"
    with pytest.raises(DatabaseError, match="no_work_without_a_signature_or_a_reason"), transaction.atomic():
        connection.cursor().execute(sql, [inquiry.pk])


def test_the_database_refuses_an_empty_reason(inquiry):
    with pytest.raises(DatabaseError, match="breach_says_why"), transaction.atomic():
        Breach.objects.create(inquiry=inquiry, reason="")


# On the page.


def test_the_page_refuses_hours_with_a_sentence(english, inquiry):
    answer = english.post(work_page(inquiry, "heures/"), {"what": "Recherche", "minutes": "60"})
    assert answer.status_code == 409
    assert "This waits for a signature" in answer.content.decode()
    assert not Work.objects.exists()


def test_the_page_refuses_a_file_of_work_and_keeps_the_words(english, inquiry):
    answer = upload(english, inquiry)
    assert answer.status_code == 409
    assert "This waits for a signature" in answer.content.decode()
    assert "Voici." in answer.content.decode()
    assert not inquiry.messages.filter(attachments__isnull=False).exists()


def test_information_may_always_be_sent_and_is_no_work(english, inquiry):
    assert upload(english, inquiry, "information").status_code == 302
    assert inquiry.messages.last().attachments.get().name == "maquette.txt"
    assert "maquette.txt" in mails_to(ANNE)[-1].text
    assert not Work.objects.exists()


@pytest.mark.parametrize("kind", [None, "", "Work", "information "])
def test_what_a_file_is_must_be_said(english, inquiry, kind):
    answer = upload(english, inquiry, kind)
    assert answer.status_code in ({422} if kind != "information " else {302, 422})
    assert inquiry.messages.filter(attachments__isnull=False).exists() == (answer.status_code == 302)


def test_with_a_reason_work_goes_on_and_the_reason_stays_on_the_page(english, inquiry):
    english.post(work_page(inquiry, "sans-signature/"), {"reason": WHY})
    assert english.post(work_page(inquiry, "heures/"), {"what": "Recherche", "minutes": "90"}).status_code == 302
    assert upload(english, inquiry).status_code == 302
    page = english.get(work_page(inquiry)).content.decode()
    assert WHY in page
    assert page.count("(before a signature)") == 2
    assert "1\u00a0h\u00a030 in all." in page


@pytest.mark.parametrize("reason", ["", " ", "ok", "mot " * 20_000])
def test_without_a_real_reason_it_stays_shut_and_the_words_come_back(english, inquiry, reason):
    answer = english.post(work_page(inquiry, "sans-signature/"), {"reason": reason})
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert not Breach.objects.exists()


def test_once_signed_the_page_says_so(cast, english, contract):
    sealed(contract, cast.owner)
    page = english.get(work_page(contract.inquiry)).content.decode()
    assert "It is signed: you may work." in page


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd.txt", "passwd.txt"), ("..\\..\\x.txt", "x.txt"),  ('"; filename="x.exe".txt', "__ filename=_x.exe_.txt")],
)  # fmt: skip
def test_a_files_name_leads_nowhere(english, browser, inquiry, name, kept):
    assert upload(english, inquiry, "information", name).status_code == 302
    attachment = inquiry.messages.last().attachments.get()
    assert "/" not in attachment.name
    assert "\n" not in attachment.name
    assert attachment.name.endswith(kept[-5:])
    answer = browser.get(f"/d/{inquiry.token}/fichiers/{attachment.pk}/")
    answer.close()
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "\n" not in answer["Content-Disposition"]
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("name", "data"), [("page.html", b"<script>alert(1)</script>"), ("x.svg", b"<svg onload='alert(1)'/>"), ("x.exe", b"MZ\x90"), ("x.txt", b"")]
)  # fmt: skip
def test_what_runs_is_not_sent(english, inquiry, name, data):
    assert upload(english, inquiry, "information", name, data).status_code == 422


def test_a_pdf_is_told_by_what_is_in_it(english, inquiry):
    upload(english, inquiry, "information", "page.html", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    attachment = inquiry.messages.last().attachments.get()
    assert attachment.content_type == "application/pdf"


def test_a_file_larger_than_what_may_be_sent_gets_a_sentence(english, inquiry, settings):
    settings.OPTIONS = {**settings.OPTIONS, "max_file_mb": 1}
    answer = upload(english, inquiry, "information", "grand.txt", b"a" * 1_100_000)
    assert answer.status_code == 422
    assert "“grand.txt” is larger than 1 MB: please send a link to it instead." in answer.content.decode()


@pytest.mark.parametrize("step", ["heures/", "fichier/", "sans-signature/"])
def test_a_link_alone_does_nothing(desk, inquiry, step):
    assert desk.get(work_page(inquiry, step)).status_code == 405


def test_it_is_shut_again_for_nobody(cast, contract):
    document = sealed(contract, cast.owner)
    assert gate.is_open(contract.inquiry)
    assert not documents.take_back(document)
    assert gate.is_open(fresh(document).inquiry)

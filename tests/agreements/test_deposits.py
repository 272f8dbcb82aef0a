"""The deposit: asked for at the signature, received by hand or found in a bank statement, recalled in three tones."""

import datetime as dt
from decimal import Decimal
from email import message_from_bytes

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from rendezvous.agreements import deposits, payments, signing
from rendezvous.agreements.models import Deposit, Letterhead
from rendezvous.practice import clock
from tests.agreements.papers import code_sent_to, fresh, line, link, sealed, sent, signed
from tests.cast import ANNE, inquire, mails_to


@pytest.fixture
def deposit(cast, contract):
    sealed(contract, cast.owner)
    return Deposit.objects.get()


def desk_page(deposit, step=""):
    return f"/bureau/documents/{deposit.document_id}/acompte/{step}"


def asked(cast, inquiry, **terms):
    return sealed(sent(inquiry, terms={"payment_days": 30, "currency": "EUR", **terms}), cast.owner)


@pytest.mark.parametrize(
    ("terms", "amount"),
    [({"deposit_percent": "30"}, Decimal(720)), ({"deposit_percent": "33.3"}, Decimal("799.20")),
     ({"deposit_amount": "500"}, Decimal(500)), ({"deposit_percent": "100"}, Decimal(2400))],
)  # fmt: skip
def test_it_is_what_the_contract_says(cast, inquiry, letterhead, terms, amount):
    asked(cast, inquiry, **terms)
    assert Deposit.objects.get().amount == amount


@pytest.mark.parametrize("terms", [{}, {"deposit_percent": "0"}, {"deposit_amount": "0"}])
def test_without_one_nothing_is_awaited(cast, inquiry, letterhead, terms):
    asked(cast, inquiry, **terms)
    assert not Deposit.objects.exists()
    inquiry.refresh_from_db()
    assert inquiry.need == ""


def test_it_is_not_asked_for_before_she_has_signed(contract):
    signed(contract)
    assert not Deposit.objects.exists()


def test_it_comes_up_when_it_is_due(cast, inquiry, contract):
    at = clock.now()
    with clock.at(at):
        sealed(contract, cast.owner)
    inquiry.refresh_from_db()
    assert (inquiry.need, inquiry.need_at) == ("deposit", at + dt.timedelta(days=8))


def test_the_payer_may_check_its_reference(deposit):
    assert payments.is_creditor_reference(deposit.reference)


def test_two_documents_never_share_a_reference():
    assert deposits.reference_of("C-2026-100", 12345) != deposits.reference_of("C-2026-1001", 2345)


def test_the_payers_app_reads_who_how_much_and_which(browser, deposit):
    """EPC069-12, version 002: the rows of the code, by hand."""
    rows = [
        "BCD",
        "002",
        "1",
        "SCT",
        "",
        "Maud Estève",
        "FR7630006000011234567890189",
        "EUR720.00",
        "",
        deposit.reference,
    ]
    expected = payments.epc_qr_svg("\n".join(rows))
    assert deposits.qr_of(deposit) == expected
    assert expected in browser.get(link(deposit.document)).content.decode()


@pytest.mark.parametrize(
    "change", [{"iban": ""}, {"iban": "FR00"}, {"bic": "x"}, {"legal_name": "\u200b"}],
)  # fmt: skip
def test_what_does_not_fit_into_a_code_shows_none(browser, desk, deposit, change):
    Letterhead.objects.update(**change)
    assert deposits.qr_of(Deposit.objects.get()) == ""
    assert browser.get(link(deposit.document)).status_code == 200
    assert desk.get(f"/bureau/documents/{deposit.document_id}/").status_code == 200


def test_a_sepa_code_is_for_euros_alone(cast, browser, inquiry, letterhead):
    document = asked(cast, inquiry, currency="CHF", deposit_percent="30")
    page = browser.get(link(document)).content.decode()
    assert deposits.qr_of(Deposit.objects.get()) == ""
    assert "<svg" not in page
    assert "FR76" in page
    assert "code que l’application" not in mails_to(ANNE)[-2].text


def test_once_it_has_come_the_page_thanks_and_asks_for_nothing(desk, browser, deposit):
    desk.post(desk_page(deposit, "recu/"))
    page = browser.get(link(deposit.document, "?lang=en")).content.decode()
    assert "Your deposit came" in page
    assert deposit.reference not in page


def test_it_is_received_once(desk, inquiry, deposit):
    with clock.at(clock.now() + dt.timedelta(days=1)):
        first = clock.today()
        assert deposits.receive_deposit(deposit, first)
    assert not deposits.receive_deposit(deposit, first + dt.timedelta(days=9))
    assert (Deposit.objects.get().received_on, Deposit.objects.get().how) == (first, "hand")
    inquiry.refresh_from_db()
    assert inquiry.need == ""


def test_the_database_refuses_a_deposit_received_nohow(deposit):
    with pytest.raises(DatabaseError, match="deposit_received_somehow"), transaction.atomic():
        Deposit.objects.update(received_on=clock.today())


# In a bank statement, through the page.


def statement(desk, data, name="releve.csv"):
    answer = desk.post("/bureau/documents/banque/", {"file": SimpleUploadedFile(name, data.encode())}, follow=True)
    assert answer.redirect_chain == [("/bureau/documents/", 302)]
    return answer.content.decode()


def table(*rows):
    return "Date;Libellé;Montant\n" + "\n".join(rows)


def test_it_is_found_in_a_table_by_its_reference(english, deposit):
    page = statement(english, table(f"04/05/2026;VIR PHARMACIE {deposit.reference};720,00", "05/05/2026;LOYER;-800,00"))
    assert "Received: the deposit of" in page
    kept = Deposit.objects.get()
    assert (kept.received_on, kept.how) == (dt.date(2026, 5, 4), "bank")


CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>1</Id>
<Ntry><Amt Ccy="EUR">720.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-05-04</Dt></BookgDt>
<NtryDtls><TxDtls><RmtInf><Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>
</Stmt></BkToCstmrStmt></Document>"""


def test_it_is_found_in_camt_by_its_reference(english, deposit):
    statement(english, CAMT.format(reference=deposit.reference), "releve.xml")
    kept = Deposit.objects.get()
    assert (kept.received_on, kept.how) == (dt.date(2026, 5, 4), "bank")


@pytest.mark.parametrize(
    "row",
    [
        "04/05/2026;VIR PHARMACIE DES LILAS;719,99",
        "04/05/2026;VIR DUPONT;720,00",
        "04/05/2026;PHARMACIE DES LILAS;-720,00",
    ],
)
def test_another_amount_or_another_payer_is_left_to_her(english, deposit, row):
    assert "none is a deposit that you await" in statement(english, table(row))
    assert Deposit.objects.get().received_on is None


def test_lines_that_cannot_be_read_are_told(english, deposit):
    page = statement(english, table("04/05/2026;VIR;douze", "05/05/2026;LOYER;-800,00", "hier;VIR;720,00"))
    assert "2 lines could not be read" in page


def test_another_practices_deposit_is_not_found(cast, english, practice):
    other = inquire(cast.stranger.practice, email="z@lilas.example")
    Letterhead.objects.create(practice=cast.stranger.practice, legal_name="Sacha", siret="73282932000074", address="x")
    sealed(sent_by(other, "z@lilas.example"), cast.stranger)
    theirs = Deposit.objects.get()
    statement(english, table(f"04/05/2026;VIR {theirs.reference};720,00"))
    assert Deposit.objects.get().received_on is None


def sent_by(inquiry, address):
    """Sent and signed by somebody else than Anne."""
    document = sent(inquiry)
    signing.ask_code(document.sent_version, "Zoé")
    signing.sign(document.sent_version, code_sent_to(address), ip=None, browser="")
    return fresh(document)


@pytest.mark.parametrize("data", ["", "\x00\x01", "n’importe quoi", "<html></html>", "a;b\n1;2"])
def test_what_is_no_statement_gets_a_sentence(english, deposit, data):
    page = statement(english, data or " ")
    assert "This file cannot be read as a bank statement" in page


def test_no_file_gets_a_sentence(english, deposit):
    answer = english.post("/bureau/documents/banque/", follow=True)
    assert "Choose the file that your bank gives you" in answer.content.decode()


def test_a_file_that_is_too_large_gets_a_sentence(english, deposit, settings):
    settings.OPTIONS = {**settings.OPTIONS, "max_file_mb": 1}
    assert "is larger than 1 MB" in statement(english, "a" * 1_100_000)


# Recalled.


@pytest.mark.parametrize(("before", "tone"), [(0, "kind"), (1, "firm"), (2, "formal"), (9, "formal")])
def test_each_reminder_is_firmer(english, deposit, before, tone):
    Deposit.objects.update(reminders=before)
    with clock.at(clock.now() + dt.timedelta(days=9)):
        page = english.get(desk_page(deposit, "relance/")).content.decode()
    assert f'href="?tone={tone}" aria-current="page"' in page


@pytest.mark.parametrize(("days", "tones"), [(0, ("kind",)), (8, ("kind",)), (9, deposits.TONES)])
def test_nobody_is_called_late_before_the_day_has_passed(deposit, days, tones):
    with clock.at(clock.now() + dt.timedelta(days=days)):
        assert deposits.tones_of(deposit) == tones


def test_a_formal_notice_cannot_be_had_before_the_day(english, deposit):
    page = english.get(desk_page(deposit, "relance/?tone=formal"))
    assert page.context["tone"] == "kind"


def test_a_reminder_leaves_in_her_words_and_comes_up_again_in_a_week(english, inquiry, deposit):
    at = clock.now() + dt.timedelta(days=9)
    with clock.at(at):
        english.post(desk_page(deposit, "relance/"), {"subject": "L’acompte", "text": "Où en est-il ?", "after": "0"})
    kept = Deposit.objects.get()
    assert (kept.reminders, kept.reminded_at) == (1, at)
    assert (mails_to(ANNE)[-1].subject, mails_to(ANNE)[-1].text.strip()) == ("L’acompte", "Où en est-il ?")
    inquiry.refresh_from_db()
    assert (inquiry.need, inquiry.need_at) == ("deposit", at + dt.timedelta(days=7))


def test_a_reminder_clicked_twice_leaves_once(english, deposit):
    before = len(mails_to(ANNE))
    for _click in range(2):
        answer = english.post(
            desk_page(deposit, "relance/"), {"subject": "x", "text": "Un mot", "after": "0"}, follow=True
        )  # fmt: skip
    assert "Nothing was sent: it left already, or the deposit has come." in answer.content.decode()
    assert len(mails_to(ANNE)) == before + 1


def test_what_has_come_is_not_recalled(english, deposit):
    before = len(mails_to(ANNE))
    deposits.receive_deposit(deposit, clock.today())
    english.post(desk_page(deposit, "relance/"), {"subject": "x", "text": "Un mot"})
    assert len(mails_to(ANNE)) == before


@pytest.mark.parametrize(
    "fields",
    [{"subject": "", "text": "Un mot"}, {"subject": "x", "text": " "}, {"subject": "x", "text": "mot " * 20_000}],
)
def test_a_reminder_that_cannot_be_sent_comes_back(english, deposit, fields):
    before = len(mails_to(ANNE))
    answer = english.post(desk_page(deposit, "relance/"), fields)
    assert answer.status_code == 422
    assert fields["text"].strip() in answer.content.decode()
    assert len(mails_to(ANNE)) == before


def test_a_subject_of_two_lines_adds_no_header(english, deposit):
    english.post(desk_page(deposit, "relance/"), {"subject": "L’acompte\r\nBcc: x@ailleurs.example", "text": "Un mot"})
    mail = message_from_bytes(bytes(mails_to(ANNE)[-1].content))
    assert (mail["Bcc"], mails_to(ANNE)[-1].subject) == (None, "L’acompte Bcc: x@ailleurs.example")


def test_what_is_not_awaited_cannot_be_recalled(desk, contract):
    assert desk.get(f"/bureau/documents/{contract.pk}/acompte/relance/").status_code == 404


# A payment provider is a plug-in.


def broken(deposit):
    raise RuntimeError("no provider")


def paying(deposit):
    return f"https://paiement.example/{deposit.reference}"


def hostile(deposit):
    return "javascript:alert(1)"


def with_provider(settings, name):
    settings.OPTIONS = {**settings.OPTIONS, "payment_link": f"tests.agreements.test_deposits:{name}"}


def test_a_plugged_in_provider_has_its_button(browser, deposit, settings):
    with_provider(settings, "paying")
    assert (
        f'href="https://paiement.example/{deposit.reference}"' in browser.get(link(deposit.document)).content.decode()
    )


@pytest.mark.parametrize("name", ["broken", "hostile", "missing"])
def test_a_provider_that_fails_keeps_nobody_from_the_page(browser, deposit, settings, name):
    with_provider(settings, name)
    answer = browser.get(link(deposit.document))
    assert answer.status_code == 200
    assert "javascript:" not in answer.content.decode()
    assert deposits.payment_page(deposit) == ""


def test_no_provider_is_plugged_in_by_itself(browser, deposit):
    assert "Pay online" not in browser.get(link(deposit.document, "?lang=en")).content.decode()


def test_a_free_contract_asks_for_nothing(cast, inquiry, letterhead):
    sealed(sent(inquiry, lines=[line(price="0")]), cast.owner)
    assert not Deposit.objects.exists()

"""Signing by link: a code by mail, her own signature beside it, the seal. What is signed is what was read."""

import datetime as dt
from hashlib import sha256

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction

from rendezvous.agreements import documents, proof, sealing, signing
from rendezvous.agreements.documents import TooLate
from rendezvous.agreements.models import Deposit, Outcome, Seal, SigningCode
from rendezvous.agreements.printing import reading_copy
from rendezvous.agreements.sealed import seal_document
from rendezvous.agreements.signing import NoAddress, TooManyCodes, WrongCode
from rendezvous.practice import clock
from tests.agreements.papers import (
    bytes_of,
    code_sent_to,
    fresh,
    line,
    link,
    next_version,
    other_than,
    sealed,
    sent,
    signature_of,
    signed,
    steps,
    text_in,
)
from tests.cast import ANNE, let_pass, mails_to, run_tasks

WHO = {"ip": "192.0.2.7", "browser": "Un navigateur"}


def ask(document, name="Anne Vidal", **more):
    return signing.ask_code(fresh(document).sent_version, name, **more)


def sign(document, typed=None, **more):
    return signing.sign(fresh(document).sent_version, typed or code_sent_to(), **{**WHO, **more})


def test_the_code_makes_the_signature(contract):
    ask(contract)
    signature = sign(contract)
    assert (signature.name, signature.email, signature.ip, signature.browser) == (
        "Anne Vidal", ANNE, "192.0.2.7", "Un navigateur",
    )  # fmt: skip
    assert fresh(contract).status == "signed"


@pytest.mark.parametrize("typed", ["{0}{1}", " {0} {1} ", "{0}-{1}", "{0}\u202f{1}"])
def test_it_may_be_typed_as_one_likes(contract, typed):
    ask(contract)
    code = code_sent_to()
    assert sign(contract, typed.format(code[:3], code[3:]))


def test_what_is_signed_is_what_was_sent_byte_for_byte(contract):
    document = signed(contract)
    assert bytes_of(signature_of(document).pdf) == bytes_of(document.sent_version.pdf)
    assert signature_of(document).sha256 == document.sent_version.sha256


def change_everything(document):
    """Her letterhead, her practice, their name: all is another one than when it was sent."""
    letterhead, practice, person = document.practice.letterhead, document.practice, document.inquiry.person
    letterhead.legal_name, letterhead.address, letterhead.late_rate = "Une Autre", "Ailleurs", "40 %"
    letterhead.siret, letterhead.legal_form, letterhead.capital = "12345678200002", "SAS", "1 €"
    letterhead.save()
    practice.name, practice.email, practice.phone, practice.place = "Autre", "a@autre.example", "+33639980000", "Brest"
    practice.accent, practice.timezone = "moss", "Pacific/Auckland"
    practice.save()
    person.name = "Quelqu’un d’autre"
    person.save()


def test_a_letterhead_that_changes_later_changes_nothing_of_what_is_read(open_options):
    documents.choose(open_options.sent_version, ["2"])
    before = reading_copy(fresh(open_options).sent_version, ["2"])
    change_everything(fresh(open_options))
    assert reading_copy(fresh(open_options).sent_version, ["2"]) == before


def test_nor_does_a_program_that_asks_for_more_than_it_did(open_options):
    documents.choose(open_options.sent_version, ["2"])
    version = fresh(open_options).sent_version
    before = reading_copy(version, ["2"])
    del version.terms["parties"]["mediator"]
    version.save()
    change_everything(fresh(open_options))
    assert reading_copy(fresh(open_options).sent_version, ["2"]) == before


def test_nor_of_what_is_sealed(cast, open_options):
    documents.choose(open_options.sent_version, ["2"])
    document = signed(open_options, options=["2"])
    read = text_in(bytes_of(signature_of(document).pdf))
    change_everything(fresh(document))
    document = sealed(fresh(document), cast.owner)
    page = text_in(bytes_of(document.sent_version.seal.pdf))
    assert "Une Autre" not in page
    assert words_before_signatures(page) == words_before_signatures(read)


def words_before_signatures(text):
    """The words of the page as a bag, without what only the signed one has: signatures and what numbers its pages."""
    return text.partition("SIRET")[0].split()[:120]


def test_next_time_her_new_letterhead_is_used(contract):
    contract.practice.letterhead.legal_name = "Maud Estève Conseil"
    contract.practice.letterhead.save()
    version = next_version(fresh(contract), title="Autrement")
    assert "Maud Estève Conseil" in text_in(bytes_of(version.pdf))


def test_a_code_is_good_for_the_options_it_was_asked_for(open_options):
    ask(open_options)
    documents.choose(open_options.sent_version, ["2"])
    assert signing.good_code(open_options.sent_version) is None
    with pytest.raises(WrongCode):
        sign(open_options, options=["2"])
    assert fresh(open_options).status == "sent"


def test_who_saw_other_options_signs_nothing(open_options):
    documents.choose(open_options.sent_version, ["2"])
    ask(open_options, options=["2"])
    with pytest.raises(TooLate):
        sign(open_options, options=[])
    assert fresh(open_options).status == "sent"


def test_no_code_for_a_page_that_shows_other_options(open_options):
    documents.choose(open_options.sent_version, ["2"])
    with pytest.raises(TooLate):
        ask(open_options, options=[])
    assert not SigningCode.objects.exists()


def test_options_that_were_signed_are_counted(cast, open_options):
    documents.choose(open_options.sent_version, ["2"])
    document = signed(open_options, options=["2"])
    assert "2 700" in text_in(bytes_of(signature_of(document).pdf)).replace("\u202f", " ")
    sealed(document, cast.owner)
    assert Outcome.objects.get().amount == 2700
    assert Deposit.objects.get().amount == 810


def test_options_are_not_ticked_any_more_once_it_is_signed(open_options):
    document = signed(open_options)
    with pytest.raises(TooLate):
        documents.choose(document.sent_version, ["2"])
    assert fresh(document).chosen == []


def test_a_code_is_good_for_this_very_page_and_no_other(contract):
    ask(contract)
    version = fresh(contract).sent_version
    version.pdf.save("autre.pdf", ContentFile(b"%PDF other"))
    with pytest.raises(WrongCode):
        sign(contract)


def test_a_wrong_code_says_how_often_one_may_still_try(contract):
    ask(contract)
    wrong = other_than(code_sent_to())
    left = []
    for _attempt in range(6):
        with pytest.raises(WrongCode) as refused:
            sign(contract, wrong)
        left.append(refused.value.left)
    assert left == [4, 3, 2, 1, 0, 0]


def test_after_five_attempts_the_right_one_is_too_late(contract):
    ask(contract)
    code = code_sent_to()
    for _attempt in range(5):
        with pytest.raises(WrongCode):
            sign(contract, other_than(code))
    with pytest.raises(WrongCode):
        sign(contract, code)
    assert fresh(contract).status == "sent"


@pytest.mark.parametrize("typed", ["", "abcdef", "０００００００", "1" * 5000, "\x00"])
def test_what_is_no_code_is_a_wrong_one(contract, typed):
    ask(contract)
    with pytest.raises(WrongCode):
        signing.sign(fresh(contract).sent_version, typed, **WHO)


def test_a_code_lasts_fifteen_minutes(contract):
    ask(contract)
    with clock.at(clock.now() + dt.timedelta(minutes=15, seconds=1)), pytest.raises(WrongCode):
        sign(contract)
    with clock.at(clock.now() + dt.timedelta(minutes=14)):
        assert sign(contract)


def test_only_the_last_code_is_good(contract):
    ask(contract, "Anne Vidal")
    first = code_sent_to()
    ask(contract, "Bruno Vidal")
    if first != code_sent_to():
        with pytest.raises(WrongCode):
            sign(contract, first)
    assert sign(contract).name == "Bruno Vidal"


def test_when_the_last_code_has_run_out_an_earlier_one_is_no_better(contract):
    ask(contract)
    ask(contract)
    for _attempt in range(5):
        with pytest.raises(WrongCode):
            sign(contract, other_than(code_sent_to()))
    assert signing.good_code(fresh(contract).sent_version) is None


def test_what_is_taken_back_while_the_code_is_looked_at_is_not_signed(contract):
    ask(contract)
    looked_at = []

    def meanwhile(execute, sql, *more):
        if "attempts" in sql and sql.startswith("UPDATE") and not looked_at:
            looked_at.append(sql)
            documents.take_back(contract)
        return execute(sql, *more)

    with connection.execute_wrapper(meanwhile), pytest.raises(TooLate):
        sign(contract)
    assert (len(looked_at), fresh(contract).status) == (1, "withdrawn")
    assert not contract.sent_version.signatures.exists()


def test_a_code_of_another_document_is_none(contract, quote):
    ask(quote)
    code = code_sent_to()
    ask(contract)
    if code == code_sent_to():
        pytest.skip("the same code by chance")
    with pytest.raises(WrongCode):
        sign(contract, code)


def test_a_code_of_the_version_before_is_none(contract):
    ask(contract)
    code = code_sent_to()
    next_version(contract, title="Autrement")
    with pytest.raises(WrongCode):
        sign(contract, code)


def test_a_version_just_replaced_is_not_signed(contract):
    ask(contract)
    version, code = fresh(contract).sent_version, code_sent_to()
    next_version(contract, title="Autrement")
    with pytest.raises(TooLate):
        signing.sign(version, code, **WHO)
    assert fresh(contract).status == "sent"


@pytest.mark.parametrize("why", ["taken back", "expired", "refused"])
def test_what_is_over_is_not_signed(contract, why):
    ask(contract)
    code, now = code_sent_to(), clock.now()
    if why == "taken back":
        documents.take_back(fresh(contract))
    elif why == "refused":
        documents.refuse(fresh(contract).sent_version, "")
    else:
        now += dt.timedelta(days=31)
    with clock.at(now), pytest.raises(TooLate):
        sign(contract, code)
    assert not fresh(contract).sent_version.signatures.exists()


def test_a_proposal_is_not_signed(proposal):
    with pytest.raises(TooLate):
        ask(proposal)


def test_the_database_refuses_a_signed_proposal(proposal):
    with pytest.raises(DatabaseError, match="only_quotes_and_contracts_are_signed"), transaction.atomic():
        type(proposal).objects.filter(pk=proposal.pk).update(status="signed")


def test_clicking_twice_signs_once(contract):
    ask(contract)
    first = sign(contract)
    assert sign(contract) == first
    assert steps(contract).count("signed") == 1


def test_who_comes_after_without_the_code_is_too_late(contract):
    ask(contract)
    code = code_sent_to()
    sign(contract)
    with pytest.raises(TooLate):
        sign(contract, other_than(code))


def test_the_database_refuses_a_second_signature_of_a_party(contract):
    document = signed(contract)
    with pytest.raises(DatabaseError), transaction.atomic():
        document.sent_version.signatures.create(party="client", name="Un autre", sha256="0" * 64)


def test_five_codes_an_hour_and_no_more(contract):
    for _code in range(5):
        ask(contract)
    with pytest.raises(TooManyCodes):
        ask(contract)
    with clock.at(clock.now() + dt.timedelta(minutes=61)):
        assert ask(contract)


def test_twenty_codes_a_version_and_no_more(contract):
    version = fresh(contract).sent_version
    long_ago = clock.now() - dt.timedelta(days=1)
    for _code in range(20):
        version.codes.create(name="x", sent_to=ANNE, digest="0" * 64, created_at=long_ago, expires_at=long_ago)
    with pytest.raises(TooManyCodes):
        ask(contract)


def test_without_an_address_there_is_no_code(contract):
    person = contract.inquiry.person
    person.email, person.phone = "", "+33639981422"
    person.save()
    with pytest.raises(NoAddress):
        ask(contract)


def test_the_code_goes_to_their_own_address_alone(contract):
    before = len(mails_to(ANNE))
    ask(contract, "mallory@ailleurs.example")
    assert len(mails_to(ANNE)) == before + 1
    assert mails_to("mallory@ailleurs.example") == []


def test_only_the_digest_of_a_code_is_kept_and_it_is_no_part_of_the_conversation(contract):
    kept = ask(contract)
    code = code_sent_to()
    assert code not in str(SigningCode.objects.values().get(pk=kept.pk))
    assert not contract.inquiry.messages.filter(text__contains=code).exists()
    assert mails_to(ANNE)[-1].inquiry is None


def test_a_code_is_on_no_page_of_the_desk(desk, contract):
    ask(contract)
    code, mail = code_sent_to(), mails_to(ANNE)[-1]
    for page in ("/bureau/envois/", f"/bureau/demandes/{contract.inquiry_id}/", f"/bureau/documents/{contract.pk}/"):
        assert code not in desk.get(page).content.decode()
    for page in (f"/bureau/envois/{mail.pk}/", f"/bureau/envois/{mail.pk}/mail.eml"):
        assert desk.get(page).status_code == 404


def test_a_plugged_in_sms_that_fails_keeps_nobody_from_the_page(contract, settings, browser, django_capture_on_commit_callbacks):  # fmt: skip
    settings.OPTIONS = {**settings.OPTIONS, "code_by_sms": "tests.agreements.test_signing:broken_sms"}
    contract.inquiry.person.phone = "+33639981422"
    contract.inquiry.person.save()
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(link(contract, "code/"), {"version": "1", "name": "Anne Vidal"})
    assert answer.status_code == 302
    assert SigningCode.objects.get().sent_to == "+33639981422"


def broken_sms(phone, words):
    raise OSError("no gateway")


@pytest.mark.parametrize("years", [-3, 3])
def test_a_clock_that_is_wrong_breaks_no_evidence(contract, years):
    wrong = clock.now() + dt.timedelta(days=365 * years)
    with clock.at(wrong):
        if years > 0:
            with pytest.raises(TooLate):
                ask(contract)
        else:
            ask(contract)
            sign(contract)
    assert proof.broken_at(contract) is None
    assert fresh(contract).status == ("sent" if years > 0 else "signed")


# Her own signature, and the seal.


def test_her_signature_beside_theirs_binds_both(cast, contract):
    document = sealed(contract, cast.owner)
    theirs, hers = document.sent_version.signatures.order_by("party")
    assert (theirs.party, hers.party, hers.sha256) == ("client", "practice", theirs.sha256)
    assert (document.status, Outcome.objects.get().result, Outcome.objects.get().amount) == ("sealed", "signed", 2400)


def test_she_cannot_sign_what_they_have_not_signed(cast, contract):
    with pytest.raises(TooLate):
        signing.countersign(contract, cast.owner)


def test_she_signs_once(cast, contract):
    document = signed(contract)
    signing.countersign(document, cast.owner)
    with pytest.raises(TooLate):
        signing.countersign(document, cast.owner)
    assert document.sent_version.signatures.count() == 2


def test_what_she_took_back_she_does_not_sign(cast, contract):
    document = signed(contract)
    documents.take_back(document)
    with pytest.raises(TooLate):
        signing.countersign(document, cast.owner)


def test_she_may_sign_after_its_last_day_what_they_signed_in_time(cast, contract):
    document = signed(contract)
    with clock.at(clock.now() + dt.timedelta(days=40)):
        signing.countersign(document, cast.owner)
    assert fresh(document).status == "sealed"


def test_the_sealed_copy_goes_to_both(cast, contract):
    document = sealed(contract, cast.owner)
    pdf = bytes_of(document.sent_version.seal.pdf)
    theirs, deposit = mails_to(ANNE)[-2:]
    assert document.deposit.reference in deposit.text  # asked for once the copy is in hand
    for mail in (theirs, mails_to("maud@esteve.example")[-1]):
        assert f'filename="{document.number}.pdf"'.encode() in bytes(mail.content)
    assert sealing.verify(pdf).whole
    assert sealing.attachments_of(pdf)["document.pdf"] == bytes_of(signature_of(document).pdf)
    assert document.sent_version.seal.sha256 == sha256(pdf).hexdigest()


def test_sealing_twice_seals_once(cast, contract):
    document = sealed(contract, cast.owner)
    sent_before = len(mails_to(ANNE))
    seal_document.call(document.pk)
    assert (Seal.objects.count(), len(mails_to(ANNE)), steps(document).count("sealed")) == (1, sent_before, 1)


def test_an_authority_that_does_not_answer_is_asked_again_and_then_done_without(cast, contract, settings):
    settings.OPTIONS = {**settings.OPTIONS, "timestamp_url": "http://127.0.0.1:9/"}
    document = sealed(contract, cast.owner)
    tries = 0
    while not Seal.objects.exists():
        tries += 1
        assert tries < 5
        let_pass(3600)
        run_tasks()
    assert (tries, Seal.objects.get().timestamped) == (3, False)
    assert sealing.verify(bytes_of(document.sent_version.seal.pdf)).whole


def test_a_sealing_key_of_another_secret_is_replaced(cast, contract):
    letterhead = contract.practice.letterhead
    letterhead.sealing_key, letterhead.sealing_certificate = b"encrypted elsewhere", b"old"
    letterhead.save()
    document = sealed(contract, cast.owner)
    assert sealing.verify(bytes_of(document.sent_version.seal.pdf)).whole


def test_an_english_document_is_signed_in_english_on_the_practices_clock(cast, inquiry, letterhead):
    inquiry.language = "en"
    inquiry.save()
    document = signed(sent(inquiry))
    at = dt.datetime(2026, 7, 1, 12, 30, tzinfo=dt.UTC)
    document.sent_version.signatures.update(at=at)
    page = text_in(bytes_of(sealed(document, cast.owner).sent_version.seal.pdf))
    assert "Wednesday 1 July 2026 at 14:30" in page.replace("\u00a0", " ")
    assert f"by a code sent to {ANNE}" in page


def test_the_sealed_page_has_the_day_on_which_it_was_sent(cast, inquiry, letterhead):
    start = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
    with clock.at(start):
        document = sent(inquiry, valid_until=dt.date(2026, 3, 31))
    with clock.at(start + dt.timedelta(days=3)):
        document = signed(document)
    document = sealed(document, cast.owner)
    assert "2 mars 2026" in text_in(bytes_of(document.sent_version.seal.pdf)).replace("\u00a0", " ")


def test_a_new_contract_from_a_sealed_one_is_signed_on_its_own(cast, contract):
    first = sealed(contract, cast.owner)
    again = sent(first.inquiry, lines=[line(price="3000")])
    again = sealed(again, cast.owner)
    assert (first.number != again.number, Outcome.objects.get().amount, Seal.objects.count()) == (True, 3000, 2)


def test_options_with_odd_keys_are_signed_all_the_same(inquiry, letterhead):
    odd = [line(), line('"<,x', "Relecture", "300", optional=True)]
    document = sent(inquiry, lines=odd)
    documents.choose(document.sent_version, ['"<,x'])
    assert signed(document, options=['"<,x']).status == "signed"


def test_what_is_signed_can_be_agreed_anew_before_she_signs(cast, contract):
    document = signed(contract)
    next_version(document, title="Autrement")
    with pytest.raises(TooLate):
        signing.countersign(document, cast.owner)

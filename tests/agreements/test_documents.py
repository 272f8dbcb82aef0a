"""The life of a document: numbered without a gap, sent, remarked on, sent again, answered in one step."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction

from rendezvous.agreements import documents, evidence, proof
from rendezvous.agreements.beginning import first_content
from rendezvous.agreements.documents import NotReady, TooLate, TooMany
from rendezvous.agreements.models import Deposit, Document, DocumentKind, Outcome, Version
from rendezvous.agreements.outcomes import record_outcome
from rendezvous.agreements.printing import reading_copy
from rendezvous.inquiries.stages import not_business
from rendezvous.practice import clock
from tests.agreements.papers import (
    WITH_OPTION,
    bytes_of,
    content_for,
    fresh,
    line,
    next_version,
    sealed,
    sent,
    signed,
    steps,
    text_in,
    written,
)
from tests.cast import ANNE, PARIS, inquire, mails_to


def test_numbers_follow_each_other_in_each_kind(inquiry, letterhead):
    year = clock.now().astimezone(PARIS).year
    kinds = ["quote", "proposal", "quote", "agreement"]
    numbers = [sent(inquiry, kind, title=f"Devis {n}").number for n, kind in enumerate(kinds)]
    assert numbers == [f"D-{year}-001", f"P-{year}-001", f"D-{year}-002", f"C-{year}-001"]


def test_another_practice_counts_for_itself(cast, inquiry, letterhead):
    sent(inquiry, "proposal")
    other = sent(inquire(cast.stranger.practice), "proposal")
    assert other.number.endswith("-001")


def test_what_could_not_be_sent_leaves_no_gap(inquiry, letterhead):
    draft = written(inquiry, "quote", lines=[])
    with pytest.raises(NotReady):
        documents.send(draft)
    assert fresh(draft).number == ""
    assert sent(inquiry, "quote").number.endswith("-001")


def test_the_year_of_a_number_is_that_of_the_practices_clock(practice, inquiry, letterhead):
    practice.timezone = "Pacific/Auckland"
    practice.save()
    eve = dt.datetime(2026, 12, 31, 23, 30, tzinfo=ZoneInfo("Europe/Paris"))
    with clock.at(eve):
        assert sent(inquiry, "quote").number == "D-2027-001"


def test_a_new_version_keeps_its_number(contract):
    number = contract.number
    next_version(contract, title="Autrement")
    assert fresh(contract).number == number


def test_the_database_refuses_the_same_number_twice(contract, inquiry):
    with pytest.raises(DatabaseError, match=r"one_document_a_number|UNIQUE"), transaction.atomic():
        Document.objects.create(
            practice=contract.practice, inquiry=inquiry, kind="agreement", status="sent", number=contract.number
        )


def test_the_same_words_kept_twice_are_one_document(inquiry, letterhead):
    content = content_for(inquiry)
    first = documents.write(inquiry, "agreement", content)
    documents.send(first)
    again = documents.write(inquiry, "agreement", content_for(inquiry))
    with pytest.raises(TooLate):
        documents.send(again)
    assert (again, Document.objects.count()) == (first, 1)


def test_a_draft_is_nobodys_until_it_is_sent(inquiry, letterhead, browser):
    draft = written(inquiry)
    assert browser.get(f"/doc/{draft.token}/").status_code == 404
    assert browser.post(f"/doc/{draft.token}/vu/").status_code == 404
    documents.send(draft)
    assert browser.get(f"/doc/{draft.token}/").status_code == 200


def test_what_is_being_written_is_not_what_they_read(contract, browser):
    documents.rewrite(contract, content_for(contract.inquiry, title="Rien pour leurs yeux"))
    assert "Rien pour leurs yeux" not in browser.get(f"/doc/{contract.token}/").content.decode()


def test_what_was_sent_never_changes(contract):
    before = Version.objects.values().get(pk=contract.sent_version.pk)
    documents.rewrite(contract, content_for(contract.inquiry, title="Autre chose", lines=[line(price="1")]))
    assert Version.objects.values().get(pk=before["id"]) == before


def test_what_they_told_of_themselves_changes_nothing_of_what_was_sent(proposal):
    version = proposal.sent_version
    documents.accept(version, {"name": "Pharmacie du Port", "address": "3 quai de l’Exemple"})
    assert fresh(proposal).sent_version.client["name"] == version.client["name"]
    assert first_content(proposal.inquiry, "agreement").client["name"] == "Pharmacie du Port"


def test_an_earlier_signature_falls_with_a_new_version(cast, contract):
    document = signed(contract)
    next_version(document, title="Autrement")
    document = fresh(document)
    assert document.status == "sent"
    assert list(document.sent_version.signatures.all()) == []


def test_a_new_version_was_not_opened_yet(contract):
    documents.opened(contract)
    assert fresh(contract).opened_at
    next_version(contract, title="Autrement")
    assert fresh(contract).opened_at is None


def test_only_the_first_touch_of_a_version_counts_as_opened(contract):
    documents.opened(contract)
    first = fresh(contract).opened_at
    documents.opened(contract)
    assert fresh(contract).opened_at == first
    assert steps(contract).count("opened") == 1


def test_the_remark_that_caused_a_version_is_kept_with_it(contract):
    documents.remark(contract.sent_version, "Et les délais ?", 0)
    said = contract.sent_version.remarks.get()
    version = next_version(contract, title="Autrement", because="délais précisés", remark=said)
    assert (version.remark, version.because) == (said, "délais précisés")


def test_a_proposal_of_two_pages_is_refused_and_says_why(inquiry, letterhead):
    draft = written(inquiry, "proposal", text="\n\n".join(["Un paragraphe parmi d’autres."] * 80))
    with pytest.raises(NotReady, match="tient en une page, pour ne rien donner avant la signature"):
        documents.send(draft)
    assert fresh(draft).status == "draft"


def test_a_contract_may_have_several_pages(inquiry, letterhead):
    version = documents.send(written(inquiry, text="\n\n".join(["Un paragraphe parmi d’autres."] * 80)))
    assert version.pages > 1


def test_what_both_have_signed_is_not_rewritten(cast, contract):
    document = sealed(contract, cast.owner)
    with pytest.raises(TooLate):
        documents.rewrite(document, content_for(document.inquiry, title="Autrement"))
    assert document.versions.count() == 1


def test_a_draft_begun_before_both_signed_cannot_replace_what_they_signed(cast, contract):
    document = signed(contract)
    documents.rewrite(document, content_for(document.inquiry, title="Autrement"))
    document = sealed(fresh(document), cast.owner)
    with pytest.raises(TooLate):
        documents.send(document)
    assert (fresh(document).status, fresh(document).sent_version.number) == ("sealed", 1)


def test_a_new_contract_carries_on_what_both_have_signed(cast, contract):
    document = sealed(contract, cast.owner)
    content = first_content(document.inquiry, "agreement")
    kept = document.sent_version
    assert (content.text, content.lines, content.rights) == (kept.text, kept.lines, kept.rights)
    assert "parties" not in content.terms


def test_a_deposit_is_not_asked_for_twice(cast, contract):
    document = sealed(contract, cast.owner)
    assert Deposit.objects.count() == 1
    again = documents.write(document.inquiry, "agreement", first_content(document.inquiry, "agreement"))
    documents.send(again)
    sealed(fresh(again), cast.owner)
    assert Deposit.objects.count() == 1


def test_the_old_contract_holds_until_the_new_one_is_sealed(cast, contract):
    document = sealed(contract, cast.owner)
    documents.send(documents.write(document.inquiry, "agreement", first_content(document.inquiry, "agreement")))
    assert fresh(document).status == "sealed"
    assert Outcome.objects.get().result == "signed"
    document.inquiry.refresh_from_db()
    assert document.inquiry.stage == "ended"


@pytest.mark.parametrize("end", ["taken back", "refused"])
def test_what_was_taken_back_or_refused_may_be_sent_again(proposal, end):
    if end == "refused":
        documents.refuse(proposal.sent_version, "Trop cher")
    else:
        documents.take_back(proposal)
    next_version(fresh(proposal), title="Autrement")
    document = fresh(proposal)
    assert (document.status, document.sent_version.number, document.refused_because) == ("sent", 2, "")


@pytest.mark.parametrize("step", ["refuse", "choose", "accept"])
@pytest.mark.parametrize("why", ["expired", "replaced", "taken back"])
def test_what_is_over_cannot_be_answered(proposal, step, why):
    version = proposal.sent_version
    now = clock.now()
    if why == "expired":
        now += dt.timedelta(days=31)
    elif why == "replaced":
        next_version(proposal, title="Autrement")
    else:
        documents.take_back(proposal)
    status = fresh(proposal).status
    with clock.at(now), pytest.raises(TooLate):
        getattr(documents, step)(version, *{"refuse": ["non"], "choose": [["2"]], "accept": []}[step])
    assert fresh(proposal).status == status


def test_it_stands_through_the_whole_of_its_last_day(practice, proposal):
    last = proposal.sent_version.valid_until
    end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(0), practice.zone)
    with clock.at(end - dt.timedelta(minutes=1)):
        assert not fresh(proposal).expired
    with clock.at(end):
        assert fresh(proposal).expired


def test_a_quote_is_signed_not_just_accepted(quote):
    with pytest.raises(TooLate):
        documents.accept(quote.sent_version)
    assert fresh(quote).status == "sent"


def test_options_of_an_accepted_proposal_stay_as_they_were(inquiry, letterhead):
    document = sent(inquiry, "proposal", lines=WITH_OPTION)
    documents.choose(document.sent_version, ["2"])
    documents.accept(document.sent_version, options=["2"])
    with pytest.raises(TooLate):
        documents.choose(document.sent_version, [])
    assert fresh(document).chosen == ["2"]


def test_what_is_accepted_is_what_stood_ticked_on_the_page(inquiry, letterhead):
    document = sent(inquiry, "proposal", lines=WITH_OPTION)
    documents.choose(document.sent_version, ["2"])
    with pytest.raises(TooLate):
        documents.accept(document.sent_version, options=[])
    assert fresh(document).status == "sent"


def test_only_what_is_optional_can_be_chosen(open_options):
    assert documents.choose(open_options.sent_version, ["1", "2", "9"]) == ["2"]


def test_a_ticked_option_that_is_none_any_more_falls_with_a_new_version(open_options):
    documents.choose(open_options.sent_version, ["2"])
    next_version(open_options, lines=[line(), line("2", "Relecture", "300")])
    assert fresh(open_options).chosen == []


@pytest.mark.parametrize("change", [{"text": "Tout autre chose"}, {"price": "900"}, {"quantity": "3"}])
def test_an_option_that_has_changed_is_ticked_anew(open_options, change):
    documents.choose(open_options.sent_version, ["2"])
    next_version(open_options, lines=[line(), {**WITH_OPTION[1], **change}])
    assert fresh(open_options).chosen == []


def test_an_option_that_stands_as_it_was_stays_ticked(open_options):
    documents.choose(open_options.sent_version, ["2"])
    next_version(open_options, lines=[line(price="2500"), {**WITH_OPTION[1], "price": "300.00"}])
    assert fresh(open_options).chosen == ["2"]


@pytest.mark.parametrize(("ticked", "prices"), [([], ["2400"]), (["2"], ["2400", "300"])])
def test_a_contract_carries_on_what_was_ticked_and_nothing_else(inquiry, letterhead, ticked, prices):
    document = sent(inquiry, "proposal", lines=WITH_OPTION)
    documents.choose(document.sent_version, ticked)
    documents.accept(document.sent_version, options=ticked)
    lines = first_content(inquiry, "agreement").lines
    assert [(line["price"], line["optional"]) for line in lines] == [(price, False) for price in prices]


def test_a_contract_carries_on_what_they_agreed_to_before_what_was_only_sent_since(inquiry, letterhead):
    agreed = sent(inquiry, "proposal", title="Ce qu’ils ont accepté")
    sent(inquiry, "proposal", title="Une autre idée")
    documents.accept(agreed.sent_version)
    assert first_content(inquiry, "agreement").title == "Ce qu’ils ont accepté"


@pytest.mark.parametrize(("lines", "shown"), [([line()], False), (WITH_OPTION, True)])
def test_a_proposal_of_one_line_says_its_price_in_words_alone(inquiry, letterhead, lines, shown):
    words = text_in(bytes_of(sent(inquiry, "proposal", lines=lines).sent_version.pdf))
    assert ("Quantité" in words) == shown


def test_ticked_options_are_in_the_words_as_in_the_total(inquiry, letterhead):
    document = sent(inquiry, text="Prix : {price}.", lines=WITH_OPTION, terms={"currency": "EUR", "payment_days": 30})
    documents.choose(document.sent_version, ["2"])
    words = text_in(reading_copy(document.sent_version, ["2"])).replace("\u202f", " ")
    assert "Prix : 2 700 €." in words
    assert "2 400 €." not in words


def test_it_says_until_when_it_stands_with_the_year(contract):
    pdf = bytes_of(contract.sent_version.pdf)
    assert f"{contract.sent_version.valid_until.year}." in text_in(pdf)


def test_two_who_remark_the_same_twice_are_kept_once(contract):
    assert documents.remark(contract.sent_version, "Et les délais ?", 0, key="k")
    assert not documents.remark(contract.sent_version, "Et les délais ?", 0, key="k")
    assert contract.sent_version.remarks.count() == 1


def test_a_long_remark_is_kept_whole(contract):
    documents.remark(contract.sent_version, "mot " * 10_000, None)
    assert len(contract.sent_version.remarks.get().text) == 39_999


def test_nobody_floods_a_document_with_remarks(contract):
    version = contract.sent_version
    version.remarks.bulk_create([version.remarks.model(version=version, text="Non") for _ in range(200)])
    with pytest.raises(TooMany):
        documents.remark(version, "Encore", None)


def test_her_answer_is_never_one_too_many(contract):
    version = contract.sent_version
    version.remarks.bulk_create([version.remarks.model(version=version, text="Non") for _ in range(200)])
    documents.remark(version, "Si.", None, by_owner=True)
    assert version.remarks.count() == 201


def test_each_step_is_in_the_chain_of_evidence(cast, contract):
    documents.opened(contract)
    documents.remark(contract.sent_version, "Et les délais ?", 0)
    next_version(contract, title="Autrement")
    document = sealed(fresh(contract), cast.owner)
    expected = ["sent", "opened", "remark", "sent", "code_sent", "opened", "signed", "countersigned", "sealed"]
    assert steps(document) == expected
    assert proof.broken_at(document) is None


def test_taking_back_and_saying_no_are_in_it_too(proposal):
    documents.take_back(proposal)
    next_version(fresh(proposal), title="Autrement")
    documents.refuse(fresh(proposal).sent_version, "Non")
    assert steps(proposal) == ["sent", "withdrawn", "sent", "opened", "refused"]


def test_words_of_theirs_do_not_swell_the_evidence(contract):
    for n in range(30):
        documents.remark(contract.sent_version, f"{n} " + "mot " * 10_000, None)
    assert len(evidence.to_json(proof.steps_of(contract))) < 20_000


@pytest.mark.parametrize("change", [{"data": {"version": 9}}, {"what": "opened"}, {"hash": "0" * 64}])
def test_a_step_that_was_altered_is_found(contract, change):
    documents.opened(contract)
    contract.evidence.filter(number=1).update(**change)
    assert proof.broken_at(contract) == 1


def test_a_step_that_was_taken_out_is_found(contract):
    documents.opened(contract)
    documents.remark(contract.sent_version, "Et ?", None)
    contract.evidence.filter(number=2).delete()
    assert proof.broken_at(contract) == 2


# What comes up on the desk, and when.


def need_of(inquiry):
    inquiry.refresh_from_db()
    return inquiry.need, inquiry.need_at


def eight_on_the_day_after(document):
    day = document.sent_version.valid_until + dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time(8), PARIS)


def test_what_came_of_it_is_asked_at_eight_on_the_day_after_it_lapsed(inquiry, contract):
    assert need_of(inquiry) == ("outcome", eight_on_the_day_after(contract))


def test_without_a_date_it_is_asked_after_two_weeks_of_silence(inquiry, letterhead):
    before = clock.now()
    with clock.at(before):
        sent(inquiry, "proposal", valid_until=None)
    assert need_of(inquiry) == ("outcome", before + dt.timedelta(days=14))


def test_an_answered_remark_gives_way_to_the_question_of_what_came_of_it(inquiry, contract):
    documents.remark(contract.sent_version, "Et les délais ?", 0)
    assert need_of(inquiry)[0] == "remark"
    documents.remark(fresh(contract).sent_version, "En mars.", 0, by_owner=True)
    assert need_of(inquiry) == ("outcome", eight_on_the_day_after(contract))


def test_of_a_friend_nothing_is_asked(inquiry, letterhead):
    not_business(inquiry.person)
    inquiry.refresh_from_db()
    document = sent(inquiry, "proposal")
    assert need_of(inquiry) == ("", None)
    documents.refuse(document.sent_version, "")
    assert need_of(inquiry) == ("", None)


def test_what_a_friend_says_still_comes_up(inquiry, proposal):
    not_business(inquiry.person)
    documents.remark(fresh(proposal).sent_version, "Dis donc !", None)
    assert need_of(inquiry)[0] == "remark"


def test_what_had_ended_goes_on_when_they_accept_after_all(inquiry, proposal):
    record_outcome(inquiry, "silent")
    documents.accept(fresh(proposal).sent_version)
    assert need_of(inquiry)[0] == "accepted"
    assert inquiry.stage == "proposed"
    assert not Outcome.objects.exists()


def test_a_signed_inquiry_stays_signed_when_they_say_no_to_something_else(cast, inquiry, proposal):
    sealed(sent(inquiry), cast.owner)
    documents.refuse(fresh(proposal).sent_version, "Plus besoin")
    inquiry.refresh_from_db()
    assert (inquiry.stage, Outcome.objects.get().result) == ("ended", "signed")


def test_a_person_without_an_address_is_sent_nothing_and_it_is_ready(inquiry, letterhead):
    person = inquiry.person
    person.email, person.phone = "", "+33639981422"
    person.save()
    before = len(mails_to(ANNE))
    document = sent(inquiry, "proposal")
    assert document.status == "sent"
    assert len(mails_to(ANNE)) == before
    assert inquiry.messages.last().channel == "phone"


@pytest.mark.parametrize("name", ["أحمد الحسن", "אלישבע כהן", "Zoé 🌻 Lambert", "=cmd|' /C calc'!A0", "A\u202eB"])
def test_names_of_any_script_are_printed(inquiry, letterhead, name):
    inquiry.person.name = name
    inquiry.person.save()
    pdf = bytes_of(sent(inquiry).sent_version.pdf)
    assert pdf.startswith(b"%PDF")


HOSTILE = '#read("/etc/passwd") #panic("x") $x$ \\u{0} `#eval("1+1")` @x <y> // /* {{ 7*7 }} #import "@preview/x:0.1.0"'


def test_typst_in_every_field_is_words(inquiry, letterhead):
    client = {"name": HOSTILE[:160], "address": HOSTILE, "country": "FR", "vat_number": "", "business": True}
    rights = dict.fromkeys(("works", "modes", "place", "duration", "purpose"), HOSTILE[:150])
    letterhead.legal_name, letterhead.registration = HOSTILE[:120], HOSTILE[:80]
    letterhead.save()
    document = sent(
        inquiry, title=HOSTILE, text=HOSTILE, lines=[line(text=HOSTILE)], client=client, rights=rights, because=HOSTILE
    )
    words = text_in(bytes_of(document.sent_version.pdf))
    assert 'read("/etc/passwd")' in words.replace("“", '"').replace("”", '"')
    assert "root:" not in words


def test_throwing_a_draft_away_leaves_what_was_sent(contract):
    documents.rewrite(contract, content_for(contract.inquiry, title="Autrement"))
    assert documents.discard(contract)
    assert not documents.discard(contract)
    assert (fresh(contract).status, contract.versions.count()) == ("sent", 1)


def test_throwing_away_what_was_never_sent_leaves_nothing(inquiry, letterhead):
    documents.discard(written(inquiry))
    assert not Document.objects.exists()


def test_taking_back_twice_is_once(contract):
    assert documents.take_back(contract)
    assert not documents.take_back(contract)
    assert steps(contract) == ["sent", "withdrawn"]


def test_what_both_have_signed_is_not_taken_back(cast, contract):
    document = sealed(contract, cast.owner)
    assert not documents.take_back(document)
    assert fresh(document).status == "sealed"


def test_a_contract_keeps_what_the_accepted_page_promised(inquiry, letterhead):
    proposal = sent(
        inquiry,
        "proposal",
        text="## Ce que je ferai\n\n- Une page « Nous joindre »\n\n## Combien\n\n{price}.",
        rights={},
    )
    documents.accept(proposal.sent_version)
    text = first_content(inquiry, DocumentKind.AGREEMENT).text
    annex = text[text.index("## Annexe") :]
    assert "### Ce que je ferai\n\n- Une page « Nous joindre »" in annex
    assert f"proposition {proposal.number}, version 1" in annex
    assert "{price}" not in annex
    assert "lignes de prix ci-dessous et l’annexe" in text


@pytest.mark.parametrize("status", ["refused", "withdrawn"])
def test_a_page_that_no_longer_stands_is_in_no_contract(inquiry, letterhead, status):
    Document.objects.filter(pk=sent(inquiry, "proposal").pk).update(status=status)
    assert "Annexe" not in first_content(inquiry, DocumentKind.AGREEMENT).text


def test_without_any_price_a_proposal_has_no_line_and_a_contract_asks_for_it(practice, letterhead):
    practice.usual_value = None
    practice.save()
    inquiry = inquire(practice, "Bonjour, il nous faut des textes pour un livret.")
    assert first_content(inquiry, DocumentKind.PROPOSAL).lines == []
    assert [line["price"] for line in first_content(inquiry, DocumentKind.AGREEMENT).lines] == [""]


def test_an_address_is_no_name_for_a_contract(inquiry, letterhead):
    assert first_content(inquiry, DocumentKind.AGREEMENT).client["name"] == ""

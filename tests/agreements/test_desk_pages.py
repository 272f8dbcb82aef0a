"""Documents on the desk: written, looked at, sent, followed, countersigned; nothing typed is lost."""

import re
from html import unescape

import pytest
from django.test import Client

from rendezvous.agreements import documents
from rendezvous.agreements.models import Document, Letterhead
from rendezvous.inquiries.stages import not_business
from tests.agreements.papers import CLIENT, content_for, fresh, line, link, next_version, sealed, sent, signed, written
from tests.cast import inquire, signed_in


def new(inquiry, kind="agreement", step=""):
    return f"/bureau/demandes/{inquiry.pk}/documents/{kind}/{step}"


def desk_page(document, step=""):
    return f"/bureau/documents/{document.pk}/{step}"


def fields_of(content, **more):
    """What the editor's form sends for that content."""
    fields = {"title": content.title, "text": content.text, "because": content.because, **more}
    fields["valid_until"] = content.valid_until.isoformat() if content.valid_until else ""
    for n, row in enumerate(content.lines):
        fields |= {f"line-{n}-{name}": value for name, value in row.items() if name != "optional"}
        fields |= {f"line-{n}-optional": "1"} if row["optional"] else {}
    fields |= {f"client_{name}": value for name, value in content.client.items() if name != "business"}
    fields |= content.terms | content.rights
    return {**fields, **more}


def test_the_first_words_are_kept_nowhere_before_she_says_so(desk, inquiry, letterhead):
    assert desk.get(new(inquiry, "proposal")).status_code == 200
    assert not Document.objects.exists()


def test_it_is_kept_for_later_then_sent(english, inquiry, letterhead):
    fields = fields_of(content_for(inquiry))
    answer = english.post(new(inquiry), fields)
    document = Document.objects.get()
    assert answer["Location"] == desk_page(document, "ecrire/")
    assert document.status == "draft"
    english.post(desk_page(document, "ecrire/"), {**fields, "send": "1"})
    assert (fresh(document).status, Document.objects.count()) == ("sent", 1)


def test_a_form_sent_twice_is_one_document(english, inquiry, letterhead):
    fields = fields_of(content_for(inquiry), send="1")
    first, second = (english.post(new(inquiry), fields) for _click in range(2))
    assert first["Location"] == second["Location"]
    assert Document.objects.get().number.endswith("-001")


def test_what_is_not_ready_stays_a_draft_and_says_what_it_lacks(english, inquiry, letterhead):
    fields = fields_of(content_for(inquiry, client={**CLIENT, "address": ""}), send="1")
    answer = english.post(new(inquiry), fields, follow=True)
    assert "It lacks the client's address: add it under “The client”." in unescape(answer.content.decode())
    assert (Document.objects.get().status, Document.objects.get().number) == ("draft", "")


def test_without_a_letterhead_it_says_what_is_missing_of_her(english, inquiry):
    answer = english.post(new(inquiry), fields_of(content_for(inquiry), send="1"), follow=True)
    page = unescape(answer.content.decode())
    assert "It lacks your SIRET" in page
    assert "It lacks the address of your business" in page
    assert not Letterhead.objects.exists()


def test_a_proposal_needs_no_letterhead(english, inquiry):
    english.post(new(inquiry, "proposal"), fields_of(content_for(inquiry, "proposal"), send="1"))
    assert Document.objects.get().status == "sent"


def test_a_second_page_is_refused_on_the_page_too(english, inquiry):
    long = content_for(inquiry, "proposal", text="\n\n".join(["Un paragraphe."] * 90))
    answer = english.post(new(inquiry, "proposal"), fields_of(long, send="1"), follow=True)
    assert "A proposal is one page, so that no work is given away before a signature" in answer.content.decode()
    assert "Un paragraphe.\n\nUn paragraphe." in unescape(answer.content.decode()).replace("\r\n", "\n")


def test_the_preview_keeps_nothing(english, inquiry, letterhead):
    answer = english.post(new(inquiry, step="apercu/"), fields_of(content_for(inquiry)))
    assert '<img class="sheet" src="data:image/' in answer.content.decode()
    assert not Document.objects.exists()


@pytest.mark.parametrize("number", ["C-2026-001", "\x00", "x" * 9000, "<b>"])
def test_the_previews_number_is_one_of_this_inquiry_or_none(cast, english, inquiry, letterhead, number):
    Letterhead.objects.create(practice=cast.stranger.practice, legal_name="Sacha", siret="73282932000074", address="x")
    sent(inquire(cast.stranger.practice, email="z@lilas.example"))
    answer = english.post(new(inquiry, step="apercu/"), fields_of(content_for(inquiry), number=number))
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("name", "typed"),
    [("price", "1e99"), ("price", "NaN"), ("price", "-Infinity"), ("price", "beaucoup"), ("quantity", "9" * 60),
     ("discount", "1e400"), ("price", "2.400,00.1"), ("price", "²"), ("quantity", "\x00"), ("text", "\x00a")],
)  # fmt: skip
def test_a_figure_that_is_none_gets_a_sentence_and_comes_back(english, inquiry, letterhead, name, typed):
    fields = fields_of(content_for(inquiry, lines=[line(**{name: typed})]), send="1")
    answer = english.post(new(inquiry), fields, follow=True)
    assert answer.status_code == 200
    assert english.post(new(inquiry, step="apercu/"), fields).status_code == 200
    if name == "text" or typed == "\x00":
        assert Document.objects.get().status == "sent"
        return
    page = unescape(answer.content.decode())
    assert "is no figure; write it like 2 400 or 0.15." in page
    assert f'value="{typed}"' in page
    assert Document.objects.get().status == "draft"


def test_the_greatest_figures_that_can_be_typed_are_shown_and_refused(english, inquiry, letterhead):
    huge = "9" * 12
    rows = [line(str(n), price=huge, quantity=huge, discount=f"-{huge}") for n in range(3)]
    answer = english.post(new(inquiry), fields_of(content_for(inquiry, lines=rows), send="1"), follow=True)
    assert answer.status_code == 200
    assert "the quantity must be more than zero, and reasonable." in answer.content.decode()


@pytest.mark.parametrize(
    ("terms", "words"),
    [({"discount": "NaN"}, "Write it in figures"), ({"deposit_percent": "1e9"}, "Write it in figures"),
     ({"payment_days": "demain"}, "whole number"), ({"currency": "XXX"}, "valid choice"), ({"regime": "x"}, "valid choice")],
)  # fmt: skip
def test_terms_that_make_no_sense_are_refused_and_come_back(english, inquiry, letterhead, terms, words):
    answer = english.post(new(inquiry), fields_of(content_for(inquiry), **terms))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Document.objects.exists()


def test_more_lines_than_two_hundred_get_a_sentence(english, inquiry, letterhead):
    fields = fields_of(content_for(inquiry))
    fields |= {f"line-{n}-text": f"Ligne {n}" for n in range(400)} | {f"line-{n}-price": "1" for n in range(400)}
    answer = english.post(new(inquiry), {**fields, "send": "1"}, follow=True)
    assert "A document has 200 lines at most: group some of them." in answer.content.decode()


def test_more_than_a_document_can_hold_comes_back_whole(english, inquiry, letterhead):
    text = "mot " * 60_000
    answer = english.post(new(inquiry), fields_of(content_for(inquiry), text=text))
    assert answer.status_code == 422
    assert text in unescape(answer.content.decode())


def test_ten_megabytes_get_a_sentence(english, inquiry, letterhead):
    english.raise_request_exception = False
    answer = english.post(new(inquiry), fields_of(content_for(inquiry), text="mot " * 2_600_000))
    assert answer.status_code in {400, 413}
    assert "<h1>" in answer.content.decode()


def test_a_title_of_two_lines_is_one(english, inquiry, letterhead):
    english.post(new(inquiry), fields_of(content_for(inquiry), title="Un titre\r\nBcc: x@ailleurs.example", send="1"))
    assert Document.objects.get().sent_version.title == "Un titre Bcc: x@ailleurs.example"


def test_without_a_title_it_does_not_leave(english, inquiry, letterhead):
    answer = english.post(new(inquiry), fields_of(content_for(inquiry), title="  ", send="1"), follow=True)
    assert "It lacks a title: give it one." in answer.content.decode()


def test_an_unknown_kind_does_not_exist(desk, inquiry):
    assert desk.get(new(inquiry, "facture")).status_code == 404


def test_a_remark_of_another_document_causes_nothing(cast, english, contract):
    Letterhead.objects.create(practice=cast.stranger.practice, legal_name="Sacha", siret="73282932000074", address="x")
    other = sent(inquire(cast.stranger.practice, email="z@lilas.example"))
    documents.remark(other.sent_version, "Un secret de Sacha", 0)
    pk = other.sent_version.remarks.get().pk
    page = english.get(desk_page(contract, "ecrire/")).content.decode()
    assert "Un secret de Sacha" not in page
    answer = english.post(desk_page(contract, "ecrire/"), fields_of(content_for(contract.inquiry), remark=pk))
    assert answer.status_code == 422
    assert contract.versions.count() == 1


def test_the_last_remark_is_proposed_as_what_caused_the_new_version(english, contract):
    documents.remark(contract.sent_version, "Et les délais ?", 0)
    said = contract.sent_version.remarks.get()
    page = english.get(desk_page(contract, "ecrire/")).content.decode()
    assert re.search(rf'<option value="{said.pk}" selected>Et les délais', page)
    english.post(
        desk_page(contract, "ecrire/"), fields_of(content_for(contract.inquiry, title="Autre"), remark=said.pk)
    )
    assert fresh(contract).draft.remark == said


def test_it_says_what_changed_and_after_which_remark(english, contract):
    documents.remark(contract.sent_version, "Et les délais ?", 0)
    next_version(contract, title="Site et journal", remark=contract.sent_version.remarks.get())
    page = unescape(english.get(desk_page(contract, "version-2/")).content.decode())
    assert "It answers “Et les délais" in page
    assert re.search(r"<ins>[^<]*journal", page)
    assert english.get(desk_page(contract, "version-9/")).status_code == 404


def test_what_both_have_signed_is_not_edited(cast, english, contract):
    document = sealed(contract, cast.owner)
    answer = english.get(desk_page(document, "ecrire/"), follow=True)
    assert answer.redirect_chain == [(desk_page(document), 302)]
    assert "signed by both, and stays as it is" in answer.content.decode()


def test_words_typed_for_what_both_have_signed_come_back(cast, english, contract):
    document = sealed(contract, cast.owner)
    fields = fields_of(content_for(document.inquiry), title="Un autre titre", send="1")
    answer = english.post(desk_page(document, "ecrire/"), fields)
    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert "signed by both, and stays as it is: to change it, make a new one." in page
    assert 'value="Un autre titre"' in page
    assert (fresh(document).status, document.versions.count()) == ("sealed", 1)


def test_the_way_on_from_what_both_have_signed_is_a_new_contract(cast, english, contract):
    document = sealed(contract, cast.owner)
    page = english.get(desk_page(document)).content.decode()
    assert f'href="{new(document.inquiry)}"' in page
    assert desk_page(document, "ecrire/") not in page
    assert document.sent_version.title in unescape(english.get(new(document.inquiry)).content.decode())


def test_sending_what_was_sent_says_so(english, contract):
    answer = english.post(desk_page(contract, "envoyer/"), follow=True)
    assert "It was sent already" in answer.content.decode()


def test_signing_what_they_have_not_signed_says_so(english, contract):
    answer = english.post(desk_page(contract, "signer/"), follow=True)
    assert "Nothing to sign" in answer.content.decode()
    assert fresh(contract).status == "sent"


def test_she_signs_and_it_binds_both(english, contract):
    document = signed(contract)
    assert english.post(desk_page(document, "signer/"), {"version": 1}).status_code == 302
    assert fresh(contract).status == "sealed"


def test_what_changed_is_said_in_the_documents_own_language(desk, browser, inquiry, letterhead):
    inquiry.language = "en"
    inquiry.save()
    document = sent(inquiry, text="It costs {price}.")
    next_version(document, text="In all it costs {price}.")
    hers = desk.get(desk_page(document, "version-2/")).content.decode()
    theirs = browser.get(link(document), headers={"accept-language": "fr"}).content.decode()
    assert [page.count("costs €2,400.") for page in (hers, theirs)] == [1, 2]


@pytest.mark.parametrize("before_her", ["1", ""])
def test_she_signs_the_version_that_she_has_before_her_eyes_and_no_other(english, contract, before_her):
    next_version(contract, title="Autre chose")
    signed(contract)
    answer = english.post(desk_page(contract, "signer/"), {"version": before_her}, follow=True)
    assert "they have not signed this version" in answer.content.decode()
    assert fresh(contract).status == "signed"


def test_the_sealed_pdf_is_a_download(cast, desk, contract):
    document = sealed(contract, cast.owner)
    answer = desk.get(desk_page(document, "scelle.pdf"))
    assert answer["Content-Disposition"] == f'attachment; filename="{document.number}.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_what_is_not_sealed_has_no_sealed_pdf(desk, contract):
    assert desk.get(desk_page(contract, "scelle.pdf")).status_code == 404


def test_a_broken_chain_of_evidence_is_shown(english, contract):
    documents.opened(contract)
    assert "Whole: each step holds the one before." in english.get(desk_page(contract)).content.decode()
    contract.evidence.filter(number=2).update(what="signed")
    page = english.get(desk_page(contract)).content.decode()
    assert "Step 2 does not hold: something was altered since." in page
    assert "Whole: each step" not in page


def test_taking_back_is_said_on_both_sides(english, browser, contract):
    english.post(desk_page(contract, "reprendre/"))
    assert fresh(contract).status == "withdrawn"
    assert "I have taken this document back" in browser.get(link(contract, "?lang=en")).content.decode()


def test_a_draft_is_thrown_away(desk, inquiry, letterhead):
    draft = written(inquiry)
    assert desk.post(desk_page(draft, "jeter/"))["Location"] == f"/bureau/demandes/{inquiry.pk}/"
    assert not Document.objects.exists()


def test_the_editor_is_in_her_language_the_document_in_theirs(desk, practice, letterhead):
    inquiry = inquire(practice, "Hello,\n\nWe need the texts of our website rewritten, 20 pages. Budget: £4,000.",
                      "kate@lilas.example")  # fmt: skip
    page = desk.get(new(inquiry)).content.decode()
    assert '<html lang="fr"' in page
    assert "the whole world" in page


def test_a_friend_may_have_a_document_too(desk, inquiry, letterhead):
    not_business(inquiry.person)
    document = sent(inquiry, "proposal")
    assert desk.get(desk_page(document)).status_code == 200


def test_without_an_address_she_gives_them_the_link_herself(english, inquiry, letterhead):
    inquiry.person.email, inquiry.person.phone = "", "+33639981422"
    inquiry.person.save()
    answer = english.post(new(inquiry), fields_of(content_for(inquiry), send="1"), follow=True)
    assert "Ready: give them its link." in answer.content.decode()
    assert link(Document.objects.get()) in answer.content.decode()


def test_a_form_from_another_site_is_refused(cast, contract):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.owner.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    for step in ("envoyer/", "reprendre/", "signer/", "ecrire/"):
        assert client.post(desk_page(contract, step), headers={"origin": "https://ailleurs.example"}).status_code == 403


POSTED = ("envoyer/", "reprendre/", "jeter/", "repondre/", "signer/", "acompte/recu/")


@pytest.mark.parametrize("step", POSTED)
def test_a_link_alone_does_nothing_on_the_desk(desk, contract, step):
    assert desk.get(desk_page(contract, step)).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_a_constant_number_of_queries(desk, practice, letterhead, count, django_assert_num_queries):
    for n in range(count):
        sent(inquire(practice, email=f"p{n}@lilas.example"), "proposal")
    with django_assert_num_queries(7):
        assert desk.get("/bureau/documents/").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_its_page_takes_a_constant_number_of_queries(desk, contract, count, django_assert_num_queries):
    for n in range(count):
        documents.remark(fresh(contract).sent_version, f"Remarque {n}", n)
        next_version(fresh(contract), title=f"Version {n}")
    with django_assert_num_queries(13):
        assert desk.get(desk_page(contract)).status_code == 200


def test_the_list_shows_nothing_of_another_practice(cast, contract):
    page = signed_in(cast.stranger).get("/bureau/documents/").content.decode()
    assert contract.number not in page
    assert "Pharmacie" not in page

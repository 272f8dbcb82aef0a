"""What they remark beside a paragraph, what she answers, and what each is told of it."""

import pytest

from rendezvous.agreements import documents
from tests.agreements.papers import fresh, link, next_version, sent, written
from tests.cast import ANNE, inquire, mails_to


def desk_page(document, step=""):
    return f"/bureau/documents/{document.pk}/{step}"


def remark(document, text="Et les délais ?", paragraph=2):
    documents.remark(fresh(document).sent_version, text, paragraph)
    return fresh(document).sent_version.remarks.last()


def test_she_is_told_by_mail_in_their_words(contract):
    remark(contract)
    mail = mails_to("maud@esteve.example")[-1]
    assert contract.number in mail.subject
    assert "Et les délais\u202f?" in mail.text
    assert desk_page(contract) in mail.text


def test_her_answer_stands_beside_the_paragraph_and_goes_by_mail(english, browser, contract):
    said = remark(contract)
    english.post(desk_page(contract, "repondre/"), {"words": "En mars.", "about": said.pk})
    page = browser.get(link(contract)).content.decode()
    beside = page[page.index('id="p2"') : page.index('id="p3"')]
    assert beside.index("Et les délais ?") < beside.index("En mars.")
    mail = mails_to(ANNE)[-1]
    assert "En mars." in mail.text
    assert link(contract) in mail.text


def test_her_answer_clicked_twice_leaves_once(english, contract):
    remark(contract)
    sent = {"words": "En mars.", "stamp": "10:00"}
    for _click in range(2):
        english.post(desk_page(contract, "repondre/"), sent)
    assert [row.text for row in contract.sent_version.remarks.filter(by_owner=True)] == ["En mars."]
    english.post(desk_page(contract, "repondre/"), {**sent, "stamp": "10:05"})
    assert contract.sent_version.remarks.filter(by_owner=True).count() == 2


def test_her_answer_is_about_the_last_that_they_said(english, contract):
    remark(contract, "Un", 0)
    said = remark(contract, "Deux", 3)
    page = english.get(desk_page(contract)).content.decode()
    assert f'name="about" value="{said.pk}"' in page


@pytest.mark.parametrize("about", ["", "x", "0", "9" * 40, "1,2"])
def test_an_answer_to_nothing_is_about_the_whole(english, contract, about):
    remark(contract)
    english.post(desk_page(contract, "repondre/"), {"words": "En mars.", "about": about})
    assert contract.sent_version.remarks.get(by_owner=True).paragraph is None


def test_an_answer_is_never_about_another_practices_remark(cast, english, contract):
    other = sent(inquire(cast.stranger.practice, email="z@lilas.example"), "proposal")
    said = remark(other, "Un secret", 4)
    english.post(desk_page(contract, "repondre/"), {"words": "En mars.", "about": said.pk})
    assert contract.sent_version.remarks.get().paragraph is None


@pytest.mark.parametrize("words", ["", " … ", "mot " * 20_000])
def test_an_answer_that_cannot_be_sent_comes_back(english, contract, words):
    remark(contract)
    answer = english.post(desk_page(contract, "repondre/"), {"words": words})
    assert answer.status_code == 422
    assert "Write a few words, and not more than a book." in answer.content.decode()
    assert words in answer.content.decode()
    assert not contract.sent_version.remarks.filter(by_owner=True).exists()


def test_a_draft_has_nobody_to_answer_to(english, inquiry, letterhead):
    assert english.post(desk_page(written(inquiry), "repondre/"), {"words": "Oui"}).status_code == 404


def test_remarks_on_the_version_before_are_still_on_her_page(english, contract):
    remark(contract)
    next_version(contract, title="Autrement")
    assert "Et les délais ?" in english.get(desk_page(contract)).content.decode()


def test_they_may_still_write_of_what_was_taken_back(browser, contract):
    documents.take_back(contract)
    browser.post(link(contract, "remarque/"), {"version": "1", "words": "Dommage !"})
    assert contract.sent_version.remarks.get().text == "Dommage !"


def test_control_characters_are_no_words(contract):
    said = remark(contract, "Et\x00 les\x1b délais ?")
    assert said.text == "Et les délais ?"


def test_a_remark_marks_it_as_opened(contract):
    remark(contract)
    assert fresh(contract).opened_at


def test_what_was_said_of_a_version_stands_on_the_page_of_the_next_one(inquiry, letterhead, browser):
    document = sent(inquiry, "proposal")
    documents.remark(document.sent_version, "Et les photos ?", 0)
    documents.remark(document.sent_version, "Un photographe s’en charge.", 0, by_owner=True)
    next_version(document, text="Une autre page.", rights={})
    page = browser.get(link(document)).content.decode()
    assert [words in page for words in ("Et les photos ?", "Un photographe s’en charge.")] == [True, True]

"""Deciding, writing the answer, sending it, taking it back."""

import pytest

from rendezvous.inquiries.models import Draft, Inquiry, Invitation, OutgoingMail
from tests.cast import ANNE, inquire, let_pass, mails_to, run_tasks

ENGLISH = "Hello,\n\nWe run a small museum and need a brochure of 12 pages. Could you help us?\n\nThank you,\nRuth"


@pytest.fixture
def felt(desk, inquiry):
    desk.post(f"/bureau/demandes/{inquiry.pk}/intuition/", {"probability": "75"})
    return inquiry


def answer_page(inquiry, action):
    return f"/bureau/demandes/{inquiry.pk}/reponse/{action}/"


def decide(desk, inquiry, action):
    desk.post(f"/bureau/demandes/{inquiry.pk}/decision/", {"action": action})
    desk.get(answer_page(inquiry, action))
    return Draft.objects.get(inquiry=inquiry, action=action)


def send(desk, draft, **changes):
    fields = {
        "subject": draft.subject,
        "text": draft.text,
        "mode": draft.mode,
        "minutes": draft.minutes,
        "place": draft.place,
    }
    return desk.post(answer_page(draft.inquiry, draft.action), {**fields, **changes, "draft": draft.pk, "send": "1"})


@pytest.mark.parametrize("action", ["meet", "call", "ask", "decline"])
def test_each_decision_opens_a_drafted_answer(desk, felt, action):
    draft = decide(desk, felt, action)
    assert draft.text.startswith("Bonjour")
    assert "Maud Estève" in draft.text
    assert felt.decisions.get().action == action


def test_the_draft_mentions_what_the_person_said(desk, felt):
    assert "textes de notre site" in decide(desk, felt, "ask").text


def test_the_draft_asks_only_what_is_missing_and_three_things_at_most(desk, felt):
    text = decide(desk, felt, "ask").text
    assert 1 <= text.count("?") <= 3
    assert "budget" not in text.lower()


def test_an_english_message_gets_an_english_draft(desk, practice):
    inquiry = inquire(practice, ENGLISH, "ruth@museum.example")
    desk.post(f"/bureau/demandes/{inquiry.pk}/intuition/", {"probability": "75"})
    assert decide(desk, inquiry, "decline").text.startswith("Hello")


def test_nothing_leaves_before_it_is_sent(desk, felt):
    before = OutgoingMail.objects.count()
    decide(desk, felt, "meet")
    assert OutgoingMail.objects.count() == before


def test_what_is_typed_is_kept(desk, felt):
    draft = decide(desk, felt, "ask")
    desk.post(answer_page(felt, "ask"), {"subject": "Votre site", "text": "Bonjour Anne, deux mots."})
    draft.refresh_from_db()
    assert (draft.subject, draft.text) == ("Votre site", "Bonjour Anne, deux mots.")


def test_sending_waits_ten_seconds(desk, felt):
    send(desk, decide(desk, felt, "ask"))
    run_tasks()
    assert mails_to(ANNE)[-1].status == "queued"
    let_pass(11)
    run_tasks()
    assert mails_to(ANNE)[-1].status == "kept"


def test_taking_it_back_opens_the_text_again(desk, felt):
    send(desk, decide(desk, felt, "meet"), text="Bonjour Anne, voyons-nous : [lien]")
    answer = desk.post(f"/bureau/demandes/{felt.pk}/reprendre-la-reponse/")
    felt.refresh_from_db()
    assert answer["Location"] == answer_page(felt, "meet")
    assert "Bonjour Anne, voyons-nous : [lien]" in desk.get(answer_page(felt, "meet")).content.decode()
    assert mails_to(ANNE)[-1].status == "taken_back"
    assert felt.stage == "new"
    assert not Invitation.objects.exists()


def test_what_has_left_cannot_be_taken_back(desk, felt):
    send(desk, decide(desk, felt, "ask"))
    let_pass(11)
    run_tasks()
    desk.post(f"/bureau/demandes/{felt.pk}/reprendre-la-reponse/")
    assert mails_to(ANNE)[-1].status == "kept"
    assert Inquiry.objects.get().stage == "asked"


def test_a_mail_taken_back_never_leaves(desk, felt):
    send(desk, decide(desk, felt, "ask"))
    desk.post(f"/bureau/demandes/{felt.pk}/reprendre-la-reponse/")
    let_pass(600)
    run_tasks()
    assert mails_to(ANNE)[-1].status == "taken_back"


def test_an_invitation_carries_its_link_in_place(desk, felt):
    send(desk, decide(desk, felt, "call"))
    link = f"/i/{Invitation.objects.get().token}/"
    assert link in mails_to(ANNE)[-1].text
    assert "[lien]" not in mails_to(ANNE)[-1].text


def test_a_link_deleted_from_the_text_comes_at_its_end(desk, felt):
    send(desk, decide(desk, felt, "call"), text="Bonjour Anne, appelons-nous.")
    assert f"/i/{Invitation.objects.get().token}/" in mails_to(ANNE)[-1].text


def test_an_empty_answer_is_not_sent(desk, felt):
    draft = decide(desk, felt, "ask")
    assert send(desk, draft, text="").status_code == 422
    assert len(mails_to(ANNE)) == 1


def test_sending_twice_sends_once(desk, felt):
    draft = decide(desk, felt, "decline")
    send(desk, draft)
    send(desk, draft)
    assert len(mails_to(ANNE)) == 2  # the acknowledgement, and the answer


def test_who_left_a_phone_number_is_answered_by_phone(desk, practice, browser):
    from tests.cast import write

    write(browser, reach="06 39 98 14 22")
    inquiry = Inquiry.objects.get()
    desk.post(f"/bureau/demandes/{inquiry.pk}/intuition/", {"probability": "75"})
    send(desk, decide(desk, inquiry, "ask"))
    assert inquiry.messages.last().channel == "phone"
    assert not OutgoingMail.objects.filter(recipient="").exists()

"""A mail comes in: it begins an inquiry or continues the right one, once, and nothing of it is lost."""

from pathlib import Path

import pytest

from rendezvous.inquiries.channels.email.deliver import Result, Undeliverable, deliver
from rendezvous.inquiries.models import Inquiry, Message
from rendezvous.practice.models import Practice
from rendezvous.reading import UnreadableMessage
from tests.cast import ANNE, mails_to
from tests.inquiries.email.mails import mail, with_file


def test_a_mail_makes_an_inquiry(practice):
    delivery = deliver(mail().as_bytes())
    assert delivery.result == Result.NEW
    inquiry = Inquiry.objects.get()
    assert (inquiry.channel, inquiry.person.email, inquiry.person.name) == ("email", "luc@atelier.example", "Luc Besse")
    assert inquiry.messages.get().subject == "Notre site"


def test_its_sender_is_answered_at_once(practice):
    deliver(mail().as_bytes())
    assert len(mails_to("luc@atelier.example")) == 1


def test_the_same_mail_twice_is_kept_once(practice):
    deliver(mail().as_bytes())
    assert deliver(mail().as_bytes()).result == Result.KNOWN
    assert Message.objects.count() == 1


def test_an_answer_to_our_mail_continues_the_inquiry(inquiry):
    answer = mail(in_reply_to=mails_to(ANNE)[0].rfc_message_id, message_id="<two@pharmacie.example>")
    assert deliver(answer.as_bytes()).result == Result.CONTINUED
    assert [message.inquiry for message in Message.objects.all()] == [inquiry, inquiry]


def test_an_answer_that_names_an_older_mail_continues_the_inquiry(inquiry):
    answer = mail(references=f"{mails_to(ANNE)[0].rfc_message_id} <unknown@x.example>")
    assert deliver(answer.as_bytes()).inquiry == inquiry


def test_a_further_mail_of_the_same_thread_continues_it(practice):
    first = deliver(mail().as_bytes()).inquiry
    second = mail(message_id="<two@atelier.example>", in_reply_to="<one@atelier.example>")
    assert deliver(second.as_bytes()).inquiry == first


@pytest.mark.parametrize("written", [str.lower, str.upper])
def test_the_signed_address_finds_the_inquiry_whatever_the_thread_and_the_case(inquiry, written):
    answer = mail(to=written(f"maud+d-{inquiry.mail_token}@esteve.example"), message_id="<three@pharmacie.example>")
    assert deliver(answer.as_bytes()).inquiry == inquiry


def test_the_signed_address_opens_no_page(inquiry, browser):
    assert browser.get(f"/d/{inquiry.mail_token}/").status_code == 404


def test_an_altered_signed_address_begins_a_new_inquiry(inquiry):
    altered = inquiry.mail_token[:-1] + ("a" if inquiry.mail_token[-1] != "a" else "b")
    delivery = deliver(mail(to=f"maud+d-{altered}@esteve.example").as_bytes())
    assert delivery.result == Result.NEW


def test_another_practices_thread_is_not_continued(cast, inquiry):
    answer = mail(to="sacha@ailleurs.example", in_reply_to=mails_to(ANNE)[0].rfc_message_id)
    delivery = deliver(answer.as_bytes())
    assert delivery.result == Result.NEW
    assert delivery.inquiry.practice == cast.stranger.practice


def test_a_further_message_comes_up_in_the_inbox(inquiry):
    Inquiry.objects.update(stage="asked", need="silence")
    deliver(mail(in_reply_to=mails_to(ANNE)[0].rfc_message_id).as_bytes())
    inquiry.refresh_from_db()
    assert inquiry.need == "read"


def test_an_out_of_office_answer_is_kept_and_calls_nobody(inquiry):
    Inquiry.objects.update(stage="asked", need="", need_at=None)
    deliver(mail(in_reply_to=mails_to(ANNE)[0].rfc_message_id, auto_submitted="auto-replied").as_bytes())
    inquiry.refresh_from_db()
    assert inquiry.need == ""
    assert inquiry.messages.count() == 2


@pytest.mark.parametrize(
    "headers", [{"auto_submitted": "auto-generated"}, {"list_unsubscribe": "<mailto:x@example.org>"}]
)
def test_a_newsletter_is_set_aside_and_not_answered(practice, headers):
    deliver(mail(**headers).as_bytes())
    assert Inquiry.objects.get().stage == "aside"
    assert mails_to("luc@atelier.example") == []


def test_our_own_mail_that_comes_back_is_known(inquiry):
    assert deliver(bytes(mails_to(ANNE)[0].content)).result == Result.KNOWN


def test_the_mail_is_kept_as_it_came(practice, settings):
    data = mail().as_bytes()
    deliver(data)
    assert (Path(settings.DATA_DIR) / "mail" / Message.objects.get().raw).read_bytes() == data


def test_an_attachment_is_kept_with_the_type_that_its_content_shows(practice):
    deliver(with_file(mail(), b"%PDF-1.7\n%\n", "text", "html", "brief.pdf").as_bytes())
    [file] = Message.objects.get().attachments.all()
    assert (file.name, file.content_type) == ("brief.pdf", "application/pdf")


def test_an_attachment_that_is_not_wanted_does_not_stop_the_mail(practice):
    deliver(with_file(mail(), b"MZ\x90\x00program", name="facture.exe").as_bytes())
    assert Message.objects.get().attachments.count() == 0


def test_a_mail_to_nobody_here_is_refused_in_a_sentence(cast):
    with pytest.raises(Undeliverable, match=r"No practice here has the address x@nowhere\.example\."):
        deliver(mail(to="x@nowhere.example").as_bytes())


def test_where_there_is_one_practice_it_takes_what_is_sent_to_any_address(cast):
    Practice.objects.filter(pk=cast.stranger.practice.pk).delete()
    assert deliver(mail(to="contact@esteve.example").as_bytes()).result == Result.NEW


@pytest.mark.parametrize("data", [b"", b"\0\0\0", b"\xff\xfe\x00garbage"])
def test_what_is_no_mail_is_refused_in_a_sentence(practice, data):
    with pytest.raises((UnreadableMessage, Undeliverable)):
        deliver(data)


def test_a_mail_without_a_single_word_is_kept(practice):
    assert deliver(mail("").as_bytes()).result == Result.NEW

"""Mail goes out once, is retried until it does, and is given up loudly."""

from email import message_from_bytes, policy

import pytest
from django.db import transaction

from rendezvous.inquiries.mailing import Letter
from rendezvous.inquiries.models import Inquiry, OutgoingMail
from rendezvous.inquiries.outbox import eml_path, queue, send, send_again, wake_forgotten
from tests.cast import let_pass, run_tasks
from tests.inquiries.email.servers import free_port, smtp_server


@pytest.fixture
def smtp(settings):
    with smtp_server() as server:
        settings.OPTIONS = {
            **settings.OPTIONS,
            "smtp_host": "127.0.0.1",
            "smtp_port": server.port,
            "smtp_security": "none",
        }
        yield server


def letter(practice, **fields):
    return Letter(
        **{
            "to": "anne@example.org",
            "subject": "Votre projet",
            "text": "Bonjour,\n\nÀ bientôt.\n",
            "practice": practice,
            **fields,
        }
    )


def queued(practice, **fields):
    return queue(letter(practice, **fields))


def state(mail):
    mail.refresh_from_db()
    return mail.status


def test_a_mail_is_sent_once(practice, smtp):
    mail = queued(practice)
    run_tasks()
    send.call(mail.pk)
    run_tasks()
    [(sender, recipients, content)] = smtp.mails
    assert (sender, recipients) == (practice.email, ["anne@example.org"])
    assert message_from_bytes(content, policy=policy.default)["Subject"] == "Votre projet"
    assert state(mail) == "sent"


@pytest.mark.django_db(transaction=True)
def test_a_mail_whose_cause_fails_never_leaves(smtp):
    from tests.cast import make_cast

    practice = make_cast().practice

    def fail():
        with transaction.atomic():
            queued(practice)
            raise RuntimeError("the change that caused it failed")

    with pytest.raises(RuntimeError):
        fail()
    run_tasks()
    assert smtp.mails == []


def test_a_mail_that_waits_does_not_leave_before_its_time(practice, smtp):
    queue(letter(practice), seconds=10)
    run_tasks()
    assert smtp.mails == []
    let_pass(11)
    run_tasks()
    assert len(smtp.mails) == 1


def test_a_server_that_is_down_is_tried_again(practice, smtp, settings):
    up = settings.OPTIONS
    settings.OPTIONS = {**up, "smtp_port": free_port()}
    mail = queued(practice)
    run_tasks()
    assert (state(mail), mail.attempts) == ("queued", 1)
    settings.OPTIONS = up
    let_pass(61)
    run_tasks()
    assert (state(mail), len(smtp.mails)) == ("sent", 1)


def test_a_server_that_says_later_is_tried_again(practice, smtp):
    smtp.to_mail = "451 Try again later"
    mail = queued(practice)
    run_tasks()
    assert state(mail) == "queued"


def test_the_same_mail_leaves_each_time_it_is_tried(practice, smtp):
    smtp.to_mail = "451 Try again later"
    mail = queued(practice)
    run_tasks()
    smtp.to_mail = "250 OK"
    let_pass(61)
    run_tasks()
    assert mail.rfc_message_id.encode() in smtp.mails[0][2]


@pytest.mark.parametrize(("to_recipient", "to_mail"), [("550 No such user", "250 OK"), ("250 OK", "554 Refused")])
def test_what_the_server_refuses_for_good_is_given_up_and_the_owner_told(inquiry, smtp, to_recipient, to_mail):
    smtp.to_recipient, smtp.to_mail = to_recipient, to_mail
    OutgoingMail.objects.all().delete()
    mail = queue(letter(inquiry.practice), inquiry=inquiry)
    run_tasks()
    assert state(mail) == "given_up"
    assert Inquiry.objects.get().need == "mail"


def test_after_two_days_a_mail_is_given_up_and_the_owner_told(inquiry, settings):
    settings.OPTIONS = {**settings.OPTIONS, "smtp_host": "127.0.0.1", "smtp_port": free_port(), "smtp_security": "none"}
    OutgoingMail.objects.all().delete()
    mail = queue(letter(inquiry.practice), inquiry=inquiry)
    run_tasks()
    for _attempt in range(40):
        let_pass(8 * 3600)
        run_tasks()
    assert state(mail) == "given_up"
    assert 6 <= mail.attempts <= 10
    assert Inquiry.objects.get().need == "mail"


def test_without_a_server_a_mail_is_kept_as_a_file_and_in_the_site(practice, desk):
    mail = queued(practice)
    run_tasks()
    assert state(mail) == "kept"
    assert eml_path(mail).read_bytes() == bytes(mail.content)
    assert "Votre projet" in desk.get("/bureau/envois/").content.decode()
    assert desk.get(f"/bureau/envois/{mail.pk}/message.eml").content == bytes(mail.content)


def test_a_kept_mail_can_be_sent_once_a_server_is_set(practice, smtp, settings):
    up = settings.OPTIONS
    settings.OPTIONS = {**up, "smtp_host": ""}
    mail = queued(practice)
    run_tasks()
    settings.OPTIONS = up
    assert send_again(mail) is True
    run_tasks()
    assert (state(mail), len(smtp.mails)) == ("sent", 1)


def test_a_sent_mail_is_not_sent_again(practice, smtp):
    mail = queued(practice)
    run_tasks()
    assert send_again(mail) is False


def test_a_mail_whose_worker_died_is_taken_up_by_another(practice, smtp):
    from django_tasks_db.models import DBTaskResult

    mail = queued(practice)
    DBTaskResult.objects.all().delete()
    let_pass(120)
    wake_forgotten()
    run_tasks()
    assert (state(mail), len(smtp.mails)) == ("sent", 1)


def test_a_subject_cannot_smuggle_a_header(practice, smtp):
    queued(practice, subject="Bonjour\r\nBcc: x@example.org", to_name="Anne\nBcc: y@example.org")
    run_tasks()
    mail = message_from_bytes(smtp.mails[0][2], policy=policy.default)
    assert mail["Bcc"] is None
    assert smtp.mails[0][1] == ["anne@example.org"]


def test_the_html_of_a_mail_escapes_what_people_wrote(practice, smtp):
    queued(practice, text="<b onclick=x>Bonjour</b> https://example.org/?a=1&b=2")
    run_tasks()
    html = message_from_bytes(smtp.mails[0][2], policy=policy.default).get_body(("html",)).get_content()
    assert "<b onclick" not in html
    assert 'href="https://example.org/?a=1&amp;b=2"' in html

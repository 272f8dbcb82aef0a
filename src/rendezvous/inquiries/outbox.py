"""Mail going out: written with the change that caused it, sent once, retried until it is, given up loudly.

A mail is a row first, in the caller's transaction, together with the task that sends it. Sending claims the row by a
filtered update, so two workers never send the same one. Where no SMTP server is set, the mail is kept: readable in the
site and as an `.eml` file.
"""

import logging
import os
import smtplib
import ssl
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import F, Q
from django_tasks import task

from rendezvous.inquiries.mailing import Letter, build
from rendezvous.inquiries.models import Inquiry, Message, Need, OutgoingMail, Status
from rendezvous.inquiries.stages import bring_up
from rendezvous.practice import clock

log = logging.getLogger(__name__)

# A refused connection mends in minutes, a full or misconfigured mailbox in hours; after two days somebody must be told.
DELAYS = tuple(timedelta(minutes=m) for m in (1, 2, 5, 15, 30, 60, 120, 240, 480))
GIVE_UP_AFTER = timedelta(hours=48)
# A worker that died while sending leaves its claim behind; SMTP itself never takes so long (TIMEOUT below).
CLAIM_LASTS = timedelta(minutes=10)
TIMEOUT = 60
TAKE_BACK_SECONDS = 10


def queue(
    letter: Letter, *, inquiry: Inquiry | None = None, message: Message | None = None, seconds: int = 0
) -> OutgoingMail:
    """Puts a letter in the outbox, to leave after so many seconds. Call it in the transaction of what caused it."""
    due = clock.now() + timedelta(seconds=seconds)
    content, message_id = build(letter)
    mail = OutgoingMail.objects.create(
        practice=letter.practice,
        inquiry=inquiry,
        message=message,
        sender=letter.sender_address,
        recipient=letter.to,
        subject=letter.subject[:300],
        text=letter.text,
        content=content,
        rfc_message_id=message_id,
        due_at=due,
    )
    send.using(run_after=due).enqueue(mail.pk)
    return mail


@task()
def send(mail_id: int) -> None:
    """Sends the mail if it is its turn and nobody else is at it. Running twice sends once."""
    now = clock.now()
    waiting = Q(status=Status.QUEUED, due_at__lte=now)
    abandoned = Q(status=Status.SENDING, claimed_at__lt=now - CLAIM_LASTS)
    claimed = OutgoingMail.objects.filter(waiting | abandoned, pk=mail_id).update(
        status=Status.SENDING, claimed_at=now, attempts=F("attempts") + 1
    )
    if claimed:
        _deliver(OutgoingMail.objects.get(pk=mail_id))


def _deliver(mail: OutgoingMail) -> None:
    if not mail_is_set_up():
        _keep(mail)
        return
    try:
        _hand_over(mail)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("Mail %s to %s was not sent: %s", mail.pk, mail.recipient, error)
        _try_again_or_give_up(mail, error)
    else:
        _finish(mail, Status.SENT)


def _finish(mail: OutgoingMail, status: Status, error: str = "") -> None:
    OutgoingMail.objects.filter(pk=mail.pk).update(
        status=status, error=error[:300], sent_at=clock.now() if status == Status.SENT else None
    )


def _keep(mail: OutgoingMail) -> None:
    write_eml(mail)
    _finish(mail, Status.KEPT)


def eml_path(mail: OutgoingMail) -> Path:
    return Path(settings.DATA_DIR) / "mail" / f"{mail.created_at:%Y-%m-%d}-{mail.pk}.eml"


def write_eml(mail: OutgoingMail) -> None:
    """Writes the mail beside the database; whole, or not at all."""
    path = eml_path(mail)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("wb") as out:
        out.write(bytes(mail.content))
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)


def _hand_over(mail: OutgoingMail) -> None:
    options = settings.OPTIONS
    secure = ssl.create_default_context()
    host, port = options["smtp_host"], options["smtp_port"]
    if options["smtp_security"] == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=secure)
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT)
    with server:
        if options["smtp_security"] == "starttls":
            server.starttls(context=secure)
        if options["smtp_user"]:
            server.login(options["smtp_user"], options["smtp_password"])
        server.sendmail(options["mail_from"] or mail.sender, [mail.recipient], bytes(mail.content))


def _try_again_or_give_up(mail: OutgoingMail, error: Exception) -> None:
    now = clock.now()
    if refused_for_good(error) or now - mail.created_at >= GIVE_UP_AFTER:
        _finish(mail, Status.GIVEN_UP, str(error))
        log.error("Mail %s to %s is given up: %s", mail.pk, mail.recipient, error)
        if mail.inquiry:
            bring_up(mail.inquiry, Need.MAIL, now)
        return
    due = now + DELAYS[min(mail.attempts, len(DELAYS)) - 1]
    OutgoingMail.objects.filter(pk=mail.pk).update(status=Status.QUEUED, due_at=due, error=str(error)[:300])
    send.using(run_after=due).enqueue(mail.pk)


def refused_for_good(error: Exception) -> bool:
    """Whether the server says that this recipient or this mail will never do (RFC 5321, 4.2.1: a 5yz reply).

    A 5yz about the sign-in, the greeting or the sender is the owner's to mend, and worth another try.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and 500 <= error.smtp_code < 600


def take_back(mail: OutgoingMail) -> bool:
    """Stops a mail that has not left; False where it has."""
    return (
        OutgoingMail.objects.filter(pk=mail.pk, status=Status.QUEUED, attempts=0).update(status=Status.TAKEN_BACK) == 1
    )


def send_again(mail: OutgoingMail) -> bool:
    """Puts a kept or given-up mail back on its way; False where it is not one."""
    now = clock.now()
    again = OutgoingMail.objects.filter(pk=mail.pk, status__in=[Status.KEPT, Status.GIVEN_UP]).update(
        status=Status.QUEUED, due_at=now, created_at=now, attempts=0, error=""
    )
    if again:
        send.enqueue(mail.pk)
    return again == 1


def wake_forgotten() -> None:
    """Enqueues what is due and that no task is about to send: its worker died, or its task was lost."""
    now = clock.now()
    late = Q(status=Status.QUEUED, due_at__lt=now - timedelta(minutes=1))
    abandoned = Q(status=Status.SENDING, claimed_at__lt=now - CLAIM_LASTS)
    for mail_id in OutgoingMail.objects.filter(late | abandoned).values_list("pk", flat=True)[:500]:
        send.enqueue(mail_id)


def mail_is_set_up() -> bool:
    return bool(settings.OPTIONS["smtp_host"])


def mail_is_known_to_work() -> bool:
    """A server is set, and it has taken a mail."""
    return mail_is_set_up() and OutgoingMail.objects.filter(status=Status.SENT).exists()

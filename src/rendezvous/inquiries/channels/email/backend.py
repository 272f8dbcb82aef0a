"""Django's own mail (sign-in codes) through the outbox, like all other."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from rendezvous.inquiries.mailing import Letter
from rendezvous.inquiries.outbox import queue


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        sent = 0
        for mail in email_messages:
            for recipient in mail.recipients():
                queue(Letter(to=recipient, subject=str(mail.subject), text=str(mail.body), automatic=True))
                sent += 1
        return sent

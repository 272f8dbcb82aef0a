"""The outbox: one row a mail, from the change that caused it to its delivery."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from rendezvous.inquiries.models.inquiry import Inquiry
from rendezvous.inquiries.models.message import Message
from rendezvous.practice import clock
from rendezvous.practice.models import Practice


class Status(models.TextChoices):
    QUEUED = "queued", _("leaving")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    KEPT = "kept", _("kept here")
    TAKEN_BACK = "taken_back", _("taken back")
    GIVEN_UP = "given_up", _("given up")


class OutgoingMail(models.Model):
    """`content` is the mail as it is sent, byte for byte: made once, so that a retry is the same mail."""

    practice = models.ForeignKey(Practice, models.CASCADE, null=True, related_name="mails")
    inquiry = models.ForeignKey(Inquiry, models.CASCADE, null=True, related_name="mails")
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="mails")
    sender = models.CharField(max_length=320)
    recipient = models.CharField(max_length=320)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    content = models.BinaryField()
    rfc_message_id = models.CharField(max_length=300, unique=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="mail_status_known", condition=models.Q(status__in=Status.values)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["practice", "-created_at"], name="mail_by_practice"),
            models.Index(fields=["due_at"], name="mail_to_send", condition=models.Q(status__in=["queued", "sending"])),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient} ({self.status})"


class Mailbox(models.Model):
    """How far an IMAP folder has been read."""

    name = models.CharField(max_length=400, unique=True)
    uid_validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name

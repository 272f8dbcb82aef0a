"""What is said or written in an inquiry, and the files that came with it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from rendezvous.inquiries.models.inquiry import Channel, Inquiry
from rendezvous.practice import clock


class Direction(models.TextChoices):
    IN = "in", _("received")
    OUT = "out", _("sent")


class Message(models.Model):
    """One thing said, in or out, by any channel. `raw` names the file of the mail as it came."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=3, choices=Direction.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    rfc_message_id = models.CharField(max_length=300, blank=True)
    raw = models.CharField(max_length=120, blank=True)
    # To how many it was written, where that can be seen: a sign that others are being asked.
    recipients = models.PositiveSmallIntegerField(default=1)
    request_key = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001 (NULL: none, any number)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        indexes: ClassVar = [models.Index(fields=["rfc_message_id"], name="message_by_id")]

    def __str__(self) -> str:
        return f"{self.direction} {self.at:%F %R}"

    @property
    def incoming(self) -> bool:
        return self.direction == Direction.IN


class Attachment(models.Model):
    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to="attachments/%Y/%m/", max_length=200)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.name


# What a draft may be of beside an action: a thank-you after a meeting, which decides nothing.
THANKS = "thanks"


class Draft(models.Model):
    """The answer being written: one for each action, kept at every pause. Once sent, the next one starts anew."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="drafts")
    action = models.CharField(max_length=10)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    mode = models.CharField(max_length=10, blank=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=250, blank=True)
    sent_as = models.OneToOneField(Message, models.SET_NULL, null=True, related_name="draft")
    stage_before = models.CharField(max_length=10, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["inquiry", "action"],
                condition=models.Q(sent_as=None),
                name="one_open_draft_an_action",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.text[:40]}"

"""What is known of the need, who filled it, and the signs noticed."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from rendezvous.inquiries.models.inquiry import Inquiry
from rendezvous.inquiries.models.message import Message
from rendezvous.practice import clock


class Source(models.TextChoices):
    """Who says so; the later ones prevail."""

    READING = "reading", _("the reading")
    OWNER = "owner", _("you")


class BriefSlot(models.Model):
    """A slot as one source fills it. A correction stands beside the reading, never over it."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="slots")
    name = models.CharField(max_length=12)
    source = models.CharField(max_length=8, choices=Source.choices)
    stated = models.BooleanField()
    # [{"text", "start", "end", "rule"}], positions in the text of `message`; a correction has a text alone.
    evidence = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="slots")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inquiry", "name", "source"], name="one_slot_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.words or '–'} ({self.source})"

    @property
    def words(self) -> str:
        return " … ".join(piece["text"] for piece in self.evidence)


class Signal(models.Model):
    """A yes/no observation as one source makes it."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="signals")
    name = models.CharField(max_length=20)
    source = models.CharField(max_length=8, choices=Source.choices)
    present = models.BooleanField()
    evidence = models.JSONField(default=list)
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="signals")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inquiry", "name", "source"], name="one_signal_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.present} ({self.source})"

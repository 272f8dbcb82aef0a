"""The gate: work beyond the page waits for a signature, or for a reason that is kept."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from rendezvous.agreements.models.document import Document
from rendezvous.inquiries.models import Inquiry, Message
from rendezvous.practice import clock
from rendezvous.practice.models import Member


class Breach(models.Model):
    """She works without a signature, and says why. From then on the gate stands open for that inquiry."""

    inquiry = models.OneToOneField(Inquiry, models.CASCADE, related_name="breach")
    member = models.ForeignKey(Member, models.SET_NULL, null=True)
    reason = models.CharField(max_length=500)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="breach_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.reason


class Work(models.Model):
    """Hours worked or a file of work sent: allowed by what was signed, else by a breach; the database asks for one."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="work")
    what = models.CharField(max_length=200)
    minutes = models.PositiveIntegerField(default=0)
    message = models.OneToOneField(Message, models.SET_NULL, null=True, related_name="work")
    signed = models.ForeignKey(Document, models.RESTRICT, null=True, related_name="work")
    breach = models.ForeignKey(Breach, models.RESTRICT, null=True, related_name="work")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="no_work_without_a_signature_or_a_reason",
                condition=Q(signed__isnull=False, breach=None) | Q(signed=None, breach__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.what

"""The deposit that a signed document asks for."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rendezvous.agreements.models.document import Document
from rendezvous.practice import clock


class Deposit(models.Model):
    """Awaited until it is received, by hand or found in a bank statement."""

    class How(models.TextChoices):
        HAND = "hand", _("noted by hand")
        BANK = "bank", _("found in the bank statement")

    document = models.OneToOneField(Document, models.CASCADE, related_name="deposit")
    amount = models.DecimalField(max_digits=12, decimal_places=3)
    currency = models.CharField(max_length=3)
    # ISO 11649: what the payer's bank sends back to hers.
    reference = models.CharField(max_length=25, unique=True)
    asked_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField()
    received_on = models.DateField(null=True)
    how = models.CharField(max_length=4, choices=How.choices, blank=True)
    entry = models.CharField(max_length=300, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="deposit_is_an_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="deposit_received_somehow",
                condition=Q(received_on=None, how="") | (Q(received_on__isnull=False) & ~Q(how="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} ({self.reference})"

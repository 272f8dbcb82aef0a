"""How an inquiry ended."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rendezvous.inquiries.models import Inquiry
from rendezvous.practice import clock
from rendezvous.practice.models import Member


class Result(models.TextChoices):
    SIGNED = "signed", _("Signed")
    LOST = "lost", _("Lost")
    DECLINED = "declined", _("Declined by you")
    WITHDRAWN = "withdrawn", _("Withdrawn by them")
    SILENT = "silent", _("Gone silent")


class Why(models.TextChoices):
    CHEAPER = "cheaper", _("somebody cheaper")
    EXPERIENCE = "experience", _("somebody more experienced")
    DROPPED = "dropped", _("the project was dropped")
    BUDGET = "budget", _("no budget after all")
    TIMING = "timing", _("not at the right time")
    OTHER = "other", _("something else")


class Outcome(models.Model):
    """Why, only for what was lost; whether they insisted, only for what was declined."""

    inquiry = models.OneToOneField(Inquiry, models.CASCADE, related_name="outcome")
    member = models.ForeignKey(Member, models.SET_NULL, null=True)
    result = models.CharField(max_length=10, choices=Result.choices)
    why = models.CharField(max_length=10, choices=Why.choices, blank=True)
    insisted = models.BooleanField(null=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, default="EUR")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="outcome_known", condition=Q(result__in=Result.values)),
            models.CheckConstraint(name="only_the_lost_say_why", condition=Q(why="") | Q(result=Result.LOST)),
            models.CheckConstraint(
                name="only_the_declined_insist", condition=Q(insisted=None) | Q(result=Result.DECLINED)
            ),
            models.CheckConstraint(
                name="only_the_signed_bring_money",
                condition=Q(amount=None) | Q(result=Result.SIGNED, amount__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return self.result

    def amount_in(self, currency: str) -> Decimal:
        """What it brought in that currency; nothing where it was another one."""
        return self.amount if self.amount is not None and self.currency == currency else Decimal(0)

"""What was felt, computed, advised and decided, each with its moment."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rendezvous.inquiries.models.inquiry import Inquiry
from rendezvous.practice import clock
from rendezvous.practice.models import Member


class By(models.TextChoices):
    GUT = "gut", _("your gut feeling")
    MODEL = "model", _("the forecast")
    PEER = "peer", _("a colleague")


class Occasion(models.TextChoices):
    """When a gut feeling was asked for."""

    FIRST = "first", _("on reading")
    MEETING = "meeting", _("after the meeting")


class Forecast(models.Model):
    """A probability that the inquiry ends in a signed agreement. A gut feeling may be skipped, with a reason."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="forecasts")
    by = models.CharField(max_length=6, choices=By.choices)
    occasion = models.CharField(max_length=8, choices=Occasion.choices, default=Occasion.FIRST)
    probability = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    cases = models.PositiveIntegerField(null=True)
    skipped_because = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["inquiry", "occasion"], condition=Q(by="gut"), name="gut_feeling_asked_once_an_occasion"
            ),
            models.CheckConstraint(
                name="forecast_is_a_probability",
                condition=Q(probability=None) | Q(probability__gte=0, probability__lte=1),
            ),
            models.CheckConstraint(
                name="forecast_given_or_skipped",
                condition=(Q(probability__isnull=False, skipped_because="") | Q(probability=None, by="gut")),
            ),
            models.CheckConstraint(
                name="model_states_its_interval",
                condition=~Q(by="model") | Q(low__isnull=False, high__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.probability}"


class Action(models.TextChoices):
    MEET = "meet", _("Meet")
    CALL = "call", _("Call")
    ASK = "ask", _("Ask")
    DECLINE = "decline", _("Decline")


class Recommendation(models.Model):
    """What the software advised, with its reasons as the judging gave them (code and figures)."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="recommendations")
    action = models.CharField(max_length=10, choices=Action.choices)
    reasons = models.JSONField(default=list)
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.action


class Decision(models.Model):
    """What the owner chose; the last one stands."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="decisions")
    member = models.ForeignKey(Member, models.SET_NULL, null=True)
    action = models.CharField(max_length=10, choices=Action.choices)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["made_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="decision_known", condition=Q(action__in=Action.values)),
        ]

    def __str__(self) -> str:
        return self.action

"""A decision to meet or to call, as the other person receives it: choose a time."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from rendezvous.inquiries.models.inquiry import Inquiry
from rendezvous.inquiries.models.message import Message
from rendezvous.practice import clock
from rendezvous.practice.links import Linked

LASTS = dt.timedelta(days=14)


class Mode(models.TextChoices):
    IN_PERSON = "in_person", _("in person")
    PHONE = "phone", _("by phone")
    VIDEO = "video", _("by video")


def in_two_weeks() -> dt.datetime:
    return clock.now() + LASTS


class Invitation(Linked):
    """Opens the booking page by its token, until it expires or an appointment came of it."""

    LINK_PURPOSE = "invitation"

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="invitations")
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="invitations")
    mode = models.CharField(max_length=10, choices=Mode.choices)
    minutes = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=250, blank=True)
    travels = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(default=in_two_weeks)

    class Meta:
        ordering: ClassVar = ["created_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="invitation_length", condition=models.Q(minutes__gte=5, minutes__lte=600)),
        ]

    def __str__(self) -> str:
        return f"{self.mode} {self.minutes} min until {self.expires_at:%F}"

    @property
    def expired(self) -> bool:
        return self.expires_at <= clock.now()

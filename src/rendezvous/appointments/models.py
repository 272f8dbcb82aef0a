"""A booked time. Two confirmed ones of a member never overlap: the database refuses (migration 0002)."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rendezvous.inquiries.models import Inquiry, Invitation, Mode
from rendezvous.people.models import Person
from rendezvous.practice import clock
from rendezvous.practice.links import Linked
from rendezvous.practice.models import Member, Practice


class AppointmentStatus(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmed")
    CANCELLED = "cancelled", _("cancelled")


class AppointmentKind(models.TextChoices):
    PROSPECT = "prospect", _("prospect")
    NETWORK = "network", _("network")
    CLIENT = "client", _("client")


def new_uid() -> str:
    return f"{uuid.uuid4()}@rendez-vous"


class Appointment(Linked):
    """`blocked_from` to `blocked_until` is the time it takes, buffers and travel included."""

    LINK_PURPOSE = "appointment"

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="appointments")
    member = models.ForeignKey(Member, models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    inquiry = models.ForeignKey(Inquiry, models.CASCADE, null=True, related_name="appointments")
    invitation = models.ForeignKey(Invitation, models.SET_NULL, null=True, related_name="appointments")
    kind = models.CharField(max_length=10, choices=AppointmentKind.choices, default=AppointmentKind.PROSPECT)
    mode = models.CharField(max_length=10, choices=Mode.choices)
    place = models.CharField(max_length=250, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    blocked_from = models.DateTimeField()
    blocked_until = models.DateTimeField()
    status = models.CharField(max_length=10, choices=AppointmentStatus.choices, default=AppointmentStatus.CONFIRMED)
    # RFC 5545: UID never changes, SEQUENCE grows each time the other calendars must be told.
    uid = models.CharField(max_length=80, unique=True, default=new_uid, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    request_key = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001 (NULL: none, any number)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["starts_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="appointment_blocks_its_own_time",
                condition=Q(starts_at__lt=F("ends_at"))
                & Q(blocked_from__lte=F("starts_at"))
                & Q(blocked_until__gte=F("ends_at")),
            ),
            models.CheckConstraint(name="appointment_status_known", condition=Q(status__in=AppointmentStatus.values)),
            models.UniqueConstraint(
                fields=["invitation"], condition=Q(status="confirmed"), name="one_appointment_an_invitation"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["practice", "starts_at"], name="appointment_by_start"),
            models.Index(fields=["member", "blocked_from", "blocked_until"], name="appointment_blocked"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.starts_at:%F %R}"

    @property
    def confirmed(self) -> bool:
        return self.status == AppointmentStatus.CONFIRMED

    @property
    def past(self) -> bool:
        return self.ends_at <= clock.now()

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

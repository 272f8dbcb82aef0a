"""A booked time. Two confirmed ones of a member never overlap: the database refuses (migration 0002)."""

import datetime as dt
import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rendezvous.inquiries.models import Inquiry, Invitation, Message, Mode
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
    moved_at = models.DateTimeField(null=True)

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

    @property
    def told_at(self) -> dt.datetime:
        """When both were last told of its time."""
        return self.moved_at or self.created_at


class Meeting(models.Model):
    """What happens at an appointment: the time agreed on at its start, the notes as they are typed, its end."""

    appointment = models.OneToOneField(Appointment, models.CASCADE, related_name="meeting")
    # Whether "how long do you have?" was asked; NULL: nobody has said yet.
    asked = models.BooleanField(null=True)
    agreed_minutes = models.PositiveSmallIntegerField(null=True)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    notes = models.TextField(blank=True)
    # Counts the changes on the page that typed them: an older page never writes over a newer one.
    version = models.PositiveBigIntegerField(default=0)
    message = models.OneToOneField(Message, models.SET_NULL, null=True, related_name="meeting")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="meeting_ends_after_it_began",
                condition=Q(ended_at=None) | Q(began_at__isnull=False, ended_at__gte=F("began_at")),
            ),
            models.CheckConstraint(
                name="meeting_time_agreed_when_asked",
                condition=Q(agreed_minutes=None)
                | Q(asked__isnull=False, asked=True, agreed_minutes__gte=5, agreed_minutes__lte=600),
            ),
        ]

    def __str__(self) -> str:
        return f"meeting of {self.appointment}"

    @property
    def agreed_end(self) -> dt.datetime | None:
        if self.began_at is None or self.agreed_minutes is None:
            return None
        return self.began_at + dt.timedelta(minutes=self.agreed_minutes)

    @property
    def lasted(self) -> int | None:
        """Minutes from beginning to end, rounded."""
        if self.began_at is None or self.ended_at is None:
            return None
        return round((self.ended_at - self.began_at).total_seconds() / 60)


class Seen(models.TextChoices):
    """What one touch notes during a meeting. The names that `reading` knows are its signals too."""

    DECIDED_TOO_FAST = "decided_too_fast", _("decided before scope or price")
    LEFT_UNANSWERED = "left_unanswered", _("questions left unanswered")
    SHOPPING_AROUND = "shopping_around", _("other bidders appeared")
    COURTEOUS = "courteous", _("courteous")
    LISTENED = "listened", _("listened")
    PAID_COFFEE = "paid_coffee", _("paid for my coffee")


class Before(models.TextChoices):
    """What the owner had said of the signal before the touch, so that untouching gives it back."""

    NOTHING = "nothing", _("nothing")
    ABSENT = "absent", _("not there")


class Observation(models.Model):
    """One thing noticed during a meeting, by one touch. Untouched, it is gone."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="observations")
    name = models.CharField(max_length=20, choices=Seen.choices)
    at = models.DateTimeField(default=clock.now)
    # Empty: the touch changed no signal of the owner's.
    replaced = models.CharField(max_length=8, choices=Before.choices, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "name"], name="observed_once_a_meeting"),
            models.CheckConstraint(name="observation_known", condition=Q(name__in=Seen.values)),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.at:%F %R}"


class Reminder(models.Model):
    """A reminder that was made. The row comes first: whoever finds it there does not remind again."""

    class Kind(models.TextChoices):
        EVENING = "evening", _("the evening before")
        HOUR = "hour", _("an hour before")

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="reminders")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["appointment", "sequence", "kind"], name="reminded_once_a_time"),
            models.CheckConstraint(name="reminder_kind_known", condition=Q(kind__in=["evening", "hour"])),
        ]

    def __str__(self) -> str:
        return f"{self.kind} before {self.appointment_id} ({self.sequence})"

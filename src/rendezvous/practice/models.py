"""The business, and who may sign in to it."""

import datetime as dt
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from rendezvous.practice import clock
from rendezvous.practice.colours import COLOURS, Accent, Colour


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """Somebody who signs in, by e-mail address."""

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(max_length=2, blank=True, choices=settings.LANGUAGES)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_user_an_address")]

    def __str__(self) -> str:
        return self.name or self.email


def default_availability() -> dict[str, Any]:
    """Opening hours in the form of RULES.json (docs/rules.schema.json), without the zone and the length."""
    usual = [["09:30", "12:30"], ["14:00", "18:00"]]
    days = ("monday", "tuesday", "wednesday", "thursday", "friday")
    return {
        "step": 30,
        "buffer_before": 0,
        "buffer_after": 15,
        "notice_hours": 24,
        "weekly": dict.fromkeys(days, usual),
        "holidays": "FR",
    }


class Practice(models.Model):
    """The independent's business; it owns everything else."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name of the practice"), max_length=120)
    signature = models.CharField(_("how you sign"), max_length=120)
    trade = models.CharField(_("what you do, in one line"), max_length=200, blank=True)
    about = models.TextField(_("who you are"), blank=True)
    prices = models.TextField(_("rough prices"), blank=True)
    closing_words = models.TextField(_("how you close a meeting kindly, one sentence a line"), blank=True)
    email = models.EmailField(_("address that your correspondents see"))
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    place = models.CharField(_("town you work from"), max_length=120, blank=True)
    address = models.CharField(_("address where you receive"), max_length=250, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="fr")
    timezone = models.CharField(_("time zone"), max_length=64, default="Europe/Paris")
    accent = models.CharField(_("colour"), max_length=10, choices=Accent.choices, default=Accent.INK)
    availability = models.JSONField(default=default_availability)
    promise_days = models.PositiveSmallIntegerField(_("working days within which you answer"), default=2)

    currency = models.CharField(max_length=3, default="EUR")
    hourly_worth = models.DecimalField(_("what an hour of yours is worth"), max_digits=8, decimal_places=2, default=60)
    usual_value = models.DecimalField(
        _("what a usual job brings"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    trip_hours = models.DecimalField(
        _("hours that a usual trip takes, door to door, both ways"), max_digits=4, decimal_places=1, default=4
    )
    trip_cost = models.DecimalField(_("what a usual trip costs"), max_digits=8, decimal_places=2, default=80)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="practice_figures_not_negative",
                condition=models.Q(hourly_worth__gte=0, trip_hours__gte=0, trip_cost__gte=0),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def today(self) -> dt.date:
        """The day it is where she works, whatever zone is active."""
        return clock.now().astimezone(self.zone).date()

    @property
    def colour(self) -> Colour:
        return COLOURS[Accent(self.accent)]


class Role(models.TextChoices):
    OWNER = "owner", _("owner")
    READER = "reader", _("reads, changes nothing")


class Member(models.Model):
    """A user in a practice, with a role."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.OWNER)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "user"], name="one_membership_a_user"),
            models.CheckConstraint(name="member_role_known", condition=models.Q(role__in=Role.values)),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.practice})"

    @property
    def may_write(self) -> bool:
        return self.role == Role.OWNER


class OneTimeLink(models.Model):
    """A link that `rdv` prints: it opens one page, once, before it expires. Only its digest is kept."""

    class Purpose(models.TextChoices):
        SETUP = "setup"
        PASSWORD = "password"  # noqa: S105 (a purpose, not a password)

    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    user = models.ForeignKey(User, models.CASCADE, null=True)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.purpose} until {self.expires_at:%F %R}"

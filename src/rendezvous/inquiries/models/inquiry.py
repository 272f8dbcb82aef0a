"""One request for something, from first message to outcome."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from rendezvous.people.models import Person
from rendezvous.practice import clock
from rendezvous.practice.links import Linked
from rendezvous.practice.models import Practice


class Channel(models.TextChoices):
    WEB = "web", _("public page")
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("phone")
    PAGE = "page", _("personal page")
    MEETING = "meeting", _("notes of a meeting")


class Stage(models.TextChoices):
    NEW = "new", _("to be decided")
    ASKED = "asked", _("waiting for an answer")
    INVITED = "invited", _("invited to choose a time")
    BOOKED = "booked", _("appointment made")
    TALKING = "talking", _("to be continued")
    PROPOSED = "proposed", _("a document is with them")
    DECLINED = "declined", _("declined")
    ENDED = "ended", _("ended")
    ASIDE = "aside", _("set aside")


class Need(models.TextChoices):
    """Why an inquiry comes up in the inbox."""

    READ = "read", _("new message")
    DECIDE = "decide", _("to be decided")
    TIME = "time", _("another time is proposed")
    RENEW = "renew", _("asks for a new invitation")
    OUTCOME = "outcome", _("what came of it?")
    REMARK = "remark", _("a remark on your document")
    ACCEPTED = "accepted", _("your proposal is accepted")
    SIGN = "sign", _("signed by them: your turn")
    DEPOSIT = "deposit", _("the deposit is awaited")
    SILENCE = "silence", _("no answer for a while")
    MAIL = "mail", _("a message could not be sent")


class Inquiry(Linked):
    """The personal page of its sender opens by its token alone."""

    LINK_PURPOSE = "inquiry"

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="inquiries")
    person = models.ForeignKey(Person, models.PROTECT, related_name="inquiries")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="fr")
    kind = models.CharField(max_length=16, default="prospect")
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.NEW)
    aside_because = models.CharField(max_length=20, blank=True)
    need = models.CharField(max_length=10, choices=Need.choices, blank=True)
    need_at = models.DateTimeField(null=True)
    promised_on = models.DateField(null=True)
    search = models.TextField(blank=True)
    # What a form sent, once: the same form sent twice is one inquiry.
    request_key = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001 (NULL: none, any number)
    origin = models.CharField(max_length=32, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="inquiry_stage_known", condition=models.Q(stage__in=Stage.values)),
            models.CheckConstraint(
                name="inquiry_need_has_its_time",
                condition=models.Q(need="", need_at=None) | (~models.Q(need="") & models.Q(need_at__isnull=False)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["practice", "stage", "-created_at"], name="inquiry_by_stage"),
            models.Index(
                fields=["practice", "need_at"],
                name="inquiry_needs",
                condition=models.Q(need_at__isnull=False),
            ),
            models.Index(fields=["origin", "created_at"], name="inquiry_origin"),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.created_at:%F})"

    @property
    def ended(self) -> bool:
        return self.stage == Stage.ENDED

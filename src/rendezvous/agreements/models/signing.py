"""Who signed what, when, from where; the chain of evidence; the seal."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rendezvous.agreements.models.document import Document, Version
from rendezvous.practice import clock


class Party(models.TextChoices):
    CLIENT = "client", _("client")
    PRACTICE = "practice", _("practice")


# What a step of the chain says on her page; its own name stays in the evidence.
STEPS: dict[str, Promise] = {
    "sent": pgettext_lazy("step", "document sent"),
    "opened": pgettext_lazy("step", "page opened"),
    "remark": pgettext_lazy("step", "remark made"),
    "accepted": pgettext_lazy("step", "accepted"),
    "refused": pgettext_lazy("step", "refused"),
    "withdrawn": pgettext_lazy("step", "document taken back"),
    "code_sent": pgettext_lazy("step", "code sent"),
    "signed": pgettext_lazy("step", "signed by the client"),
    "countersigned": pgettext_lazy("step", "signed by you"),
    "sealed": pgettext_lazy("step", "document sealed"),
}


class SigningCode(models.Model):
    """A code sent to the reader's address; only its digest is kept."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="codes")
    name = models.CharField(max_length=160)
    sent_to = models.CharField(max_length=320)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"code for {self.sent_to} until {self.expires_at:%F %R}"


class Signature(models.Model):
    """One party's signature of one version: it falls when another version is sent."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="signatures")
    party = models.CharField(max_length=8, choices=Party.choices)
    name = models.CharField(max_length=160)
    email = models.CharField(max_length=320, blank=True)
    # The very PDF that was signed, kept once (with the client's signature), and its digest.
    pdf = models.FileField(upload_to="signed/%Y/%m/", max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    ip = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "party"], name="each_party_signs_once"),
            models.CheckConstraint(name="signature_party_known", condition=Q(party__in=Party.values)),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.party})"


class EvidenceStep(models.Model):
    """A link of the document's hash chain (agreements.evidence)."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="evidence")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    what = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="one_evidence_step_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.what}"

    @property
    def words(self) -> str:
        return str(STEPS.get(self.what, self.what))


class Seal(models.Model):
    """The sealed PDF of a version that both have signed."""

    version = models.OneToOneField(Version, models.CASCADE, related_name="seal")
    pdf = models.FileField(upload_to="sealed/%Y/%m/", max_length=200)
    sha256 = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(default=clock.now)
    timestamped = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"seal of {self.version}"

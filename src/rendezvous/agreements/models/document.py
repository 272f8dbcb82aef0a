"""A proposal, a quote or a contract: its versions, who remarked what, and where it stands."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rendezvous.inquiries.models import Inquiry
from rendezvous.practice import clock
from rendezvous.practice.links import Linked
from rendezvous.practice.models import Practice


class DocumentKind(models.TextChoices):
    PROPOSAL = "proposal", _("proposal")
    QUOTE = "quote", _("quote")
    AGREEMENT = "agreement", _("contract")


class DocumentStatus(models.TextChoices):
    DRAFT = "draft", _("being written")
    SENT = "sent", pgettext_lazy("document", "sent")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("document", "taken back")
    SIGNED = "signed", _("signed by them")
    SEALED = "sealed", _("signed by both")


# As long as it is in one of these, its reader may act on it.
OPEN = (DocumentStatus.SENT, DocumentStatus.ACCEPTED)
# Nothing comes of it any more.
OVER = (DocumentStatus.REFUSED, DocumentStatus.WITHDRAWN)
# What is signed, beside what is only accepted.
SIGNABLE = (DocumentKind.QUOTE, DocumentKind.AGREEMENT)


class Numbering(models.Model):
    """The last number given, for each kind and year of a practice. Numbers follow each other without a gap."""

    practice = models.ForeignKey(Practice, models.CASCADE)
    kind = models.CharField(max_length=10, choices=DocumentKind.choices)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "kind", "year"], name="one_numbering_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"


class Document(Linked):
    """Its reader's page opens by its token alone. A number is given when it is first sent, and never changes."""

    LINK_PURPOSE = "document"

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="documents")
    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=10, choices=DocumentKind.choices)
    status = models.CharField(max_length=10, choices=DocumentStatus.choices, default=DocumentStatus.DRAFT)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="fr")
    number = models.CharField(max_length=24, blank=True)
    # The words that it began with (agreements.outlines).
    begun_with = models.CharField(max_length=60, blank=True)
    # The optional lines that its reader ticked, by their keys.
    chosen = models.JSONField(default=list)
    refused_because = models.TextField(blank=True)
    created_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["created_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="document_kind_known", condition=Q(kind__in=DocumentKind.values)),
            models.CheckConstraint(name="document_status_known", condition=Q(status__in=DocumentStatus.values)),
            models.CheckConstraint(
                name="document_has_a_number_once_sent", condition=Q(status=DocumentStatus.DRAFT) | ~Q(number="")
            ),
            models.CheckConstraint(
                name="only_quotes_and_contracts_are_signed",
                condition=~Q(kind=DocumentKind.PROPOSAL)
                | ~Q(status__in=[DocumentStatus.SIGNED, DocumentStatus.SEALED]),
            ),
            models.UniqueConstraint(
                fields=["practice", "number"], condition=~Q(number=""), name="one_document_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()

    @property
    def signable(self) -> bool:
        return self.kind in SIGNABLE

    @property
    def sent_version(self) -> "Version | None":
        """What its reader sees."""
        return next((version for version in reversed(list(self.versions.all())) if version.sent_at), None)

    @property
    def draft(self) -> "Version | None":
        """What she is writing, beside what may be sent already."""
        return next((version for version in reversed(list(self.versions.all())) if not version.sent_at), None)

    @property
    def expired(self) -> bool:
        version = self.sent_version
        if self.status not in OPEN or version is None or version.valid_until is None:
            return False
        return version.valid_until < self.practice.today

    @property
    def open(self) -> bool:
        return self.status in OPEN and not self.expired


class Version(models.Model):
    """The words and figures as they stood. Once sent, nothing of it changes any more."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    # [{"key", "text", "quantity", "unit", "price", "rate", "discount", "optional"}], figures as decimal strings.
    lines = models.JSONField(default=list)
    # What holds for the whole: currency, regime, discount, deposit_percent, deposit_amount, payment_days.
    terms = models.JSONField(default=dict)
    # Who it is for: {"name", "address", "country", "vat_number", "business"}
    client = models.JSONField(default=dict)
    # {"works", "modes", "place", "duration", "purpose"}: what of the author's rights is assigned
    rights = models.JSONField(default=dict)
    valid_until = models.DateField(null=True)
    # What made this version follow the one before: in her words, and the remark that it answers.
    because = models.CharField(max_length=300, blank=True)
    remark = models.ForeignKey("Remark", models.SET_NULL, null=True, blank=True, related_name="answered_by")
    saved_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)
    pages = models.PositiveSmallIntegerField(null=True)
    # As it was sent, byte for byte.
    pdf = models.FileField(upload_to="documents/%Y/%m/", max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "number"], name="one_version_a_number"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(sent_at=None), name="one_version_written_at_a_time"
            ),
            models.CheckConstraint(name="what_is_sent_is_kept", condition=Q(sent_at=None) | ~Q(sha256="")),
        ]

    def __str__(self) -> str:
        return f"{self.document}, version {self.number}"


class Remark(models.Model):
    """What a reader says of a paragraph (by its place, from 0), or of the whole; and what she answers."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="remarks")
    paragraph = models.PositiveSmallIntegerField(null=True)
    text = models.TextField()
    by_owner = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)
    request_key = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001 (NULL: none, any number)
    # The beginning of that paragraph, where a page shows the remark apart from it.
    beside = ""

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]

"""Her own words for documents to begin with."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from rendezvous.agreements.models.document import DocumentKind
from rendezvous.practice import clock
from rendezvous.practice.models import Practice


class Outline(models.Model):
    """An outline in her words, with places to fill (agreements.texts). A change is a new row: the last one is used.

    An empty text is a change too: from then on, ours is used again.
    """

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="outlines")
    kind = models.CharField(max_length=10, choices=DocumentKind.choices)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    number = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "kind", "language", "number"], name="one_outline_a_number"),
            models.CheckConstraint(name="outline_kind_known", condition=models.Q(kind__in=DocumentKind.values)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.number}"

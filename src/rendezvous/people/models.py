"""Who writes."""

import re
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from rendezvous.practice.models import Practice


class Organisation(models.Model):
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="organisations")
    name = models.CharField(_("name"), max_length=160)
    place = models.CharField(_("town"), max_length=120, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("practice", Lower("name"), name="one_organisation_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Somebody who wrote, called or was met. "Not business": never chased, in no figure."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="people")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="people")
    name = models.CharField(_("name"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="fr")
    note = models.TextField(_("note to yourself"), blank=True)
    not_business = models.BooleanField(_("not business"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "practice", Lower("email"), condition=~models.Q(email=""), name="one_person_an_address"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["practice", "phone"], name="person_phone")]

    def __str__(self) -> str:
        return self.name or self.email or self.phone

    @property
    def first_name(self) -> str:
        """What to greet with, where it can be told ("Mme Rey" has none)."""
        words = self.name.split()
        if len(words) < 2 or words[0].lower().rstrip(".") in {
            "m",
            "mme",
            "mlle",
            "mr",
            "mrs",
            "ms",
            "dr",
            "me",
        }:
            return ""
        return words[0]

    @property
    def shown_phone(self) -> str:
        """ "06 39 98 14 22" for a French number, else as it is kept."""
        if re.fullmatch(r"\+33\d{9}", self.phone):
            return " ".join(re.findall("..", "0" + self.phone[3:]))
        return self.phone

"""The colours a practice may wear: each legible (WCAG AA) as text and as a ground, by day and by night."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Colour:
    day: str
    night: str


class Accent(models.TextChoices):
    INK = "ink", _("ink blue")
    FIR = "fir", _("fir green")
    MADDER = "madder", _("madder red")
    PLUM = "plum", _("plum")
    SLATE = "slate", _("slate")


COLOURS = {
    Accent.INK: Colour("#1f4b87", "#9dbdf0"),
    Accent.FIR: Colour("#1f5a41", "#94cdb0"),
    Accent.MADDER: Colour("#93291f", "#f0a99d"),
    Accent.PLUM: Colour("#6b2a63", "#dfa9d6"),
    Accent.SLATE: Colour("#3d4852", "#b9c5cf"),
}

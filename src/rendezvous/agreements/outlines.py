"""The outline that a new document begins with: hers, where she has written one, else that of her trade."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from rendezvous.agreements import texts
from rendezvous.agreements.models import DocumentKind, Letterhead, Outline
from rendezvous.practice.models import Practice


@dataclass(frozen=True, slots=True)
class Beginning:
    """`source` tells which words these are, for good: "copywriter fr 2026-11" are ours, "agreement fr 3" hers."""

    text: str
    source: str


def outline_of(practice: Practice, kind: DocumentKind, language: str) -> Beginning:
    hers = versions_of(practice, kind, language).first()
    return Beginning(hers.text, str(hers)) if hers and hers.text else ours(practice, kind, language)


def ours(practice: Practice, kind: DocumentKind, language: str) -> Beginning:
    """The outline of her trade, as it comes with the software."""
    trade = Letterhead.of(practice).trade
    return Beginning(texts.outline(kind, trade, language), f"{trade} {language} {texts.TEXTS_VERSION}")


def versions_of(practice: Practice, kind: DocumentKind, language: str) -> QuerySet[Outline]:
    """Her own, the last one first."""
    return practice.outlines.filter(kind=kind, language=language)


@transaction.atomic
def keep_outline(practice: Practice, kind: DocumentKind, language: str, text: str) -> Outline | None:
    """Keeps her words as a new version; what equals ours is kept as empty. None where nothing has changed."""
    Practice.objects.select_for_update().values_list("pk").get(pk=practice.pk)  # two pages at once: two versions
    text = text.replace("\r\n", "\n").strip()
    if text == ours(practice, kind, language).text.strip():
        text = ""
    last = versions_of(practice, kind, language).first()
    if text == (last.text if last else ""):
        return None
    number = last.number + 1 if last else 1
    return practice.outlines.create(kind=kind, language=language, number=number, text=text)

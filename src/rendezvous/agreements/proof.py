"""The chain of evidence of a document, as rows: one step for each thing that happens to it."""

from typing import Any

from rendezvous.agreements import evidence
from rendezvous.agreements.models import Document, EvidenceStep
from rendezvous.practice import clock


def note(document: Document, what: str, **data: Any) -> EvidenceStep:
    """Adds a step. Call it in the transaction of what happens: the number is unique, so that two cannot be one."""
    Document.objects.select_for_update().values_list("pk").get(pk=document.pk)  # two at once: one after the other
    last = document.evidence.order_by("-number").first()
    step = evidence.next_step(_plain(last) if last else None, clock.now(), what, data)
    return document.evidence.create(
        number=step.number, at=step.at, what=step.what, data=step.data, previous=step.previous, hash=step.hash
    )


def steps_of(document: Document) -> list[evidence.Step]:
    return [_plain(row) for row in document.evidence.order_by("number")]


def broken_at(document: Document) -> int | None:
    """The number of the first step that was tampered with, or None."""
    return evidence.broken_at(steps_of(document))


def _plain(row: EvidenceStep) -> evidence.Step:
    return evidence.Step(row.number, row.at, row.what, row.data, row.previous, row.hash)

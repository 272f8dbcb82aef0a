"""The chain of evidence, as her page tells it."""

from django.utils import translation

from rendezvous.agreements.models import EvidenceStep
from tests.agreements.papers import sealed


def test_each_step_to_the_seal_is_told_in_french_words(contract, cast):
    document = sealed(contract, cast.owner)
    with translation.override("fr"):
        told = [step.words for step in document.evidence.all()]
    assert told == [
        "document envoyé", "code envoyé", "page ouverte", "signature du client", "votre signature", "document scellé",
    ]  # fmt: skip


def test_a_step_of_another_time_keeps_its_own_name():
    assert EvidenceStep(what="noted").words == "noted"

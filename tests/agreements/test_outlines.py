"""The words that documents begin with: ours by trade, hers once she has written her own."""

import pytest
from django.db import IntegrityError, transaction

from rendezvous.agreements import texts
from rendezvous.agreements.beginning import first_content
from rendezvous.agreements.documents import write
from rendezvous.agreements.models import DocumentKind, Letterhead, Outline
from rendezvous.agreements.outlines import keep_outline, ours, outline_of
from tests.cast import signed_in

HERS = "## Mon mot à moi\n\nPour {client}, {price}."
PAGE = "/bureau/reglages/documents/proposal/fr/"
PROPOSAL = DocumentKind.PROPOSAL


def test_without_words_of_her_own_a_document_begins_with_those_of_her_trade(practice):
    Letterhead.objects.create(practice=practice, trade="translator")
    assert outline_of(practice, PROPOSAL, "fr").text == texts.outline("proposal", "translator", "fr")


def test_a_new_document_begins_with_her_own_words(desk, practice, inquiry):
    assert desk.post(PAGE, {"text": HERS}).status_code == 302
    assert first_content(inquiry, PROPOSAL).text == HERS


def test_her_french_words_change_nothing_of_the_english_ones(practice):
    keep_outline(practice, PROPOSAL, "fr", HERS)
    assert outline_of(practice, PROPOSAL, "en") == ours(practice, PROPOSAL, "en")


def test_a_document_remembers_which_words_it_began_with(practice, inquiry):
    before = write(inquiry, PROPOSAL, first_content(inquiry, PROPOSAL))
    keep_outline(practice, PROPOSAL, "fr", HERS)
    after = write(inquiry, PROPOSAL, first_content(inquiry, PROPOSAL))
    assert (before.begun_with, after.begun_with) == (f"general fr {texts.TEXTS_VERSION}", "proposal fr 1")


def test_each_change_is_a_version_and_the_same_words_twice_are_one(practice):
    for words in (HERS, HERS, f"{HERS} À bientôt.", HERS):
        keep_outline(practice, PROPOSAL, "fr", words)
    assert [(o.number, o.text) for o in Outline.objects.all()] == [(3, HERS), (2, f"{HERS} À bientôt."), (1, HERS)]


def test_an_earlier_version_opens_to_be_kept_again(desk, practice):
    keep_outline(practice, PROPOSAL, "fr", HERS)
    keep_outline(practice, PROPOSAL, "fr", "Autre chose.")
    page = desk.get(f"{PAGE}?version=1")
    assert page.context["form"]["text"].value() == HERS


def test_ours_can_be_taken_again(desk, practice):
    keep_outline(practice, PROPOSAL, "fr", HERS)
    page = desk.get(f"{PAGE}?version=0")
    desk.post(PAGE, {"text": page.context["form"]["text"].value().replace("\n", "\r\n")})
    assert outline_of(practice, PROPOSAL, "fr") == ours(practice, PROPOSAL, "fr")


def test_a_place_that_nobody_knows_is_refused_and_the_words_come_back(desk, practice):
    page = desk.post(PAGE, {"text": "Bonjour {prenom}"})
    assert page.status_code == 422
    assert page.context["form"]["text"].value() == "Bonjour {prenom}"
    assert "{prenom}" in page.context["form"].errors["text"][0]
    assert not Outline.objects.exists()


def test_words_of_ten_megabytes_are_refused_in_a_sentence(desk, practice):
    assert desk.post(PAGE, {"text": "a" * 60_000}).status_code == 422
    assert not Outline.objects.exists()


@pytest.mark.parametrize("path", ["invoice/fr/", "proposal/de/"])
def test_there_is_no_page_for_a_kind_or_a_language_that_is_not_there(desk, path):
    assert desk.get(f"/bureau/reglages/documents/{path}").status_code == 404


def test_another_practice_has_words_of_its_own(cast, practice):
    keep_outline(practice, PROPOSAL, "fr", HERS)
    theirs = signed_in(cast.stranger).get(PAGE)
    assert theirs.context["form"]["text"].value() == ours(cast.stranger.practice, PROPOSAL, "fr").text
    assert list(theirs.context["versions"]) == []


def test_the_database_refuses_two_versions_of_one_number(practice):
    Outline.objects.create(practice=practice, kind=PROPOSAL, language="fr", number=1, text="a")
    with pytest.raises(IntegrityError), transaction.atomic():
        Outline.objects.create(practice=practice, kind=PROPOSAL, language="fr", number=1, text="b")

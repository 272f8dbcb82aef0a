"""Single slots, each in the shape in which people hurry them out."""

import datetime as dt

import pytest

from rendezvous.reading import read

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def words(text, slot):
    return " … ".join(piece.text for piece in read(text, NOW).brief[slot].evidence)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Bonjour. Verrier à Biot. Il me faut six étiquettes.", "Verrier à Biot"),
        (
            "Bonjour, auberge familiale à Barcelonnette, nous voulons refaire le menu.",
            "auberge familiale à Barcelonnette",
        ),
        ("Plombière à Nantes, je cherche quelqu’un pour mon site.", "Plombière à Nantes"),
        ("Bonjour Madame, infirmière en Lozère, je voudrais un livret.", "infirmière en Lozère"),
        (
            "Hello, we organise cooking weekends near Bergerac and need a leaflet.",
            "we organise cooking weekends near Bergerac",
        ),
        ("Notre chorale fête ses vingt ans, nous sommes bénévoles et n’avons presque rien.", "Notre chorale"),
    ],
)
def test_who_is_asking_is_found_where_a_hurried_writer_puts_it(text, who):
    assert words(text, "who") == who


@pytest.mark.parametrize(
    "text",
    [
        "C’est un peu urgent, un client m’attend.",
        "Je suis souvent sur la route, laissez un message.",
        "Le mieux est d’écrire pour des architectes d’intérieur.",
    ],
)
def test_a_turn_of_phrase_is_nobody(text):
    assert words(text, "who") == ""


@pytest.mark.parametrize(
    ("text", "deliverable"),
    [
        ("Bonjour, affiche pour notre vide-grenier, urgent !", "affiche pour notre vide-grenier"),
        ("Refonte du site : 12 pages. Budget 3 k€.", "Refonte du site : 12 pages"),
        ("Notre patronne voudrait quelqu’un pour ses discours.", "ses discours"),
        ("Je voudrais refaire la brochure du club, avec 900 €.", "refaire la brochure du club"),
        (
            "Il me faut une cinquantaine de descriptions de meubles, 5 € pièce.",
            "une cinquantaine de descriptions de meubles",
        ),
    ],
)
def test_what_is_wanted_is_found_and_ends_where_it_ends(text, deliverable):
    assert words(text, "deliverable") == deliverable


@pytest.mark.parametrize(
    "text", ["Je cherche un emploi de graphiste, mon CV est joint.", "J’aimerais que ça parle comme à l’atelier."]
)
def test_what_is_not_asked_for_is_no_deliverable(text):
    assert words(text, "deliverable") == ""


def test_those_it_is_not_for_are_no_audience():
    assert words("Des textes pour les gens du quartier, pas pour les touristes.", "audiences").startswith(
        "les gens du quartier"
    )

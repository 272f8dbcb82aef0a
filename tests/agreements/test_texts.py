"""The words that documents begin with: whole in each trade and language, whatever is known and whatever is not."""

import re
from itertools import pairwise

import pytest

from rendezvous.agreements import texts
from rendezvous.agreements.typesetting.markdown import tree

KINDS = ("proposal", "quote", "agreement")
LANGUAGES = ("fr", "en")
ALL = [(kind, trade, language) for kind in KINDS for trade in texts.trades() for language in LANGUAGES]
KNOWN = {
    "need": "Refaire les textes du site", "deliverables": "Les textes du site, 20 pages", "excluded": "La mise en page",
    "calendar": "avant le 15 mars 2027", "budget": "4 000 €",
    "price": "2 400 € HT, 2 880 € TTC", "validity": "15 mars 2027", "client": "Pharmacie des Lilas",
    "practice": "Maud Estève", "works": "les textes", "modes": "reproduction", "place": "le monde",
    "duration": "dix ans", "purpose": "son site", "deposit": "720 €", "payment_days": "30", "late_rate": "12 %",
    "town": "Marseille", "private": "", "annexed": "1",
}  # fmt: skip
ALWAYS = ("client", "practice", "works", "modes", "place", "duration", "purpose", "payment_days")
LACKING = [name for name in KNOWN if name not in ALWAYS and name != "private"]


def filled(kind, trade, language, **changes):
    return texts.fill(texts.outline(kind, trade, language), {**KNOWN, **changes}).text


def headings(text):
    return re.findall(r"^## (.*)$", text, re.MULTILINE)


def awkward(text):
    """What reads as if something were missing: empty quotes and brackets, lone marks, two marks in a row."""
    return re.findall(
        r"«\s*»|“”|\(\s*\)|[{}]|\s[,.](?:\s|$)|[.,;:] ?[.,;:](?!\w)|: *$(?!\n\n- )|(?<=\S)  +|^- *$", text, re.MULTILINE
    )


@pytest.mark.parametrize(("kind", "trade", "language"), ALL)
def test_no_place_is_left_open(kind, trade, language):
    found = texts.fill(texts.outline(kind, trade, language), KNOWN)
    assert found.unknown == ()
    assert awkward(found.text) == []


@pytest.mark.parametrize(("kind", "trade", "language"), ALL)
@pytest.mark.parametrize("private", ["", "1"])
def test_what_is_not_known_leaves_no_hole(kind, trade, language, private):
    for name in LACKING:
        assert awkward(filled(kind, trade, language, private=private, **{name: ""})) == []
    assert awkward(filled(kind, trade, language, private=private, **dict.fromkeys(LACKING, ""))) == []


@pytest.mark.parametrize(("kind", "trade", "language"), ALL)
def test_each_heading_is_followed_by_words(kind, trade, language):
    for values in (KNOWN, dict.fromkeys(LACKING, "") | {"private": ""}):
        blocks = tree(filled(kind, trade, language, **values))
        followed = [block["t"] for block in blocks]
        assert blocks
        assert not any(pair == ("h", "h") for pair in pairwise(followed))
        assert followed[-1] != "h"


@pytest.mark.parametrize("trade", texts.trades())
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_articles_of_a_contract_are_numbered_without_a_gap(trade, language):
    numbers = [int(heading.split(".")[0]) for heading in headings(texts.outline("agreement", trade, language))]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("trade", texts.trades())
def test_a_trade_has_the_same_articles_in_both_languages(trade):
    for kind in KINDS:
        french, english = (headings(texts.outline(kind, trade, language)) for language in LANGUAGES)
        assert len(french) == len(english)


@pytest.mark.parametrize("trade", texts.trades())
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_contract_assigns_rights_by_the_five_things_that_the_law_names(trade, language):
    text = filled("agreement", trade, language, works="W1", modes="W2", purpose="W3", place="W4", duration="W5")
    assert re.findall(r"W\d", text) == ["W1", "W2", "W3", "W4", "W5"]
    assert "L131-3" in text


@pytest.mark.parametrize("trade", texts.trades())
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_limit_of_liability_is_not_for_a_private_client(trade, language):
    limit = {"fr": "dans la limite du prix", "en": "up to the price"}[language]
    assert limit in filled("agreement", trade, language)
    assert limit not in filled("agreement", trade, language, private="1")


@pytest.mark.parametrize("trade", texts.trades())
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_private_client_is_told_of_the_fourteen_days_and_of_the_mediator(trade, language):
    days, mediator = {"fr": ("quatorze jours de", "médiateur"), "en": ("fourteen days of", "mediator")}[language]
    business, private = (filled("agreement", trade, language, private=value) for value in ("", "1"))
    assert [word in private for word in (days, mediator)] == [True, True]
    assert [word in business for word in (days, mediator)] == [False, False]


@pytest.mark.parametrize("trade", texts.trades())
def test_a_proposal_speaks_of_the_two_of_them_and_a_contract_does_not(trade):
    assert re.search(r"\b[Jj]e\b|\b[Vv]ous\b", filled("proposal", trade, "fr"))
    assert not re.search(r"\b[Jj]e\b|\b[Vv]ous\b", filled("agreement", trade, "fr"))


@pytest.mark.parametrize(("kind", "trade"), [(kind, trade) for kind in KINDS for trade in texts.trades()])
def test_french_has_its_apostrophe(kind, trade):
    assert re.findall(r"\w'\w", texts.outline(kind, trade, "fr")) == []


def test_an_unknown_trade_begins_with_the_general_words():
    assert texts.outline("proposal", "astronaut", "fr") == texts.outline("proposal", "general", "fr")


def test_every_clause_is_used():
    for language in LANGUAGES:
        written = texts._texts(language)
        used = {name for trade in written["trade"].values() for names in trade.values() for name in names}
        assert used == set(written["clause"])


@pytest.mark.parametrize(
    ("text", "values", "found"),
    [
        ("a {price} b", {"price": "1 €"}, "a 1 € b"),
        ("a {price} b", {}, "a {price} b"),
        ("{?price}yes {price}{/price}{!price}no{/price}", {"price": "1 €"}, "yes 1 €"),
        ("{?price}yes{/price}{!price}no{/price}", {"price": " "}, "no"),
        ("{?price}yes{/price}", {}, "{?price}yes{/price}"),
        ("{price}", {"price": "{client}", "client": "Anne"}, "{client}"),
        ("a\n\n\n\n\nb", {}, "a\n\nb"),
    ],
)
def test_places_take_their_values(text, values, found):
    assert texts.fill(text, values).text == found


def test_places_that_nobody_knows_are_told():
    assert texts.fill("{prix} {price} {prix} {x}", {"price": "1"}).unknown == ("prix", "x")


def test_a_book_pasted_into_a_place_is_cut():
    assert len(texts.fill("{need}", {"need": "x" * 100_000}).text) == texts.LONGEST_VALUE

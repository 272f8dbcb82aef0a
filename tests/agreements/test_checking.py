"""Before it is sent: each thing that is missing or makes no sense is said in one sentence, and how to mend it."""

import datetime as dt
import inspect
import re

import pytest
from django.utils import translation

from rendezvous.agreements import checking, law, money
from rendezvous.agreements.checking import problems_of
from rendezvous.agreements.models import Version
from rendezvous.agreements.typesetting import CannotTypeset
from rendezvous.practice import clock
from tests.agreements.papers import CLIENT, line, written

FR = "FR40303265045"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def lacks(inquiry, kind="agreement", **more):
    version = written(inquiry, kind, **more).draft
    return problems_of(Version.objects.select_related("document").get(pk=version.pk))


@pytest.mark.parametrize("kind", ["proposal", "quote", "agreement"])
def test_what_she_finds_written_may_leave_at_once(inquiry, letterhead, kind):
    assert lacks(inquiry, kind) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"legal_name": ""}, None),
        ({"address": ""}, "It lacks the address of your business: add it under “What your documents say of you”."),
        ({"siret": ""}, "It lacks your SIRET: add it under “What your documents say of you”."),
        ({"siret": "12345678901234"}, "It lacks your SIRET: add it under “What your documents say of you”."),
        ({"legal_form": "SASU", "capital": "1 000 €"},
         "It lacks your register, such as RCS Marseille: add it under “What your documents say of you”."),
        ({"legal_form": "SASU", "registration": "RCS Marseille"},
         "It lacks the capital of your company: add it under “What your documents say of you”."),
    ],
)  # fmt: skip
def test_what_the_law_asks_of_her(inquiry, letterhead, change, sentence):
    type(letterhead).objects.update(**change)
    inquiry.practice.refresh_from_db()
    assert lacks(inquiry) == ([sentence] if sentence else [])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": " "}, "It lacks a title: give it one."),
        ({"text": " "}, "It says nothing yet: write a few words."),
        ({"lines": []}, "It lacks a price: fill in a line."),
        ({"valid_until": None}, "It lacks a date until which it stands."),
        ({"client": {**CLIENT, "name": ""}}, "It lacks the client's name: add it under “The client”."),
        ({"client": {**CLIENT, "address": ""}}, "It lacks the client's address: add it under “The client”."),
        ({"terms": {"payment_days": ""}}, "It lacks the days to pay: add them under “VAT, deposit, discount”."),
        ({"terms": {"payment_days": 61}}, "Between professionals, sixty days to pay are the most that the law allows."),
    ],
)  # fmt: skip
def test_what_is_asked_of_a_quote(inquiry, letterhead, change, sentence):
    assert lacks(inquiry, "quote", **change) == [sentence]


@pytest.mark.parametrize("right", ["works", "modes", "place", "duration", "purpose"])
def test_what_is_asked_of_the_rights_in_a_contract(inquiry, letterhead, right):
    rights = {name: "x" for name in ("works", "modes", "place", "duration", "purpose") if name != right}
    (sentence,) = lacks(inquiry, rights=rights)
    assert sentence == str(checking.RIGHTS[right])
    assert sentence.startswith("The rights assigned lack the ")


def test_rights_that_the_words_do_not_name_are_asked_to_be_named(inquiry, letterhead):
    rights = {"works": "Les textes du site", **dict.fromkeys(("modes", "place", "duration", "purpose"), "")}
    words = "Je cède {modes}, {place}, {duration}, {purpose}."
    sentences = lacks(
        inquiry, text=words, rights={**rights, **dict.fromkeys(("modes", "place", "duration", "purpose"), "x")}
    )
    assert sentences == [
        "The words do not say which rights are assigned: put {works} where they should, or empty the rights."
    ]


def test_a_contract_that_assigns_no_rights_lacks_nothing(inquiry, letterhead):
    assert lacks(inquiry, text="Je conseille, et ne cède rien.", rights={}) == []


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"text": ""}, "A priced line has no words: say what it is."),
        ({"quantity": "0"}, "“Textes du site”: the quantity must be more than zero, and reasonable."),
        ({"quantity": "-1"}, "“Textes du site”: the quantity must be more than zero, and reasonable."),
        ({"quantity": "999999999"}, "“Textes du site”: the quantity must be more than zero, and reasonable."),
        ({"price": "-5"}, "“Textes du site”: the price must not be negative, and ten million at most; for a reduction, use the discount."),
        ({"price": "99999999999"}, "“Textes du site”: the price must not be negative, and ten million at most; for a reduction, use the discount."),
        ({"price": "10.005"}, "“Textes du site”: this price has too many decimals."),
        ({"price": "0.12345", "unit": "word"}, "“Textes du site”: this price has too many decimals."),
        ({"price": ""}, "“Textes du site” lacks its price; write 0 if it is free."),
        ({"price": "NaN"}, "“Textes du site”: “NaN” is no figure; write it like 2 400 or 0.15."),
        ({"price": "1e99"}, "“Textes du site”: “1e99” is no figure; write it like 2 400 or 0.15."),
        ({"price": "Infinity"}, "“Textes du site”: “Infinity” is no figure; write it like 2 400 or 0.15."),
        ({"quantity": "deux"}, "“Textes du site”: “deux” is no figure; write it like 2 400 or 0.15."),
        ({"rate": "vingt"}, "“Textes du site”: “vingt” is no figure; write it like 2 400 or 0.15."),
        ({"discount": "101"}, "A discount lies between 0 and 100 %."),
        ({"discount": "-1"}, "A discount lies between 0 and 100 %."),
        ({"unit": "furlong"}, "“Textes du site”: this unit is not known."),
        ({"rate": "20"}, "“Textes du site” has a VAT rate, but this document is without VAT: empty it, or change the VAT."),
    ],
)  # fmt: skip
def test_a_line_that_makes_no_sense(inquiry, letterhead, row, sentence):
    assert lacks(inquiry, "quote", lines=[line(**row)]) == [sentence]


@pytest.mark.parametrize(
    "row", [{"price": "0"}, {"price": "0.1234", "unit": "word"}, {"quantity": "0.5", "unit": "day"}]
)
def test_a_line_that_is_odd_and_right(inquiry, letterhead, row):
    assert lacks(inquiry, "quote", lines=[line(**row)]) == []


def test_sums_beyond_any_freelances_dream_are_asked_about(inquiry, letterhead):
    rows = [line(str(n), price="9999999", quantity="10") for n in range(5)]
    assert lacks(inquiry, "quote", lines=rows) == ["The total is more than a hundred million: look at the quantities."]


WITH_VAT = {"regime": "vat", "payment_days": 30}


@pytest.mark.parametrize(
    ("terms", "client", "row", "sentence"),
    [
        (WITH_VAT, {}, {"rate": ""}, "“Textes du site”: its VAT rate is missing."),
        (WITH_VAT, {}, {"rate": "19"}, "“Textes du site”: this is no French VAT rate (20, 10, 5.5 or 2.1; overseas 8.5, 1.75 or 1.05)."),
        (WITH_VAT, {}, {"rate": "5.5"}, None),
        (WITH_VAT, {"country": "US"}, {"rate": "20"}, "For a business outside the EU there is no French VAT: choose “no French VAT”."),
        (WITH_VAT, {"country": "DE", "vat_number": "DE123456789"}, {"rate": "20"}, "A business in another EU country pays VAT itself: choose the reverse charge."),
        (WITH_VAT, {"country": "Germany"}, {"rate": "20"}, "The client's country is two letters, such as FR or BE."),
        ({"regime": "reverse_charge"}, {"country": "DE", "vat_number": "DE123456789"}, {}, None),
        ({"regime": "reverse_charge"}, {"country": "DE", "vat_number": "FR40303265045"}, {}, "The client's VAT number does not look like one of that country."),
        ({"regime": "reverse_charge"}, {"country": "FR", "vat_number": FR}, {}, "The reverse charge is for a client in another EU country: change the VAT, or the country."),
        ({"regime": "outside_eu"}, {"country": "BE"}, {}, "“No French VAT” is for business clients outside the EU: change the VAT, or the country."),
        ({"regime": "outside_eu"}, {"country": "CH"}, {}, None),
        ({"regime": "outside_eu"}, {"country": "CH", "business": False}, {}, "“No French VAT” is for business clients outside the EU: change the VAT, or the country."),
        ({"regime": "nonsense"}, {}, {}, "This kind of VAT is not known."),
        ({"currency": "XYZ"}, {}, {}, "This currency is not known."),
        ({"deposit_percent": "101"}, {}, {}, "The deposit must lie between nothing and the total."),
        ({"deposit_percent": "30", "deposit_amount": "300"}, {}, {}, "The deposit is a percentage or an amount, not both."),
        ({"deposit_amount": "9000"}, {}, {}, "The deposit is more than the total."),
        ({"deposit_amount": "-5"}, {}, {}, "The deposit must lie between nothing and the total."),
        ({"discount": "120"}, {}, {}, "A discount lies between 0 and 100 %."),
    ],
)  # fmt: skip
def test_vat_country_deposit_and_discount(inquiry, letterhead, terms, client, row, sentence):
    type(letterhead).objects.update(vat_number=FR, mediator="Médiation de l’Exemple, mediation.example")
    inquiry.practice.refresh_from_db()
    found = lacks(
        inquiry, "quote", terms={"payment_days": 30, **terms}, client={**CLIENT, **client}, lines=[line(**row)]
    )
    assert found == ([sentence] if sentence else [])


def test_a_private_client_is_told_of_a_mediator(inquiry, letterhead):
    found = lacks(inquiry, "quote", client={**CLIENT, "business": False})
    assert found == [
        "For a private client it lacks the consumer mediator: add one under “What your documents say of you”."
    ]


def test_the_reverse_charge_needs_their_number_and_hers(inquiry, letterhead):
    terms = {"payment_days": 30, "regime": "reverse_charge"}
    found = lacks(inquiry, "quote", terms=terms, client={**CLIENT, "country": "DE"})
    assert found == [
        "It lacks your VAT number: add it under “What your documents say of you”.",
        "It lacks the client's VAT number, which the reverse charge needs: add it under “The client”.",
        "The reverse charge needs a business client with a VAT number.",
    ]


@pytest.mark.parametrize("currency", ["EUR", "CHF", "GBP", "USD", "CAD"])
def test_it_may_be_in_another_currency(inquiry, letterhead, currency):
    assert lacks(inquiry, "quote", terms={"payment_days": 30, "currency": currency}) == []


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(-1, "It would stand until a day that is past: choose a later one."), (0, None), (730, None),
     (731, "It would stand for more than two years: choose an earlier day.")],
)  # fmt: skip
def test_until_when_it_stands_makes_sense(practice, inquiry, letterhead, days, sentence):
    today = clock.now().astimezone(practice.zone).date()
    found = lacks(inquiry, "quote", valid_until=today + dt.timedelta(days=days))
    assert found == ([sentence] if sentence else [])


@pytest.mark.parametrize(
    ("spare", "words"),
    [(1, "this one is about"), (0, "this one is")],
)
def test_of_a_proposal_too_long_it_says_by_how_much(inquiry, letterhead, spare, words):
    version = written(inquiry, "proposal").draft
    assert words in problems_of(version, too_long=spare + 1)[0]
    assert problems_of(version, too_long=0) == []


def test_the_longest_proposal_that_fits_is_sent_and_one_line_more_is_not(inquiry, letterhead):
    version = written(inquiry, "proposal").draft

    def over(count):
        version.text = "\n\n".join(["Un."] * count)
        return bool(problems_of(version))

    fits = max(count for count in range(1, 60) if not over(count))
    assert 10 < fits < 59
    assert over(fits + 1)


@pytest.mark.parametrize("code", ["too_long", "too_slow", "failed"])
def test_a_page_that_cannot_be_set_gets_a_sentence(code):
    assert checking.fit_words(CannotTypeset(code)).endswith(".")


def test_every_gap_of_the_law_has_a_sentence():
    codes = set(re.findall(r'Gap\("(\w+)"', inspect.getsource(law))) - {"rights"}
    assert codes <= set(checking.GAPS)
    assert set(checking.RIGHTS) == set(law.RIGHTS)


def test_every_problem_of_money_has_a_sentence():
    codes = set(re.findall(r'Problem\("(\w+)"', inspect.getsource(money)))
    assert codes <= set(checking.PROBLEMS)


def test_words_of_hers_with_a_percent_sign_are_no_placeholders(inquiry, letterhead):
    assert "100 %(x)s" in lacks(inquiry, "quote", lines=[line(text="100 %(x)s", quantity="-1")])[0]

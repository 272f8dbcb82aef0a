"""What the law asks a quote and a contract to say: what is missing, what is printed, and where it is written."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from rendezvous.agreements import checking, law
from rendezvous.agreements.law import Facts, Gap, mentions, missing, wrong_siret

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "law.md"
RIGHTS = {
    "works": "les textes",
    "modes": "reproduction",
    "place": "le monde",
    "duration": "dix ans",
    "purpose": "son site",
}
CONTRACT = Facts(
    kind="agreement", name="Maud Estève", legal_form="EI", siret="732 829 320 00074", address="12 rue des Lilas\n13001 Marseille",
    client_name="Pharmacie des Lilas", client_address="1 place de l’Exemple, 69001 Lyon", lines=2, valid_until="15 mars 2027",
    payment_days=30, deposit=True, rights=RIGHTS,
)  # fmt: skip
COMPANY = replace(CONTRACT, legal_form="SASU", registration="RCS Marseille", capital="1 000 €")


def gaps(facts=CONTRACT, **changes):
    return [(gap.code, gap.about) for gap in missing(replace(facts, **changes))]


def said(facts=CONTRACT, language="fr", **changes):
    return " ".join(mentions(replace(facts, **changes), language))


# --- what is missing


def test_a_whole_contract_lacks_nothing():
    assert missing(CONTRACT) == []
    assert missing(COMPANY) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"words": False}, "words"),
        ({"name": ""}, "seller_name"),
        ({"address": ""}, "seller_address"),
        ({"siret": ""}, "siret"),
        ({"siret": "732 829 320 00075"}, "siret"),
        ({"regime": "vat"}, "vat_number"),
        ({"client_name": ""}, "client_name"),
        ({"client_address": ""}, "client_address"),
        ({"lines": 0}, "lines"),
        ({"valid_until": ""}, "valid_until"),
        ({"payment_days": None}, "payment_days"),
    ],
)
def test_each_mention_that_is_missing_is_named(changes, code):
    assert gaps(**changes) == [(code, "")]


@pytest.mark.parametrize("code", ["registration", "capital"])
def test_a_company_names_its_register_and_its_capital(code):
    assert gaps(COMPANY, **{code: ""}) == [(code, "")]


@pytest.mark.parametrize("name", law.RIGHTS)
def test_an_assignment_of_rights_says_each_of_the_five(name):
    assert gaps(rights={**RIGHTS, name: ""}) == [("rights", name)]


def test_a_quote_assigns_no_rights():
    assert gaps(kind="quote", rights={}) == []


def test_a_proposal_needs_a_name_and_words_alone():
    assert missing(Facts(kind="proposal", name="Maud")) == []
    assert gaps(Facts(kind="proposal", words=False)) == [("words", ""), ("seller_name", "")]


def test_the_reverse_charge_needs_both_vat_numbers():
    assert gaps(regime="reverse_charge") == [("vat_number", ""), ("client_vat_number", "")]


@pytest.mark.parametrize(("days", "found"), [(0, []), (60, []), (61, [("payment_too_late", "61")])])
def test_between_professionals_sixty_days_are_the_most(days, found):
    assert gaps(payment_days=days) == found


def test_a_private_client_may_be_given_more_time():
    mediator = "Médiation d’essai, mediation.example"
    assert gaps(payment_days=90, client_business=False, mediator=mediator) == []


def test_a_private_client_is_told_of_a_mediator():
    assert gaps(client_business=False, mediator="") == [("mediator", "")]
    assert gaps(client_business=False, mediator="Médiation d’essai, mediation.example") == []
    assert gaps(client_business=True, mediator="") == []


def test_abroad_there_is_no_siret():
    assert gaps(legal_form="foreign", siret="") == []


@pytest.mark.parametrize(
    ("siret", "wrong"),
    [
        ("73282932000074", False), ("732 829 320 00074", False), ("732\u00a0829\u202f320 00074", False),
        ("35600000000048", False), ("35600000049837", False),
        ("73282932000075", True), ("7328293200007", True), ("732829320000744", True), ("", True), ("abc", True),
        ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", True),
    ],
)  # fmt: skip
def test_a_siret_has_its_key(siret, wrong):
    assert wrong_siret(siret) == wrong


# --- what is printed


@pytest.mark.parametrize("form", ["EI", "micro", "author"])
def test_a_sole_trader_bears_ei_right_beside_the_name(form):
    assert said(legal_form=form).startswith("Maud Estève EI (entrepreneur individuel)")
    assert said(language="en", legal_form=form).startswith("Maud Estève EI (entrepreneur individuel")


def test_a_company_says_its_form_its_capital_and_its_register():
    first = mentions(COMPANY, "fr")[0]
    assert first == (
        "Maud Estève, SASU au capital de 1 000 € – SIRET 732\u00a0829\u00a0320\u00a000074 – RCS Marseille – "
        "12 rue des Lilas, 13001 Marseille."
    )


@pytest.mark.parametrize(
    ("regime", "words"),
    [
        ("exempt", "TVA non applicable, art. 293 B du CGI."),
        ("reverse_charge", "Autoliquidation"),
        ("outside_eu", "art. 259-1° du CGI"),
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_why_there_is_no_vat_is_said(regime, words, language):
    assert words in said(regime=regime) or language == "en"
    english = {"reverse_charge": "Reverse charge", "outside_eu": "article 259-1° of the CGI"}.get(
        regime, "293 B du CGI"
    )
    assert english in said(regime=regime, language="en")


def test_with_vat_nothing_is_said_of_why():
    assert "CGI" not in said(regime="vat")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_between_professionals_a_delay_costs_interest_and_forty_euros(language):
    text = said(language=language)
    assert [part in text for part in ("L441-10", "D441-5", "40" if language == "fr" else "€40")] == [True, True, True]


def test_her_own_rate_is_said_in_place_of_the_legal_one():
    text = said(late_rate="12 %")
    assert "intérêts au taux de 12 %" in text
    assert "triple" not in text


@pytest.mark.parametrize(
    ("days", "fr", "en"),
    [
        (0, "Paiement à réception de la facture.", "Payment on receipt of the invoice."),
        (1, "Paiement à un jour après la date de la facture.", "Payment within one day of the date of the invoice."),
        (30, "Paiement à 30 jours après la date de la facture.", "Payment within 30 days of the date of the invoice."),
    ],
)
def test_when_to_pay_is_said(days, fr, en):
    assert fr in said(payment_days=days)
    assert en in said(payment_days=days, language="en")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_private_client_owes_no_forty_euros_and_may_withdraw(language):
    text = said(language=language, client_business=False, mediator="Médiation d’essai, mediation.example")
    assert "40 €" not in text
    assert "€40" not in text
    for part in ("L221-18", "12 rue des Lilas, 13001 Marseille", "Médiation d’essai, mediation.example"):
        assert part in text


def test_a_business_is_told_nothing_of_withdrawing():
    assert "L221-18" not in said()


def test_what_is_paid_at_the_signature_is_an_acompte():
    assert "un acompte, non des arrhes" in said()
    assert "arrhes" not in said(deposit=False)


def test_a_proposal_says_who_she_is_why_no_vat_and_until_when():
    assert mentions(replace(CONTRACT, kind="proposal"), "fr")[1:] == [
        "TVA non applicable, art. 293 B du CGI.", "Offre valable jusqu’au 15 mars 2027.",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["fr", "en", "xx"])
@pytest.mark.parametrize("kind", ["proposal", "quote", "agreement"])
def test_nothing_is_left_open_however_little_is_known(kind, language):
    for business in (True, False):
        for row in mentions(Facts(kind=kind, client_business=business, payment_days=30, deposit=True), language):
            assert re.search(r"[{}]|None|  | ,|\(\)", row) is None


# --- where it is written


def lines_of_document():
    rows = re.findall(r"^\| `(\w+)` \|(.+)\|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    return {code: [cell.strip() for cell in cells.split("|")] for code, cells in rows}


def test_each_code_has_its_line_with_its_source():
    assert {code: cells[0] for code, cells in lines_of_document().items()} == dict(law.SOURCES)


@pytest.mark.parametrize("code", law.SOURCES)
def test_each_source_says_since_when_and_what_the_software_does(code):
    _source, since, does = lines_of_document()[code]
    assert re.search(r"\b(1[89]|20)\d\d\b", since)
    assert does


def test_the_day_of_reading_is_told():
    assert "November 2026" in DOCUMENT.read_text(encoding="utf-8")


def test_each_gap_has_its_source_and_its_sentence():
    nothing = Facts(
        kind="agreement", regime="reverse_charge", words=False, legal_form="SASU", client_business=False, mediator=""
    )
    found = {gap.code for gap in [*missing(nothing), *missing(replace(CONTRACT, payment_days=61))]}
    assert found <= set(law.SOURCES)
    assert found - {"rights"} <= set(checking.GAPS)
    assert set(checking.RIGHTS) == set(law.RIGHTS)


def test_a_gap_is_a_plain_value():
    assert Gap("rights", "place") == Gap("rights", "place")

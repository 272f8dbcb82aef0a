"""What the law asks a French independent's quotes and contracts to say, and what is missing. Sources: docs/law.md.

Pure values; no legal advice. Codes are stable: a sentence for each is in checking.py, its source in `SOURCES`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

RIGHTS = ("works", "modes", "place", "duration", "purpose")
SOLE_TRADERS = frozenset({"EI", "micro"})
COMPANIES = frozenset({"EURL", "SASU", "SARL", "SAS"})
LONGEST_TERM = 60
LA_POSTE = "356000000"

# As read in November 2026; docs/law.md says of each what is printed or checked, and since when it holds.
SOURCES: Mapping[str, str] = {
    "seller_name": "Code de commerce, R123-237; R526-27 (« EI » since 15 May 2022)",
    "seller_address": "Code de commerce, R123-237; Code de la consommation, L111-1",
    "siret": "Code de commerce, R123-237",
    "registration": "Code de commerce, R123-237; L123-36 (RNE since 1 January 2023)",
    "capital": "Code de commerce, R123-238",
    "vat_number": "CGI, annexe II, 242 nonies A, I-2°",
    "client_name": "Code civil, 1103 and 1128",
    "client_address": "CGI, annexe II, 242 nonies A, I-1°",
    "client_vat_number": "CGI, annexe II, 242 nonies A, I-3°; directive 2006/112/EC, 226-4",
    "lines": "Code civil, 1163 to 1165; Code de la consommation, L111-1, L112-1",
    "valid_until": "Code civil, 1116 and 1117",
    "deposit": "Code de la consommation, L214-1; Code civil, 1590",
    "payment_days": "Code de commerce, L441-10, I",
    "payment_too_late": "Code de commerce, L441-10, I",
    "late_rate": "Code de commerce, L441-10, II; D441-5; L441-9, I (discount)",
    "rights": "Code de la propriété intellectuelle, L131-2, L131-3",
    "words": "Code civil, 1112-1 and 1128",
    "exempt": "CGI, 293 B and 293 E (CIBS, book II, since 1 September 2026)",
    "reverse_charge": "CGI, 259-1° and 283-2; directive 2006/112/EC, 44, 196 and 226-11a",
    "outside_eu": "CGI, 259-1°; directive 2006/112/EC, 44",
    "withdrawal": "Code de la consommation, L221-5, L221-18 to L221-21, L221-25; R221-1; D221-5",
    "mediator": "Code de la consommation, L612-1, L616-1, R616-1",
    "iban": "Règlement (UE) 260/2012",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document says, as far as the law cares."""

    kind: Literal["proposal", "quote", "agreement"]
    name: str = ""
    legal_form: str = "EI"
    siret: str = ""
    registration: str = ""
    capital: str = ""
    vat_number: str = ""
    regime: str = "exempt"
    address: str = ""
    country: str = "FR"
    client_name: str = ""
    client_address: str = ""
    client_country: str = "FR"
    client_vat_number: str = ""
    client_business: bool = True
    # Of whom a private client may ask to settle: name and site.
    mediator: str = ""
    words: bool = True
    lines: int = 0
    valid_until: str = ""
    payment_days: int | None = None
    late_rate: str = ""
    deposit: bool = False
    rights: Mapping[str, str] = field(default_factory=dict)
    # Whether it assigns author's rights at all: then each of the five things must be said.
    assigns: bool = True


@dataclass(frozen=True, slots=True)
class Gap:
    code: str
    about: str = ""


def missing(facts: Facts) -> list[Gap]:
    """What must be added before the document may leave, the most important first. A proposal needs hardly anything."""
    found = []
    if not facts.words:
        found.append(Gap("words"))
    if not facts.name:
        found.append(Gap("seller_name"))
    if facts.kind == "proposal":
        return found
    found += _of_seller(facts) + _of_client(facts)
    if not facts.lines:
        found.append(Gap("lines"))
    if not facts.valid_until:
        found.append(Gap("valid_until"))
    if facts.payment_days is None:
        found.append(Gap("payment_days"))
    elif facts.client_business and facts.payment_days > LONGEST_TERM:
        found.append(Gap("payment_too_late", str(facts.payment_days)))
    if facts.kind == "agreement" and facts.assigns:
        found += [Gap("rights", name) for name in RIGHTS if not facts.rights.get(name)]
    return found


def _of_seller(facts: Facts) -> list[Gap]:
    found = []
    if not facts.address:
        found.append(Gap("seller_address"))
    if facts.legal_form != "foreign" and (not facts.siret or wrong_siret(facts.siret)):
        found.append(Gap("siret"))
    if facts.legal_form in COMPANIES and not facts.registration:
        found.append(Gap("registration"))
    if facts.legal_form in COMPANIES and not facts.capital:
        found.append(Gap("capital"))
    if facts.regime in {"vat", "reverse_charge"} and not facts.vat_number:
        found.append(Gap("vat_number"))
    return found


def _of_client(facts: Facts) -> list[Gap]:
    found = []
    if not facts.client_name:
        found.append(Gap("client_name"))
    if not facts.client_address:
        found.append(Gap("client_address"))
    if facts.regime == "reverse_charge" and not facts.client_vat_number:
        found.append(Gap("client_vat_number"))
    if not facts.client_business and not facts.mediator:
        found.append(Gap("mediator"))
    return found


def wrong_siret(text: str) -> bool:
    """Whether this is no SIRET: fourteen digits with a Luhn key (ISO/IEC 7812-1); La Poste's are a sum of fives."""
    digits = re.sub(r"\s", "", text)
    if not re.fullmatch(r"[0-9]{14}", digits):
        return True
    if digits.startswith(LA_POSTE) and sum(map(int, digits)) % 5 == 0:
        return False
    return _luhn(digits) != 0


def _luhn(digits: str) -> int:
    doubled = [int(d) * (2 if index % 2 else 1) for index, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10


_WORDS = {
    "fr": {
        "ei": "{name} EI (entrepreneur individuel)",
        "author": "{name} EI (entrepreneur individuel), artiste-auteur",
        "company": "{name}, {form} au capital de {capital}",
        "foreign": "{name}",
        "siret": "SIRET {siret}",
        "exempt_rcs": "inscription au RNE",
        "vat_number": "TVA {number}",
        "exempt": "TVA non applicable, art. 293 B du CGI.",
        "reverse_charge": "Autoliquidation : TVA due par le preneur (art. 283-2 du CGI, art. 196 de la directive 2006/112/CE).",
        "outside_eu": "TVA française non applicable, art. 259-1° du CGI.",
        "at_once": "Paiement à réception de la facture.",
        "term": "Paiement à {days} jours après la date de la facture.",
        "term_one": "Paiement à un jour après la date de la facture.",
        "late": "En cas de retard : intérêts {rate} et indemnité forfaitaire de 40 € pour frais de recouvrement (art. L441-10 et D441-5 du Code de commerce), sans rappel. Pas d’escompte pour paiement anticipé.",
        "late_rate": "au triple du taux d’intérêt légal",
        "given_rate": "au taux de {rate}",
        "deposit": "La somme versée à la signature est un acompte, non des arrhes.",
        "valid": "Offre valable jusqu’au {date}.",
        "consumer": "Client particulier : vous pouvez renoncer à un contrat conclu à distance dans les quatorze jours, sans motif (art. L221-18 du Code de la consommation) ; une déclaration claire suffit, au besoin par ce modèle : « Je renonce au contrat n° … signé le … (nom, adresse, date) ». Elle s’adresse à {contact}. Ce que vous avez payé est rendu dans les quatorze jours ; le travail commencé à votre demande expresse avant ce terme reste dû en proportion.",
        "mediator": "Médiateur de la consommation : {mediator}.",
    },
    "en": {
        "ei": "{name} EI (entrepreneur individuel, sole trader)",
        "author": "{name} EI (entrepreneur individuel, sole trader), author (artiste-auteur)",
        "company": "{name}, {form} with a share capital of {capital}",
        "foreign": "{name}",
        "siret": "SIRET {siret}",
        "exempt_rcs": "registered with the RNE",
        "vat_number": "VAT {number}",
        "exempt": "TVA non applicable, art. 293 B du CGI (no VAT).",
        "reverse_charge": "Reverse charge: VAT is due by the customer (Autoliquidation; article 283-2 of the CGI, article 196 of directive 2006/112/EC).",
        "outside_eu": "No French VAT (article 259-1° of the CGI).",
        "at_once": "Payment on receipt of the invoice.",
        "term": "Payment within {days} days of the date of the invoice.",
        "term_one": "Payment within one day of the date of the invoice.",
        "late": "Late payment: interest {rate} and a fixed sum of €40 for recovery costs (articles L441-10 and D441-5 of the French commercial code), without a reminder. No discount for early payment.",
        "late_rate": "at three times the French legal rate",
        "given_rate": "at {rate}",
        "deposit": "The sum paid at the signature is a part payment (acompte), not arrhes.",
        "valid": "This offer stands until {date}.",
        "consumer": "Private client: you may withdraw from a contract made at a distance within fourteen days, without giving a reason (article L221-18 of the French consumer code); a clear statement will do, for instance: “I withdraw from contract no. … signed on … (name, address, date)”. It goes to {contact}. What you have paid is returned within fourteen days; work begun before then at your express request remains due in proportion.",
        "mediator": "Consumer mediator: {mediator}.",
    },
}


def mentions(facts: Facts, language: str) -> list[str]:
    """The small print: who she is by law, VAT, payment, validity. A proposal has the first two and the last alone."""
    words = _WORDS["en" if language == "en" else "fr"]
    said = [_identity(facts, words)]
    if facts.regime != "vat":
        said.append(words[facts.regime])
    if facts.kind != "proposal":
        said += [_payment(facts, words)] if facts.payment_days is not None else []
        said += [words["deposit"]] if facts.deposit else []
        said += _for_consumers(facts, words) if not facts.client_business else []
    if facts.valid_until:
        said.append(words["valid"].format(date=facts.valid_until))
    return said


def _payment(facts: Facts, words: Mapping[str, str]) -> str:
    """When it is due; between professionals also what a delay costs, which the law asks to be said."""
    term = {0: "at_once", 1: "term_one"}.get(facts.payment_days or 0, "term")
    due = words[term].format(days=facts.payment_days)
    if not facts.client_business:
        return due
    rate = words["given_rate"].format(rate=facts.late_rate) if facts.late_rate else words["late_rate"]
    return f"{due} {words['late'].format(rate=rate)}"


def _for_consumers(facts: Facts, words: Mapping[str, str]) -> list[str]:
    contact = ", ".join(part for part in (facts.name, *_lines(facts.address)) if part)
    mediator = [words["mediator"].format(mediator=facts.mediator)] if facts.mediator else []
    return [words["consumer"].format(contact=contact), *mediator]


def _identity(facts: Facts, words: Mapping[str, str]) -> str:
    shape = {"author": "author", "foreign": "foreign"}.get(
        facts.legal_form, "company" if facts.legal_form in COMPANIES else "ei"
    )
    parts = [words[shape].format(name=facts.name, form=facts.legal_form, capital=facts.capital)]
    if facts.siret:
        parts.append(words["siret"].format(siret=_in_groups(facts.siret)))
    if facts.registration:
        parts.append(facts.registration)
    elif facts.legal_form in SOLE_TRADERS and facts.siret:
        parts.append(words["exempt_rcs"])
    if facts.vat_number:
        parts.append(words["vat_number"].format(number=facts.vat_number))
    return " – ".join(part for part in (*parts, ", ".join(_lines(facts.address))) if part) + "."


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _in_groups(siret: str) -> str:
    """ "123 456 789 00012", with no-break spaces."""
    digits = re.sub(r"\s", "", siret)
    return "\u00a0".join((digits[:3], digits[3:6], digits[6:9], digits[9:]))

"""Currencies as people write them, before or after a figure, in folded text."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Currency:
    """An ISO 4217 code; `minor` for its hundredth (cents, pence)."""

    code: str
    minor: bool = False


_CODES = "eur usd gbp chf cad aud nzd jpy cny hkd sgd sek nok dkk pln czk huf ron mad tnd dzd xof xaf xpf inr brl mxn zar aed"
# What may stand on either side of the figure. "$" alone is the American one: nothing in the figure says otherwise.
_SIGNS = {
    "€": "EUR",
    "$": "USD",
    "£": "GBP",
    "¥": "JPY",
    "us$": "USD",
    "$us": "USD",
    "usd$": "USD",
    "ca$": "CAD",
    "c$": "CAD",
    "$ca": "CAD",
    "$cad": "CAD",
    "cad$": "CAD",
    "a$": "AUD",
    "au$": "AUD",
    "aud$": "AUD",
    "nz$": "NZD",
    "nzd$": "NZD",
    "hk$": "HKD",
    "hkd$": "HKD",
    "mxn$": "MXN",
    "fr.": "CHF",
    "sfr.": "CHF",
} | {code: code.upper() for code in _CODES.split()}
_WORDS = {
    "$ us": "USD",
    "$ usd": "USD",
    "$ c": "CAD",
    "$ ca": "CAD",
    "$ cad": "CAD",
    "$ can": "CAD",
    "$ hk": "HKD",
    "$ au": "AUD",
    "euro": "EUR",
    "euros": "EUR",
    "balles": "EUR",
    "dollar": "USD",
    "dollars": "USD",
    "dollars us": "USD",
    "dollars americains": "USD",
    "dollars canadiens": "CAD",
    "canadian dollars": "CAD",
    "dollars australiens": "AUD",
    "australian dollars": "AUD",
    "dollars neo-zelandais": "NZD",
    "dollars de hong kong": "HKD",
    "livre sterling": "GBP",
    "livres sterling": "GBP",
    "pound": "GBP",
    "pounds": "GBP",
    "pounds sterling": "GBP",
    "quid": "GBP",
    "franc": "CHF",
    "francs": "CHF",
    "franc suisse": "CHF",
    "francs suisses": "CHF",
    "swiss francs": "CHF",
    "fr": "CHF",
    "francs cfa": "XOF",
    "fcfa": "XOF",
    "f cfa": "XOF",
    "yen": "JPY",
    "yens": "JPY",
    "yuan": "CNY",
    "yuans": "CNY",
    "roupie": "INR",
    "roupies": "INR",
    "roupies indiennes": "INR",
    "rupees": "INR",
    "couronnes suedoises": "SEK",
    "couronnes norvegiennes": "NOK",
    "couronnes danoises": "DKK",
    "dirham": "MAD",
    "dirhams": "MAD",
    "dh": "MAD",
    "dhs": "MAD",
    "dinars": "TND",
    "pesos": "MXN",
    "cedis": "GHS",
    "deutsche marks": "DEM",
    "marks": "DEM",
    "mark": "DEM",
    "mark finlandais": "FIM",
    "marks finlandais": "FIM",
    "florins": "NLG",
    "florins hollandais": "NLG",
    "florins neerlandais": "NLG",
}
_MINOR = {
    "cent": None,
    "cents": None,
    "centime": None,
    "centimes": None,
    "centimes d'euro": "EUR",
    "cents d'euro": "EUR",
    "c€": "EUR",
    "penny": "GBP",
    "pence": "GBP",
    "p": "GBP",
    "pesewas": "GHS",
}
# "500 livres" are books; only millions of them are surely money.
_ONLY_AFTER_MILLIONS = {"livre": "GBP", "livres": "GBP"}

_BY_NAME = {name: Currency(code) for name, code in (_SIGNS | _WORDS | _ONLY_AFTER_MILLIONS).items()}


def _alternatives(names: set[str]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", " {1,2}") for name in longest_first)


_BEFORE = re.compile(rf"(?:{_alternatives(set(_SIGNS))}) {{0,2}}(?=\d)")
_AFTER = re.compile(rf" {{0,2}}(?:de {{1,2}}|d')?({_alternatives(set(_BY_NAME) | set(_MINOR))})(?![a-z'])")
#: The first token of what may stand before a figure.
FIRST_TOKENS = frozenset(re.split(r"(?<=[$€£¥])|(?=[$€£¥])|\.", name)[0] for name in _SIGNS) | frozenset("€$£¥")


def currency_before(folded: str, position: int) -> tuple[Currency, int] | None:
    """The currency written at `position` in front of a figure, and where the figure begins."""
    m = _BEFORE.match(folded, position)
    return None if m is None else (_BY_NAME[m.group().rstrip()], m.end())


def currency_after(
    folded: str, position: int, *, millions: bool, in_words: bool, default: str
) -> tuple[Currency, int] | None:
    """The currency written behind a figure that ends at `position`, and where it ends.

    Cents belong to the currency `default`, unless they say to which.
    """
    m = _AFTER.match(folded, position)
    if m is None:
        return None
    name = " ".join(m.group(1).split())
    if (name in _ONLY_AFTER_MILLIONS and not millions) or (name in ("p", "fr") and in_words):
        return None
    if name in _MINOR:
        return Currency(_MINOR[name] or default, minor=True), m.end()
    return _BY_NAME[name], m.end()

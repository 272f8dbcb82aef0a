"""What a quote adds up to: lines, discounts, VAT by rate, deposit, in `Decimal`; order and sources: docs/money.md."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

# ISO 4217: digits after the point.
MINOR_UNITS = {"EUR": 2, "CHF": 2, "GBP": 2, "USD": 2, "CAD": 2, "MAD": 2, "TND": 3, "JPY": 0, "XOF": 0, "XAF": 0}
# CGI: articles 278, 278-0 bis and 279, 281 quater and following; 294 to 297 (Corsica and overseas); 0 for exports.
FRENCH_RATES = frozenset(Decimal(r) for r in ("20", "10", "5.5", "2.1", "8.5", "1.05", "1.75", "13", "0.9", "0"))
UNITS = frozenset({"package", "day", "half_day", "hour", "page", "word", "piece", "month", "km"})
# A word is paid a fraction of a cent: such prices may have four decimals, others those of the currency.
FINE_UNITS = frozenset({"word", "page", "km"})
REGIMES = frozenset({"vat", "exempt", "reverse_charge", "outside_eu"})
# As of 2026-11: the twenty-seven, by the codes of their VAT numbers (Greece is EL there, GR elsewhere).
EU = frozenset(
    "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split()  # noqa: SIM905
)
# What is France for the VAT on services, with an ISO code of its own; French Guiana and Mayotte are not (CGI 294).
FRENCH = frozenset({"FR", "GP", "MC", "MQ", "RE"})
# Directive 2006/112/EC, article 215: how a VAT number looks, after its country.
VAT_SHAPES = {
    "AT": r"U\d{8}", "BE": r"[01]\d{9}", "BG": r"\d{9,10}", "HR": r"\d{11}", "CY": r"\d{8}[A-Z]", "CZ": r"\d{8,10}",
    "DK": r"\d{8}", "EE": r"\d{9}", "FI": r"\d{8}", "FR": r"[0-9A-HJ-NP-Z]{2}\d{9}", "DE": r"\d{9}", "EL": r"\d{9}",
    "HU": r"\d{8}", "IE": r"\d[0-9A-Z+*]\d{5}[A-Z]{1,2}", "IT": r"\d{11}", "LV": r"\d{11}", "LT": r"\d{9}|\d{12}",
    "LU": r"\d{8}", "MT": r"\d{8}", "NL": r"\d{9}B\d{2}", "PL": r"\d{10}", "PT": r"\d{9}", "RO": r"\d{2,10}",
    "SK": r"\d{10}", "SI": r"\d{8}", "ES": r"[0-9A-Z]\d{7}[0-9A-Z]", "SE": r"\d{12}",
}  # fmt: skip
MOST_LINES = 200
DEAREST = Decimal(10_000_000)
MOST_IN_ALL = Decimal(100_000_000)
MOST_OF_ONE = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Line:
    """`discount` is a percentage; `rate` a VAT rate in percent, None where there is no VAT."""

    key: str
    text: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    rate: Decimal | None = None
    discount: Decimal = Decimal(0)
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """`discount` is a percentage of the whole; a deposit is a share of the gross, or an amount."""

    currency: str = "EUR"
    regime: str = "exempt"
    discount: Decimal = Decimal(0)
    deposit_percent: Decimal | None = None
    deposit_amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LineTotal:
    """`counted`: in the total, which an option is only once it is chosen.

    `net` is after the line's own discount; less its share of the global `discount` it is the `base` of its `tax`. The
    shares of the counted lines add up to the totals exactly; another line says what it would cost alone.
    """

    line: Line
    net: Decimal
    discount: Decimal
    rate: Decimal | None
    tax: Decimal
    counted: bool

    @property
    def base(self) -> Decimal:
        return self.net - self.discount

    @property
    def gross(self) -> Decimal:
        return self.base + self.tax


@dataclass(frozen=True, slots=True)
class Tax:
    rate: Decimal
    base: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Total:
    """subtotal − discount = net; net + tax = gross; deposit + balance = gross. Each to the currency's minor unit."""

    currency: str
    lines: tuple[LineTotal, ...]
    subtotal: Decimal
    discount: Decimal
    net: Decimal
    taxes: tuple[Tax, ...]
    tax: Decimal
    gross: Decimal
    deposit: Decimal
    balance: Decimal


def rounded(amount: Decimal, currency: str) -> Decimal:
    """To the currency's minor unit, a half upwards (away from nought), as one rounds by hand and by law."""
    return amount.quantize(Decimal(1).scaleb(-MINOR_UNITS.get(currency, 2)), ROUND_HALF_UP)


def total(lines: Sequence[Line], terms: Terms, chosen: Collection[str] = ()) -> Total:
    """Adds up: each line rounded, the discount taken of their sum, VAT once for each rate on its whole base.

    Lines that make no sense count as they stand; `problems` says what is wrong with them. The order of the lines
    changes nothing.
    """
    currency = terms.currency
    nought = rounded(Decimal(0), currency)
    rows = [_Row(line, _net(line, currency), _rate(line, terms), _counts(line, chosen)) for line in lines]
    counted = [row for row in rows if row.counted]
    subtotal = sum((row.net for row in counted), nought)
    discount = rounded(subtotal * terms.discount / 100, currency)
    groups = _by_rate(counted)
    _share_discount(groups, discount, currency)
    taxes = tuple(_share_tax(rate, group, currency) for rate, group in groups if rate is not None)
    for row in rows:
        if not row.counted:
            row.discount = rounded(row.net * terms.discount / 100, currency)
            row.tax = rounded(row.base * (row.rate or 0) / 100, currency)
    net = subtotal - discount
    tax = sum((row.tax for row in taxes), nought)
    deposit = _deposit(terms, net + tax)
    priced = tuple(LineTotal(row.line, row.net, row.discount, row.rate, row.tax, row.counted) for row in rows)
    return Total(currency, priced, subtotal, discount, net, taxes, tax, net + tax, deposit, net + tax - deposit)


@dataclass(slots=True)
class _Row:
    """A line while it is being added up."""

    line: Line
    net: Decimal
    rate: Decimal | None
    counted: bool
    discount: Decimal = Decimal(0)
    tax: Decimal = Decimal(0)

    @property
    def base(self) -> Decimal:
        return self.net - self.discount

    def rank(self) -> str:
        """What settles which of two equal lines takes the odd cent: nothing that depends on their order."""
        return f"{self.line.key}\0{self.line.text}"


def _net(line: Line, currency: str) -> Decimal:
    return rounded(line.quantity * line.unit_price * (100 - line.discount) / 100, currency)


def _rate(line: Line, terms: Terms) -> Decimal | None:
    return line.rate if terms.regime == "vat" else None


def _counts(line: Line, chosen: Collection[str]) -> bool:
    return not line.optional or line.key in chosen


def _by_rate(rows: Sequence[_Row]) -> list[tuple[Decimal | None, list[_Row]]]:
    """The rows of each rate, the lowest first, those without one before."""
    rates = sorted({row.rate for row in rows}, key=lambda rate: -1 if rate is None else rate)
    return [(rate, [row for row in rows if row.rate == rate]) for rate in rates]


def _share_discount(groups: list[tuple[Decimal | None, list[_Row]]], discount: Decimal, currency: str) -> None:
    """Rates first, then the lines of each: so a base is right to the cent, however many lines it has."""
    bases = [sum((row.net for row in group), Decimal(0)) for _rate, group in groups]
    for (_r, group), share in zip(
        groups, _spread(discount, bases, [str(rate) for rate, _g in groups], currency), strict=True
    ):
        parts = _spread(share, [row.net for row in group], [row.rank() for row in group], currency)
        for row, part in zip(group, parts, strict=True):
            row.discount = part


def _share_tax(rate: Decimal, group: list[_Row], currency: str) -> Tax:
    """The rate's tax, rounded once on the whole base; each line has its share of it."""
    base = sum((row.base for row in group), rounded(Decimal(0), currency))
    tax = rounded(base * rate / 100, currency)
    parts = _spread(tax, [row.base for row in group], [row.rank() for row in group], currency)
    for row, part in zip(group, parts, strict=True):
        row.tax = part
    return Tax(rate, base, tax)


def _spread(amount: Decimal, over: list[Decimal], ranks: list[str], currency: str) -> list[Decimal]:
    """The amount in proportion to the bases, to the minor unit: shares that add up to it exactly (largest remainders;
    `ranks` settles what is equal)."""
    whole = sum(over, Decimal(0))
    unit = Decimal(1).scaleb(-MINOR_UNITS.get(currency, 2))
    if not whole:
        return [Decimal(0) * unit for _base in over]
    shares = [(amount * base / whole).quantize(unit, ROUND_DOWN) for base in over]
    # Compared before the division: what is equal stays equal.
    rests = [amount * base - share * whole for base, share in zip(over, shares, strict=True)]
    left = int((amount - sum(shares)) / unit)
    for index in sorted(range(len(over)), key=lambda i: (-rests[i], ranks[i]))[:left]:
        shares[index] += unit
    return shares


def _deposit(terms: Terms, gross: Decimal) -> Decimal:
    if terms.deposit_amount is not None:
        return rounded(terms.deposit_amount, terms.currency)
    if terms.deposit_percent is not None:
        return rounded(gross * terms.deposit_percent / 100, terms.currency)
    return rounded(Decimal(0), terms.currency)


@dataclass(frozen=True, slots=True)
class Problem:
    """`key` names the line, empty for the whole; `params` are the figures that a sentence about it may state."""

    code: str
    key: str = ""
    params: tuple[Any, ...] = ()


def problems(
    lines: Sequence[Line],
    terms: Terms,
    *,
    seller_country: str = "FR",
    buyer_country: str = "FR",
    buyer_vat_number: str = "",
    buyer_business: bool = True,
) -> list[Problem]:
    """What keeps these lines from being sent, in the order in which one would mend it."""
    if len(lines) > MOST_LINES:
        return [Problem("too_many_lines", "", (MOST_LINES,))]
    found = [problem for line in lines for problem in _of_line(line, terms)]
    found += _of_terms(terms)
    found += _of_regime(terms.regime, seller_country, buyer_country, buyer_vat_number, business=buyer_business)
    if found:
        return found
    sums = total(lines, terms, [line.key for line in lines])
    if sums.gross > MOST_IN_ALL:
        return [Problem("too_much_in_all", "", (MOST_IN_ALL,))]
    if total(lines, terms).deposit > total(lines, terms).gross:
        return [Problem("deposit_above_total")]
    return []


def _of_line(line: Line, terms: Terms) -> list[Problem]:
    found = []
    if not line.text.strip():
        found.append(Problem("line_without_words", line.key))
    if not 0 < line.quantity <= MOST_OF_ONE:
        found.append(Problem("quantity", line.key, (line.quantity, MOST_OF_ONE)))
    if not 0 <= line.unit_price <= DEAREST:
        found.append(Problem("price", line.key, (line.unit_price, DEAREST)))
    elif _places(line.unit_price) > max(MINOR_UNITS.get(terms.currency, 2), 4 if line.unit in FINE_UNITS else 0):
        found.append(Problem("price_too_fine", line.key, (line.unit_price,)))
    if not 0 <= line.discount <= 100:
        found.append(Problem("discount", line.key, (line.discount,)))
    if line.unit not in UNITS:
        found.append(Problem("unit", line.key, (line.unit,)))
    if terms.regime == "vat" and line.rate is None:
        found.append(Problem("rate_missing", line.key))
    if terms.regime == "vat" and line.rate is not None and line.rate not in FRENCH_RATES:
        found.append(Problem("rate_unknown", line.key, (line.rate,)))
    if terms.regime != "vat" and line.rate:
        found.append(Problem("rate_without_vat", line.key, (line.rate,)))
    return found


def _places(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _of_terms(terms: Terms) -> list[Problem]:
    found = []
    if terms.currency not in MINOR_UNITS:
        found.append(Problem("currency", "", (terms.currency,)))
    if terms.regime not in REGIMES:
        found.append(Problem("regime", "", (terms.regime,)))
    if not 0 <= terms.discount <= 100:
        found.append(Problem("discount", "", (terms.discount,)))
    if terms.deposit_percent is not None and terms.deposit_amount is not None:
        found.append(Problem("deposit_twice"))
    if terms.deposit_percent is not None and not 0 <= terms.deposit_percent <= 100:
        found.append(Problem("deposit", "", (terms.deposit_percent,)))
    if terms.deposit_amount is not None and not 0 <= terms.deposit_amount <= MOST_IN_ALL:
        found.append(Problem("deposit", "", (terms.deposit_amount,)))
    return found


def _of_regime(regime: str, seller: str, buyer: str, number: str, *, business: bool) -> list[Problem]:
    """Whether the VAT fits the two countries (CGI 259-1° and 283-2; directive 2006/112/EC, articles 44 and 196)."""
    if not re.fullmatch("[A-Z]{2}", buyer):
        return [Problem("country", "", (buyer,))]
    seller, buyer = _state(seller), _state(buyer)
    abroad_in_eu = buyer in EU and buyer != seller
    if number and not is_vat_number(number, buyer):
        return [Problem("vat_number", "", (number, buyer))]
    if regime == "reverse_charge":
        if not abroad_in_eu:
            return [Problem("reverse_charge_at_home", "", (buyer,))]
        if not (business and number):
            return [Problem("reverse_charge_needs_number", "", (buyer,))]
    if regime == "outside_eu" and (buyer in EU or not business):
        return [Problem("inside_eu", "", (buyer,))]
    if regime in {"vat", "exempt"} and business and number and abroad_in_eu:
        return [Problem("reverse_charge_expected", "", (buyer,))]
    if regime == "vat" and business and buyer not in EU:
        return [Problem("outside_eu_expected", "", (buyer,))]
    return []


def _state(country: str) -> str:
    """The state whose VAT holds there, for services."""
    return "FR" if country in FRENCH else country


def is_vat_number(number: str, country: str) -> bool:
    """Whether it looks like a VAT number of that country, its key checked for France and Belgium."""
    plain = re.sub(r"[\s.\-]", "", number).upper()
    prefix = "EL" if country == "GR" else country
    shape = VAT_SHAPES.get(prefix)
    if shape is None or not plain.startswith(prefix):
        return shape is None and bool(plain)
    rest = plain[2:]
    if not re.fullmatch(shape, rest, re.ASCII):
        return False
    if country == "FR" and rest[:2].isdigit():  # key: (12 + 3 × (SIREN mod 97)) mod 97
        return int(rest[:2]) == (12 + 3 * (int(rest[2:]) % 97)) % 97
    if country == "BE":
        return int(rest[8:]) == 97 - int(rest[:8]) % 97
    return True

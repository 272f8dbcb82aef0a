"""Bank statements as people download them, CAMT.053 (ISO 20022) or CSV, and the payments in them that were awaited."""

import csv
import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from lxml import etree

MOST_BYTES = 5_000_000
MOST_ENTRIES = 20_000
# A header is within the first lines; banks put their name, the account and the period before it.
HEADER_WITHIN = 30
BOOKED = "BOOK"
LONGEST_AMOUNT = 20
# A shorter one would be found in any number.
LEAST_REFERENCE = 5

DATES = (
    "date operation", "date d operation", "date de l operation", "dateop", "date comptable",
    "booking date", r"date(?! de valeur| valeur)", "completed date", "date valeur", "date de valeur", "value date",
)  # fmt: skip
TEXTS = (
    "libelle", "description", "detail", "intitule", "communication", "motif", "label", "details", "text", "reference",
    "nom", "name", "payee", "contrepartie", "counterparty", "tiers",
)  # fmt: skip
CREDITS = ("credit", "encaissement", "paid in", "money in")
DEBITS = ("debit", "decaissement", "paid out", "money out")
AMOUNTS = ("montant", "amount", "valeur")
CURRENCIES = ("devise", "currency", "monnaie")


class UnreadableStatement(ValueError):
    """`code`: too_large, too_many, not_xml, not_camt, no_header, empty."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Entry:
    """A payment received. `reference` is the payer's structured one, `counterpart` who paid, where the bank says so."""

    date: dt.date
    amount: Decimal
    currency: str
    text: str
    reference: str = ""
    counterpart: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """`skipped` names the lines that could not be read, as "line 7", "entry 3"."""

    entries: list[Entry]
    skipped: list[str]


def read_statement(data: bytes, name: str = "") -> Statement:
    """The payments received in a statement. `UnreadableStatement` where it is none."""
    if len(data) > MOST_BYTES:
        raise UnreadableStatement("too_large")
    if not data.strip():
        raise UnreadableStatement("empty")
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<" or name.lower().endswith(".xml"):
        return _camt(data)
    return _csv(data)


# --- CAMT.053 -----------------------------------------------------------------------------------------------------


def _camt(data: bytes) -> Statement:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableStatement("not_xml") from error
    if root.getroottree().docinfo.doctype:  # a statement has none; a bomb does
        raise UnreadableStatement("not_camt")
    statements = root.findall(".//{*}BkToCstmrStmt/{*}Stmt") + root.findall(".//{*}BkToCstmrAcctRpt/{*}Rpt")
    # An account report (camt.052) is read too: its pending entries are left out like any other.
    if not statements:
        raise UnreadableStatement("not_camt")
    entries, skipped = [], []
    for number, row in enumerate((row for s in statements for row in s.findall("{*}Ntry")), 1):
        if number > MOST_ENTRIES:
            raise UnreadableStatement("too_many")
        try:
            entries += list(_camt_entries(row))
        except (ValueError, InvalidOperation):
            skipped.append(f"entry {number}")
    return Statement(entries, skipped)


def _camt_entries(row: etree._Element) -> Iterator[Entry]:
    if _words(row, "CdtDbtInd") != "CRDT" or _words(row, "RvslInd") in {"true", "1"}:
        return
    if (_words(row, "Sts") or _words(row, "Sts/{*}Cd") or BOOKED) != BOOKED:  # pending is not paid
        return
    date = _words(row, "BookgDt/{*}Dt") or _words(row, "BookgDt/{*}DtTm") or _words(row, "ValDt/{*}Dt")
    day = dt.date.fromisoformat(date[:10])
    details = row.findall("{*}NtryDtls/{*}TxDtls")
    theirs = [part for part in details if _is_payment(part)]
    if len(details) < 2:
        if details != theirs:
            return
        yield _camt_entry(row, details[0] if details else row, day, row.find("{*}Amt"))
        return
    for part in theirs:  # several payments booked as one
        amount = part.find("{*}Amt")
        yield _camt_entry(row, part, day, amount if amount is not None else part.find(".//{*}TxAmt/{*}Amt"))


def _is_payment(part: etree._Element) -> bool:
    """A credit, and not her own transfer that came back."""
    return _words(part, "CdtDbtInd") in {"", "CRDT"} and part.find("{*}RtrInf") is None


def _camt_entry(row: etree._Element, part: etree._Element, day: dt.date, amount: etree._Element | None) -> Entry:
    if amount is None or not amount.text:
        raise ValueError("no amount")
    words = [_words(part, "RmtInf/{*}Ustrd", every=True), _words(part, "AddtlTxInf"), _words(row, "AddtlNtryInf")]
    return Entry(
        day,
        _positive(Decimal(amount.text.strip())),
        amount.get("Ccy", "EUR"),
        " ".join(word for word in words if word),
        _words(part, "RmtInf/{*}Strd/{*}CdtrRefInf/{*}Ref") or _words(part, "Refs/{*}EndToEndId"),
        _words(part, "RltdPties/{*}Dbtr/{*}Nm") or _words(part, "RltdPties/{*}Dbtr/{*}Pty/{*}Nm"),
    )


def _words(row: etree._Element, path: str, *, every: bool = False) -> str:
    found = row.findall("{*}" + path)
    return " ".join((node.text or "").strip() for node in (found if every else found[:1]))


# --- CSV ----------------------------------------------------------------------------------------------------------


def _csv(data: bytes) -> Statement:
    if b"\0" in data:
        raise UnreadableStatement("no_header")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    lines = text.splitlines()
    if len(lines) > MOST_ENTRIES + HEADER_WITHIN:
        raise UnreadableStatement("too_many")
    for delimiter in (";", "\t", ","):
        for start in range(min(HEADER_WITHIN, len(lines))):
            columns = _columns(next(_cells([lines[start]], delimiter), []))
            if columns:
                return _rows(lines[start + 1 :], delimiter, columns, start + 2)
    raise UnreadableStatement("no_header")


@dataclass(frozen=True, slots=True)
class _Columns:
    date: int
    texts: tuple[int, ...]
    credit: int | None
    debit: int | None
    amount: int | None
    currency: int | None
    width: int


def _columns(names: list[str]) -> _Columns | None:
    """Which column is what, by its name; None where these are not the names of columns."""
    plain = [_plain(name) for name in names]
    date = _first(plain, DATES)
    credit, debit = _first(plain, CREDITS), _first(plain, DEBITS)
    amount = _first(plain, AMOUNTS, but={date})
    if date is None or (credit is None and amount is None) or len(names) < 2:
        return None
    texts = tuple(i for i, name in enumerate(plain) if i != date and any(word in name for word in TEXTS))
    amount = None if credit is not None else amount
    return _Columns(date, texts, credit, debit, amount, _first(plain, CURRENCIES), len(names))


def _first(plain: list[str], wanted: tuple[str, ...], but: "set[int | None] | None" = None) -> int | None:
    for word in wanted:
        for index, name in enumerate(plain):
            if re.match(rf"{word}\b", name) and index not in (but or set()):
                return index
    return None


def _rows(lines: list[str], delimiter: str, columns: _Columns, number: int) -> Statement:
    entries, skipped = [], []
    for offset, row in enumerate(_cells(lines, delimiter)):
        if not any(cell.strip() for cell in row):
            continue
        try:
            entry = _row(row, columns)
        except (ValueError, InvalidOperation, IndexError):
            skipped.append(f"line {number + offset}")
            continue
        if entry:
            entries.append(entry)
    return Statement(entries, skipped)


def _cells(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    """The rows of a table; one whose quotes never close is no table."""
    try:
        yield from csv.reader([line + "\n" for line in lines], delimiter=delimiter)
    except csv.Error as error:
        raise UnreadableStatement("no_header") from error


def _row(row: list[str], columns: _Columns) -> Entry | None:
    if any(cell.strip() for cell in row[columns.width :]):
        raise ValueError("more cells than columns")  # an amount cut at its comma
    cell = row[columns.credit if columns.credit is not None else columns.amount or 0]
    if not cell.strip():
        return None
    amount = _amount(cell)
    if amount <= 0:
        return None
    text = " ".join(" ".join(row[i] for i in columns.texts if i < len(row)).split())
    currency = row[columns.currency].strip().upper() if columns.currency is not None else "EUR"
    return Entry(_date(row[columns.date]), amount, currency or "EUR", text)


def _positive(amount: Decimal) -> Decimal:
    if not amount.is_finite() or amount <= 0:
        raise ValueError("no payment received")
    return amount


# Groups of three apart by one sign, then another sign and cents; or plain digits and cents.
_GROUPED = re.compile(
    r"(?P<whole>[1-9][0-9]{0,2}(?:(?P<sign>[.,])[0-9]{3})(?:(?P=sign)[0-9]{3})*)(?:(?!(?P=sign))[.,](?P<cents>[0-9]+))?"
)
_SIMPLE = re.compile(r"(?P<whole>[0-9]+)(?:[.,](?P<cents>[0-9]*))?")
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


def _amount(cell: str) -> Decimal:
    """ "1 234,56", "+1.234,56", "1,234.56 €", "-12,00", "12,00-"; "1.234" alone may be either, so it is refused."""
    plain = re.sub(r"[\s'’+€$£]|[A-Z]{3}", "", cell.replace("−", "-"))
    digits = plain.strip("-")
    found = None if _EITHER.fullmatch(digits) else _GROUPED.fullmatch(digits) or _SIMPLE.fullmatch(digits)
    if not found or plain not in {digits, "-" + digits, digits + "-"} or len(digits) > LONGEST_AMOUNT:
        raise ValueError(cell)
    amount = Decimal(re.sub("[.,]", "", found["whole"]) + "." + (found["cents"] or "").ljust(2, "0"))
    return amount if plain == digits else -amount


_DAY = re.compile(r"(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?!\d)|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)", re.ASCII)


def _date(cell: str) -> dt.date:
    """ISO, or day first as in Europe; an hour after it is left out."""
    found = _DAY.match(cell.strip())
    if not found:
        raise ValueError(cell)
    year, month, day = found[1] or found[6], found[2] or found[5], found[3] or found[4]
    return dt.date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))


def _plain(text: str) -> str:
    """Lower case, no accents, words apart by one space."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()


# --- matching -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Awaited:
    """A payment that should come; `name` is who should pay."""

    key: str
    amount: Decimal
    currency: str
    reference: str
    name: str


@dataclass(frozen=True, slots=True)
class Match:
    entry: Entry
    key: str
    why: Literal["reference", "amount and name"]


def match(entries: Iterable[Entry], awaited: Iterable[Awaited]) -> list[Match]:
    """Which payments are which awaited ones: by reference, else by exact amount and the payer's name.

    No payment counts for two, no awaited one is found twice; what two could claim is left to a person.
    """
    left, waiting = [_Read.of(entry) for entry in entries], list(awaited)
    found: list[Match] = []
    for why, fitting in _WAYS:
        pairs = [(index, wanted) for wanted in waiting for index in fitting(left, wanted)]
        entry_claims, key_claims = Counter(index for index, _w in pairs), Counter(wanted.key for _i, wanted in pairs)
        sure = [(i, wanted) for i, wanted in pairs if entry_claims[i] == 1 and key_claims[wanted.key] == 1]
        found += [Match(left[i].entry, wanted.key, why) for i, wanted in sure]
        taken, keys = set(entry_claims), {wanted.key for _i, wanted in sure}
        left = [read for i, read in enumerate(left) if i not in taken]
        waiting = [wanted for wanted in waiting if wanted.key not in keys]
    return found


@dataclass(frozen=True, slots=True)
class _Read:
    """An entry with its words made comparable, once."""

    entry: Entry
    run_together: str
    words: frozenset[str]

    @classmethod
    def of(cls, entry: Entry) -> "_Read":
        text = f"{entry.reference} {entry.text}"
        return cls(entry, _squeezed(text), frozenset(_plain(f"{entry.counterpart} {text}").split()))


def _squeezed(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def _by_reference(left: list[_Read], wanted: Awaited) -> list[int]:
    """Those that bear the reference whole, whatever spaces or dashes, and are not less than awaited.

    A reference that goes on with a digit is another one, unless the digit comes after a space.
    """
    reference = _squeezed(wanted.reference)
    if len(reference) < LEAST_REFERENCE:
        return []
    loose = r"[\W_]*".join(reference)
    whole = re.compile(
        rf"(?<![0-9]){loose}(?![0-9])" if reference[0].isdigit() else rf"{loose}(?![0-9])", re.IGNORECASE
    )
    return [
        index
        for index, read in enumerate(left)
        if reference in read.run_together  # cheap, and nearly always enough to say no
        and read.entry.currency == wanted.currency
        and read.entry.amount >= wanted.amount
        and whole.search(f"{read.entry.reference} {read.entry.text}")
    ]


def _by_name(left: list[_Read], wanted: Awaited) -> list[int]:
    name = {word for word in _plain(wanted.name).split() if len(word) > 2}
    return [
        index
        for index, read in enumerate(left)
        if name and read.entry.amount == wanted.amount and read.entry.currency == wanted.currency and name <= read.words
    ]


_WAYS: tuple[tuple[Literal["reference", "amount and name"], Callable[[list[_Read], Awaited], list[int]]], ...] = (
    ("reference", _by_reference),
    ("amount and name", _by_name),
)

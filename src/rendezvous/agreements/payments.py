"""What a payer's bank needs: IBAN, creditor reference, SEPA QR code. Pure values."""

import io
import re
from decimal import Decimal

import segno

# ISO 13616: lengths in the SEPA countries (European Payments Council, EPC409-09).
LENGTHS = {
    "AD": 24, "AL": 28, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20,
    "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27,
    "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MT": 31, "NL": 18, "NO": 15,
    "PL": 28, "PT": 25, "RO": 24, "RS": 22, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "VA": 22,
}  # fmt: skip
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
# EPC069-12, version 002.
LEAST, MOST = Decimal("0.01"), Decimal("999999999.99")
PAYLOAD_BYTES = 331


class WrongIban(ValueError):
    """It is no IBAN of a SEPA country."""


class WrongBic(ValueError):
    """It has not the shape of a BIC."""


class CannotEncode(ValueError):
    """It does not fit into a SEPA QR code."""


def clean_iban(text: str) -> str:
    """The IBAN without spaces, its length and check digits (ISO 7064, mod 97-10) proved. `WrongIban` otherwise."""
    iban = re.sub(r"[\s.\-]", "", text).upper()
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]+", iban) or len(iban) != LENGTHS.get(iban[:2]):
        raise WrongIban(text)
    if _mod97(iban[4:] + iban[:4]) != 1:
        raise WrongIban(text)
    return iban


def clean_bic(text: str) -> str:
    """The BIC (ISO 9362) in capitals, without spaces: eight characters or eleven. `WrongBic` otherwise."""
    bic = re.sub(r"\s", "", text).upper()
    if not _BIC.fullmatch(bic):
        raise WrongBic(text)
    return bic


def _mod97(text: str) -> int:
    return int("".join(str(int(character, 36)) for character in text)) % 97


def creditor_reference(text: str) -> str:
    """An RF creditor reference (ISO 11649) of the letters and digits in the text, of its last 21: they tell most."""
    plain = re.sub(r"[^A-Z0-9]", "", text.upper())[-21:] or "0"
    return f"RF{98 - _mod97(plain + 'RF00'):02}{plain}"


def is_creditor_reference(text: str) -> bool:
    plain = re.sub(r"\s", "", text).upper()
    return bool(re.fullmatch(r"RF[0-9]{2}[A-Z0-9]{1,21}", plain)) and _mod97(plain[4:] + plain[:4]) == 1


def epc_payload(
    name: str, iban: str, amount: Decimal, *, bic: str = "", reference: str = "", remittance: str = ""
) -> str:
    """The text of a SEPA credit transfer QR code (EPC069-12, version 002, UTF-8). `CannotEncode` says what is wrong.

    A structured reference and free remittance words exclude each other.
    """
    name, words = _one_line(name), _one_line(remittance)
    reference = re.sub(r"\s", "", reference).upper()
    if not 1 <= len(name) <= 70:
        raise CannotEncode("the beneficiary's name must have 1 to 70 characters")
    if bic and not _BIC.fullmatch(bic.upper()):
        raise CannotEncode("the BIC must have 8 or 11 characters")
    if not amount.is_finite() or not LEAST <= amount <= MOST or amount != amount.quantize(Decimal("0.01")):
        raise CannotEncode("the amount must lie between 0.01 and 999999999.99, in cents")
    if reference and words:
        raise CannotEncode("either a reference or words, not both")
    if reference and not is_creditor_reference(reference):
        raise CannotEncode("the reference must be an RF creditor reference")
    if len(words) > 140:
        raise CannotEncode("the words must have 140 characters at most")
    rows = ["BCD", "002", "1", "SCT", bic.upper(), name, clean_iban(iban), f"EUR{amount:.2f}", "", reference, words]
    payload = "\n".join(rows).rstrip("\n")
    if len(payload.encode()) > PAYLOAD_BYTES:
        raise CannotEncode("it is too long for a SEPA QR code")
    return payload


def _one_line(text: str) -> str:
    """Without control characters: each line of the payload is a field."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def epc_qr_svg(payload: str, title: str = "QR SEPA") -> str:
    """The QR code (error correction M, version 13 at most, as EPC069-12 asks) as inline SVG.

    No style attribute, which the pages' policy refuses; `title` is what a screen reader says.
    """
    code = segno.make(payload, error="m", micro=False, boost_error=False, encoding="utf-8", eci=False)
    if isinstance(code.version, int) and code.version > 13:
        raise CannotEncode("it is too long for a SEPA QR code")
    out = io.BytesIO()
    code.save(
        out, kind="svg", xmldecl=False, svgns=True, title=title, omitsize=True, border=4, dark="#000", light="#fff"
    )
    return out.getvalue().decode().replace("<svg ", '<svg role="img" ', 1)

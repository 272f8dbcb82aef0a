"""A version as a printed page: from rows and figures to what `typesetting` sets."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from rendezvous.agreements import law, money, texts
from rendezvous.agreements.content import Content, total_of
from rendezvous.agreements.facts import facts_of, letterhead_of
from rendezvous.agreements.models import Document, Party, Signature, Version
from rendezvous.agreements.typesetting import Attachment, Printed, Row, Sheet, Table, typeset
from rendezvous.agreements.typesetting import Signature as Block
from rendezvous.agreements.units import unit_name
from rendezvous.practice import clock, typography
from rendezvous.practice.typography import short_day


def print_version(version: Version) -> Printed:
    """The PDF of a version as its reader gets it: the same bytes for the same version and options."""
    return typeset(sheet_of(version, version.document, at=version.sent_at or version.saved_at))


def reading_copy(version: Version, chosen: Sequence[str] = ()) -> bytes:
    """What was sent, byte for byte; with options ticked, the same page with them in its total."""
    if chosen:
        return typeset(sheet_of(version, version.document, at=version.sent_at, chosen=chosen)).pdf
    with version.pdf.open("rb") as file:
        return bytes(file.read())


def print_signed(version: Version, signed: bytes, evidence_name: str, evidence: bytes) -> Printed:
    """The signed page, with who signed it, the copy that was signed and the evidence inside (PDF/A-3)."""
    files = (
        Attachment("document.pdf", "application/pdf", signed, "The document as it was signed", "source"),
        Attachment(evidence_name, "application/json", evidence, "The chain of evidence", "supplement"),
    )
    document = version.document
    blocks = [_block(signature) for signature in version.signatures.order_by("at")]
    sheet = sheet_of(
        version, document, at=clock.now(), chosen=document.chosen, signatures=tuple(blocks), attachments=files
    )
    return typeset(sheet)


def _block(signature: Signature) -> Block:
    lines = [
        typography.moment(signature.at),
        _how(signature),
        f"SHA-256 {signature.sha256[:32]}…",
    ]  # fmt: skip
    return Block(signature.name, tuple(lines))


def _how(signature: Signature) -> str:
    if signature.party == Party.CLIENT:
        return _("by a code sent to %(email)s") % {"email": signature.email}
    return _("from the desk")


def sheet_of(
    version: Version | Content,
    document: Document,
    *,
    at: dt.datetime | None,
    chosen: Sequence[str] = (),
    draft: bool = False,
    signatures: tuple[Block, ...] = (),
    attachments: tuple[Attachment, ...] = (),
) -> Sheet:
    """What is to be set, in the document's language and the practice's zone."""
    moment = at or clock.now()
    with translation.override(document.language), timezone.override(document.practice.zone):
        facts = facts_of(version, document)
        return Sheet(
            language=document.language,
            kind=document.kind,
            title=version.title,
            number=document.number,
            date=typography.day(moment, year=True).split(typography.FIXED, 1)[1],
            sender=_sender(document),
            recipient=_recipient(version, document),
            text=text_of(version, document),
            table=table_of(version, chosen) if _shows_table(version, document) else None,
            small=tuple(law.mentions(facts, document.language)),
            foot=" · ".join(part for part in (document.practice.name, document.number) if part),
            signatures=signatures,
            accent=document.practice.colour.day,
            draft=draft,
            attachments=attachments,
            at=moment,
        )


def _shows_table(version: Version | Content, document: Document) -> bool:
    """A proposal of one line says its price in its words."""
    return document.kind != "proposal" or len(version.lines) > 1


def _sender(document: Document) -> tuple[str, ...]:
    practice = document.practice
    letterhead = letterhead_of(document)
    lines = [letterhead.legal_name or practice.name, *letterhead.address.splitlines(), practice.email, practice.phone]
    return tuple(line.strip() for line in lines if line.strip())


def _recipient(version: Version | Content, document: Document) -> tuple[str, ...]:
    client, person = version.client, document.inquiry.person
    name = str(client.get("name") or person.organisation or "")
    lines = [name, str(person) if str(person) != name else "", *str(client.get("address") or "").splitlines()]
    if client.get("vat_number"):
        lines.append(_("VAT number: %(number)s") % {"number": client["vat_number"]})
    return tuple(line.strip() for line in lines if line.strip())


def values_of(version: Version | Content, document: Document) -> dict[str, str]:
    """What the text's own places, such as {price}, say on the page: figures of today's lines and terms."""
    terms, letterhead = version.terms, letterhead_of(document)
    total = total_of(version)
    deposit = typography.money(total.deposit, total.currency) if total.deposit else ""
    return {
        "price": price_words(total) if version.lines else "",
        "deposit": deposit,
        "payment_days": str(terms.get("payment_days") or letterhead.payment_days),
        "late_rate": letterhead.late_rate,
        "validity": short_day(version.valid_until) if version.valid_until else "",
        "client": str(version.client.get("name") or document.inquiry.person),
        "practice": letterhead.legal_name or document.practice.name,
        "town": document.practice.place,
        **{name: str(version.rights.get(name, "")) for name in ("works", "modes", "place", "duration", "purpose")},
    }


def price_words(total: money.Total) -> str:
    """ "2 400 € HT, 2 880 € TTC"; one figure where there is no tax."""
    net = typography.money(total.net, total.currency)
    if total.gross == total.net:
        return net
    gross = typography.money(total.gross, total.currency)
    return _("%(net)s before VAT, %(gross)s with VAT") % {"net": net, "gross": gross}


def text_of(version: Version | Content, document: Document) -> str:
    text = texts.fill(version.text, values_of(version, document)).text
    return typography.french(text) if document.language == "fr" else text


def table_of(version: Version | Content, chosen: Sequence[str] = ()) -> Table | None:
    """The priced lines; options that are not chosen stand dimmed and count for nothing."""
    if not version.lines:
        return None
    total = total_of(version, chosen)
    with_rates = version.terms.get("regime") == "vat"
    head = [_("What"), _("Quantity"), _("Price"), *([_("VAT")] if with_rates else []), _("Amount")]
    rows = [_row(line, raw, total, with_rates=with_rates) for line, raw in zip(total.lines, version.lines, strict=True)]
    return Table(tuple(head), tuple(rows), tuple(_totals(total)))


def _row(line: money.LineTotal, raw: Mapping[str, object], total: money.Total, *, with_rates: bool) -> Row:
    quantity = _plain(line.line.quantity)
    cells = [
        line.line.text,
        f"{quantity} {unit_name(line.line.unit, line.line.quantity)}",
        typography.money(line.line.unit_price, total.currency),
        *([rate_words(line.line.rate)] if with_rates else []),
        typography.money(line.net, total.currency),
    ]
    note = ""
    if line.line.discount:
        note = _("discount of %(percent)s %%") % {"percent": _plain(line.line.discount)}
    if raw.get("optional"):
        note = " · ".join(part for part in (_("option, chosen") if line.counted else _("option"), note) if part)
    return Row(tuple(cells), note, not line.counted)


def _plain(value: Decimal) -> str:
    return typography.figure(value, _places(value))


def _places(value: Decimal) -> int:
    text = f"{value:f}"
    return len(text.rstrip("0").partition(".")[2]) if "." in text else 0


def rate_words(rate: Decimal | None) -> str:
    return f"{_plain(rate)}{typography.FIXED}%" if rate is not None else "–"


def _totals(total: money.Total) -> list[tuple[str, str, bool]]:
    rows = []
    taxed = total.gross != total.net
    if total.discount:
        rows.append((_("Before discount"), typography.money(total.subtotal, total.currency), False))
        rows.append((_("Discount"), "−" + typography.money(total.discount, total.currency), False))
    if taxed:
        rows.append((_("Total before VAT"), typography.money(total.net, total.currency), False))
        for tax in total.taxes:
            label = _("VAT at %(rate)s") % {"rate": rate_words(tax.rate)}
            rows.append((label, typography.money(tax.tax, total.currency), False))
        rows.append((_("Total with VAT"), typography.money(total.gross, total.currency), True))
    else:
        rows.append((_("Total"), typography.money(total.net, total.currency), True))
    if total.deposit:
        rows.append((_("Deposit at the signature"), typography.money(total.deposit, total.currency), False))
    return rows

"""A version as a printed page: from rows and figures to what `typesetting` sets."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rendezvous.agreements import law, money, texts
from rendezvous.agreements.content import Content, total_of
from rendezvous.agreements.facts import Parties, facts_of, full_day, parties_of
from rendezvous.agreements.models import Document, Party, Signature, Version
from rendezvous.agreements.typesetting import Attachment, Printed, Row, Sheet, Table, typeset
from rendezvous.agreements.typesetting import Signature as Block
from rendezvous.agreements.units import unit_name
from rendezvous.practice import clock, typography

# Signs of Markdown, which say nothing to whoever compares words.
_MARKS = re.compile(r"^#{1,6} +|\*\*|__", re.MULTILINE)


def print_version(version: Version) -> Printed:
    """The PDF of a version as its reader gets it: the same bytes for the same version and options."""
    return typeset(sheet_of(version, version.document, at=version.sent_at or version.saved_at))


def reading_copy(version: Version, chosen: Sequence[str] = ()) -> bytes:
    """What was sent, byte for byte; with options ticked, the same page with them in its figures.

    The same bytes each time, whatever has become of her letterhead since: what is read is what is signed.
    """
    if chosen:
        return typeset(sheet_of(version, version.document, at=version.sent_at, chosen=chosen)).pdf
    with version.pdf.open("rb") as file:
        return bytes(file.read())


def print_signed(version: Version, signed: bytes, evidence_name: str, evidence: bytes) -> Printed:
    """The signed page as it was, with who signed it, the copy that was signed and the evidence inside (PDF/A-3)."""
    files = (
        Attachment("document.pdf", "application/pdf", signed, "The document as it was signed", "source"),
        Attachment(evidence_name, "application/json", evidence, "The chain of evidence", "supplement"),
    )
    document = version.document
    with translation.override(document.language), timezone.override(parties_of(version, document).zone):
        blocks = [_block(signature) for signature in version.signatures.order_by("at")]
    sheet = sheet_of(
        version, document, at=version.sent_at, chosen=document.chosen, signatures=tuple(blocks), attachments=files
    )
    return typeset(replace(sheet, at=clock.now()))


def _block(signature: Signature) -> Block:
    when = typography.moment(signature.at, year=True)
    return Block(signature.name, (when, _how(signature), f"SHA-256 {signature.sha256[:32]}…"))


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
    moment, parties = at or clock.now(), parties_of(version, document)
    with translation.override(document.language), timezone.override(parties.zone):
        return Sheet(
            language=document.language,
            kind=document.kind,
            title=version.title,
            number=document.number,
            date=full_day(moment),
            sender=_sender(parties),
            recipient=_recipient(version, parties),
            text=text_of(version, document, chosen),
            table=table_of(version, chosen) if _shows_table(version, document) else None,
            small=small_print(version, document, chosen),
            foot=" · ".join(part for part in (parties.practice, document.number) if part),
            signatures=signatures,
            accent=parties.accent,
            draft=draft,
            attachments=attachments,
            at=moment,
        )


def _shows_table(version: Version | Content, document: Document) -> bool:
    """A proposal of one line says its price in its words."""
    return document.kind != "proposal" or len(version.lines) > 1


def small_print(version: Version | Content, document: Document, chosen: Sequence[str] = ()) -> tuple[str, ...]:
    """What the law asks to be said, below the rest."""
    return tuple(law.mentions(facts_of(version, document, chosen), document.language))


def _sender(parties: Parties) -> tuple[str, ...]:
    lines = [parties.name, *parties.address.splitlines(), parties.email, parties.phone]
    return tuple(line.strip() for line in lines if line.strip())


def _recipient(version: Version | Content, parties: Parties) -> tuple[str, ...]:
    client, person = version.client, parties.person
    name = str(client.get("name") or parties.organisation)
    lines = [name, person if person != name else "", *str(client.get("address") or "").splitlines()]
    if client.get("vat_number"):
        lines.append(_("VAT number: %(number)s") % {"number": client["vat_number"]})
    return tuple(line.strip() for line in lines if line.strip())


def values_of(version: Version | Content, document: Document, chosen: Sequence[str] = ()) -> dict[str, str]:
    """What the text's own places, such as {price}, say on the page: the figures of the lines, with what is chosen."""
    terms, parties = version.terms, parties_of(version, document)
    total = total_of(version, chosen)
    deposit = typography.money(total.deposit, total.currency) if total.deposit else ""
    return {
        "price": price_words(total) if version.lines else "",
        "deposit": deposit,
        "payment_days": str(terms.get("payment_days", parties.payment_days)),
        "late_rate": parties.late_rate,
        "validity": full_day(version.valid_until) if version.valid_until else "",
        "client": str(version.client.get("name") or parties.person),
        "practice": parties.name,
        "town": parties.town,
        "private": "" if version.client.get("business", True) else "1",
        **{name: str(version.rights.get(name, "")) for name in law.RIGHTS},
    }


def price_words(total: money.Total) -> str:
    """ "2 400 € HT, 2 880 € TTC"; one figure where there is no tax."""
    net = typography.money(total.net, total.currency)
    if total.gross == total.net:
        return net
    gross = typography.money(total.gross, total.currency)
    return _("%(net)s before VAT, %(gross)s with VAT") % {"net": net, "gross": gross}


def text_of(version: Version | Content, document: Document, chosen: Sequence[str] = ()) -> str:
    """Its words, in its own language whoever looks at them."""
    with translation.override(document.language):
        text = texts.fill(version.text, values_of(version, document, chosen)).text
    return typography.french(text) if document.language == "fr" else text


def words_of(version: Version) -> str:
    """A version as its reader sees it, as text alone, for comparison: title, words, lines."""
    with translation.override(version.document.language):
        table = table_of(version)
    lines = [" · ".join(row.cells) for row in table.rows] if table else []
    words = _MARKS.sub("", text_of(version, version.document))
    return "\n".join([version.title, "", words, "", *lines])


def table_of(version: Version | Content, chosen: Sequence[str] = ()) -> Table | None:
    """The priced lines; options that are not chosen stand dimmed and count for nothing."""
    if not version.lines:
        return None
    total = total_of(version, chosen)
    with_rates = version.terms.get("regime") == "vat"
    what, price = pgettext("priced line", "What"), pgettext("priced line", "Price")
    head = [what, _("Quantity"), price, *([_("VAT")] if with_rates else []), _("Amount")]
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

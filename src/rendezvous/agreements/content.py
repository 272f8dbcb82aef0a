"""What a version says: as a plain value, between the form, the database and the printed page."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal, localcontext
from typing import Any

from rendezvous.agreements import money
from rendezvous.agreements.models import Remark, Version

FIELDS = ("title", "text", "lines", "terms", "client", "rights", "valid_until", "because", "remark")
# Kept in a sent version beside what she wrote: in its terms, who stood on the page; in its client, what the reader told
# of themselves when they accepted it. The first stays with it, the second goes into what follows.
PARTIES, TOLD = "parties", "told"
_FIGURE = re.compile(r"[+-]?\d{1,12}(?:\.\d{1,9})?", re.ASCII)


@dataclass(slots=True)
class Content:
    title: str = ""
    text: str = ""
    lines: list[dict[str, Any]] = field(default_factory=list)
    terms: dict[str, Any] = field(default_factory=dict)
    client: dict[str, Any] = field(default_factory=dict)
    rights: dict[str, str] = field(default_factory=dict)
    valid_until: dt.date | None = None
    because: str = ""
    remark: Remark | None = None

    def put_into(self, version: Version) -> Version:
        for name in FIELDS:
            setattr(version, name, getattr(self, name))
        return version


def content_of(version: Version) -> Content:
    """What she wrote, and what its reader told when they accepted it, for what follows."""
    content = Content(**{name: getattr(version, name) for name in FIELDS})
    content.terms = {name: value for name, value in version.terms.items() if name != PARTIES}
    content.client = {name: value for name, value in version.client.items() if name != TOLD}
    content.client |= version.client.get(TOLD, {})
    return content


def is_figure(text: object) -> bool:
    return bool(_FIGURE.fullmatch(str(text)))


def decimal(text: object) -> Decimal:
    """A figure as it is kept; what is no figure is nought, and the checks before sending say so (checking.py)."""
    return Decimal(str(text)) if is_figure(text) else Decimal(0)


def _optional(value: object) -> Decimal | None:
    return decimal(value) if value not in {None, ""} else None


def lines_of(rows: Sequence[Mapping[str, Any]]) -> list[money.Line]:
    return [
        money.Line(
            key=str(row["key"]),
            text=str(row["text"]),
            quantity=decimal(row["quantity"]),
            unit=str(row["unit"]),
            unit_price=decimal(row["price"]),
            rate=_optional(row.get("rate")),
            discount=decimal(row.get("discount") or 0),
            optional=bool(row.get("optional")),
        )
        for row in rows
    ]


def terms_of(terms: Mapping[str, Any]) -> money.Terms:
    return money.Terms(
        currency=str(terms.get("currency") or "EUR"),
        regime=str(terms.get("regime") or "exempt"),
        discount=decimal(terms.get("discount") or 0),
        deposit_percent=_optional(terms.get("deposit_percent")),
        deposit_amount=_optional(terms.get("deposit_amount")),
    )


def total_of(content: Content | Version, chosen: Sequence[str] = ()) -> money.Total:
    """What it adds up to, however senseless its figures are: the page shows them beside what is wrong with them."""
    with localcontext(Context(prec=100)):
        return money.total(lines_of(content.lines), terms_of(content.terms), chosen)

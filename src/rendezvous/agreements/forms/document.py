"""What she types of a document: words, priced lines, terms, the client."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rendezvous.agreements.content import Content
from rendezvous.agreements.forms.outcome import plain_amount
from rendezvous.agreements.law import RIGHTS
from rendezvous.agreements.models import DocumentKind, Regime, Remark
from rendezvous.agreements.units import UNITS
from rendezvous.inquiries.receiving import clean_text

MOST_LINES = 200
LONGEST = 200_000
CURRENCIES = ("EUR", "CHF", "GBP", "USD", "CAD")
_FIGURE = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?")
LINE = ("key", "text", "quantity", "unit", "price", "rate", "discount")


def figure(typed: str) -> str:
    """A figure as one writes it ("2 400,50"), as it is kept ("2400.50"); what is none stays as it was typed."""
    plain = plain_amount(typed.replace("%", ""))
    return plain if _FIGURE.fullmatch(plain) else typed.strip()


class AmountField(forms.CharField):
    """Empty, or a figure."""

    def clean(self, value: Any) -> str:
        text = figure(super().clean(value) or "")
        if text and not _FIGURE.fullmatch(text):
            raise forms.ValidationError(gettext("Write it in figures, such as 2 400, or leave it empty."))
        return text


class DocumentForm(forms.Form):
    """One form for the three kinds; a proposal shows less of it."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Words"), required=False, max_length=LONGEST, strip=False, widget=forms.Textarea(attrs={"rows": 18})
    )
    valid_until = forms.DateField(
        label=_("Stands until"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=[(c, c) for c in CURRENCIES], required=False)
    regime = forms.ChoiceField(label=_("VAT"), choices=Regime.choices, required=False)
    discount = AmountField(label=_("Discount on the whole, in %"), required=False, max_length=10)
    deposit_percent = AmountField(label=_("Deposit, in %"), required=False, max_length=10)
    deposit_amount = AmountField(label=_("or an amount"), required=False, max_length=16)
    payment_days = forms.IntegerField(label=_("Days to pay"), required=False, min_value=0, max_value=365)
    client_name = forms.CharField(label=_("Client: name or company"), max_length=160, required=False)
    client_address = forms.CharField(
        label=_("Client: address"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    client_country = forms.CharField(label=_("Country, in two letters"), max_length=2, required=False)
    client_vat_number = forms.CharField(label=_("Client's VAT number"), max_length=20, required=False)
    client_consumer = forms.BooleanField(label=_("The client is a private person"), required=False)
    works = forms.CharField(label=_("Rights assigned: on what"), max_length=300, required=False)
    modes = forms.CharField(label=_("for which uses"), max_length=500, required=False)
    place = forms.CharField(label=_("where"), max_length=200, required=False)
    duration = forms.CharField(label=_("for how long"), max_length=200, required=False)
    purpose = forms.CharField(label=_("to what end"), max_length=300, required=False)
    because = forms.CharField(label=_("What changed, in a word (they will read it)"), max_length=300, required=False)
    remark = forms.ModelChoiceField(Remark.objects.none(), required=False)

    def __init__(self, kind: str, content: Content, data: QueryDict | None = None, remarks: Any = None) -> None:
        self.kind, self.content = kind, content
        super().__init__(data, initial=_initial(content))
        if remarks is not None:
            self.fields["remark"].queryset = remarks  # type: ignore[attr-defined]
        self.rows = _rows_of(data) if data is not None else [_shown(line) for line in content.lines]

    @property
    def is_proposal(self) -> bool:
        return self.kind == DocumentKind.PROPOSAL

    def shown(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names]

    @property
    def client_fields(self) -> list[forms.BoundField]:
        return self.shown("client_name", "client_address", "client_country", "client_vat_number", "client_consumer")

    @property
    def term_fields(self) -> list[forms.BoundField]:
        return self.shown("regime", "currency", "discount", "deposit_percent", "deposit_amount", "payment_days")

    @property
    def right_fields(self) -> list[forms.BoundField]:
        return self.shown(*RIGHTS) if self.kind == DocumentKind.AGREEMENT else []

    def made(self) -> Content:
        """What was typed, as far as it makes sense; call it after `is_valid`, whatever that said."""
        sent: Mapping[str, Any] = self.cleaned_data
        terms = ("currency", "regime", "discount", "deposit_percent", "deposit_amount", "payment_days")
        client = {name: sent.get(f"client_{name}") or "" for name in ("name", "address", "country", "vat_number")}
        return Content(
            title=" ".join(sent.get("title", "").split()),
            text=sent.get("text", "").replace("\r\n", "\n"),
            lines=_lines_from(self.rows, taxed=sent.get("regime") == Regime.VAT),
            terms={name: sent[name] for name in terms if sent.get(name) not in {None, ""}},
            client={**client, "country": client["country"].upper(), "business": not sent.get("client_consumer")},
            rights={name: sent.get(name, "") for name in RIGHTS} if self.right_fields else {},
            valid_until=sent.get("valid_until"),
            because=sent.get("because", ""),
            remark=sent.get("remark"),
        )


def _initial(content: Content) -> dict[str, Any]:
    client = {f"client_{name}": value for name, value in content.client.items() if name != "business"}
    return {
        "title": content.title,
        "text": content.text,
        "valid_until": content.valid_until,
        "because": content.because,
        "remark": content.remark,
        **{name: figure_shown(value) for name, value in content.terms.items()},
        **client,
        "client_consumer": not content.client.get("business", True),
        **content.rights,
    }


def figure_shown(value: object) -> object:
    """ "30.0" as "30"."""
    text = str(value)
    return text.rstrip("0").rstrip(".") if re.fullmatch(r"\d+\.\d*", text) else value


def _shown(line: Mapping[str, Any]) -> dict[str, Any]:
    return {**line, **{name: figure_shown(line.get(name) or "") for name in ("quantity", "price", "rate", "discount")}}


def _rows_of(data: QueryDict) -> list[dict[str, Any]]:
    """The lines as they were sent: fields `line-0-text`, `line-0-price`… in the order of their numbers."""
    numbers = sorted({int(m[1]) for name in data if (m := re.fullmatch(r"line-(\d{1,4})-\w+", name))})
    rows = []
    for number in numbers[: MOST_LINES + 1]:
        row: dict[str, Any] = {name: clean_text(data.get(f"line-{number}-{name}", "")) for name in LINE}
        row["optional"] = bool(data.get(f"line-{number}-optional"))
        rows.append(row)
    return rows


def _lines_from(rows: list[dict[str, Any]], *, taxed: bool) -> list[dict[str, Any]]:
    """Lines that say or cost something, each with a key of its own; figures as they are kept, rates where taxed."""
    lines: list[dict[str, Any]] = []
    used: set[str] = set()
    for number, row in enumerate(rows, 1):
        if not row["text"] and not row["price"]:
            continue
        key = row["key"] if row["key"] and row["key"] not in used else f"{number}"
        while key in used:
            key += "x"
        used.add(key)
        figures = {name: figure(row[name]) for name in ("quantity", "price", "rate", "discount")}
        figures["rate"] = figures["rate"] if taxed else ""
        unit = row["unit"] if row["unit"] in UNITS else "package"
        line = {**row, **figures, "key": key[:20], "text": row["text"][:500], "unit": unit}
        lines.append({**line, "quantity": line["quantity"] or "1"})
    return lines


class AcceptForm(forms.Form):
    """What a contract will need to know of them; all of it may be left for later."""

    name = forms.CharField(label=_("Company or name, as on a contract"), max_length=160, required=False)
    address = forms.CharField(label=_("Address"), max_length=500, required=False)
    vat_number = forms.CharField(label=_("VAT number, outside France"), max_length=20, required=False)

    def told(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if value}

"""What a reading is made of: the names of the scheme, and the plain values that carry its claims.

Every claim quotes the message: `text` is always `source[start:end]`, letter for letter.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any

LANGUAGES = ("fr", "en")
KINDS = ("prospect", "client", "network", "not_a_request")
SLOTS = (
    "who",
    "deliverable",
    "objectives",
    "audiences",
    "competitors",
    "deadline",
    "budget",
    "meeting",
)
SIGNALS = (
    "ill_defined",
    "no_budget",
    "shopping_around",
    "free_work",
    "decided_too_fast",
    "tight_deadline",
    "courteous",
    "introduced",
    "price_first",
)

#: The keys a slot adds to `stated` and `evidence` when it is stated; all of them, even when the value is None.
SLOT_VALUES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "deadline": ("date",),
        "budget": ("min", "max", "currency", "tax", "per"),
        "meeting": ("mode", "place"),
    }
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of the message, and the short stable name of the rule that made a claim of it."""

    text: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Slot:
    """One line of the brief. Not stated: no evidence and no values.

    Stated: the shortest passages that carry the substance, in the order of the text, and for deadline, budget
    and meeting exactly the keys of `SLOT_VALUES` (`date` is a `datetime.date`, `min` and `max` are `Decimal`).
    """

    stated: bool
    evidence: tuple[Evidence, ...] = ()
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Signal:
    """One of `SIGNALS`, with what shows it; no evidence when it was seen outside the text (the recipients)."""

    name: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money, whatever its role. `min` equals `max` for a single figure; an open side is None.

    `currency` is ISO 4217 or None when none is said; `tax` is "excluded", "included" or None; `per` is "day",
    "hour", "month", "page", "word" or None when no unit is said. Cents and pence are given in currency units.
    """

    text: str
    start: int
    end: int
    min: Decimal | None
    max: Decimal | None
    currency: str | None = None
    tax: str | None = None
    per: str | None = None


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day (`date`) or a period (`start_date` and `end_date`, both included).

    All three are None when the words name a time that cannot be resolved: the message has no date, or the
    words point to a day that only the writer knows.
    """

    text: str
    start: int
    end: int
    date: dt.date | None = None
    start_date: dt.date | None = None
    end_date: dt.date | None = None

    @property
    def last_day(self) -> dt.date | None:
        """The day itself, or the last one of the period."""
        return self.date if self.date is not None else self.end_date

    @property
    def first_day(self) -> dt.date | None:
        """The day itself, or the first one of the period."""
        return self.date if self.date is not None else self.start_date


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in days: an hour is 1/24, a month 30, a year 365."""

    text: str
    start: int
    end: int
    days: float


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one message. `brief` has every slot of `SLOTS`, stated or not, in that order.

    `truncated` is True when the text was longer than `TEXT_LIMIT` and its end was not read.
    """

    language: str
    kind: str
    brief: Mapping[str, Slot]
    signals: tuple[Signal, ...]
    amounts: tuple[Amount, ...]
    dates: tuple[DateMention, ...]
    durations: tuple[Duration, ...]
    truncated: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The row of `rdv read`, without `id` or `file`: plain values that `json.dumps` takes.

        `"truncated": true` is added only when the end of the text was not read.
        """
        row: dict[str, Any] = {
            "language": self.language,
            "kind": self.kind,
            "brief": {name: _slot_row(name, slot) for name, slot in self.brief.items()},
            "signals": [{"name": s.name, "evidence": [e.text for e in s.evidence]} for s in self.signals],
            "mentions": {
                "amounts": [_amount_row(amount) for amount in self.amounts],
                "dates": [_date_row(mention) for mention in self.dates],
                "durations": [{"text": d.text, "days": d.days} for d in self.durations],
            },
        }
        if self.truncated:
            row["truncated"] = True
        return row


def _slot_row(name: str, slot: Slot) -> dict[str, Any]:
    row: dict[str, Any] = {"stated": slot.stated, "evidence": [e.text for e in slot.evidence]}
    if slot.stated:
        row |= {key: _plain(slot.values.get(key)) for key in SLOT_VALUES.get(name, ())}
    return row


def _amount_row(amount: Amount) -> dict[str, Any]:
    return {
        "text": amount.text,
        "min": _plain(amount.min),
        "max": _plain(amount.max),
        "currency": amount.currency,
        "tax": amount.tax,
        "per": amount.per,
    }


def _date_row(mention: DateMention) -> dict[str, Any]:
    if mention.start_date is not None or mention.end_date is not None:
        period = {"start": _plain(mention.start_date), "end": _plain(mention.end_date)}
        return {"text": mention.text, **period}
    return {"text": mention.text, "date": _plain(mention.date)}


def _plain(value: object) -> object:
    """`value` as JSON has it: a whole number stays whole, a day is its ISO form."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value

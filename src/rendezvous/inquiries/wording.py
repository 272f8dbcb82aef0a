"""The words for an inquiry: slots, signs, the inbox's sentence, the questions still open."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from rendezvous.practice import typography

SLOT_LABELS: Mapping[str, Promise] = {
    "who": _("Who"),
    "deliverable": _("What"),
    "objectives": _("Why"),
    "audiences": _("For whom"),
    "competitors": _("Competitors"),
    "deadline": _("By when"),
    "budget": _("Budget"),
    "meeting": _("Meeting"),
}
# The bare noun, in a list of what is missing.
SLOT_NOUNS: Mapping[str, Promise] = {
    "who": _("who is asking"),
    "deliverable": _("what is to be made"),
    "objectives": _("objectives"),
    "audiences": _("audiences"),
    "competitors": _("competitors"),
    "deadline": _("deadline"),
    "budget": _("budget"),
}
SIGNAL_LABELS: Mapping[str, Promise] = {
    "ill_defined": _("does not know yet what is wanted"),
    "no_budget": _("little or no money"),
    "shopping_around": _("others are being asked"),
    "free_work": _("unpaid work is asked for"),
    "decided_too_fast": _("decided before knowing"),
    "tight_deadline": _("urgent"),
    "courteous": _("courteous"),
    "introduced": _("introduced by somebody"),
    "price_first": _("asks the price first"),
}
# Signs that speak for the sender; the others call for care.
GOOD_SIGNALS = frozenset({"courteous", "introduced"})
KIND_LABELS: Mapping[str, Promise] = {
    "prospect": _("prospect"),
    "client": _("client"),
    "network": _("network"),
    "not_a_request": _("not a request"),
}
# In the order in which a conversation would ask them; at most three are ever asked.
ASKED_FIRST = ("deliverable", "objectives", "audiences", "deadline", "budget", "competitors")
MOST_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one slot, the owner's word before the reading's."""

    name: str
    stated: bool
    words: str = ""
    values: Mapping[str, object] | None = None
    corrected: bool = False

    @property
    def label(self) -> Promise:
        return SLOT_LABELS[self.name]

    @property
    def shown(self) -> str:
        """The value as figures where there is one, else the words."""
        values = self.values or {}
        if self.name == "budget":
            return budget_words(values) or self.words
        if self.name == "deadline":
            return deadline_words(values) or self.words
        return self.words


def budget_words(values: Mapping[str, object]) -> str:
    low, high = values.get("min"), values.get("max")
    if low == 0 and high == 0:
        return gettext("no budget")
    if not isinstance(low, int | float | None) or not isinstance(high, int | float | None):
        return ""
    text = typography.money_range(low, high, str(values.get("currency") or "EUR"))
    per = {
        "day": pgettext("price per", "a day"),
        "hour": pgettext("price per", "an hour"),
        "month": pgettext("price per", "a month"),
        "page": pgettext("price per", "a page"),
        "word": pgettext("price per", "a word"),
    }.get(str(values.get("per")), "")
    return f"{text} {per}".strip()


def deadline_words(values: Mapping[str, object]) -> str:
    date = values.get("date")
    if not isinstance(date, str):
        return ""
    return gettext("by %(day)s") % {"day": typography.short_day(dt.date.fromisoformat(date))}


def shorten(text: str, length: int = 64) -> str:
    """The beginning of a text, cut between words."""
    text = re.sub(r"[ \t\r\n]+", " ", text).strip()  # and no other space: no-break ones are there for a reason
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"


def sentence(brief: Mapping[str, Known], person: str) -> str:
    """An inquiry as a person would say it: "Pharmacie à Lyon, 20 pages, 4–5 k€, avant le 15 mars"."""
    parts = [shorten(brief["who"].words, 48) if brief["who"].stated else person]
    parts += [shorten(brief[name].shown) for name in ("deliverable", "budget", "deadline") if brief[name].stated]
    text = ", ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def missing(brief: Mapping[str, Known]) -> list[str]:
    return [name for name in ASKED_FIRST if not brief[name].stated]


def missing_words(names: Iterable[str]) -> str:
    return ", ".join(str(SLOT_NOUNS[name]) for name in names)


def render_letter(template: str, language: str, context: Mapping[str, object]) -> tuple[str, str]:
    """Subject and text of `template` in that language; its first line is the subject."""
    with translation.override(language):
        text: str = render_to_string(f"{template}.{language}.txt", dict(context))
    if language == "fr":
        text = typography.french(text)
    subject, _sep, body = text.strip().partition("\n")
    lines = [line.strip() if not line.startswith("  ") else line.rstrip() for line in body.strip().split("\n")]
    return subject.strip(), _without_gaps("\n".join(lines))


def _without_gaps(text: str) -> str:
    """At most one empty line in a row, whatever the template's conditions left out."""
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip() + "\n"

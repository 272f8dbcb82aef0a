"""A message with the evidence of each slot and sign marked in its own words."""

from collections.abc import Iterable
from itertools import pairwise

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from rendezvous.inquiries.models import BriefSlot, Message, Signal, Source


def marked(message: Message, slots: Iterable[BriefSlot], signals: Iterable[Signal]) -> SafeString:
    """The text as HTML: escaped, what the reading rests on in `<mark>`, one class a slot or sign."""
    spans = [
        (piece["start"], piece["end"], f"{kind}-{row.name}")
        for kind, rows in (("slot", slots), ("sign", signals))
        for row in rows
        if row.source == Source.READING and row.message_id == message.pk
        for piece in row.evidence
    ]
    text = message.text
    spans = [(start, end, name) for start, end, name in spans if 0 <= start < end <= len(text)]
    edges = sorted({0, len(text), *(start for start, _, _ in spans), *(end for _, end, _ in spans)})
    return format_html_join("", "{}", ((_piece(text[a:b], spans, a, b),) for a, b in pairwise(edges)))


def _piece(words: str, spans: list[tuple[int, int, str]], start: int, end: int) -> SafeString | str:
    names = sorted({name for left, right, name in spans if left <= start and end <= right})
    if not names or not words.strip():
        return escape(words)
    return format_html('<mark class="{}">{}</mark>', " ".join(names), words)

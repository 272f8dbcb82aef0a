"""Days and periods: every one in the text, resolved against the day on which the message was written.

Each word that may open a date has its few rules (`date_rules`); the text is walked once, from left to right, and
at each word the first rule that fits takes its passage. Nothing is ever taken from the clock.
"""

import datetime as dt
import re
from collections.abc import Sequence

from rendezvous.reading.date_rules import RULES, Context, NoReference, Resolved
from rendezvous.reading.scheme import DateMention
from rendezvous.reading.text import Token, fold, tokenize, unwrap

_NEVER_INSIDE = re.compile(r"[\w@/]")


def find_dates(
    text: str,
    reference: dt.date | None,
    folded: str | None = None,
    tokens: Sequence[Token] | None = None,
    *,
    month_first: bool = False,
) -> list[DateMention]:
    """Every day and period in `text`, in order, none overlapping.

    `reference` is the day of the message; without it whatever depends on it is found, but not resolved.
    `month_first` reads 5/6 as the sixth of May. `folded` (unwrapped) and `tokens` spare working them out again.
    """
    folded = unwrap(fold(text)) if folded is None else folded
    tokens = tokenize(folded) if tokens is None else tokens
    context = Context(folded, reference, month_first, text)
    found: list[DateMention] = []
    end = 0
    for token in tokens:
        if token.start < end:
            continue
        mention = _mention_at(text, context, token)
        if mention is not None:
            found.append(mention)
            end = mention.end
    return found


def _mention_at(text: str, context: Context, token: Token) -> DateMention | None:
    rules = RULES.get("0" if token.text[0].isdecimal() else token.text)
    if rules is None or (token.start and _NEVER_INSIDE.match(context.folded[token.start - 1])):
        return None
    for rule in rules:
        m = rule.pattern.match(context.folded, token.start)
        if m is None:
            continue
        try:
            resolved = rule.resolve(m, context)
        except NoReference:
            return DateMention(text[m.start() : m.end()], m.start(), m.end())
        except OverflowError:  # beyond the calendar
            continue
        if resolved is not None:
            return _mention(text, m, resolved)
    return None


def _mention(text: str, m: re.Match[str], resolved: Resolved) -> DateMention:
    start, end = m.span("date") if "date" in m.re.groupindex and m.group("date") else m.span()
    passage = text[start:end]
    if isinstance(resolved, dt.date):
        return DateMention(passage, start, end, date=resolved)
    return DateMention(passage, start, end, start_date=resolved[0], end_date=resolved[1])

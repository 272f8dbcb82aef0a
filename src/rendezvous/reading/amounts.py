"""Sums of money: every one in the text, with its bounds, currency, tax and unit.

The grammar, tried from left to right at each number or currency sign, never going back over what it has read:

    amount   = [bound] money [joint money] [cents] {tax | unit | bound}
    money    = [currency] number [scale] [currency]
    joint    = "à" | "-" | "to" | "ou" … ("et" and "and" only after "entre" or "between")

A number with no currency is money only with a "k" and no noun behind it, or right after a word such as "budget".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rendezvous.reading.currencies import FIRST_TOKENS, Currency, currency_after, currency_before
from rendezvous.reading.numbers import NUMBER_WORDS, number_at
from rendezvous.reading.scheme import Amount
from rendezvous.reading.text import Token, fold, phrase, tokenize, unwrap

_LOOK_BACK = 60
_WIDEST_RANGE = 20  # "lot 2 - 300 €" is no range

_SCALE = re.compile(r" ?(k|m|mio|bn|mn|b)(?=[^a-z]|$|eur|usd|gbp|chf|cad)")
_SCALES = {
    "k": 1_000,
    "m": 1_000_000,
    "mio": 1_000_000,
    "mn": 1_000_000,
    "b": 1_000_000_000,
    "bn": 1_000_000_000,
}
_BETWEEN = phrase(r"\b(?:entre|between)(?: les)? $")
_JOINT = phrase(r" ?(?:a|au|-{1,2}|to|ou|or|jusqu'a|up to|/) ?(?:environ |about )?(?=[\w€$£])")
_JOINT_AFTER_BETWEEN = phrase(r" ?(?:et|and|a|-) ?(?=[\w€$£])")
_CENTS_JOINT = phrase(r" (?:et |and )?(?=\w)")
_CENT_WORDS = frozenset("cent cents centime centimes pence penny".split())

_AT_MOST_BEFORE = phrase(
    r"\b(?:max(?:imum|i)?\.?(?: de)?|au (?:grand )?maximum|au plus|jusqu'a|moins de|pas plus de|inferieure? a|"
    r"plafond de|(?:montant|budget|prix|cout) max(?:imal|imum|i)?(?: [a-z']{1,12}){0,4}|plafonnee?s? a|sous (?:les|la barre des)|(?:depasser?|depassera|excede|exceder)(?: pas)?(?: les)?|"
    r"at (?:the )?most|up to|under|below|less than|(?:no|not) more than|capped at|(?:cap|ceiling|limit) of|exceed)"
    r"(?: :| of)? ?$"
)
_AT_LEAST_BEFORE = phrase(
    r"\b(?:au moins|au minimum|minimum|mini|a partir de|plus de|superieure? a|au-dela de|"
    r"at least|from|over|above|more than|starting (?:at|from)|upwards of|minimum of)(?: :| de| d')? ?$"
)
_NOT_BEFORE = phrase(r"\b(?:pas|not|no|never|sans|ne) (?:plus de|more than|depasser?|over|above) ?$")
_AT_MOST_AFTER = phrase(
    r" ?,? ?\(?(?:(?:grand )?max(?:imum|i)?\b|au (?:grand )?maximum\b|au plus\b|tops\b|at (?:the )?(?:very )?most\b)"
)
_AT_LEAST_AFTER = phrase(
    r" ?,? ?(?:min(?:imum|i)?\b|au (?:minimum|moins)\b|et plus\b|ou plus\b|at least\b|or more\b|and up\b)"
)
_TAXES = r"(?:la |les |the )?(?:vat|tva|tax(?:es)?|hst|gst|tps)\b"
_EXCLUDED = phrase(
    r" ?,? ?[(+]? ?(?:h\.?t\.?(?:va)?(?![a-z])|hors[ -](?:tva|taxes?|t\.v\.a\.)|"
    rf"(?:plus|ex|excl\.?|excluding|before|without|exclusive of|\+) ?{_TAXES}|"
    rf"{_TAXES} (?:excluded|exclue|en sus|non comprises?|en plus))\)?"
)
_INCLUDED = phrase(
    r" ?,? ?\(?(?:t\.?t\.?c\.?(?![a-z])|tvac\b|toutes taxes(?: comprises)?|taxes? comprises?|tout compris\b|all in\b|"
    rf"(?:avec )?{_TAXES} (?:incluses?|comprises?|included|inclusive|inc)\b|"
    rf"(?:incl\.?|including|inc\.?|inclusive of|with) ?{_TAXES})\)?"
)
_UNITS = {
    "day": r"jours?|jr|j|journee|days?|d",
    "hour": r"heures?|h|hours?|hrs?",
    "month": r"mois|months?|mo",
    "page": r"pages?|feuillet",
    "word": r"mots?|words?",
}
_UNIT = phrase(
    r" ?,? ?(?:(?:/|(?:par|per|chaque|each|an?|the|la|le|du|de la|une?) |(?:de )?l') ?(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _UNITS.items())
    + r")\b(?! (?:de|of|prochaine?|derniere?|suivante?|or |ou )|[-'])|"
    r"(?P<monthly>mensuels?\b|monthly\b|pcm\b)|(?P<daily>journaliers?\b|daily\b)|(?P<hourly>hourly\b))"
)
# A unit that the scheme does not know: read past, so that the tax behind it is seen.
_OTHER_UNIT = re.compile(r" ?(?:/|(?:par|per) ) ?[a-z]{3,14}(?= ?,? ?(?:ht|ttc|plus|\+|hors|excl|incl|tva|vat))")
_UNIT_BEFORE = phrase(
    r"\b(?:(?P<day>tjm|(?:taux|tarif|cout) journalier|tarif (?:a la journee|jour)|prix (?:a la|de) journee|day[ -]rate|"
    r"daily rate)|(?P<hour>(?:taux|tarif) (?:horaire|a l'heure)|hourly rate)|"
    r"(?P<month>(?:forfait|budget) mensuel|monthly (?:fee|budget|retainer))|"
    r"(?P<word>(?:tarif|prix) (?:au|du) mot|(?:word rate|rate per word)))(?: [a-z']{1,12}){0,4}[ :=]{0,3}$|"
    r"(?:la|l'|le|per|par) ?(?:(?P<a_day>journee|jour)|(?P<an_hour>heure)|(?P<a_page>page)|(?P<a_word>mot)) (?:a|est a) $"
)
_UNIT_NAMES = {name: name for name in _UNITS} | {"monthly": "month", "daily": "day", "hourly": "hour"}
_UNIT_NAMES |= {"a_day": "day", "an_hour": "hour", "a_page": "page", "a_word": "word"}

_MONEY_WORD_BEFORE = phrase(
    r"\b(?:budgets?|tjm|enveloppe|tarif|prix|cout|rates?|fees?|price|cost|honoraires|cachet|forfait|max|maxi|payer|pay|"
    r"offre|remuneration|mettre|aller|go|afford|spend|depenser)(?: (?:actuel|total|global|max|maxi|maximum|est|serait|is|would be|"
    r"was|de|d'|of|environ|about|around|autour|approximatif|between|entre|par|jour|per|day|ht|ttc|prevu|estime|alloue|"
    r"roughly|circa|la|le|up to|jusqu'a|a|plus|moins|au|moyen)){0,5} ?[:=(]? ?~? ?$"
)
# Behind a bare number these words do not make it a count of things.
_NO_NOUN = frozenset(
    "ht ttc htva tvac par per max maxi maximum mini minimum tops a la le l au pour for et and ou or mais but si if en in "
    "on all tout net brut environ about plus hors excl incl vat tva the je nous i we it ca c ce that this which avec with "
    "is est donc so car because".split()
)


@dataclass(frozen=True, slots=True)
class _Money:
    value: Decimal
    currency: Currency | None
    start: int
    end: int
    after: int  # index of the token behind
    scale: int = 1  # what a "k" multiplied the figure by


def find_amounts(text: str, folded: str | None = None, tokens: Sequence[Token] | None = None) -> list[Amount]:
    """Every sum of money in `text`, in order, none overlapping.

    `folded` (unwrapped) and `tokens`, when already worked out, spare doing it again.
    """
    folded = unwrap(fold(text)) if folded is None else folded
    scan = _Scan(folded, tokenize(folded) if tokens is None else tokens)
    found: list[Amount] = []
    i = 0
    while i < len(scan.tokens):
        amount = scan.amount(i, text)
        i += 1
        if amount is not None:
            found.append(amount)
            while i < len(scan.tokens) and scan.tokens[i].start < amount.end:
                i += 1
    return found


class _Scan:
    """The grammar at work on one text."""

    def __init__(self, folded: str, tokens: Sequence[Token]) -> None:
        self.folded = folded
        self.tokens = tokens
        # In a text about dollars, "50 cents" are not hundredths of a euro.
        self.cents_of = "USD" if "dollar" in folded or "$" in folded else "EUR"
        self.done = 0  # nothing before this position may be read again

    def amount(self, i: int, text: str) -> Amount | None:
        first = self._money(i)
        if first is None:
            return None
        before = self.folded[max(self.done, first.start - _LOOK_BACK) : first.start]
        second = self._second_of_range(first, before)
        last = second or first
        if not self._is_money(first, last, before):
            return None
        low, high = _range(first, second)
        if second is None and (cents := self._cents(first)) is not None:
            low = high = low + cents.value / 100
            last = cents
        bound, start = _bound_before(before, first.start)
        tax, per, bound_after, end = self._tail(last.end)
        bound = bound or bound_after
        per = per or _unit_before(before)
        self.done = end
        currency = last.currency or first.currency
        return Amount(
            text[start:end],
            start,
            end,
            min=None if second is None and bound == "max" else low,
            max=None if second is None and bound == "min" else high,
            currency=currency.code if currency else None,
            tax=tax,
            per=per,
        )

    def _money(self, i: int) -> _Money | None:
        token = self.tokens[i]
        start, currency, at = token.start, None, i
        if token.text in FIRST_TOKENS and (sign := currency_before(self.folded, start)) is not None:
            if start and self.folded[start - 1].isalnum():
                return None
            currency, figure = sign
            while self.tokens[at].start < figure:
                at += 1
        elif not (token.text[0].isdecimal() or token.text in NUMBER_WORDS):
            return None
        number = number_at(self.folded, self.tokens, at)
        if number is None or (number.article and self._opens_number(at + 1)):
            return None  # the "a" of "on a cent balles"
        value, end, scale = number.value, number.end, 1
        if not number.in_words and (m := _SCALE.match(self.folded, end)) and self._scales(m, currency):
            scale, end = _SCALES[m.group(1)], m.end()
            value *= scale
        if currency is None or currency.code == "USD":
            suffix = self._currency_after(end, value, number.in_words)
            if suffix is not None:
                currency, end = suffix
        if number.article and (currency is None or not self.folded[end - 1].isalpha()):
            return None  # "à £500" is not one pound
        if currency is not None and currency.minor:
            value /= 100
        after = number.after
        while after < len(self.tokens) and self.tokens[after].start < end:
            after += 1
        return _Money(value, currency, start, end, after, scale)

    def _scales(self, m: re.Match[str], currency: Currency | None) -> bool:
        """Whether "k" or "M" after a figure means thousands or millions: "k" always, the others beside a currency."""
        return m.group(1) == "k" or currency is not None or self._currency_after(m.end(), Decimal(0), False) is not None

    def _opens_number(self, i: int) -> bool:
        following = number_at(self.folded, self.tokens, i)
        return (
            following is not None
            and not following.article
            and self._currency_after(following.end, Decimal(0), True) is not None
        )

    def _currency_after(self, position: int, value: Decimal, in_words: bool) -> tuple[Currency, int] | None:
        return currency_after(
            self.folded, position, millions=value >= 1_000_000, in_words=in_words, default=self.cents_of
        )

    def _second_of_range(self, first: _Money, before: str) -> _Money | None:
        joint = _JOINT_AFTER_BETWEEN if _BETWEEN.search(before) else _JOINT
        m = joint.match(self.folded, first.end)
        if m is None:
            return None
        i = first.after
        while i < len(self.tokens) and self.tokens[i].start < m.end():
            i += 1
        second = self._money(i) if i < len(self.tokens) else None
        if second is None or second.start != m.end():
            return None
        low, high = _range(first, second)
        return second if low < high <= low * _WIDEST_RANGE else None

    def _is_money(self, first: _Money, last: _Money, before: str) -> bool:
        if first.currency is not None or last.currency is not None:
            return True
        following = self.tokens[last.after].text if last.after < len(self.tokens) else ""
        counts_things = following.isalpha() and following not in _NO_NOUN
        if following in ("%", "°") or counts_things or self.folded[last.end : last.end + 1].isalnum():
            return False
        named = _MONEY_WORD_BEFORE.search(before) is not None
        if max(first.scale, last.scale) > 1:
            return named or last.value not in (4_000, 8_000)  # a film "en 4K"
        taxed = _EXCLUDED.match(self.folded, last.end) or _INCLUDED.match(self.folded, last.end)
        is_year = 1990 <= last.value <= 2100 and last.end - last.start == 4 and not taxed
        return bool((named or taxed) and not is_year and self.folded[last.end : last.end + 1] not in ("/", ":"))

    def _cents(self, money: _Money) -> _Money | None:
        """The "et 15 cents" or " 50" that completes "15 dollars"."""
        if money.currency is None or money.currency.minor or not self.folded[money.end - 1].isalpha():
            return None
        m = _CENTS_JOINT.match(self.folded, money.end)
        i = money.after
        if m is None or i >= len(self.tokens):
            return None
        i += self.tokens[i].text in ("et", "and")
        window = self.tokens[i : i + 6]
        stop = next((k for k, token in enumerate(window) if token.text in _CENT_WORDS), None)
        number = number_at(self.folded, window[:stop], 0)
        if number is None or number.value >= 100 or number.article:
            return None
        if stop is not None and number.after == stop:
            return replace(money, value=number.value, end=window[stop].end, after=i + stop + 1)
        following = window[number.after].text if number.after < len(window) else "."
        plain = not number.in_words and number.end - number.start == 2 and not following[0].isalnum()
        return replace(money, value=number.value, end=number.end, after=i + number.after) if plain else None

    def _tail(self, end: int) -> tuple[str | None, str | None, str | None, int]:
        """Tax, unit and bound behind the figure, in any order, and where they end."""
        tax = per = bound = None
        for _ in range(3):
            if tax is None and (m := _EXCLUDED.match(self.folded, end)):
                tax, end = "excluded", m.end()
            elif tax is None and (m := _INCLUDED.match(self.folded, end)):
                tax, end = "included", m.end()
            elif per is None and (m := _UNIT.match(self.folded, end)) and m.lastgroup:
                per, end = _UNIT_NAMES[m.lastgroup], m.end()
            elif bound is None and (m := _AT_MOST_AFTER.match(self.folded, end)):
                bound, end = "max", m.end()
            elif bound is None and (m := _AT_LEAST_AFTER.match(self.folded, end)):
                bound, end = "min", m.end()
            elif per is None and (m := _OTHER_UNIT.match(self.folded, end)):
                end = m.end()
            else:
                break
        return tax, per, bound, end


def _range(first: _Money, second: _Money | None) -> tuple[Decimal, Decimal]:
    """Both ends in units of currency: in "2 à 2,5 k€" and "3 à 4 000 €" the scale said last counts for both."""
    if second is None:
        return first.value, first.value
    low, high = first.value, second.value
    figure = high / second.scale
    if second.scale > 1 and first.scale == 1 and low < figure:
        low *= second.scale
    elif first.currency is None and low < 100 and high >= 1_000 and low * 1_000 < high and high % 1_000 == 0:
        low *= 1_000
    return low, high


def _bound_before(before: str, start: int) -> tuple[str | None, int]:
    """The bound said in front of the figure, and where the amount then begins."""
    at_most = _AT_MOST_BEFORE.search(before)
    at_least = None if _NOT_BEFORE.search(before) else _AT_LEAST_BEFORE.search(before)
    m = at_most or at_least
    if m is None:
        return None, start
    return "max" if at_most else "min", start - len(before) + m.start()


def _unit_before(before: str) -> str | None:
    m = _UNIT_BEFORE.search(before)
    return _UNIT_NAMES[m.lastgroup] if m and m.lastgroup else None

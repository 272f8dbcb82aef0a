"""The rules by which a passage is a date: a pattern, the words that may open it, and the day it stands for."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rendezvous.reading import days
from rendezvous.reading.date_words import (
    ANY_WEEKDAY,
    DAY,
    MONTH,
    MONTHS,
    ORDINAL,
    ORDINALS,
    SHORT_YEAR,
    UNIT,
    UNIT_DAYS,
    UNIT_HOURS,
    UNIT_MONTHS,
    WEEKDAY,
    WEEKDAYS,
    WORD_DAY,
    YEAR,
    day_number,
    year_number,
)
from rendezvous.reading.numbers import COUNT, NUMBER_WORDS, count_value
from rendezvous.reading.text import Phrase, phrase

Resolved = dt.date | days.Period


class NoReference(Exception):
    """The passage is a date, but the message has none against which to resolve it."""


@dataclass(frozen=True, slots=True)
class Context:
    """The text around a passage, and the day of the message."""

    folded: str
    reference: dt.date | None
    month_first: bool
    text: str

    @property
    def today(self) -> dt.date:
        """The day of the message; leaves the rule if there is none."""
        if self.reference is None:
            raise NoReference
        return self.reference

    def before(self, m: re.Match[str], length: int = 24) -> str:
        """The folded text just before the passage."""
        return self.folded[max(0, m.start() - length) : m.start()]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern matched where one of `openings` stands ("0" for digits)."""

    name: str
    openings: frozenset[str]
    pattern: Phrase
    resolve: Callable[[re.Match[str], Context], Resolved | None]


# What makes a day without a year a past one: "votre message du 2 février".
_PAST_BEFORE = phrase(
    r"\b(?:mails?|courriels?|messages?|appels?|echanges?|entretien|rencontre|rendez-vous|reunion|devis|facture|courrier|"
    r"commande|depuis|since|paru|publie|recu|envoye|sent|dated|your (?:note|letter|call) of)(?: (?:du|le|of|on|from))?(?: the)? $"
)
_DATE_CUE = phrase(
    r"\b(?:le|au|du|pour|avant|by|on|before|until|till|from|to|for|of|d'ici|d'ici au|jusqu'au|the|vers|week|week of|w/c|des|entre le|"
    rf"and|et le|date ?:|{ANY_WEEKDAY},?) ?$"
)
_NO_DATE_RATIOS = frozenset(
    ("24/7", "16/9", "16/10", "50/50", "9/10", "10/10", "4/3", "1/2", "1/3", "2/3", "1/4", "3/4", "7/7")
)


def _dated(context: Context, m: re.Match[str], month: int, number: int, year: str | None) -> dt.date | None:
    """The day with its year, or else the one to come (the last one, if the words look back)."""
    if year:
        return days.day(year_number(year), month, number)
    if not 1 <= month <= 12 or not 1 <= number <= 31:
        return None
    if _PAST_BEFORE.search(context.before(m, 32)):
        return days.latest(context.today, month, number)
    return days.coming(context.today, month, number)


def _iso(m: re.Match[str], _context: Context) -> Resolved | None:
    return days.day(int(m["year"]), int(m["month"]), int(m["day"]))


def _numeric(m: re.Match[str], context: Context) -> Resolved | None:
    first, second, year = int(m["a"]), int(m["b"]), m["year"]
    if not year:
        written = f"{first}/{second}"
        padded = len(m["a"]) == len(m["b"]) == 2
        cue = _DATE_CUE.search(context.before(m)) is not None
        if m["sep"] != "/" and not cue:
            return None
        if not cue and (written in _NO_DATE_RATIOS or not (padded or max(first, second) > 12)):
            return None
    elif m["sep"] == "." and len(year) == 2 and not len(m["a"]) == len(m["b"]) == 2:
        return None  # a version number
    month_first = (context.month_first and first <= 12) or second > 12
    number, month = (second, first) if month_first else (first, second)
    return _dated(context, m, month, number, year)


def _day_month(m: re.Match[str], context: Context) -> Resolved | None:
    return _dated(context, m, MONTHS[m["month"]], day_number(m["day"]), m["year"])


def _day_range(m: re.Match[str], context: Context) -> Resolved | None:
    last = _dated(context, m, MONTHS[m["month"]], day_number(m["day"]), m["year"])
    if last is None:
        return None
    month = MONTHS[m["first_month"]] if m["first_month"] else last.month
    first = days.day(last.year - (month > last.month), month, day_number(m["first"]))
    return None if first is None or first > last else (first, last)


def _month_year(context: Context, month: int, year: str | None, *, past: bool = False) -> days.Period:
    if year:
        return days.month_period(year_number(year), month)
    today = context.today
    if past:
        return days.month_period(today.year - (month > today.month), month)
    return days.month_period(today.year + (month < today.month), month)


_MONTH_CUE = phrase(
    r"(?:\b(?:en|de|du mois de|mois de|pour|avant|d'ici|d'ici a|jusqu'a|jusqu'en|courant|des|depuis|a partir de|apres|vers|in|by|before|"
    r"until|till|since|for|of|this|next|last|during|from|to|through|after|a|et|and|or|ou|early|late|mid)|\bd') ?$"
)
_PERIOD_CUE = phrase(r"\b(?:en|pour|avant|d'ici|fin|debut|courant|mi|la|in|by|before|for|end of|livraison|au|des) ?$")
_MONTH_PAST = phrase(r"\b(?:depuis|since|last) ?$")


def _month(m: re.Match[str], context: Context) -> Resolved | None:
    before = context.before(m)
    if not m["year"] and not _MONTH_CUE.search(before):
        return None
    if m["month"] in ("mar", "may", "march") and not context.text[m.start()].isupper():
        return None
    return _month_year(context, MONTHS[m["month"]], m["year"], past=_MONTH_PAST.search(before) is not None)


def _part_of(period: days.Period, part: str) -> Resolved:
    """The beginning, middle or end of a month or a year."""
    first, last = period
    third = (last - first) // 3
    if part.startswith("mi"):
        return first + (last - first) // 2 if (last - first).days > 31 else first.replace(day=15)
    if part.startswith(("debut", "early", "beginning", "start")):
        return first, first.replace(day=10) if (last - first).days <= 31 else first + third
    if part.startswith(("fin", "late", "end", "the end")):
        return last.replace(day=21) if (last - first).days <= 31 else last - third, last
    return period


def _part_of_month(m: re.Match[str], context: Context) -> Resolved | None:
    return _part_of(_month_year(context, MONTHS[m["month"]], m["year"]), m["part"])


def _part_of_year(m: re.Match[str], _context: Context) -> Resolved | None:
    year = int(m["year"])
    return _part_of((dt.date(year, 1, 1), dt.date(year, 12, 31)), m["part"])


_NEXT = re.compile(r"prochaine?|suivante?|next|qui vient|a venir|d'apres")
_LAST = re.compile(r"derniere?|last|passee?|previous|precedente?")


def _steps(words: str) -> int:
    """1 for the next one, -1 for the last, 0 for this one."""
    return 1 if _NEXT.search(words) else -1 if _LAST.search(words) else 0


def _unit_period(context: Context, unit: str, steps: int) -> days.Period | None:
    today = context.today
    if unit in ("semaine", "week"):
        moved = days.shifted(today, 7 * steps)
        return days.week_of(moved) if moved else None
    if unit in ("week-end", "weekend"):
        saturday = days.weekday_of_week(today, 5, steps)
        return (saturday, saturday + dt.timedelta(days=1)) if saturday else None
    if unit in ("mois", "month"):
        moved = days.add_months(today, steps)
        return days.month_period(moved.year, moved.month) if moved else None
    year = today.year + steps
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _this_period(m: re.Match[str], context: Context) -> Resolved | None:
    return _unit_period(context, m["unit"], _steps(m.group()))


def _end_of_period(m: re.Match[str], context: Context) -> Resolved | None:
    period = _unit_period(context, m["unit"], _steps(m.group()))
    if period is None:
        return None
    if m["unit"] in ("semaine", "week"):
        return period[0] + dt.timedelta(days=4)  # working people mean Friday
    part = re.match(r"(?:la |the |en )?(\w+)", m.group())
    return _part_of(period, part.group(1) if part else "fin")


def _abbreviated_end(m: re.Match[str], context: Context) -> Resolved | None:
    last = m.group()[-1]
    if last == "w":
        return days.week_of(context.today)[0] + dt.timedelta(days=4)
    if last == "m":
        return days.month_period(context.today.year, context.today.month)[1]
    return dt.date(context.today.year, 12, 31)


def _weekday(m: re.Match[str], context: Context) -> Resolved | None:
    weekday, today, behind = WEEKDAYS[m["weekday"]], context.today, m["behind"] or ""
    front = m["front"] or ""
    if "semaine" in behind or ("week" in behind and "next" in behind + front):
        return days.weekday_of_week(today, weekday, _steps(behind))
    if "huit" in behind or behind.strip() == "week":
        return days.coming_weekday(today, weekday, strictly=True) + dt.timedelta(days=7)
    if "quinz" in behind:
        return days.coming_weekday(today, weekday, strictly=True) + dt.timedelta(days=14)
    steps = _steps(front + behind)
    if steps == 1:
        return days.weekday_of_week(today, weekday, 1)
    if steps == -1:
        back = (today.weekday() - weekday) % 7 or 7
        return days.shifted(today, -back)
    return days.coming_weekday(today, weekday)


def _weekday_number(m: re.Match[str], context: Context) -> Resolved | None:
    number = day_number(m["day"])
    weekday = WEEKDAYS[m["weekday"]]
    return days.coming_day_of_month(context.today, number, weekday) or days.coming_day_of_month(context.today, number)


_NEAR = {
    "aujourd'hui": 0, "ce jour": 0, "today": 0, "tonight": 0, "ce soir": 0, "ce matin": 0, "cet apres-midi": 0, "this morning": 0,
    "this afternoon": 0, "this evening": 0, "eod": 0, "cob": 0, "cop": 0, "close of play": 0, "close of business": 0, "end of day": 0,
    "demain": 1, "tomorrow": 1, "lendemain": 1, "le lendemain": 1, "jour suivant": 1, "tmrw": 1,
    "apres-demain": 2, "apres demain": 2, "the day after tomorrow": 2, "day after tomorrow": 2,
    "hier": -1, "yesterday": -1, "last night": -1, "avant-hier": -2, "avant hier": -2,
}  # fmt: skip
_NEAR_WORDS = "|".join(sorted(_NEAR, key=len, reverse=True))


def _near(m: re.Match[str], context: Context) -> Resolved | None:
    return days.shifted(context.today, _NEAR[" ".join(m["near"].split())])


def _moved(start: dt.date, written: str, unit: str, sign: int = 1, *, working: bool = False) -> dt.date | None:
    """`start` moved by a count of units; a count of hours rounds up to days."""
    count = count_value(written)
    if count is None or count > 10_000:
        return None
    if unit in UNIT_MONTHS:
        months = count * UNIT_MONTHS[unit]
        moved = days.add_months(start, sign * int(months))
        return moved and days.shifted(moved, sign * round(float(months % 1) * 30))
    if unit in UNIT_HOURS:
        return days.shifted(start, sign * (-(-int(count) // 24) if count >= 24 else 0))
    whole = round(count * UNIT_DAYS[unit])
    return days.add_working_days(start, whole) if working and sign > 0 else days.shifted(start, sign * whole)


def _away(m: re.Match[str], context: Context) -> Resolved | None:
    """So long from now, or ago; "un mois et 21 jours" adds up."""
    groups = m.groupdict()
    back = groups.get("ago") is not None
    start: dt.date | None = context.today
    if groups.get("near"):
        near = _near(m, context)
        start = near if isinstance(near, dt.date) else None
    working = bool(groups.get("working"))
    for count, unit in (("n", "unit"), ("n2", "unit2"), ("n3", "unit3")):
        if start is not None and groups.get(count):
            start = _moved(start, groups[count], groups[unit], -1 if back else 1, working=working)
    return start


def _fortnight(m: re.Match[str], context: Context) -> Resolved | None:
    return days.shifted(context.today, 15 if m["unit"].startswith("quinz") else 8)


def _week_number(m: re.Match[str], context: Context) -> Resolved | None:
    week = int(m["week"])
    if m["year"]:
        return days.iso_week(int(m["year"]), week)
    year = context.today.isocalendar().year
    period = days.iso_week(year, week)
    return days.iso_week(year + 1, week) if period and period[1] < context.today else period


def _week_around(m: re.Match[str], context: Context) -> Resolved | None:
    month = MONTHS[m["month"]] if m["month"] else int(m["month_number"])
    inside = _dated(context, m, month, day_number(m["day"]), m["year"])
    return days.week_of(inside) if inside else None


def _quarter(m: re.Match[str], context: Context) -> Resolved | None:
    groups = m.groupdict()
    length = 6 if (groups.get("span") or "").startswith("semestre") else 3
    ordinal = groups.get("ordinal")
    n = int(groups["n"]) if groups.get("n") else ORDINALS[ordinal or "first"]
    parts = 12 // length
    n = parts if n == -1 else n
    if not 1 <= n <= parts:
        return None
    written = groups.get("year")
    year = int(written) if written else context.today.year
    end = days.month_period(year, n * length)[1]
    if not written and end < context.today:
        year += 1
        end = days.month_period(year, n * length)[1]
    return dt.date(year, n * length - length + 1, 1), end


def _nth_weekday(m: re.Match[str], context: Context) -> Resolved | None:
    n, weekday = ORDINALS[m["ordinal"]], WEEKDAYS[m["weekday"]]
    if m["month"]:
        period = _month_year(context, MONTHS[m["month"]], m["year"])
        found = days.nth_weekday(period[0].year, period[0].month, weekday, n)
        if found and found < context.today and not m["year"]:
            found = days.nth_weekday(found.year + 1, found.month, weekday, n)
        return found
    if n == -1:
        return None
    moved = days.add_months(context.today, _steps(m["of"] or ""))
    return days.nth_weekday(moved.year, moved.month, weekday, n) if moved else None


# Movable feasts by their distance from Easter Sunday, others by month and day.
_EASTER_DAYS = {
    "paques": 0,
    "easter": 0,
    "lundi de paques": 1,
    "easter monday": 1,
    "ascension": 39,
    "pentecote": 49,
    "good friday": -2,
}
_FIXED_DAYS = {
    "noel": (12, 25), "christmas": (12, 25), "xmas": (12, 25), "toussaint": (11, 1), "nouvel an": (1, 1), "jour de l'an": (1, 1),
    "new year": (1, 1), "new year's": (1, 1), "saint-valentin": (2, 14), "st valentin": (2, 14), "valentine's day": (2, 14),
    "halloween": (10, 31), "saint-nicolas": (12, 6), "epiphanie": (1, 6), "christmas eve": (12, 24), "reveillon": (12, 31),
}  # fmt: skip
_FEAST_WORDS = "|".join(sorted({*_EASTER_DAYS, *_FIXED_DAYS}, key=len, reverse=True))


def _feast(m: re.Match[str], context: Context) -> Resolved | None:
    name = " ".join(m["feast"].split())
    if name in _EASTER_DAYS:
        return days.coming_easter(context.today, _EASTER_DAYS[name])
    return days.coming(context.today, *_FIXED_DAYS[name])


_SEASONS = {
    "printemps": (3, 6),
    "spring": (3, 6),
    "ete": (6, 9),
    "summer": (6, 9),
    "automne": (9, 12),
    "autumn": (9, 12),
    "hiver": (12, 3),
    "winter": (12, 3),
}


def _season(m: re.Match[str], context: Context) -> Resolved | None:
    word = _NEXT_WORD.match(context.folded, m.end())
    if m.group().startswith(("the ", "in the ", "le ", "l'")) and word and word.group(1) not in _AFTER_NUMBER:
        return None  # "the winter range"
    first_month, last_month = _SEASONS[m["season"]]
    first_day = {3: 20, 6: 21, 9: 22, 12: 21}
    year = int(m["year"]) if m["year"] else context.today.year
    first = dt.date(year, first_month, first_day[first_month])
    last = dt.date(year + (last_month < first_month), last_month, first_day[last_month]) - dt.timedelta(days=1)
    if not m["year"] and (last < context.today or (_steps(m.group()) == 1 and first <= context.today)):
        return first.replace(year=year + 1), last.replace(year=last.year + 1)
    return first, last


_NOUN_BEHIND = re.compile(r" {0,3}(?:h\b|h\d|heures?\b|%|[/.,:'-]\d|rue\b|avenue\b|bis\b|[ap]m\b)")
_AFTER_NUMBER = frozenset(
    "a au aux et ou si pour car mais avec matin soir midi apres max maximum at de du in on or and if we is for with prochain "
    "dernier inclus compris par en sans nous je on vous il elle".split()
)
_NEXT_WORD = re.compile(r" {0,3}([^\W\d_]+)")


def _day_of_month(m: re.Match[str], context: Context) -> Resolved | None:
    """ "le 15": only where no noun follows, which would make it a number of things or of a house."""
    if not m["of"]:
        word = _NEXT_WORD.match(context.folded, m.end())
        if _DAY_RANGE.match(context.folded, m.start("day")):
            return None  # "du 12 au 14 mai" is one period
        if _NOUN_BEHIND.match(context.folded, m.end()) or (word and word.group(1) not in _AFTER_NUMBER):
            return None
    number = day_number(m["day"])
    if not 1 <= number <= 31:
        return None
    if m["of"]:
        moved = days.add_months(context.today, _steps(m["of"]))
        return days.day(moved.year, moved.month, number) if moved else None
    return days.coming_day_of_month(context.today, number)


_YEAR_CUE = phrase(
    r"\b(?:en|depuis|in|since|annee|fin|debut|courant|mi|of|rentree|des|jusqu'en|until|before|avant|by|janvier|de|saison|"
    r"edition|pour|for) ?$"
)


def _year(m: re.Match[str], context: Context) -> Resolved | None:
    word = _NEXT_WORD.match(context.folded, m.end())
    if not _YEAR_CUE.search(context.before(m)) or (word and word.group(1) not in _AFTER_NUMBER | {"c", "the"}):
        return None
    year = int(m["year"])
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


_DAY_RANGE = phrase(
    rf"{DAY}(?: {MONTH})? ?(?:au|-|to|et|and|&|or|ou) ?(?:le |the )?(?:{ANY_WEEKDAY} )?{DAY}(?: of)? {MONTH}\b"
)


def _rule(
    name: str,
    openings: Iterable[str],
    pattern: str,
    resolve: Callable[[re.Match[str], Context], Resolved | None],
) -> Rule:
    return Rule(name, frozenset(openings), phrase(pattern), resolve)


_YEAR_BEHIND = rf"(?:[,./-]{{0,1}} ?(?P<year>{YEAR}|{SHORT_YEAR}))?"
_DAYS = rf"(?:{DAY}|{WORD_DAY}\b)"
_FRONT_WEEKDAY = rf"(?:{ANY_WEEKDAY},? (?:le |the )?)?"
_WEEKDAY_WORDS = tuple(WEEKDAYS)
_NUMBER_OPENINGS = ("0", *NUMBER_WORDS)
_AWAY_TAIL = rf"(?P<n>{COUNT}) ?(?P<unit>{UNIT})\b(?P<working> (?:ouvres?|ouvrables?|de travail))?"
_AWAY_MORE = (
    rf"(?:(?: et|,| plus de| plus d'| and)? ?(?P<n2>{COUNT}) ?(?P<unit2>{UNIT})\b)?"
    rf"(?:(?: et|,| and)? ?(?P<n3>{COUNT}) ?(?P<unit3>{UNIT})\b)?"
)
_NEXT_LAST = r"(?:prochaine?|suivante?|derniere?|passee?|qui vient|a venir)"
_PARTS = r"(?P<part>fin|debut|mi|courant|(?:the )?end of|late|early|mid|(?:the )?beginning of|(?:the )?start of|(?:the )?middle of)"

_ALL = (
    _rule("iso", "0", r"(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)", _iso),
    _rule(
        "numeric",
        "0",
        r"(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?:(?:(?P=sep)|, ?)(?P<year>\d{4}|\d{2}))?(?![\d%])(?![-/.,:]\d)(?! ?[€$£%])",
        _numeric,
    ),
    _rule(
        "day range",
        ("0", "premier", *_WEEKDAY_WORDS),
        rf"{_FRONT_WEEKDAY}(?P<first>{_DAYS})(?: (?P<first_month>{MONTH})\b)?(?: au | ?- ?| to | et | and | & | or | ou )(?:le |the )?"
        rf"(?:{ANY_WEEKDAY} )?(?P<day>{_DAYS})(?: of)? (?P<month>{MONTH})\b\.?{_YEAR_BEHIND}",
        _day_range,
    ),
    _rule(
        "week of",
        ("semaine", "week", "w", "wc"),
        rf"(?:semaine du|week of(?: the)?|w/c(?: the)?|wc|week commencing(?: the)?|week beginning) {_FRONT_WEEKDAY}"
        rf"(?P<day>{_DAYS})(?:(?: of)? (?P<month>{MONTH})\b|/(?P<month_number>\d\d?)\b){_YEAR_BEHIND}",
        _week_around,
    ),
    _rule(
        "week of",
        ("week", "w", "wc"),
        rf"(?:week of|w/c|wc|week commencing|week beginning) {_FRONT_WEEKDAY}(?P<month>{MONTH}) (?P<day>{DAY}){_YEAR_BEHIND}",
        _week_around,
    ),
    _rule(
        "day month",
        ("0", "premier", "vingt", "trente", "deux", "trois", "quinze", "dix", *_WEEKDAY_WORDS),
        rf"{_FRONT_WEEKDAY}(?P<day>{_DAYS})(?: of)?(?: |-|/)?(?P<month>{MONTH})\b\.?{_YEAR_BEHIND}",
        _day_month,
    ),
    _rule(
        "month day",
        (*MONTHS, *_WEEKDAY_WORDS),
        rf"{_FRONT_WEEKDAY}(?P<month>{MONTH})[. /-]{{1,3}}(?:the )?(?P<day>(?:{DAY}|{WORD_DAY}\b|seconde?\b|deuxieme\b))(?! ?(?:%|€|h\b|heures|personnes|people|pages)){_YEAR_BEHIND}",
        lambda m, c: _dated(c, m, MONTHS[m["month"]], ORDINALS.get(m["day"]) or day_number(m["day"]), m["year"]),
    ),
    _rule(
        "ordinal of month",
        ("seconde", "second", "deuxieme"),
        rf"(?P<day>seconde?|deuxieme) (?:de )?(?P<month>{MONTH})\b{_YEAR_BEHIND}",
        lambda m, c: _dated(c, m, MONTHS[m["month"]], 2, m["year"]),
    ),
    _rule(
        "part of month",
        (
            "fin",
            "debut",
            "mi",
            "courant",
            "the",
            "end",
            "late",
            "early",
            "mid",
            "beginning",
            "start",
            "middle",
        ),
        rf"{_PARTS}(?: |-)(?:du mois de |d'|de )?(?P<month>{MONTH})\b\.?{_YEAR_BEHIND}",
        _part_of_month,
    ),
    _rule(
        "part of year",
        ("fin", "debut", "mi", "courant", "end", "late", "early", "mid", "the"),
        rf"{_PARTS}(?: |-)(?P<year>20\d\d)\b",
        _part_of_year,
    ),
    _rule(
        "end of period",
        ("fin", "debut", "mi", "la", "the", "end", "month", "en", "courant", "week", "beginning"),
        r"(?:(?:la |en )?(?:fin|debut|courant) (?:du|de ce|de la|de cette|de l'|d'|de) ?(?P<unit>mois|semaine|annee)"
        rf"(?: {_NEXT_LAST}|-ci)?\b)",
        _end_of_period,
    ),
    _rule(
        "end of period",
        ("the", "end", "beginning", "start"),
        r"(?:the )?(?:end|beginning|start) of (?:the |this |next |this coming )?(?P<unit>month|week|year)\b",
        _end_of_period,
    ),
    _rule("abbreviated end", ("eow", "eom", "eoy"), r"(?:eow|eom|eoy)\b", _abbreviated_end),
    _rule(
        "nth weekday",
        (*tuple(ORDINALS), "0"),
        rf"(?P<ordinal>{ORDINAL}) (?P<weekday>{WEEKDAY})(?: (?:de |d'|of |en |in |du )?(?:(?P<month>{MONTH})\b\.?(?: (?P<year>{YEAR}))?|"
        rf"(?P<of>(?:ce |du |le |the |next |this )?(?:mois|month)(?: {_NEXT_LAST})?)\b))?",
        _nth_weekday,
    ),
    _rule(
        "weekday number",
        _WEEKDAY_WORDS,
        rf"(?P<weekday>{WEEKDAY}),? (?:le |the )?(?P<day>{_DAYS})(?!(?: (?:pages|personnes|euros|mots))| ?[h€%])",
        _weekday_number,
    ),
    _rule(
        "number weekday",
        ("vingt", "trente", "0"),
        rf"(?P<day>{WORD_DAY}|{DAY}), (?P<weekday>{WEEKDAY})\b",
        _weekday_number,
    ),
    _rule(
        "weekday",
        (*_WEEKDAY_WORDS, "ce", "cette", "cet", "this", "next", "last", "week"),
        rf"(?P<front>(?:this coming |next |last |this |ce |cette |cet |week )?)(?P<weekday>{WEEKDAY})\b(?!s\b)"
        rf"(?P<behind> (?:en huit|en quinze|{_NEXT_LAST}|(?:de )?(?:la|cette) semaine(?: (?:prochaine?|derniere?|suivante))?|of next week|"
        r"next week|of this week|this week|week\b))?",
        _weekday,
    ),
    _rule(
        "weekday",
        ("a", "une"),
        rf"(?:a week on|a week)(?P<front>) (?P<weekday>{WEEKDAY})(?P<behind>)\b",
        lambda m, c: days.shifted(days.coming_weekday(c.today, WEEKDAYS[m["weekday"]], strictly=True), 7),
    ),
    _rule(
        "so long after",
        _NUMBER_OPENINGS,
        rf"(?P<n>{COUNT}) ?(?P<unit>{UNIT}) (?:apres|after) (?P<near>{_NEAR_WORDS})\b",
        _away,
    ),
    _rule(
        "so long before",
        _NUMBER_OPENINGS,
        rf"(?P<n>{COUNT}) ?(?P<unit>{UNIT}) (?P<ago>avant|before) (?:d')?(?P<near>{_NEAR_WORDS})\b",
        _away,
    ),
    _rule(
        "near",
        {name.split()[0].split("-")[0].split("'")[0] for name in _NEAR},
        rf"(?P<near>{_NEAR_WORDS})\b(?!-| (?:on |de |of |du )?(?:next |the )?(?:{WEEKDAY}|\d|demain\b|tomorrow\b))",
        _near,
    ),
    _rule(
        "away",
        ("dans", "d", "sous", "in", "within", "d'ici"),
        rf"(?:dans (?:environ |a peu pres )?|d'ici (?:a |environ )?|sous |in (?:about |around |the next )?|within (?:the next )?){_AWAY_TAIL}{_AWAY_MORE}(?:' time)?"
        rf"(?: (?:apres|after) (?P<near>{_NEAR_WORDS})\b)?",
        _away,
    ),
    _rule(
        "fortnight",
        ("sous", "dans", "d"),
        r"(?:sous|dans|d'ici)(?: une| la)? (?P<unit>quinzaine|huitaine)\b(?! (?:de|d'))",
        _fortnight,
    ),
    _rule("ago", ("il", "y"), rf"(?:il )?y a (?P<ago>){_AWAY_TAIL}{_AWAY_MORE}", _away),
    _rule("ago", _NUMBER_OPENINGS, rf"{_AWAY_TAIL} (?P<ago>ago)\b", _away),
    _rule(
        "from now",
        _NUMBER_OPENINGS,
        rf"{_AWAY_TAIL} (?:from (?:now|today)|a partir (?:d'aujourd'hui|de maintenant))\b",
        _away,
    ),
    _rule(
        "this period",
        ("la", "cette", "ce", "le", "semaine", "mois", "week", "next", "this", "last", "annee", "l", "an"),
        r"(?:(?:la |le |l')?(?P<unit>semaine|mois|annee|week-end|weekend) "
        rf"{_NEXT_LAST}\b)",
        _this_period,
    ),
    _rule(
        "this period",
        ("cette", "ce", "next", "this", "last"),
        r"(?:cette |ce |next |this |this coming |last )(?P<unit>semaine|mois|annee|week-end|weekend|week|month|year)\b(?:-ci)?",
        _this_period,
    ),
    _rule(
        "week number",
        ("semaine", "semaines", "sem", "week", "wk"),
        r"(?:semaine|sem\.?|week|wk) ?(?:n ?°|numero|no\.?)? ?(?P<week>[0-5]?\d)(?!\d)(?: (?:de |of )?(?P<year>20\d\d))?",
        _week_number,
    ),
    _rule(
        "week number",
        ("s", "w"),
        r"[sw](?P<week>[0-5]\d)(?!\d)(?:(?: |-)(?P<year>20\d\d))?",
        lambda m, c: _week_number(m, c) if m["year"] or _PERIOD_CUE.search(c.before(m)) else None,
    ),
    _rule(
        "quarter",
        ("t", "q"),
        r"[tq](?P<n>[1-4])\b(?: (?P<year>20\d\d))?",
        lambda m, c: _quarter(m, c) if m["year"] or _PERIOD_CUE.search(c.before(m)) else None,
    ),
    _rule(
        "quarter",
        (*tuple(ORDINALS), "0"),
        rf"(?P<ordinal>{ORDINAL}) (?P<span>trimestre|semestre|quarter)\b(?: (?:de |of )?(?P<year>20\d\d))?",
        _quarter,
    ),
    _rule(
        "feast",
        {name.split()[0].split("-")[0].split("'")[0] for name in (*_EASTER_DAYS, *_FIXED_DAYS)},
        rf"(?P<feast>{_FEAST_WORDS})\b(?! (?:break|holidays?|vacation|tree|cards?|market|party))",
        _feast,
    ),
    _rule(
        "season",
        (
            "cet",
            "ce",
            "l",
            "le",
            "au",
            "this",
            "next",
            "in",
            "the",
            "printemps",
            "ete",
            "automne",
            "hiver",
            "a",
        ),
        rf"(?:cet |ce |l'|le |au |a l'|en |this |next |in |the |in the )?(?P<season>{'|'.join(_SEASONS)})\b(?: {_NEXT_LAST})?(?: (?P<year>20\d\d))?",
        lambda m, c: _season(m, c) if m["year"] or " " in m.group() or "'" in m.group() else None,
    ),
    _rule(
        "day of month",
        ("le", "au", "du", "the"),
        rf"(?:le|au|du|the) (?P<date>(?P<day>{DAY}|{WORD_DAY}\b)(?P<of> (?:du|de ce|of|of the|of this|of next) (?:mois|month)(?: {_NEXT_LAST})?\b)?)",
        lambda m, c: (
            _day_of_month(m, c)
            if m["of"] or not m.group().startswith("the ") or re.search(r"(?:st|nd|rd|th)$", m["day"])
            else None
        ),
    ),
    _rule(
        "month",
        MONTHS,
        rf"(?P<month>{MONTH})\b\.?(?: (?:de l'annee )?(?P<year>{YEAR}))?(?! ?-? ?\d{{1,2}}(?!\d))",
        _month,
    ),
    _rule("year", "0", r"(?P<year>(?:19[5-9]|20[0-4])\d)(?![\d€%])(?! ?[€$£%]|[.,/]\d)", _year),
)


def _by_opening(rules: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    table: dict[str, list[Rule]] = {}
    for rule in rules:
        for word in rule.openings:
            table.setdefault(word, []).append(rule)
    return {word: tuple(found) for word, found in table.items()}


#: The rules to try at a word, in order; under "0" those for digits.
RULES = _by_opening(_ALL)

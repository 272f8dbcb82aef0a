"""The words of dates in French and English, as pieces of patterns for folded text, and what they stand for."""

import re
from collections.abc import Iterable

from rendezvous.reading.numbers import count_value

_MONTH_NAMES = (
    "janvier janv january jan",
    "fevrier fevr fev february feb",
    "mars march mar",
    "avril avr april apr",
    "mai may",
    "juin june jun",
    "juillet juil july jul",
    "aout august aug",
    "septembre september sept sep",
    "octobre october oct",
    "novembre november nov",
    "decembre december dec",
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_WEEKDAY_NAMES = (
    "lundi monday",
    "mardi tuesday",
    "mercredi wednesday",
    "jeudi thursday",
    "vendredi friday",
    "samedi saturday",
    "dimanche sunday",
)
_SHORT_WEEKDAYS = (
    "lun mon",
    "mar tue tues",
    "mer wed weds",
    "jeu thu thurs",
    "ven fri",
    "sam sat",
    "dim sun",
)
WEEKDAYS = {
    name: number
    for table in (_WEEKDAY_NAMES, _SHORT_WEEKDAYS)
    for number, names in enumerate(table)
    for name in names.split()
}
FULL_WEEKDAYS = frozenset(" ".join(_WEEKDAY_NAMES).split())
ORDINALS = {
    "premier": 1, "premiere": 1, "1er": 1, "1ere": 1, "first": 1, "1st": 1,
    "deuxieme": 2, "second": 2, "seconde": 2, "2e": 2, "2eme": 2, "2nd": 2,
    "troisieme": 3, "troiseme": 3, "third": 3, "3e": 3, "3eme": 3, "3rd": 3,
    "quatrieme": 4, "fourth": 4, "4e": 4, "4eme": 4, "4th": 4,
    "cinquieme": 5, "fifth": 5, "5e": 5, "5th": 5,
    "dernier": -1, "derniere": -1, "last": -1,
}  # fmt: skip
UNIT_DAYS = {
    "jour": 1, "jours": 1, "journee": 1, "journees": 1, "day": 1, "days": 1, "j": 1,
    "semaine": 7, "semaines": 7, "week": 7, "weeks": 7, "wks": 7, "fortnight": 14,
}  # fmt: skip
UNIT_MONTHS = {"mois": 1, "month": 1, "months": 1, "trimestre": 3, "trimestres": 3, "semestre": 6} | {
    "an": 12, "ans": 12, "annee": 12, "annees": 12, "year": 12, "years": 12
}  # fmt: skip
UNIT_HOURS = {"h": 1, "heure": 1, "heures": 1, "hour": 1, "hours": 1, "hrs": 1}


def one_of(words: Iterable[str]) -> str:
    """An alternative of words, longest first so that none hides another."""
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


MONTH = one_of(MONTHS)
WEEKDAY = one_of(FULL_WEEKDAYS)
ANY_WEEKDAY = rf"(?:{WEEKDAY}|{one_of(set(WEEKDAYS) - FULL_WEEKDAYS)}\.?)"
ORDINAL = one_of(ORDINALS)
YEAR = r"(?:(?:1\d|20)\d\d(?!\d))"
# Two digits are a year only at the end of what is said: "12 mai 14 h" names an hour.
SHORT_YEAR = r"(?:'?\d\d(?= ?(?:$|[.,;:!?)\n])))"
UNIT = one_of({*UNIT_DAYS, *UNIT_MONTHS, *UNIT_HOURS})

_TENS = "dix~sept dix~huit dix~neuf vingt~et~un trente~et~un".split()
_TWENTIES = [f"vingt~{unit}" for unit in "deux trois quatre cinq six sept huit neuf".split()]
_ONES = "premier deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente"
WORD_DAY = one_of([*_TENS, *_TWENTIES, *_ONES.split()]).replace("~", "[- ]")
DAY = rf"(?:{WEEKDAY}|{one_of(set(WEEKDAYS) - FULL_WEEKDAYS)}\.?)"
ORDINAL = one_of(ORDINALS)
YEAR = r"(?:(?:1\d|20)\d\d(?!\d))"
# Two digits are a year only at the end of what is said: "12 mai 14 h" names an hour.
SHORT_YEAR = r"(?:'?\d\d(?= ?(?:$|[.,;:!?)\n])))"
UNIT = one_of({*UNIT_DAYS, *UNIT_MONTHS, *UNIT_HOURS})

_WORD_DAYS = (
    "premier deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix[- ]sept "
    "dix[- ]huit dix[- ]neuf vingt vingt[- ]et[- ]un vingt[- ]deux vingt[- ]trois vingt[- ]quatre vingt[- ]cinq "
    "vingt[- ]six vingt[- ]sept vingt[- ]huit vingt[- ]neuf trente trente[- ]et[- ]un"
)
WORD_DAY = one_of(w.replace("~", " ") for w in re.sub(r"\[- \]", "[-~]", _WORD_DAYS).split()).replace("[-~]", "[- ]")
DAY = r"(?:[0-3]?\d(?:er|st|nd|rd|th|e)?(?![\w%]))"


def day_number(written: str) -> int:
    """The day of the month that `DAY` or `WORD_DAY` matched."""
    digits = re.match(r"\d+", written)
    if digits:
        return int(digits.group())
    if written == "premier":
        return 1
    value = count_value(written)
    return 0 if value is None else int(value)


def year_number(written: str) -> int:
    """The year that `YEAR` or `SHORT_YEAR` matched."""
    number = int(written.lstrip("'"))
    if number >= 100:
        return number
    return number + (2000 if number < 70 else 1900)

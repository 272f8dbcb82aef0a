"""How figures, money, days and hours are written, in French and in English.

French: no-break spaces before high punctuation and inside « », narrow ones in figures, a 24-hour clock ("9 h 30"),
"1er" for the first of a month (Lexique des règles typographiques en usage à l'Imprimerie nationale).
"""

import datetime as dt
import re
from decimal import Decimal

from django.utils import timezone, translation

from rendezvous.practice import clock

HALF_A_YEAR = dt.timedelta(days=183)
NARROW, FIXED = "\u202f", "\u00a0"
_HIGH = re.compile(r"[ \u00a0\u202f]+([;!?])")
_COLON = re.compile(r"[ \u00a0\u202f]+(:)(?=\s|$)")
_OPEN = re.compile(r"«[ \u00a0\u202f]*")
_CLOSE = re.compile(r"[ \u00a0\u202f]*»")
_UNIT = re.compile(r"(?<=\d) (?=(?:€|%|k€|h\b|min\b|km\b))")

DAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "CHF": "CHF", "CAD": "CAD"}


def language() -> str:
    return "en" if (translation.get_language() or "fr").startswith("en") else "fr"


def french(text: str) -> str:
    """The same words with the no-break spaces that French wants. Applying it twice changes nothing."""
    text = _HIGH.sub(NARROW + r"\1", text)
    text = _COLON.sub(FIXED + r"\1", text)
    text = _OPEN.sub("«" + FIXED, text)
    text = _CLOSE.sub(FIXED + "»", text)
    return _UNIT.sub(FIXED, text)


def local(moment: dt.datetime | dt.date) -> dt.datetime | dt.date:
    return timezone.localtime(moment) if isinstance(moment, dt.datetime) else moment


def day(moment: dt.datetime | dt.date, *, year: bool | None = None) -> str:
    """ "lundi 15 mars", "Monday 15 March"; the year where it is another one and not near."""
    date, code = local(moment), language()
    first = "er" if code == "fr" and date.day == 1 else ""
    words = f"{DAYS[code][date.weekday()]} {date.day}{first} {MONTHS[code][date.month - 1]}".replace(" ", FIXED)
    if year or (year is None and _needs_its_year(date)):
        words += f" {date.year}"
    return words


def _needs_its_year(moment: dt.datetime | dt.date) -> bool:
    date, today = moment.date() if isinstance(moment, dt.datetime) else moment, clock.today()
    return date.year != today.year and abs(date - today) > HALF_A_YEAR


def short_day(moment: dt.datetime | dt.date) -> str:
    """ "15 mars", "15 March"; the year as in `day`."""
    return " ".join(day(moment).split(FIXED, 1)[1].split()).replace(" ", FIXED)


def hour(moment: dt.datetime | dt.time) -> str:
    """ "9 h 30", "9 h"; "9:30", "9:00"."""
    time = timezone.localtime(moment) if isinstance(moment, dt.datetime) else moment
    if language() == "en":
        return f"{time.hour}:{time.minute:02}"
    return f"{time.hour}{FIXED}h" + (f"{FIXED}{time.minute:02}" if time.minute else "")


def moment(value: dt.datetime, *, year: bool | None = None) -> str:
    """ "lundi 15 mars à 9 h 30", "Monday 15 March at 9:30"; the year as in `day`."""
    return f"{day(value, year=year)} {'at' if language() == 'en' else 'à'} {hour(value)}"


def duration(minutes: int) -> str:
    """ "45 min", "1 h 30"."""
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return f"{rest}{FIXED}min"
    return f"{hours}{FIXED}h" + (f"{FIXED}{rest:02}" if rest else "")


def figure(value: float | Decimal, places: int = 0) -> str:
    """ "4 000", "4,000"; "0,12", "0.12"."""
    text = f"{value:,.{places}f}"
    if language() == "fr":
        text = text.replace(",", NARROW).replace(".", ",")
    return text


def money(value: float | Decimal, currency: str = "EUR") -> str:
    """ "4 000 €", "€4,000"; cents only where there are some."""
    amount = Decimal(str(value))
    text = figure(amount, 0 if amount == amount.to_integral() else 2)
    symbol = SYMBOLS.get(currency, currency)
    if language() == "fr" or len(symbol) > 1:
        return f"{text}{FIXED}{symbol}"
    return f"{symbol}{text}"


def money_range(low: float | Decimal | None, high: float | Decimal | None, currency: str = "EUR") -> str:
    """ "4–5 k€", "800 €", "au plus 800 €", "at least €2,000"."""
    code = language()
    if low is not None and high is not None:
        if low == high:
            return money(low, currency)
        thousands = Decimal(str(low)) >= 1000 and all(Decimal(str(x)) % 500 == 0 for x in (low, high))
        if code == "fr" and thousands and currency == "EUR":
            a, b = (figure(Decimal(str(x)) / 1000, 0 if Decimal(str(x)) % 1000 == 0 else 1) for x in (low, high))
            return f"{a}–{b}{FIXED}k€"
        return f"{figure(low)}–{money(high, currency)}" if code == "fr" else f"{money(low, currency)}–{figure(high)}"
    if high is not None:
        return ("at most " if code == "en" else "au plus ") + money(high, currency)
    if low is not None:
        return ("at least " if code == "en" else "au moins ") + money(low, currency)
    return ""


def percent(share: float) -> str:
    """ "38 %", "38%"."""
    return f"{round(share * 100)}{'%' if language() == 'en' else FIXED + '%'}"

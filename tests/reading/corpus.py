"""Messages to read, each with what a careful reader takes from it.

All people, companies, addresses and numbers are invented. `missed` names what the rules are known not to find yet:
a test fails when one of them is found at last, so that the list stays true.
"""

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Message:
    name: str
    date: str
    text: str
    kind: str = "prospect"
    signals: str = ""
    slots: dict = field(default_factory=dict)
    subject: str = ""
    recipients: int = 1
    language: str = "fr"
    missed: str = ""

    @property
    def when(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.date)


def budget(text, low, high, currency="EUR", tax=None, per="project"):
    return {"evidence": text, "min": low, "max": high, "currency": currency, "tax": tax, "per": per}


def deadline(text, date):
    return {"evidence": text, "date": date}


def meeting(text, mode, place=None):
    return {"evidence": text, "mode": mode, "place": place}

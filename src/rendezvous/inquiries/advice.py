"""The reasons of an advice, in words: the judging gives codes and figures, the desk reads sentences."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext

from rendezvous.inquiries.models import Recommendation
from rendezvous.inquiries.wording import missing_words
from rendezvous.practice.models import Practice
from rendezvous.practice.typography import figure, money, percent


def reasons_in_words(advice: Recommendation, practice: Practice) -> list[str]:
    """One sentence a reason, in the language of the page."""
    return [_sentence(reason["code"], reason["params"], practice) for reason in advice.reasons]


def _sentence(code: str, params: Mapping[str, Any], practice: Practice) -> str:
    if code == "few_cases" and not params["cases"]:
        return gettext("The forecast rests on no past inquiry yet: trust yourself more than it.")
    if code == "few_cases":
        return ngettext(
            "The forecast rests on %(cases)s past inquiry only: trust yourself more than it.",
            "The forecast rests on %(cases)s past inquiries only: trust yourself more than it.",
            params["cases"],
        ) % {"cases": figure(params["cases"])}
    return _sentences()[code] % _figures(params, practice)


def _figures(params: Mapping[str, Any], practice: Practice) -> dict[str, str]:
    """Each figure as it is written: shares as percentages, money in the practice's currency."""
    words = {}
    for name in ("low", "high", "threshold"):
        if name in params:
            words[name] = percent(params[name])
    for name in ("cost", "value"):
        if name in params:
            words[name] = money(round(params[name]), practice.currency)
    if "slots" in params:
        words["slots"] = missing_words(params["slots"])
    return words


def _sentences() -> dict[str, str]:
    """The codes of `judging.advice`, worded."""
    return {
        "not_a_request": gettext("Nothing is asked of you."),
        "network": gettext("Somebody to know, not a sale: no figure here."),
        "client": gettext("Already a client: an answer is due, whatever the figures."),
        "free_work_without_budget": gettext("Unpaid work is asked for, and there is no money."),
        "no_money": gettext("The budget given is nothing."),
        "little_money": gettext("Little or no money is announced, without a figure."),
        "value_unknown": gettext("What the work may bring is not known: nothing is computed from a guess."),
        "missing": gettext("Not said: %(slots)s. Knowing it could change this advice."),
        "chance_above": gettext(
            "Even at its lowest (%(low)s), the chance is above the %(threshold)s from which a meeting pays."
        ),
        "chance_around": gettext(
            "A meeting pays from a chance of %(threshold)s; this one lies between %(low)s and %(high)s."
        ),
        "chance_below": gettext("A meeting pays from a chance of %(threshold)s; this one is at most %(high)s."),
        "trip_never_pays": gettext(
            "A trip costs you %(cost)s, time included: work worth %(value)s does not pay it back."
        ),
        "not_worth_a_call": gettext(
            "With a chance of at most %(high)s and %(value)s at stake, not even a call (%(cost)s) pays."
        ),
        "cannot_travel": gettext("No trip can be made, so a call."),
    }

"""Meet, call, ask or decline: what the chance of signing is worth, against what the next step costs.

A first rule, in money: a step is worth taking when what it may bring, on average, is clearly more than what
it costs (`RETURN` times as much). The chance is taken as the same whatever the step. Reasons are
language-free: a code and figures, which the interface words. Chances and thresholds are shares (0.38),
money is in the practice's currency.

| code | params | says |
|---|---|---|
| `not_a_request` | | nothing is asked for |
| `network` | | somebody to know: no figure is given, nobody is chased |
| `client` | | already a client: answered, whatever the figures |
| `free_work_without_budget` | | unpaid work is asked for, and there is no money |
| `no_money` | | the stated budget is nothing |
| `little_money` | | little or no money is announced, and no figure: the usual value is not used |
| `value_unknown` | | no figure for what the work may bring: nothing is computed from one |
| `missing` | `slots` | these are not known, and knowing them could change the advice |
| `chance_above` | `low`, `high`, `threshold` | its low end is above the chance from which a meeting pays |
| `chance_around` | `low`, `high`, `threshold` | the interval holds the chance from which a meeting pays |
| `chance_below` | `low`, `high`, `threshold` | even the high end is below that chance, yet a call may pay |
| `trip_never_pays` | `cost`, `value` | a sure signature, at the least value, would not clearly pay the trip |
| `not_worth_a_call` | `high`, `value`, `cost` | even the high end does not clearly pay a call |
| `cannot_travel` | | the trip would pay, but no trip can be made |
| `few_cases` | `cases` | the chance rests on few past cases |
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rendezvous.judging.cases import Forecast

Action = Literal["meet", "call", "ask", "decline"]

#: A step must be expected to bring back at least twice its cost: the proposal, the talks and the late or
#: missing payment that follow it are counted nowhere else. To be set by the practice, when it can.
RETURN = 2.0
#: How far an unknown budget may lie from the usual one, either way.
BUDGET_SPREAD = 3.0
#: How far the odds of signing may move, either way, once what is wanted and by when is known.
ODDS_SPREAD = 2.0
#: The slots whose answers can change the advice, in the order in which they are asked.
TELLING = ("deliverable", "deadline", "budget")
#: With fewer past cases than this, the advice says how few there are.
FEW = 12
#: A trip of at most so many hours, both ways, is short enough to have coffee with somebody.
NEARBY_HOURS = 1.0
MOST_REASONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known when deciding on one inquiry, in the practice's own money and hours.

    `value_low` to `value_high` is what the work would bring, either None when unknown; in either order.
    `trip_hours` and `trip_cost` are for both ways. `missing` and `signals` bear the names of the reading's
    slots and signals, `kind` of its kinds. Raises `ValueError` for a negative or infinite figure.
    """

    forecast: Forecast
    value_low: float | None
    value_high: float | None
    trip_hours: float
    trip_cost: float
    hourly_worth: float
    call_hours: float = 0.5
    missing: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    kind: str = "prospect"
    can_travel: bool = True

    def __post_init__(self) -> None:
        for name in ("value_low", "value_high", "trip_hours", "trip_cost", "hourly_worth", "call_hours"):
            figure = getattr(self, name)
            if figure is not None and not 0 <= figure < math.inf:
                raise ValueError(f"{name} must be a figure of 0 or more; it is {figure}.")


@dataclass(frozen=True, slots=True)
class AdviceReason:
    """Why, as a code of this module's table and its figures."""

    code: str
    params: Mapping[str, float | int | tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do next, with at most three reasons, the weightiest first.

    `threshold` is the chance from which a meeting clearly pays; 1 or more when none is enough, None when it
    cannot be told. `worth` is what meeting, calling and declining bring on average less what they cost,
    empty when a figure is missing; asking is not in it, since what an answer is worth depends on the
    answer.
    """

    action: Action
    reasons: tuple[AdviceReason, ...]
    threshold: float | None = None
    worth: Mapping[Action, float] = field(default_factory=dict)


def advise(situation: Situation) -> Advice:
    """What to do next.

    Meet when even the low end of the chance clearly pays the trip. Ask when what is wanted, by when or for
    how much is missing and the answer could change the advice. Decline what is no request, unpaid work
    without a budget, and what would not clearly pay a call even at the high end. Call otherwise. Somebody
    of the network is met or called as a person, without any figure; a client is never declined. No figure
    is ever made up: without a value there is no threshold and no worth.
    """
    settled = _settled(situation)
    if settled is not None:
        return settled
    value = _value(situation)
    if value is None:
        return _without_figures(situation)
    return _by_figures(situation, *value)


def _settled(situation: Situation) -> Advice | None:
    """What needs no figure."""
    if situation.kind == "not_a_request":
        return Advice("decline", (AdviceReason("not_a_request"),))
    if situation.kind == "network":
        near = situation.can_travel and situation.trip_hours <= NEARBY_HOURS
        return Advice("meet" if near else "call", (AdviceReason("network"),))
    if situation.kind == "client":
        return None
    if "free_work" in situation.signals and ("no_budget" in situation.signals or situation.value_high == 0):
        return Advice("decline", (AdviceReason("free_work_without_budget"),))
    if situation.value_high == 0:
        return Advice("decline", (AdviceReason("no_money"),))
    return None


def _value(situation: Situation) -> tuple[float, float] | None:
    """The least and the most that the work would bring, or None when that is not known."""
    if _little_money(situation):
        return None
    known = [figure for figure in (situation.value_low, situation.value_high) if figure is not None]
    return (min(known), max(known)) if known else None


def _little_money(situation: Situation) -> bool:
    return "no_budget" in situation.signals and "budget" in situation.missing


def _without_figures(situation: Situation) -> Advice:
    telling = _telling(situation)
    reasons = [AdviceReason("little_money" if _little_money(situation) else "value_unknown")]
    if situation.kind == "client":
        reasons.insert(0, AdviceReason("client"))
    if telling:
        reasons.append(AdviceReason("missing", {"slots": telling}))
    return Advice("ask" if telling else "call", tuple(reasons[:MOST_REASONS]))


def _by_figures(situation: Situation, least: float, most: float) -> Advice:
    forecast = situation.forecast
    trip = situation.trip_cost + situation.trip_hours * situation.hourly_worth
    call = situation.call_hours * situation.hourly_worth
    middle = (least + most) / 2
    threshold = RETURN * trip / least if least > 0 else None
    telling = _telling(situation)
    reasons = [_chance(forecast, threshold, trip, least)]
    action: Action
    if telling and _could_change(situation, telling, middle, trip, call):
        action = "ask"
        reasons.insert(0, AdviceReason("missing", {"slots": telling}))
    elif situation.kind != "client" and forecast.high * most < RETURN * call:
        action = "decline"
        figures = {"high": forecast.high, "value": most, "cost": call}
        reasons = [AdviceReason("not_worth_a_call", figures)]
    elif reasons[0].code == "chance_above" and situation.can_travel:
        action = "meet"
    else:
        action = "call"
    if reasons[-1].code == "chance_above" and not situation.can_travel:
        reasons.append(AdviceReason("cannot_travel"))
    if situation.kind == "client":
        reasons.insert(0, AdviceReason("client"))
    if forecast.cases < FEW:
        reasons.append(AdviceReason("few_cases", {"cases": forecast.cases}))
    return Advice(action, tuple(reasons[:MOST_REASONS]), threshold, _worth(situation, middle, trip, call))


def _worth(situation: Situation, value: float, trip: float, call: float) -> dict[Action, float]:
    brought = situation.forecast.probability * value
    worth: dict[Action, float] = {"meet": brought - trip, "call": brought - call, "decline": 0.0}
    if not situation.can_travel:
        del worth["meet"]
    return worth


def _chance(forecast: Forecast, threshold: float | None, trip: float, least: float) -> AdviceReason:
    """Where the forecast lies beside the chance from which a meeting pays."""
    if threshold is None or threshold >= 1:
        return AdviceReason("trip_never_pays", {"cost": trip, "value": least})
    figures = {"low": forecast.low, "high": forecast.high, "threshold": threshold}
    if forecast.low >= threshold:
        return AdviceReason("chance_above", figures)
    return AdviceReason("chance_below" if forecast.high < threshold else "chance_around", figures)


def _telling(situation: Situation) -> tuple[str, ...]:
    return tuple(slot for slot in TELLING if slot in situation.missing)


def _could_change(situation: Situation, telling: tuple[str, ...], value: float, trip: float, call: float) -> bool:
    """Whether the best and the worst answers to what is missing lead to different steps."""
    value_factor = BUDGET_SPREAD if "budget" in telling else 1.0
    odds_factor = ODDS_SPREAD if {"deliverable", "deadline"} & set(telling) else 1.0
    odds = situation.forecast.probability / (1 - situation.forecast.probability)
    worst = _chance_at(odds / odds_factor) * value / value_factor
    best = _chance_at(odds * odds_factor) * value * value_factor
    dearest = trip if situation.can_travel else math.inf
    return _step(worst, dearest, call) != _step(best, dearest, call)


def _chance_at(odds: float) -> float:
    return odds / (1 + odds)


def _step(brought: float, trip: float, call: float) -> Action:
    """The dearest step that what is `brought` on average clearly pays."""
    if brought >= RETURN * trip:
        return "meet"
    return "call" if brought >= RETURN * call else "decline"

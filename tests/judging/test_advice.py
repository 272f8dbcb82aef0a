"""Meet, call, ask or decline: the rule at its edges, and the reasons it gives."""

import math
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendezvous.judging import Forecast, Situation, advice, advise


def chance(low: float, probability: float, high: float, cases: int = 50) -> Forecast:
    return Forecast(probability, low, high, cases)


LIKELY, EVEN, SLIM = chance(0.5, 0.6, 0.7), chance(0.2, 0.35, 0.55), chance(0.001, 0.005, 0.01)


def situation(forecast: Forecast = EVEN, **changed) -> Situation:
    """A trip costs 80 and 4 hours of 60: 320; a call 30. A job of 2,000 pays the trip from 32 % on."""
    usual = {
        "value_low": 2000.0,
        "value_high": 2000.0,
        "trip_hours": 4.0,
        "trip_cost": 80.0,
        "hourly_worth": 60.0,
    }
    return Situation(forecast=forecast, **(usual | changed))


def codes(found) -> list[str]:
    return [reason.code for reason in found.reasons]


def test_meet_when_even_the_low_end_pays_the_trip():
    found = advise(situation(LIKELY))
    assert (found.action, codes(found)) == ("meet", ["chance_above"])
    assert found.reasons[0].params == {"low": 0.5, "high": 0.7, "threshold": 0.32}


def test_the_low_end_at_the_threshold_is_enough():
    assert advise(situation(chance(0.32, 0.4, 0.5))).action == "meet"
    assert advise(situation(chance(0.3199, 0.4, 0.5))).action == "call"


def test_call_when_the_interval_straddles_the_threshold():
    found = advise(situation(EVEN))
    assert (found.action, codes(found)) == ("call", ["chance_around"])


def test_call_when_the_trip_does_not_pay_but_a_call_does():
    found = advise(situation(chance(0.1, 0.15, 0.2)))
    assert (found.action, codes(found)) == ("call", ["chance_below"])


def test_call_when_the_job_is_worth_less_than_the_trip():
    found = advise(situation(LIKELY, value_low=400.0, value_high=400.0))
    assert (found.action, codes(found)) == ("call", ["trip_never_pays"])
    assert found.threshold == pytest.approx(1.6)
    assert found.reasons[0].params == {"cost": 320.0, "value": 400.0}


def test_decline_when_even_the_high_end_does_not_pay_a_call():
    found = advise(situation(SLIM))
    assert (found.action, codes(found)) == ("decline", ["not_worth_a_call"])
    assert found.reasons[0].params == {"high": 0.01, "value": 2000.0, "cost": 30.0}


def test_call_when_the_trip_would_pay_but_cannot_be_made():
    found = advise(situation(LIKELY, can_travel=False))
    assert (found.action, codes(found)) == ("call", ["chance_above", "cannot_travel"])
    assert "meet" not in found.worth


@pytest.mark.parametrize("slot", ["budget", "deadline", "deliverable"])
def test_ask_when_the_answer_could_change_the_advice(slot):
    found = advise(situation(EVEN, missing=(slot,)))
    assert (found.action, codes(found)) == ("ask", ["missing", "chance_around"])
    assert found.reasons[0].params == {"slots": (slot,)}


def test_no_question_when_no_answer_could_change_the_advice():
    found = advise(situation(chance(0.8, 0.85, 0.9), missing=("budget",), value_low=9000.0, value_high=9000.0))
    assert found.action == "meet"
    assert advise(situation(SLIM, missing=("deadline",))).action == "decline"


def test_no_question_when_only_other_slots_are_missing():
    assert advise(situation(EVEN, missing=("audiences", "competitors"))).action == "call"


def test_where_no_trip_can_be_made_a_better_chance_changes_nothing():
    assert advise(situation(EVEN, missing=("deadline",), can_travel=False)).action == "call"


def test_questions_come_in_the_order_of_a_conversation():
    found = advise(situation(EVEN, missing=("budget", "who", "deliverable")))
    assert found.reasons[0].params == {"slots": ("deliverable", "budget")}


# Figures that are missing


@pytest.mark.parametrize(("missing", "action"), [((), "call"), (("budget",), "ask")])
def test_without_a_value_no_figure_is_given(missing, action):
    found = advise(situation(LIKELY, value_low=None, value_high=None, missing=missing))
    assert (found.action, found.reasons[0].code) == (action, "value_unknown")
    assert (found.threshold, found.worth) == (None, {})


def test_announced_poverty_keeps_the_usual_value_out():
    found = advise(situation(LIKELY, signals=("no_budget",), missing=("budget",)))
    assert (found.action, codes(found)) == ("ask", ["little_money", "missing"])
    assert (found.threshold, found.worth) == (None, {})


def test_one_end_of_the_value_is_enough():
    assert advise(situation(LIKELY, value_low=None)).threshold == pytest.approx(0.32)
    assert advise(situation(LIKELY, value_high=None)).threshold == pytest.approx(0.32)


def test_the_low_end_of_the_value_counts_for_the_trip_and_the_high_end_for_declining():
    assert advise(situation(chance(0.5, 0.55, 0.6), value_low=1000.0, value_high=5000.0)).action == "call"
    assert advise(situation(chance(0.001, 0.005, 0.01), value_low=1000.0, value_high=7000.0)).action == "call"


def test_few_past_cases_are_said():
    found = advise(situation(chance(0.03, 0.25, 0.54, cases=0)))
    assert found.reasons[-1] == advice.AdviceReason("few_cases", {"cases": 0})


# What is decided without figures


def test_what_is_no_request_is_declined():
    found = advise(situation(LIKELY, kind="not_a_request"))
    assert (found.action, codes(found), found.worth) == ("decline", ["not_a_request"], {})


def test_unpaid_work_without_budget_is_declined():
    found = advise(situation(LIKELY, signals=("free_work", "no_budget")))
    assert (found.action, codes(found)) == ("decline", ["free_work_without_budget"])


def test_unpaid_work_asked_by_somebody_with_a_budget_is_weighed_like_any_other():
    assert advise(situation(LIKELY, signals=("free_work",))).action == "meet"


def test_a_budget_of_nothing_is_declined():
    found = advise(situation(LIKELY, value_low=0.0, value_high=0.0))
    assert (found.action, codes(found)) == ("decline", ["no_money"])


@pytest.mark.parametrize(("hours", "action"), [(0.5, "meet"), (4.0, "call")])
def test_somebody_of_the_network_is_seen_as_a_person_without_any_figure(hours, action):
    found = advise(situation(SLIM, kind="network", trip_hours=hours, missing=("budget", "deliverable")))
    assert (found.action, found.reasons) == (action, (advice.AdviceReason("network"),))
    assert (found.threshold, found.worth) == (None, {})


@pytest.mark.parametrize("value", [0.0, 2000.0, None])
def test_a_client_is_never_declined(value):
    found = advise(situation(SLIM, kind="client", value_low=value, value_high=value))
    assert (found.action, found.reasons[0].code) == ("call", "client")


# Always


@pytest.mark.parametrize(("name", "figure"), [("trip_cost", -1.0), ("value_low", math.nan), ("call_hours", math.inf)])
def test_a_figure_that_cannot_be_is_refused_by_name(name, figure):
    with pytest.raises(ValueError, match=name):
        situation(**{name: figure})


def test_worth_is_what_each_step_brings_less_its_cost():
    assert advise(situation(LIKELY)).worth == {"meet": 880.0, "call": 1170.0, "decline": 0.0}


money = st.one_of(st.none(), st.floats(0, 1e6))
slots = ("who", "deliverable", "objectives", "deadline", "budget")


@given(
    st.tuples(*[st.floats(1e-6, 1 - 1e-6)] * 3).map(sorted),
    st.integers(0, 400),
    money,
    money,
    st.floats(0, 1e4),
    st.sets(st.sampled_from(slots)),
    st.sets(st.sampled_from(["no_budget", "free_work", "courteous"])),
    st.sampled_from(["prospect", "client", "network", "not_a_request"]),
    st.booleans(),
)
def test_any_situation_gets_an_action_with_one_to_three_listed_reasons(
    shares, cases, low, high, cost, missing, signals, kind, can_travel
):
    found = advise(
        situation(
            chance(*shares, cases=cases),
            value_low=low,
            value_high=high,
            trip_cost=cost,
            missing=tuple(missing),
            signals=tuple(signals),
            kind=kind,
            can_travel=can_travel,
        )
    )
    assert found.action in {"meet", "call", "ask", "decline"}
    assert 1 <= len(found.reasons) <= 3
    assert can_travel or found.action != "meet"
    for reason in found.reasons:
        assert set(reason.params) == LISTED[reason.code]


def listed() -> dict[str, set[str]]:
    rows = re.findall(r"^\| `(\w+)` \|([^|]*)\|", advice.__doc__, re.MULTILINE)
    return {code: set(re.findall(r"`(\w+)`", params)) for code, params in rows}


LISTED = listed()


def test_every_code_that_can_be_given_is_listed_and_no_other():
    source = Path(advice.__file__).read_text(encoding="utf-8")
    given_codes = set(re.findall(r'AdviceReason\(\s*"(\w+)"', source))
    given_codes |= {"little_money", "value_unknown", "chance_below", "chance_around"}
    assert given_codes == set(LISTED)

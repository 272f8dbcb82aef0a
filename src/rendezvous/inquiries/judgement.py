"""Gut feeling first; then, and only then, the forecast and the advice; then the decision."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rendezvous import judging
from rendezvous.inquiries.models import By, Decision, Forecast, Inquiry, Occasion, Recommendation, Stage
from rendezvous.inquiries.understanding import brief_of, present_signals
from rendezvous.inquiries.wording import Known, missing
from rendezvous.practice.models import Member
from rendezvous.reading import SIGNALS, SLOTS

# The words that she has for a feeling: a fifth each, from 0.
FEELINGS: tuple[Promise, ...] = (_("no"), _("I doubt it"), _("one in two"), _("rather yes"), _("yes"))


def feeling_of(probability: float) -> int:
    """Which of the `FEELINGS` it is."""
    return min(int(probability * len(FEELINGS)), len(FEELINGS) - 1)


def gut_of(inquiry: Inquiry, occasion: Occasion = Occasion.FIRST) -> Forecast | None:
    return inquiry.forecasts.filter(by=By.GUT, occasion=occasion).first()


def record_gut(inquiry: Inquiry, probability: float) -> bool:
    """Keeps what she feels, then computes what the model says. False where a feeling was recorded already."""
    return _record(inquiry, probability=probability)


def record_gut_after_meeting(inquiry: Inquiry, probability: float) -> bool:
    """Keeps what she feels after the meeting, beside the first feeling. False where it was recorded already, or where
    the inquiry has ended: that would be hindsight."""
    if inquiry.ended:
        return False
    try:
        with transaction.atomic():
            inquiry.forecasts.create(by=By.GUT, occasion=Occasion.MEETING, probability=probability)
    except IntegrityError:
        return False
    return True


def skip_gut(inquiry: Inquiry, reason: str) -> bool:
    """Keeps that she would rather not say, and why; then computes what the model says."""
    return _record(inquiry, probability=None, skipped_because=reason[:200])


def _record(inquiry: Inquiry, **feeling: object) -> bool:
    try:
        with transaction.atomic():
            inquiry.forecasts.create(by=By.GUT, **feeling)
            forecast_and_advise(inquiry)
    except IntegrityError:
        return False
    return True


def forecast_and_advise(inquiry: Inquiry) -> None:
    """Keeps the model's forecast and the advice drawn from it."""
    forecast = judging.forecast(past_cases(inquiry), judging.Case(features(inquiry)))
    inquiry.forecasts.create(
        by=By.MODEL,
        probability=forecast.probability,
        low=forecast.low,
        high=forecast.high,
        cases=forecast.cases,
    )
    advice = judging.advise(situation(inquiry, forecast))
    inquiry.recommendations.create(
        action=advice.action,
        reasons=[{"code": reason.code, "params": plain(reason.params)} for reason in advice.reasons],
    )


def plain(params: Mapping[str, object]) -> dict[str, object]:
    return {key: float(value) if isinstance(value, Decimal) else value for key, value in params.items()}


def past_cases(inquiry: Inquiry) -> list[judging.Case]:
    """What became of this practice's earlier requests. People who are not business are in no figure."""
    ended = (
        inquiry.practice.inquiries.filter(stage=Stage.ENDED, person__not_business=False, outcome__isnull=False)
        .exclude(pk=inquiry.pk)
        .exclude(kind="not_a_request")
        .select_related("outcome", "person")
        .prefetch_related("slots", "signals")
    )
    return [judging.Case(features(past), outcome=past.outcome.result == "signed") for past in ended]


def features(inquiry: Inquiry) -> dict[str, str | float | bool | None]:
    """What the forecast may use: known when the inquiry came in, by reading or by correction."""
    brief, signals = brief_of(inquiry), present_signals(inquiry)
    found: dict[str, str | float | bool | None] = {
        "kind": inquiry.kind,
        "channel": inquiry.channel,
        "language": inquiry.language,
        "budget_figure": budget_figure(brief["budget"]),
    }
    found.update({f"slot_{name}": brief[name].stated for name in SLOTS})
    found.update({f"signal_{name}": name in signals for name in SIGNALS})
    return found


def budget_figure(slot: Known) -> float | None:
    """The middle of a stated project budget."""
    values = slot.values or {}
    if not slot.stated or values.get("per") not in {None, "project"}:
        return None
    ends = [float(str(values[key])) for key in ("min", "max") if values.get(key) is not None]
    return sum(ends) / len(ends) if ends else None


def situation(inquiry: Inquiry, forecast: judging.Forecast) -> judging.Situation:
    """What advice needs to know, in the practice's own money and hours."""
    practice, brief = inquiry.practice, brief_of(inquiry)
    figure = budget_figure(brief["budget"])
    usual = float(practice.usual_value) if practice.usual_value is not None else None
    value = figure if figure is not None else usual
    values = brief["budget"].values or {}
    low, high = (values.get("min"), values.get("max")) if figure is not None else (value, value)
    return judging.Situation(
        forecast=forecast,
        value_low=float(str(low)) if low is not None else value,
        value_high=float(str(high)) if high is not None else value,
        trip_hours=float(practice.trip_hours),
        trip_cost=float(practice.trip_cost),
        hourly_worth=float(practice.hourly_worth),
        missing=tuple(missing(brief)),
        signals=present_signals(inquiry),
        kind=inquiry.kind,
    )


def decide(inquiry: Inquiry, member: Member, action: str) -> Decision:
    """Records what she chose. Nothing leaves: an answer is written and sent separately (answering.py)."""
    return inquiry.decisions.create(member=member, action=action)


def advice_of(inquiry: Inquiry) -> Recommendation | None:
    return inquiry.recommendations.order_by("-made_at", "-pk").first()


def model_forecast_of(inquiry: Inquiry) -> Forecast | None:
    return inquiry.forecasts.filter(by=By.MODEL).order_by("-made_at", "-pk").first()

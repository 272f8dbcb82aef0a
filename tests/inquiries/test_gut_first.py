"""Her gut feeling is asked before any computed figure is shown."""

import pytest
from django.db import DatabaseError, transaction

from rendezvous.agreements.models import Result
from rendezvous.agreements.outcomes import record_outcome
from rendezvous.inquiries.judgement import past_cases
from rendezvous.inquiries.models import Forecast
from tests.cast import inquire


def page(desk, inquiry):
    return desk.get(f"/bureau/demandes/{inquiry.pk}/").content.decode()


def feel(desk, inquiry, **fields):
    return desk.post(f"/bureau/demandes/{inquiry.pk}/intuition/", fields)


def test_before_it_no_figure_is_computed_or_shown(desk, inquiry):
    shown = page(desk, inquiry)
    assert "Que sentez-vous" in shown
    assert 'class="chance"' not in shown
    assert "Le conseil" not in shown
    assert not Forecast.objects.exists()


def test_after_it_the_forecast_its_interval_and_the_advice_are_there(desk, inquiry):
    feel(desk, inquiry, probability="75")
    shown = page(desk, inquiry)
    gut, model = Forecast.objects.order_by("by")
    assert (gut.by, gut.probability) == ("gut", 0.75)
    assert model.low < model.probability < model.high
    assert 'class="chance"' in shown
    assert "Le conseil" in shown


def test_at_most_three_reasons_are_given(desk, inquiry):
    feel(desk, inquiry, probability="75")
    reasons = page(desk, inquiry).partition('class="reasons"')[2].partition("</ul>")[0]
    assert 1 <= reasons.count("<li>") <= 3


def test_it_can_be_skipped_with_a_reason(desk, inquiry):
    feel(desk, inquiry, skip="1", reason="Je la connais trop bien")
    shown = page(desk, inquiry)
    assert "Je la connais trop bien" in shown
    assert "Le conseil" in shown


def test_skipping_without_a_reason_asks_for_one(desk, inquiry):
    answer = feel(desk, inquiry, skip="1", reason=" ")
    assert answer.status_code == 422
    assert not Forecast.objects.exists()


@pytest.mark.parametrize("probability", ["", "101", "-1", "beaucoup", "nan"])
def test_what_is_no_feeling_is_asked_again(desk, inquiry, probability):
    assert feel(desk, inquiry, probability=probability).status_code == 422
    assert not Forecast.objects.exists()


def test_a_second_feeling_changes_nothing(desk, inquiry):
    feel(desk, inquiry, probability="75")
    feel(desk, inquiry, probability="5")
    assert Forecast.objects.get(by="gut").probability == 0.75
    assert Forecast.objects.filter(by="model").count() == 1


def test_the_database_keeps_one_feeling_an_inquiry(inquiry):
    inquiry.forecasts.create(by="gut", probability=0.5)
    with pytest.raises(DatabaseError), transaction.atomic():
        inquiry.forecasts.create(by="gut", probability=0.6)


def test_deciding_needs_it_first(desk, inquiry):
    answer = desk.post(f"/bureau/demandes/{inquiry.pk}/decision/", {"action": "meet"})
    assert answer["Location"] == f"/bureau/demandes/{inquiry.pk}/"
    assert not inquiry.decisions.exists()


def test_the_forecast_learns_from_what_ended(practice, inquiry):
    for number in range(3):
        past = inquire(practice, email=f"p{number}@example.org")
        record_outcome(past, Result.SIGNED if number else Result.LOST)
    assert sorted(case.outcome for case in past_cases(inquiry)) == [False, True, True]


def test_another_practices_past_is_not_learned_from(cast, inquiry):
    record_outcome(inquire(cast.stranger.practice), Result.SIGNED)
    assert past_cases(inquiry) == []


def test_people_who_are_not_business_count_in_no_figure(practice, inquiry):
    past = inquire(practice, email="ami@example.org")
    record_outcome(past, Result.SIGNED)
    past.person.not_business = True
    past.person.save()
    assert past_cases(inquiry) == []

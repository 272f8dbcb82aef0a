"""What she felt against what came, counted by hand."""

import datetime as dt

import pytest

from rendezvous.insight.intuition import Voice, bands, intuition_of
from rendezvous.practice import clock
from tests.insight.cases import case


def shown(practice):
    return [(b.low, b.high, b.tested, b.signed, b.declined) for b in intuition_of(practice).bands]


def test_nothing_is_said_of_nothing(practice):
    felt = intuition_of(practice)
    assert (felt.bands, felt.cases, felt.first.verdict) == ([], 0, "few")


def test_feelings_are_counted_in_fifths_with_what_came_of_them(practice):
    for felt, result in [
        (5, "declined"),
        (5, "silent"),
        (75, "signed"),
        (75, "lost"),
        (79, "withdrawn"),
        (95, "signed"),
    ]:
        case(practice, result, felt)
    assert shown(practice) == [(0, 19, 1, 0, 1), (60, 79, 3, 1, 0), (80, 100, 1, 1, 0)]


@pytest.mark.parametrize(
    ("felt", "band"),
    [(0, 0), (19, 0), (20, 1), (39, 1), (40, 2), (59, 2), (60, 3), (79, 3), (80, 4), (99, 4), (100, 4)],
)
def test_each_feeling_falls_into_the_fifth_that_names_it(felt, band):
    (found,) = bands([(felt / 100, "signed")])
    assert found.number == band
    assert found.low <= felt <= found.high


def test_what_she_declined_is_counted_but_never_was_put_to_the_test(practice):
    for _ in range(3):
        case(practice, "declined", 10)
    case(practice, "lost", 10)
    felt = intuition_of(practice)
    assert (felt.cases, felt.declined, felt.first.tested) == (4, 3, 1)


def test_what_is_open_skipped_or_set_aside_is_in_no_figure(practice):
    case(practice, "signed", 80)
    case(practice, "", 80)
    case(practice, "signed", None)
    case(practice, "signed", 80, kind="not_a_request")
    case(practice, "signed", 80, stage="aside")
    assert intuition_of(practice).cases == 1


def test_friends_are_in_no_figure(practice):
    case(practice, "signed", 80)
    case(practice, "silent", 80, friend=True)
    assert shown(practice) == [(80, 100, 1, 1, 0)]


def test_what_another_practice_felt_is_in_no_figure(cast):
    case(cast.stranger.practice, "signed", 80)
    assert intuition_of(cast.practice).cases == 0
    assert intuition_of(cast.stranger.practice).cases == 1


def test_a_feeling_noted_after_the_end_is_hindsight(practice):
    inquiry = case(practice, "signed")
    with clock.at(clock.now() + dt.timedelta(hours=1)):
        inquiry.forecasts.create(by="gut", probability=0.95)
    assert intuition_of(practice).cases == 0


def test_the_model_is_heard_on_the_same_inquiries_by_its_first_word(practice):
    inquiry = case(practice, "signed", 80, model=60)
    inquiry.forecasts.create(
        by="model", probability=0.1, low=0, high=1, cases=9, made_at=clock.now() - dt.timedelta(hours=1)
    )
    case(practice, "lost", 60, model=40)
    case(practice, "lost", None, model=90)  # she did not say: there is nothing to stand beside
    assert intuition_of(practice).model.pairs == [(0.6, True), (0.4, False)]


def test_the_feeling_after_the_meeting_stands_beside_the_first_of_the_same_inquiries(practice):
    case(practice, "signed", 60, after=95)
    case(practice, "lost", 75, after=25)
    case(practice, "signed", 95)
    felt = intuition_of(practice)
    assert (felt.before.pairs, felt.after.pairs) == ([(0.6, True), (0.75, False)], [(0.95, True), (0.25, False)])
    assert felt.first.tested == 3


def test_a_voice_announces_the_sum_of_what_it_says():
    voice = Voice([(0.5, True), (0.25, False), (0.75, True)])
    assert (voice.tested, voice.announced, voice.signed) == (3, 1.5, 2)


def test_what_was_said_of_fewer_than_five_is_too_few_to_average():
    voice = Voice([(0.8, True)] * 5 + [(0.3, False)] * 4)
    assert (voice.of_signed, voice.of_others) == (pytest.approx(0.8), None)


@pytest.mark.parametrize(
    ("signed", "verdict"),
    # Of forty at 75 %, thirty are announced; a standard deviation is 2.74, and 1.2816 of them 3.51.
    [(26, "hopeful"), (27, "fair"), (30, "fair"), (33, "fair"), (34, "careful")],
)
def test_a_verdict_waits_until_chance_cannot_explain_it(signed, verdict):
    assert Voice([(0.75, n < signed) for n in range(40)]).verdict == verdict


def test_below_twenty_there_is_no_verdict():
    assert Voice([(0.95, False)] * 19).verdict == "few"
    assert Voice([(0.95, False)] * 20).verdict == "hopeful"

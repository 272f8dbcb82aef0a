"""What needs her now comes first; each inquiry is one line that a person would say."""

import datetime as dt

import pytest
from django.test.utils import CaptureQueriesContext

from rendezvous.inquiries.inbox import counts
from rendezvous.inquiries.models import Inquiry, Need, Stage
from rendezvous.inquiries.stages import settle
from rendezvous.practice import clock
from tests.cast import WORDS, inquire


def page(desk, **asked):
    return desk.get("/bureau/", asked).content.decode()


def test_an_empty_practice_is_told_what_to_do(desk):
    assert "http://testserver/" in page(desk)


def test_a_line_says_who_what_how_much_by_when_and_what_is_missing(desk, inquiry):
    shown = page(desk)
    assert "harmacie à Lyon" in shown
    assert "4–5\N{NO-BREAK SPACE}k€" in shown
    assert "15\N{NO-BREAK SPACE}mars" in shown
    assert "publics, concurrents" in shown


def test_what_has_waited_longest_comes_first(desk, practice):
    now = clock.now()
    for days, name in ((1, "Besson"), (3, "Arnaud"), (2, "Cartier")):
        inquiry = inquire(practice, f"Ici la boulangerie {name}, pour une affiche.", f"{name}@example.org")
        settle(inquiry, Stage.NEW, Need.DECIDE, now - dt.timedelta(days=days))
    shown = page(desk)
    assert shown.index("Arnaud") < shown.index("Cartier") < shown.index("Besson")


def test_what_comes_up_later_is_not_there_yet(desk, inquiry):
    settle(inquiry, Stage.ASKED, Need.SILENCE, clock.now() + dt.timedelta(days=7))
    assert "harmacie à Lyon" not in page(desk)
    assert "harmacie à Lyon" in page(desk, folder="waiting")


@pytest.mark.parametrize(("stage", "folder"), [(Stage.ENDED, "ended"), (Stage.ASIDE, "aside")])
def test_what_is_over_or_set_aside_has_its_own_place(desk, inquiry, stage, folder):
    settle(inquiry, stage)
    assert "harmacie à Lyon" not in page(desk)
    assert "harmacie à Lyon" in page(desk, folder=folder)


@pytest.mark.parametrize("words", ["pharmacie", "PHARMACIE lyon", "vidal", "textés", "4 000"])
def test_search_finds_words_whatever_their_case_and_accents(desk, inquiry, words):
    assert "harmacie à Lyon" in page(desk, q=words)


@pytest.mark.parametrize("words", ["boulangerie", "pharmacie marseille", "%", "' OR 1=1 --"])
def test_search_that_finds_nothing_says_so(desk, inquiry, words):
    assert "harmacie à Lyon" not in page(desk, q=words)


@pytest.mark.parametrize("number", ["0", "-1", "2", "x", "99999999999999999999"])
def test_a_page_that_does_not_exist_is_empty_or_the_first(desk, inquiry, number):
    assert desk.get("/bureau/", {"page": number}).status_code == 200


@pytest.mark.parametrize("asked", [{}, {"folder": "waiting"}, {"folder": "ended"}, {"q": "pharmacie"}])
def test_the_number_of_queries_does_not_grow(desk, practice, asked, django_assert_num_queries):
    from django.db import connection

    inquire(practice, WORDS, "a@example.org")
    Inquiry.objects.update(stage="ended" if asked.get("folder") == "ended" else "new")
    with CaptureQueriesContext(
        connection,
    ) as one:
        page(desk, **asked)
    for number in range(2):
        inquire(practice, WORDS, f"b{number}@example.org")
    Inquiry.objects.update(stage="ended" if asked.get("folder") == "ended" else "new")
    with django_assert_num_queries(len(one)):
        page(desk, **asked)
    assert len(one) <= 8


def test_nothing_to_do_for_now_brings_it_back_in_two_weeks(desk, inquiry):
    desk.post(f"/bureau/demandes/{inquiry.pk}/vu/")
    assert "harmacie à Lyon" not in page(desk)
    with clock.at(clock.now() + dt.timedelta(days=15)):
        inquiry.refresh_from_db()
        assert inquiry.need_at < clock.now()


def test_what_was_set_aside_can_be_taken_in(desk, inquiry):
    settle(inquiry, Stage.ASIDE)
    desk.post(f"/bureau/demandes/{inquiry.pk}/accueillir/")
    assert "harmacie à Lyon" in page(desk)


def test_what_is_over_is_counted_while_it_still_needs_her(desk, inquiry):
    Inquiry.objects.update(stage="ended", need="deposit", need_at=clock.now() - dt.timedelta(days=1))
    assert counts(inquiry.practice) == {"now": 1, "waiting": 0, "aside": 0}
    Inquiry.objects.update(need="", need_at=None)
    assert counts(inquiry.practice) == {"now": 0, "waiting": 0, "aside": 0}

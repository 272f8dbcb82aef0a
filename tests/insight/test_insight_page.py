"""The page: what it says with nothing, with little, with much; and to whom."""

import re

import pytest

from rendezvous.agreements.models import Breach, Work
from tests.cast import signed_in
from tests.insight.cases import case, meet, send

ADDRESS = "/bureau/regard/"
NBSP = "\N{NO-BREAK SPACE}"


def page(browser, language="en"):
    return browser.get(f"{ADDRESS}?lang={language}").content.decode()


def first_line(browser, language="en"):
    return " ".join(re.search(r'<p class="next">(.*?)</p>', page(browser, language), re.DOTALL)[1].split())


def everything(practice):
    inquiry = case(practice, "signed", 80, model=60, after=75, amount=900)
    meet(practice, inquiry, agreed=45, way=60)
    send(inquiry)
    breach = Breach.objects.create(inquiry=inquiry, reason="Elle avait l’air sûre")
    Work.objects.create(inquiry=inquiry, what="Un premier jet", minutes=90, breach=breach)
    return inquiry


def test_with_nothing_it_says_what_to_do(desk):
    assert first_line(desk) == "It fills by itself: say what you feel of each inquiry, then how it ended."
    assert "<svg" not in page(desk)
    assert "<table" not in page(desk)


def test_one_feeling_is_too_few_to_say_anything(desk, practice):
    case(practice, "signed", 80)
    assert first_line(desk).startswith("One feeling has met its outcome: too few to say anything")


@pytest.mark.parametrize("number", [3, 12])
def test_a_few_feelings_are_a_story(desk, practice, number):
    for _ in range(number):
        case(practice, "signed", 80)
    assert first_line(desk) == f"{number} feelings have met their outcomes: read it as a story, not as a measure."


@pytest.mark.parametrize("number", [50, 500])
def test_many_feelings_are_told_beside_what_came(desk, practice, number):
    for n in range(number):
        case(practice, "signed" if n % 2 else "lost", 80)
    assert first_line(desk) == (
        f"{number} feelings have met their outcomes. They announced {number * 8 // 10} signatures; {number // 2} came. "
        "That is more than chance: on the whole you are too hopeful."
    )


def test_where_all_was_declined_nothing_was_put_to_the_test(desk, practice):
    case(practice, "declined", 5)
    assert first_line(desk).startswith("You declined all that has ended")
    assert "<svg" not in page(desk)


def test_fewer_than_five_are_shown_as_a_count_and_a_dotted_bar(desk, practice):
    for _ in range(4):
        case(practice, "signed", 80)
    assert "too few to say" in page(desk)
    assert page(desk).count('class="interval few"') == 1


def test_a_share_is_drawn_as_its_interval_never_as_a_dot(desk, practice):
    for n in range(10):
        case(practice, "signed" if n < 5 else "lost", 80)
    drawn = page(desk)
    # Wilson, 80 %: 5 of 10 lie between 31.2 and 68.8 %; the square is 240 wide.
    assert re.findall(r'y="([\d.]+)" height="([\d.]+)" class="interval"', drawn) == [("74.9", "90.1")]
    assert "31% to 69%" in drawn
    assert "<circle" not in drawn


def test_the_drawing_says_in_words_what_it_shows(desk, practice):
    case(practice, "signed", 80)
    assert re.search(r'<svg[^>]* role="img" aria-labelledby="plot-says" aria-describedby="counts"', page(desk))


def test_each_breach_is_shown_with_its_reason_and_what_came_of_it(desk, practice):
    everything(practice)
    shown = page(desk, "fr")
    assert f"«{NBSP}Elle avait l’air sûre{NBSP}»" in shown
    assert "Signée" in shown


def test_a_reader_sees_it(cast):
    everything(cast.practice)
    assert "900" in page(signed_in(cast.reader))


def test_another_practice_sees_nothing_of_it(cast):
    inquiry = everything(cast.practice)
    shown = page(signed_in(cast.stranger))
    assert str(inquiry.person) not in shown
    assert "Elle avait l’air sûre" not in shown
    assert first_line(signed_in(cast.stranger)).startswith("It fills by itself")


def test_who_is_not_signed_in_is_asked_to(browser, practice):
    assert browser.get(ADDRESS)["Location"] == f"/compte/login/?next={ADDRESS}"


def test_a_reason_with_markup_stays_words(desk, practice):
    Breach.objects.create(inquiry=case(practice), reason="<script>alert(1)</script>")
    assert "<script>alert" not in page(desk)


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(desk, practice, number, django_assert_num_queries):
    for _ in range(number):
        everything(practice)
    with django_assert_num_queries(13):
        page(desk)

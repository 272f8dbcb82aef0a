"""The practice's settings: who she is, her hours, her language."""

import pytest

from rendezvous.practice.hours import rules_of
from rendezvous.practice.models import Practice

FIELDS = {
    "name": "Maud Estève", "signature": "Maud", "trade": "Rédactrice", "about": "J’écris.", "prices": "À partir de 400 €",
    "accent": "ink", "email": "maud@esteve.example", "phone": "", "place": "Marseille", "address": "", "timezone": "Europe/Paris",
    "promise_days": "2", "hourly_worth": "60", "usual_value": "", "trip_hours": "4", "trip_cost": "80",
}  # fmt: skip
HOURS = {
    "monday": "9:30-12:30, 14h–18h",
    "buffer_after": "15",
    "notice_hours": "24",
    "step": "30",
    "holidays": "FR",
    "exceptions": "",
}


def save_hours(desk, **fields):
    return desk.post("/bureau/reglages/heures/", {**HOURS, **fields})


def test_what_she_says_of_herself_is_on_her_page_at_once(desk, browser):
    assert desk.post("/bureau/reglages/", FIELDS).status_code == 302
    page = browser.get("/").content.decode()
    assert "J’écris." in page
    assert "400\N{NO-BREAK SPACE}€" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"timezone": "Paris"},
        {"email": "maud"},
        {"hourly_worth": "-1"},
        {"promise_days": "x"},
        {"name": ""},
        {"accent": "mauve"},
    ],
)
def test_what_is_wrong_comes_back_with_a_sentence_and_changes_nothing(desk, practice, wrong):
    answer = desk.post("/bureau/reglages/", {**FIELDS, **wrong, "about": "Du nouveau"})
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert "Du nouveau" in answer.content.decode()
    assert Practice.objects.get(pk=practice.pk).about == ""


def test_hours_are_written_as_one_writes_them(desk, practice):
    assert save_hours(desk).status_code == 302
    practice.refresh_from_db()
    assert practice.availability["weekly"] == {"monday": [["09:30", "12:30"], ["14:00", "18:00"]]}
    assert rules_of(practice).notice_hours == 24


def test_days_unlike_the_others_are_kept(desk, practice):
    save_hours(desk, exceptions="2027-08-15 fermé\n2027-05-02 10:00-12:00")
    practice.refresh_from_db()
    assert practice.availability["exceptions"] == {"2027-08-15": [], "2027-05-02": [["10:00", "12:00"]]}


@pytest.mark.parametrize(
    "wrong",
    [{"monday": "demain"}, {"monday": "18:00-9:00"}, {"monday": "9:00-12:00, 11:00-13:00"}, {"monday": "25:00-26:00"}, {"holidays": "XX"},
     {"exceptions": "lundi 9:00-12:00"}, {"exceptions": "2027-02-30 fermé"}, {"step": "0"}, {"notice_hours": "x"}],
)  # fmt: skip
def test_hours_that_make_no_sense_come_back_with_a_sentence(desk, practice, wrong):
    answer = save_hours(desk, **wrong)
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    before = practice.availability
    practice.refresh_from_db()
    assert practice.availability == before


def test_the_desk_speaks_the_language_she_chose(desk):
    desk.post("/bureau/reglages/langue/", {"language": "en"})
    assert "Settings" in desk.get("/bureau/reglages/").content.decode()


def test_a_language_that_is_not_spoken_changes_nothing(desk, cast):
    desk.post("/bureau/reglages/langue/", {"language": "xx"})
    assert '<html lang="fr"' in desk.get("/bureau/").content.decode()


def test_one_cannot_change_to_a_practice_that_one_is_no_member_of(desk, cast):
    assert desk.post(f"/bureau/activite/{cast.stranger.practice.pk}/").status_code == 404


def test_a_member_of_two_practices_works_in_the_one_she_chose(desk, cast):
    from rendezvous.practice.models import Member

    Member.objects.create(practice=cast.stranger.practice, user=cast.owner.user)
    desk.post(f"/bureau/activite/{cast.stranger.practice.pk}/")
    assert "Sacha Ailleurs" in desk.get("/bureau/").content.decode()

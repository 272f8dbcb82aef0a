"""The owner's agenda: the week, the list, noting, moving, cancelling."""

import datetime as dt

import pytest

from rendezvous.appointments.booking import book
from rendezvous.appointments.models import Appointment
from rendezvous.appointments.slots import free_slots
from tests.cast import ANNE, mails_to, next_weekday


def note(desk, **fields):
    start = next_weekday(1, 10)
    usual = {"date": f"{start:%F}", "time": "10:00", "minutes": "60", "mode": "phone", "name": "Paul Roux"}
    return desk.post("/bureau/agenda/nouveau/", {**usual, **fields})


def test_an_empty_agenda_says_so(desk):
    assert desk.get("/bureau/agenda/").status_code == 200


def test_a_booked_appointment_is_in_the_week_and_in_the_list(desk, invitation):
    appointment = book(invitation, free_slots(invitation)[0].start)
    page = desk.get("/bureau/agenda/", {"jour": f"{appointment.starts_at:%F}"}).content.decode()
    assert page.count(f"/bureau/rendez-vous/{appointment.pk}/") >= 2


@pytest.mark.parametrize("day", ["", "nonsense", "2026-02-31", "0001-01-01", "9999-12-31"])
def test_a_week_that_does_not_exist_is_this_one(desk, day):
    assert desk.get("/bureau/agenda/", {"jour": day}).status_code == 200


def test_an_appointment_agreed_on_otherwise_is_noted(desk):
    assert note(desk).status_code == 302
    appointment = Appointment.objects.get()
    assert appointment.starts_at == next_weekday(1, 10)
    assert appointment.person.name == "Paul Roux"


def test_travel_blocks_the_time_around(desk):
    note(desk, travel="90", mode="in_person", place="Lyon")
    appointment = Appointment.objects.get()
    assert appointment.starts_at - appointment.blocked_from == dt.timedelta(minutes=90)
    assert appointment.blocked_until - appointment.ends_at >= dt.timedelta(minutes=90)


@pytest.mark.parametrize(
    "fields",
    [{"date": "2020-01-01"}, {"date": "hier"}, {"time": "25:00"}, {"minutes": "0"}, {"minutes": "900"}, {"mode": "x"},
     {"name": ""}, {"reach": "pas une adresse"}, {"travel": "-3"}],
)  # fmt: skip
def test_what_cannot_be_noted_comes_back_with_a_sentence(desk, fields):
    answer = note(desk, **fields)
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert not Appointment.objects.exists()


def test_an_hour_that_the_clock_skips_is_refused(desk):
    year = dt.date.today().year + 1
    last_sunday = max(day for day in (dt.date(year, 3, n) for n in range(25, 32)) if day.weekday() == 6)
    answer = note(desk, date=f"{last_sunday:%F}", time="02:30")
    assert answer.status_code == 422
    assert "n’existe pas" in answer.content.decode()


def test_one_that_overlaps_is_refused_with_a_sentence(desk):
    note(desk)
    answer = note(desk, time="10:30", name="Une autre")
    assert answer.status_code == 422
    assert Appointment.objects.count() == 1


def test_moving_tells_the_other_person(desk, invitation):
    appointment = book(invitation, free_slots(invitation)[0].start)
    later = next_weekday(2, 15, weeks=2)
    desk.post(f"/bureau/rendez-vous/{appointment.pk}/deplacer/", {"date": f"{later:%F}", "time": "15:00"})
    appointment.refresh_from_db()
    assert (appointment.starts_at, appointment.sequence) == (later, 1)
    assert "15\N{NO-BREAK SPACE}h" in mails_to(ANNE)[-1].text


def test_moving_onto_another_is_refused_with_a_sentence(desk, invitation):
    note(desk)
    appointment = book(invitation, free_slots(invitation)[0].start)
    taken = next_weekday(1, 10)
    answer = desk.post(f"/bureau/rendez-vous/{appointment.pk}/deplacer/", {"date": f"{taken:%F}", "time": "10:15"})
    assert answer.status_code == 409
    assert 'class="error"' in answer.content.decode()


def test_cancelling_brings_the_inquiry_up_again(desk, invitation):
    appointment = book(invitation, free_slots(invitation)[0].start)
    desk.post(f"/bureau/rendez-vous/{appointment.pk}/annuler/")
    invitation.inquiry.refresh_from_db()
    assert invitation.inquiry.need == "decide"


def test_an_appointments_page_shows_everything_about_that_person(desk, invitation):
    appointment = book(invitation, free_slots(invitation)[0].start)
    page = desk.get(f"/bureau/rendez-vous/{appointment.pk}/").content.decode()
    assert "harmacie à Lyon" in page
    assert ANNE in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(desk, invitation, number, django_assert_max_num_queries):
    for hour in range(number):
        note(desk, time=f"{9 + 2 * hour:02}:00", name=f"Personne {hour}")
    with django_assert_max_num_queries(8):
        desk.get("/bureau/agenda/", {"jour": f"{next_weekday(1, 10):%F}"})

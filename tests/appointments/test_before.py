"""The page for the train: who, what they said and were told, what is missing, where and how; on a phone without network."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from rendezvous.appointments.booking import cancel
from rendezvous.appointments.meeting import keep_notes, meeting_of
from rendezvous.appointments.models import Appointment
from rendezvous.appointments.preparing import gut_word, maps_of, offline_until, they_said, you_answered
from rendezvous.inquiries.judgement import record_gut, skip_gut
from rendezvous.inquiries.models import Channel, Direction, Inquiry, Mode
from rendezvous.inquiries.receiving import Words, add_words
from rendezvous.practice import clock
from tests.appointments.meetings import START, appointment_at
from tests.cast import signed_in


@pytest.fixture
def appointment(inquiry):
    return appointment_at(inquiry, travel=90, place="12 rue de la République, Lyon")


@pytest.fixture
def address(appointment):
    return reverse("before", args=[appointment.pk])


def shown(browser, address, **headers):
    text = browser.get(address, headers=headers).content.decode()
    main = re.sub(r"<[^>]+>", " ", text.split('<main id="main">')[1].split("</main>")[0])
    return " ".join(main.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ").split())


def test_it_says_who_when_where_and_when_to_leave(desk, address, appointment):
    with clock.at(START - dt.timedelta(hours=3)):
        page = shown(desk, address)
    assert "anne.vidal@pharmacie.example" in page
    assert "Mardi 16 mars à 10 h" in page
    assert "12 rue de la République, Lyon" in page
    assert "Partez à 8 h 30" in page


def test_it_says_what_they_said_and_what_is_still_missing(desk, address):
    page = shown(desk, address)
    assert "Nous sommes une pharmacie à Lyon" in page
    assert "Il manque encore" in page
    assert "concurrents" in page


def test_it_shows_what_they_were_told_and_promised(desk, address, appointment):
    appointment.inquiry.messages.create(direction=Direction.OUT, channel=Channel.EMAIL, text="Je viens avec un devis.")
    page = shown(desk, address)
    assert "Je viens avec un devis." in page
    assert "Vous aviez promis une réponse" in page


def test_what_she_noted_herself_is_not_what_they_said(appointment):
    keep_notes(meeting_of(appointment), "Hésite beaucoup.", 1)
    assert [said.text[:7] for said in they_said(appointment.inquiry)] == ["Bonjour"]


def test_a_long_thread_is_the_first_message_and_the_last_three(appointment):
    for number in range(6):
        add_words(appointment.inquiry, Words(f"Message {number}.", Channel.EMAIL))
    assert [said.text[:10] for said in they_said(appointment.inquiry)] == [
        "Bonjour,\n\n", "Message 3.", "Message 4.", "Message 5.",
    ]  # fmt: skip


def test_a_long_message_is_cut_at_a_word_and_says_so(appointment):
    appointment.inquiry.messages.update(text="mot " * 1000)
    [said] = they_said(appointment.inquiry)
    assert (said.cut, said.text[-4:], len(said.text) <= 1500) == (True, "mot…", True)


def test_only_the_last_two_answers_are_shown(appointment):
    for number in range(4):
        appointment.inquiry.messages.create(direction=Direction.OUT, channel=Channel.EMAIL, text=f"Réponse {number}.")
    assert [said.text for said in you_answered(appointment.inquiry)] == ["Réponse 2.", "Réponse 3."]


@pytest.mark.parametrize(
    ("felt", "word"), [(0, "non"), (0.3, "j’en doute"), (0.5, "une sur deux"), (0.7, "plutôt oui"), (1, "oui")]
)
def test_her_first_feeling_is_a_word_and_never_a_figure(desk, address, appointment, felt, word):
    record_gut(appointment.inquiry, felt)
    page = shown(desk, address)
    assert f"Votre première impression : {word}." in page
    assert not re.search(r"\d %", page)


def test_a_feeling_that_she_would_not_say_is_its_reason(appointment):
    assert gut_word(appointment.inquiry) == ""
    skip_gut(appointment.inquiry, "trop tôt")
    assert gut_word(Inquiry.objects.get()) == "trop tôt"


def test_nothing_computed_stands_on_it_before_her_feeling(desk, address):
    assert not re.search(r"\d %|chances|pronostic", shown(desk, address), re.IGNORECASE)


def test_the_way_there_has_two_maps(appointment):
    assert maps_of(appointment) == (
        "https://www.openstreetmap.org/search?query=12%20rue%20de%20la%20R%C3%A9publique%2C%20Lyon",
        "geo:0,0?q=12%20rue%20de%20la%20R%C3%A9publique%2C%20Lyon",
    )


@pytest.mark.parametrize(("mode", "place"), [(Mode.PHONE, "Lyon"), (Mode.VIDEO, "Lyon"), (Mode.IN_PERSON, "")])
def test_where_there_is_no_way_there_is_no_map(appointment, mode, place):
    appointment.mode, appointment.place = mode, place
    assert maps_of(appointment) == ("", "")


def test_a_cancelled_appointment_says_so_first(desk, address, appointment):
    cancel(appointment, by_owner=True)
    assert shown(desk, address).startswith("Ce rendez-vous est annulé.")


def test_somebody_met_by_chance_has_a_page_too(desk, appointment):
    Appointment.objects.update(inquiry=None)
    page = shown(desk, reverse("before", args=[appointment.pk]))
    assert "Lyon" in page
    assert "Il manque" not in page


def test_in_english_it_is_english(desk, address):
    page = shown(desk, f"{address}?lang=en")
    assert "Tuesday 16 March at 10:00" in page
    assert "Leave at 8:30" in page


@pytest.mark.parametrize("name", ["before", "companion"])
def test_a_phone_may_keep_it_until_the_day_after_for_her_alone(desk, cast, appointment, name):
    answer = desk.get(reverse(name, args=[appointment.pk]))
    end = appointment.ends_at + dt.timedelta(days=1)
    assert offline_until(appointment) == end.timestamp() * 1000
    assert (answer["Kept-Until"], answer["Kept-For"]) == (str(offline_until(appointment)), str(cast.owner.pk))
    assert answer["Cache-Control"] == "private, no-store"


def test_no_other_page_of_the_desk_may_be_kept(desk, appointment):
    for page in ("/bureau/", "/bureau/agenda/", f"/bureau/rendez-vous/{appointment.pk}/"):
        assert "Kept-Until" not in desk.get(page)


def test_the_script_that_keeps_pages_is_served_where_the_pages_of_appointments_are(desk):
    answer = desk.get("/bureau/rendez-vous/hors-ligne.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert "Service-Worker-Allowed" not in answer


def test_a_reader_sees_it(cast, address):
    assert signed_in(cast.reader).get(address).status_code == 200


def test_for_another_practice_it_does_not_exist(cast, address):
    assert signed_in(cast.stranger).get(address).status_code == 404


@pytest.mark.parametrize("path", ["avant/", "sur-place/"])
def test_signed_out_it_asks_to_sign_in(browser, appointment, path):
    answer = browser.get(f"/bureau/rendez-vous/{appointment.pk}/{path}")
    assert (answer.status_code, "Kept-Until" in answer) == (302, False)

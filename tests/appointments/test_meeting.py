"""At the appointment: the time agreed on, notes that fill the brief, an end that is asked about."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from rendezvous.appointments.booking import book
from rendezvous.appointments.meeting import (
    LONGEST_NOTES,
    NotesTooLong,
    close,
    closing_words,
    keep_notes,
    meeting_of,
    minutes_over,
    observe,
)
from rendezvous.appointments.models import Meeting, Seen
from rendezvous.appointments.slots import free_slots
from rendezvous.inquiries.judgement import gut_of, record_gut
from rendezvous.inquiries.models import Inquiry, Occasion, OutgoingMail
from rendezvous.inquiries.understanding import brief_of, correct_signal
from rendezvous.practice import clock
from tests.appointments.meetings import appointment_at
from tests.cast import signed_in

FETCH = {"x-requested-with": "fetch"}


@pytest.fixture
def appointment(invitation):
    return book(invitation, free_slots(invitation)[0].start)


@pytest.fixture
def page(appointment):
    return f"/bureau/rendez-vous/{appointment.pk}/sur-place/"


def notes(desk, appointment, text, version=1, **headers):
    return desk.post(
        f"/bureau/rendez-vous/{appointment.pk}/notes/", {"notes": text, "version": version}, headers=headers
    )


def brief(appointment):
    return brief_of(Inquiry.objects.get(pk=appointment.inquiry.pk))


def test_the_page_opens_with_the_question_to_ask(desk, page):
    assert "De combien de temps disposez-vous" in desk.get(page).content.decode()


@pytest.mark.parametrize("minutes", [30, 60, 90, 45])
def test_one_touch_records_the_answer_and_starts_the_clock(desk, appointment, page, minutes):
    desk.post(page, {"minutes": minutes})
    meeting = Meeting.objects.get()
    assert (meeting.asked, meeting.agreed_minutes) == (True, minutes)
    assert meeting.agreed_end - meeting.began_at == dt.timedelta(minutes=minutes)


def test_that_it_was_not_asked_is_recorded_too(desk, page):
    desk.post(page, {"not_asked": "1"})
    assert (Meeting.objects.get().asked, Meeting.objects.get().agreed_minutes) == (False, None)


@pytest.mark.parametrize("minutes", ["", "0", "4", "601", "une heure"])
def test_what_is_no_length_is_asked_again(desk, page, minutes):
    answer = desk.post(page, {"minutes": minutes})
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()


def test_notes_fill_the_brief(desk, appointment):
    notes(desk, appointment, "Nos concurrents sont les parapharmacies en ligne.")
    assert brief(appointment)["competitors"].stated
    assert brief(appointment)["budget"].stated  # said in the first message, and not lost


def test_what_is_struck_out_of_the_notes_is_no_longer_said(desk, appointment):
    notes(desk, appointment, "Nos concurrents sont les parapharmacies en ligne.", 1)
    notes(desk, appointment, "Rien à signaler.", 2)
    assert not brief(appointment)["competitors"].stated


def test_notes_that_change_a_figure_give_it_back_when_they_are_struck_out(desk, appointment):
    notes(desk, appointment, "Finalement un budget de 2 000 € HT.", 1)
    assert brief(appointment)["budget"].values["max"] == 2000
    notes(desk, appointment, "", 2)
    assert brief(appointment)["budget"].values["max"] == 5000


def test_an_older_page_never_writes_over_a_newer_one(desk, appointment):
    notes(desk, appointment, "plus récent", 5)
    answer = notes(desk, appointment, "plus ancien", 4, **FETCH)
    assert answer.status_code == 409
    assert Meeting.objects.get().notes == "plus récent"


def test_notes_are_never_shown_to_the_other_person(desk, browser, appointment):
    notes(desk, appointment, "Hésite beaucoup. Nos concurrents sont des requins.")
    shown = browser.get(f"/d/{appointment.inquiry.token}/").content.decode()
    assert "Hésite" not in shown
    assert "requins" not in shown


LONG = "Dix méga-octets de notes. " * 400_000


def test_ten_megabytes_of_notes_change_nothing(appointment):
    meeting = meeting_of(appointment)
    keep_notes(meeting, "Ce qui était là.", 1)
    with pytest.raises(NotesTooLong):
        keep_notes(meeting, LONG, 2)
    assert (Meeting.objects.get().notes, Meeting.objects.get().version) == ("Ce qui était là.", 1)


def test_a_page_with_scripts_is_told_in_a_word_that_notes_are_too_long(desk, appointment):
    answer = notes(desk, appointment, "é" * (LONGEST_NOTES // 2) + "!", **FETCH)
    assert (answer.status_code, answer.content) == (413, b"")


def test_a_page_without_scripts_has_notes_that_are_too_long_back_with_a_sentence(desk, appointment):
    typed = "é" * (LONGEST_NOTES // 2) + "!"
    answer = notes(desk, appointment, typed)
    assert answer.status_code == 413
    assert typed in answer.content.decode()
    assert "trop longues" in answer.content.decode()


def test_more_than_a_form_may_carry_is_a_sentence_that_says_where_the_text_is(desk, appointment):
    answer = notes(desk, appointment, LONG)
    assert answer.status_code == 400
    assert "revenez en arrière" in answer.content.decode()
    assert Meeting.objects.count() == 0


def test_the_longest_notes_are_kept_whole_and_the_brief_is_read_from_their_beginning(desk, appointment):
    typed = "Nos concurrents sont les parapharmacies en ligne. " + "mot " * ((LONGEST_NOTES - 60) // 4)
    assert notes(desk, appointment, typed, **FETCH).status_code == 204
    assert Meeting.objects.get().notes == typed.strip()
    assert brief(appointment)["competitors"].stated
    assert Meeting.objects.get().message.text.endswith("(La suite est sur la page du rendez-vous.)")


def test_emoji_accents_and_other_alphabets_come_back_as_they_were(desk, appointment, page):
    typed = "Léa 👩🏽‍🔬 – « l’été » שלום 日本語 \u200fعربي\u200f ☕️"
    notes(desk, appointment, typed)
    assert Meeting.objects.get().notes == typed
    assert typed in desk.get(page).content.decode()


def test_a_page_that_knows_what_is_kept_writes_over_it_and_one_that_does_not_is_told(desk, appointment):
    def send(text, version, since):
        fields = {"notes": text, "version": version, "since": since}
        return desk.post(f"/bureau/rendez-vous/{appointment.pk}/notes/", fields, headers=FETCH)

    assert send("un", 10, "0").status_code == 204
    assert send("un deux", 20, "0,10").status_code == 204
    assert send("un deux", 20, "10").status_code == 204  # the answer got lost: the same again
    late = send("autre", 30, "10")
    assert (late.status_code, late.content.decode(), late["Notes-Version"]) == (409, "un deux", "20")
    assert send("un deux autre", 31, "20").status_code == 204
    assert Meeting.objects.get().notes == "un deux autre"


def test_without_scripts_both_texts_come_back_and_can_be_kept(desk, appointment, page):
    notes(desk, appointment, "De l’autre page.", 5)
    answer = desk.post(f"/bureau/rendez-vous/{appointment.pk}/notes/", {"notes": "De celle-ci.", "since": "0"})
    assert answer.status_code == 409
    assert "De l’autre page.\n\nDe celle-ci.</textarea>" in answer.content.decode()
    both = {"notes": "De l’autre page.\n\nDe celle-ci.", "since": "5"}
    assert desk.post(f"/bureau/rendez-vous/{appointment.pk}/notes/", both)["Location"] == page
    assert Meeting.objects.get().notes == both["notes"]


def touch(desk, appointment, **fields):
    return desk.post(f"/bureau/rendez-vous/{appointment.pk}/observation/", fields)


def her_word(appointment, name):
    return appointment.inquiry.signals.filter(name=name, source="owner").first()


@pytest.mark.parametrize("name", [*Seen])
def test_one_touch_notes_and_another_takes_it_back(desk, appointment, page, name):
    touch(desk, appointment, seen=name)
    assert [row.name for row in Meeting.objects.get().observations.all()] == [name]
    assert f'name="unseen" value="{name}" aria-pressed="true"' in desk.get(page).content.decode()
    touch(desk, appointment, unseen=name)
    assert Meeting.objects.get().observations.count() == 0


def test_a_touch_becomes_a_sign_with_its_moment(desk, appointment):
    moment = (clock.now() - dt.timedelta(minutes=20)).replace(microsecond=0)
    touch(desk, appointment, seen="shopping_around", at=int(moment.timestamp() * 1000))
    assert Meeting.objects.get().observations.get().at == moment
    sign = her_word(appointment, "shopping_around")
    assert (sign.present, sign.at) == (True, moment)


@pytest.mark.parametrize("hours", [-1, 25])
def test_a_moment_to_come_or_long_past_is_not_believed(appointment, hours):
    now = clock.now()
    with clock.at(now):
        observe(meeting_of(appointment), Seen.COURTEOUS, seen=True, at=now - dt.timedelta(hours=hours))
        close(meeting_of(appointment), now - dt.timedelta(hours=hours))
    assert (Meeting.objects.get().observations.get().at, Meeting.objects.get().ended_at) == (now, now)


@pytest.mark.parametrize("at", ["", "demain", "-5", "9" * 40, "99999999999999", "١٢٣"])
def test_a_moment_that_is_none_is_now(desk, appointment, at):
    assert touch(desk, appointment, seen="courteous", at=at).status_code == 302
    assert clock.now() - Meeting.objects.get().observations.get().at < dt.timedelta(minutes=5)


def test_a_touch_taken_back_gives_back_what_she_had_said_before(desk, appointment):
    correct_signal(appointment.inquiry, "courteous", present=False)
    touch(desk, appointment, seen="courteous")
    assert her_word(appointment, "courteous").present is True
    touch(desk, appointment, unseen="courteous")
    assert her_word(appointment, "courteous").present is False


def test_a_touch_taken_back_at_one_meeting_still_holds_at_the_other(desk, appointment):
    other = appointment_at(appointment.inquiry)
    for meeting in (appointment, other):
        touch(desk, meeting, seen="courteous")
    touch(desk, appointment, unseen="courteous")
    assert her_word(appointment, "courteous").present is True
    touch(desk, other, unseen="courteous")
    assert her_word(appointment, "courteous") is None


def test_a_touch_that_is_none_does_not_exist(desk, appointment):
    assert touch(desk, appointment, seen="rich").status_code == 404


def test_a_phone_without_network_says_later_when_it_began_and_ended(desk, appointment, page):
    began = (clock.now() - dt.timedelta(minutes=50)).replace(microsecond=0)
    desk.post(page, {"minutes": 30, "at": int(began.timestamp() * 1000)}, headers=FETCH)
    ended = began + dt.timedelta(minutes=40)
    desk.post(f"/bureau/rendez-vous/{appointment.pk}/fin/", {"at": int(ended.timestamp() * 1000)}, headers=FETCH)
    meeting = Meeting.objects.get()
    assert (meeting.began_at, meeting.ended_at, meeting.lasted, minutes_over(meeting)) == (began, ended, 40, 10)


def test_the_end_asks_what_she_feels_what_is_next_and_later_what_came_of_it(desk, appointment, page):
    desk.post(page, {"minutes": 60})
    assert desk.post(f"/bureau/rendez-vous/{appointment.pk}/fin/")["Location"] == page
    shown = desk.get(page).content.decode()
    assert "Et maintenant, que sentez-vous" in shown
    assert f"/bureau/demandes/{appointment.inquiry.pk}/reponse/thanks/" in shown
    assert Inquiry.objects.get().need == "outcome"


def test_what_she_feels_afterwards_stands_beside_her_first_feeling_and_never_changes(desk, appointment, page):
    record_gut(appointment.inquiry, 0.75)
    address = f"/bureau/rendez-vous/{appointment.pk}/intuition/"
    assert desk.post(address, {"probability": 25}).status_code == 404  # not before the end
    close(meeting_of(appointment))
    desk.post(address, {"probability": 25})
    desk.post(address, {"probability": 95})
    felt = {occasion: gut_of(appointment.inquiry, occasion).probability for occasion in Occasion}
    assert felt == {Occasion.FIRST: 0.75, Occasion.MEETING: 0.25}
    assert "que sentez-vous" not in desk.get(page).content.decode()


def test_the_thank_you_is_drafted_from_what_they_said_at_the_meeting(desk, appointment):
    notes(desk, appointment, "Nous devons nous rencontrer à Lyon en février.")
    close(meeting_of(appointment))
    shown = desk.get(f"/bureau/demandes/{appointment.inquiry.pk}/reponse/thanks/").content.decode()
    assert "Merci pour notre rendez-vous" in shown
    assert "rencontrer à Lyon en février" in shown
    assert OutgoingMail.objects.filter(subject__startswith="Merci pour notre").count() == 0


def test_time_past_the_agreed_end_is_counted(desk, appointment, page):
    desk.post(page, {"minutes": 60})
    meeting = meeting_of(appointment)
    with clock.at(meeting.began_at + dt.timedelta(minutes=95)):
        close(meeting)
    assert (meeting.lasted, minutes_over(meeting)) == (95, 35)
    shown = desk.get(page).content.decode()
    assert "1\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}35" in shown
    assert "35\N{NO-BREAK SPACE}min" in shown


def test_ending_twice_keeps_the_first_end(appointment):
    meeting = meeting_of(appointment)
    close(meeting)
    first = meeting.ended_at
    with clock.at(clock.now() + dt.timedelta(hours=1)):
        close(meeting)
    assert Meeting.objects.get().ended_at == first


def test_a_friendship_is_never_chased(desk, appointment):
    close(meeting_of(appointment))
    answer = desk.post(f"/bureau/rendez-vous/{appointment.pk}/hors-affaires/")
    appointment.person.refresh_from_db()
    assert answer["Location"] == f"/bureau/contacts/{appointment.person.pk}/"
    assert (appointment.person.not_business, Inquiry.objects.get().need) == (True, "")


PATHS = ["sur-place/", "notes/", "observation/", "intuition/", "fin/", "hors-affaires/"]
FIELDS = {"minutes": 60, "notes": "Intrus", "seen": "courteous", "probability": 50}


@pytest.mark.parametrize("path", PATHS)
def test_another_practice_cannot_touch_it(cast, appointment, path):
    answer = signed_in(cast.stranger).post(f"/bureau/rendez-vous/{appointment.pk}/{path}", FIELDS)
    assert (answer.status_code, Meeting.objects.count()) == (404, 0)


@pytest.mark.parametrize("path", PATHS)
def test_a_reader_changes_nothing(cast, appointment, path):
    answer = signed_in(cast.reader).post(f"/bureau/rendez-vous/{appointment.pk}/{path}", FIELDS)
    assert (answer.status_code, Meeting.objects.count()) == (403, 0)


def test_a_reader_reads_the_notes_and_has_nowhere_to_type(desk, cast, appointment, page):
    notes(desk, appointment, "Elle hésite encore.")
    shown = signed_in(cast.reader).get(page).content.decode()
    assert "Elle hésite encore." in shown
    assert "<textarea" not in shown


def test_her_own_words_close_the_meeting_where_she_has_some(practice):
    assert len(closing_words(practice)) == 2
    practice.closing_words = "  Il est l’heure.\n\nMerci de votre temps.\n"
    assert closing_words(practice) == ["Il est l’heure.", "Merci de votre temps."]


@pytest.mark.parametrize(
    "fields", [{"agreed_minutes": 60}, {"asked": False, "agreed_minutes": 60}, {"asked": True, "agreed_minutes": 0}]
)
def test_the_database_refuses_a_time_that_nobody_agreed_on(appointment, fields):
    with pytest.raises(DatabaseError), transaction.atomic():
        Meeting.objects.create(appointment=appointment, **fields)

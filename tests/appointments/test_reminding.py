"""Reminders: the evening before to both, an hour before to the owner; once each, whatever happens meanwhile."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes, policy

import pytest
from django.db import DatabaseError, connection, transaction

from rendezvous.appointments.booking import cancel, move
from rendezvous.appointments.models import Reminder
from rendezvous.appointments.reminding import remind
from rendezvous.inquiries.models import Inquiry, Mode, OutgoingMail
from rendezvous.inquiries.stages import not_business
from rendezvous.practice import clock
from tests.appointments.meetings import PARIS, START, appointment_at
from tests.cast import ANNE, inquire, mails_to, make_cast

MAUD = "maud@esteve.example"
EVENING = dt.datetime(2027, 3, 15, 18, tzinfo=PARIS)
HOUR = START - dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def appointment(inquiry):
    row = appointment_at(inquiry)
    OutgoingMail.objects.all().delete()
    return row


def at(moment):
    """What the clock that comes round each minute does at that moment: how many reminders it makes."""
    with clock.at(moment):
        return remind(moment)


def written():
    """Who was written to since, in order."""
    return list(OutgoingMail.objects.order_by("pk").values_list("recipient", flat=True))


def last_letter(address):
    """Its subject and both its bodies, with plain spaces and ends of line."""
    mail = message_from_bytes(bytes(mails_to(address)[-1].content), policy=policy.default)
    bodies = [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]
    return [
        re.sub("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]", " ", words.replace("\r\n", "\n"))
        for words in (mail["Subject"], *bodies)
    ]


def test_both_are_reminded_at_six_in_the_evening_before(appointment):
    assert (at(EVENING - MINUTE), written()) == (0, [])
    assert (at(EVENING), written()) == (1, [ANNE, MAUD])


def test_the_owner_alone_is_reminded_an_hour_before(appointment):
    at(EVENING)
    OutgoingMail.objects.all().delete()
    assert (at(HOUR - MINUTE), written()) == (0, [])
    assert (at(HOUR), written()) == (1, [MAUD])


def test_each_reminder_leaves_once_however_often_the_clock_comes_round(appointment):
    assert [at(EVENING + n * MINUTE) for n in range(5)] == [1, 0, 0, 0, 0]
    assert [at(HOUR + n * MINUTE) for n in range(5)] == [1, 0, 0, 0, 0]
    assert written() == [ANNE, MAUD, MAUD]


def test_a_reminder_that_could_not_leave_in_time_leaves_while_it_is_of_use(appointment):
    assert (at(HOUR - MINUTE), written()) == (1, [ANNE, MAUD])
    assert (at(START - MINUTE), written()) == (1, [ANNE, MAUD, MAUD])
    assert at(START) == 0


def test_whoever_was_told_in_the_last_hours_is_not_told_again(inquiry):
    appointment_at(inquiry, told_before=START - EVENING + dt.timedelta(hours=2))
    OutgoingMail.objects.all().delete()
    assert (at(EVENING), written()) == (0, [])
    assert (at(HOUR), written()) == (1, [MAUD])


def test_what_is_moved_is_reminded_of_at_its_new_time(appointment):
    at(EVENING)
    later = START + dt.timedelta(days=3)
    with clock.at(EVENING + dt.timedelta(hours=1)):
        move(appointment, later, by_owner=True)
    OutgoingMail.objects.all().delete()
    assert (at(HOUR), written()) == (0, [])
    assert (at(EVENING + dt.timedelta(days=3)), written()) == (1, [ANNE, MAUD])


def test_what_is_cancelled_is_not_reminded_of(appointment):
    cancel(appointment, by_owner=True)
    OutgoingMail.objects.all().delete()
    assert (at(EVENING), at(HOUR), written()) == (0, 0, [])


def test_somebody_who_is_not_business_is_never_reminded_about(appointment):
    not_business(appointment.person)
    assert (at(EVENING), at(HOUR), written()) == (0, 0, [])


def test_somebody_without_an_address_is_not_written_to_and_the_owner_is(appointment):
    type(appointment.person).objects.filter(pk=appointment.person.pk).update(email="", phone="+33639981422")
    assert (at(EVENING), written()) == (1, [MAUD])


@pytest.mark.parametrize(
    ("start", "evening"),
    [
        (dt.datetime(2027, 3, 28, 10), dt.datetime(2027, 3, 27, 17, tzinfo=dt.UTC)),  # forward that night
        (dt.datetime(2027, 3, 29, 10), dt.datetime(2027, 3, 28, 16, tzinfo=dt.UTC)),
        (dt.datetime(2027, 10, 31, 10), dt.datetime(2027, 10, 30, 16, tzinfo=dt.UTC)),  # back that night
        (
            dt.datetime(2027, 10, 31, 23, 30),
            dt.datetime(2027, 10, 30, 16, tzinfo=dt.UTC),
        ),  # thirty hours and a half later
        (dt.datetime(2027, 11, 1, 10), dt.datetime(2027, 10, 31, 17, tzinfo=dt.UTC)),
    ],
)
def test_the_evening_is_that_of_the_wall_clock_when_the_clocks_change(inquiry, start, evening):
    start = start.replace(tzinfo=PARIS)
    appointment_at(inquiry, start)
    assert [at(evening - MINUTE), at(evening)] == [0, 1]
    hour = start.astimezone(dt.UTC) - dt.timedelta(hours=1)
    assert [at(hour - MINUTE), at(hour)] == [0, 1]


def test_one_that_fails_stops_no_other_and_is_tried_again(practice, appointment):
    other = appointment_at(inquire(practice, email="luc@atelier.example"), START + dt.timedelta(hours=4))
    OutgoingMail.objects.all().delete()
    Inquiry.objects.filter(pk=appointment.inquiry.pk).update(language="xx")  # a letter that nobody has written
    assert (at(EVENING), written()) == (1, [other.person.email, MAUD])
    Inquiry.objects.filter(pk=appointment.inquiry.pk).update(language="fr")
    assert (at(EVENING + MINUTE), written()[2:]) == (1, [ANNE, MAUD])


def test_a_reminder_and_its_letters_are_made_together_or_not_at_all(appointment):
    Inquiry.objects.update(language="xx")
    at(EVENING)
    assert (Reminder.objects.count(), written()) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remind_once():
    appointment_at(inquire(make_cast().practice))
    OutgoingMail.objects.all().delete()

    def worker(_number):
        try:
            return at(EVENING)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        made = sorted(workers.map(worker, range(8)))
    assert made == [0] * 7 + [1]
    assert written() == [ANNE, MAUD]


def test_the_database_keeps_one_reminder_of_a_kind_for_each_time(appointment):
    Reminder.objects.create(appointment=appointment, sequence=0, kind="hour")
    with pytest.raises(DatabaseError), transaction.atomic():
        Reminder.objects.create(appointment=appointment, sequence=0, kind="hour")
    with pytest.raises(DatabaseError), transaction.atomic():
        Reminder.objects.create(appointment=appointment, sequence=0, kind="week")


FRENCH = """Bonjour Anne,

Un mot pour vous rappeler notre rendez-vous :

  mardi 16 mars à 10 h, 1 h
  sur place : Lyon

Un empêchement ? Pour déplacer ou annuler, en un geste et sans avoir à vous expliquer :
{page}

À bientôt,
Maud Estève
"""
ENGLISH = """Hello Anne,

A word to remind you of our appointment:

  Tuesday 16 March at 10:00, 1 h (Europe/Paris time)
  in person: Lyon

Something in the way? To move or cancel it, in one touch and without explaining:
{page}

See you then,
Maud Estève
"""
THEIRS = [
    ("fr", "Notre rendez-vous, mardi 16 mars à 10 h", FRENCH),
    ("en", "See you Tuesday 16 March at 10:00", ENGLISH),
]


@pytest.mark.parametrize(("language", "subject", "words"), THEIRS)
def test_the_other_person_reads_when_and_where_and_how_to_move_it(appointment, language, subject, words):
    Inquiry.objects.update(language=language)
    type(appointment.person).objects.update(name="Anne Vidal")
    at(EVENING)
    title, text, html = last_letter(ANNE)
    page = f"/rdv/{appointment.token}/"
    link = next(line for line in text.splitlines() if line.endswith(page))
    assert (title, text) == (subject, words.format(page=link))
    assert f'href="{link}"' in html
    assert b"text/calendar" not in bytes(mails_to(ANNE)[-1].content)


OWNERS = [
    ("fr", EVENING, "Anne Vidal, mardi 16 mars à 10 h", "Votre rendez-vous avec Anne Vidal :"),
    ("fr", HOUR, "Dans une heure : Anne Vidal, à 10 h", "Vous voyez Anne Vidal dans une heure :"),
    ("en", EVENING, "Anne Vidal, Tuesday 16 March at 10:00", "Your appointment with Anne Vidal:"),
    ("en", HOUR, "In an hour: Anne Vidal, at 10:00", "You meet Anne Vidal in an hour:"),
]


@pytest.mark.parametrize(("language", "moment", "subject", "first"), OWNERS)
def test_the_owner_reads_whom_she_meets_and_has_the_page_for_the_train(appointment, language, moment, subject, first):
    type(appointment.practice).objects.filter(pk=appointment.practice.pk).update(language=language)
    type(appointment.person).objects.update(name="Anne Vidal")
    at(moment)
    title, text, html = last_letter(MAUD)
    assert (title, text.splitlines()[0]) == (subject, first)
    link = next(line for line in text.splitlines() if line.endswith(f"/bureau/rendez-vous/{appointment.pk}/avant/"))
    assert f'href="{link}"' in html


def test_by_phone_they_are_told_on_which_number(inquiry):
    type(inquiry.person).objects.update(phone="+33639981422")
    appointment = appointment_at(Inquiry.objects.get(), place="")
    type(appointment).objects.update(mode=Mode.PHONE)
    at(EVENING)
    assert "Je vous appelle au 06 39 98 14 22." in last_letter(ANNE)[1].splitlines()

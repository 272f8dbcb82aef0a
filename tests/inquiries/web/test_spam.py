"""Robots are kept out unseen; people never notice."""

import datetime as dt

import pytest
from django.db import DatabaseError

from rendezvous.inquiries.channels.web import spam
from rendezvous.inquiries.models import Inquiry, OutgoingMail
from rendezvous.practice import clock
from tests.cast import inquire, write

ORIGIN = {"REMOTE_ADDR": "203.0.113.9"}


def test_what_fills_the_decoy_is_set_aside_and_gets_no_mail(practice, browser):
    answer = write(browser, website="https://spam.example")
    assert answer.status_code == 302
    assert Inquiry.objects.get().stage == "aside"
    assert not OutgoingMail.objects.exists()


def test_what_is_sent_at_once_is_set_aside(practice, browser):
    write(browser, stamp=spam.stamp())
    assert Inquiry.objects.get().aside_because == "too_fast"


@pytest.mark.parametrize("stamp", ["", "made-up", spam.SALT])
def test_what_has_no_true_stamp_is_set_aside(practice, browser, stamp):
    write(browser, stamp=stamp)
    assert Inquiry.objects.get().aside_because == "no_stamp"


def test_a_page_left_open_for_days_is_no_reason_for_suspicion(practice, browser):
    with clock.at(clock.now() - dt.timedelta(days=9)):
        stamp = spam.stamp()
    write(browser, stamp=stamp)
    assert Inquiry.objects.get().stage == "new"


def test_many_messages_from_one_connection_are_set_aside_then_refused(practice, browser):
    for number in range(spam.REFUSE_IN_AN_HOUR + 1):
        answer = browser.post(
            "/",
            {"words": f"Un site de {number + 2} pages", "reach": f"p{number}@example.org", "stamp": spam.stamp()},
            **ORIGIN,
        )
    assert answer.status_code == 429
    assert f"Un site de {spam.REFUSE_IN_AN_HOUR + 2} pages" in answer.content.decode()
    assert practice.email in answer.content.decode()
    assert Inquiry.objects.count() == spam.REFUSE_IN_AN_HOUR


def test_another_connection_is_not_held_responsible(practice):
    for number in range(spam.SUSPECT_IN_TEN_MINUTES):
        inquire(practice, f"Un site de {number + 2} pages", f"p{number}@example.org", origin="someone")
    with clock.at(clock.now() - dt.timedelta(minutes=1)):
        stamp = spam.stamp()
    assert spam.suspicion(stamp, "", "someone") == "too_many"
    assert spam.suspicion(stamp, "", "someone else") == ""


def test_when_the_counting_fails_people_come_in(practice, monkeypatch):
    def fail(**conditions):
        raise DatabaseError("no")

    monkeypatch.setattr(spam.Inquiry.objects, "filter", fail)
    assert spam.floods("someone") is False


def test_the_address_of_a_sender_is_not_kept(practice, browser):
    browser.post("/", {"words": "Un site de 12 pages", "reach": "p@example.org", "stamp": ""}, **ORIGIN)
    assert "203.0.113" not in Inquiry.objects.get().origin
    assert len(Inquiry.objects.get().origin) == 32

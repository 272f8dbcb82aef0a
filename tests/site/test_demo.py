"""The demo practice: eighteen months that one can believe, the same for the same day and seed."""

import datetime as dt
from collections import Counter

import pytest

from rendezvous.agreements.models import Outcome
from rendezvous.appointments.models import Appointment
from rendezvous.inquiries.models import Forecast, Inquiry, Message, OutgoingMail
from rendezvous.practice import clock
from rendezvous.site.demo.build import build_demo, demo_login
from tests.cast import signed_in

TODAY = dt.datetime(2027, 3, 10, 11, tzinfo=dt.UTC)


@pytest.fixture
def demo(db):
    with clock.at(TODAY):
        build_demo()
        yield


def told():
    """What the practice holds, without keys and tokens."""
    return [
        (str(inquiry.person), inquiry.stage, inquiry.need, inquiry.created_at, inquiry.messages.count())
        for inquiry in Inquiry.objects.order_by("created_at", "pk")
    ]


def test_there_are_sixty_inquiries_and_more_in_two_languages_over_eighteen_months(demo):
    languages = Counter(Inquiry.objects.values_list("language", flat=True))
    assert languages["fr"] >= 50
    assert languages["en"] >= 8
    first = Inquiry.objects.earliest("created_at").created_at
    assert dt.timedelta(days=500) < TODAY - first < dt.timedelta(days=600)


def test_every_result_occurs_and_some_things_are_still_open(demo):
    results = Counter(Outcome.objects.values_list("result", flat=True))
    assert set(results) == {"signed", "lost", "declined", "withdrawn", "silent"}
    assert min(results.values()) >= 4
    assert Inquiry.objects.filter(stage="new").count() >= 3
    assert Appointment.objects.filter(status="confirmed", starts_at__gt=TODAY).count() >= 2


def test_gut_feelings_were_recorded_before_their_outcome(demo):
    for outcome in Outcome.objects.select_related("inquiry"):
        gut = Forecast.objects.get(inquiry=outcome.inquiry, by="gut")
        assert gut.made_at < outcome.recorded_at


def test_nothing_happens_in_the_future(demo):
    assert not Message.objects.filter(at__gt=TODAY).exists()
    assert not OutgoingMail.objects.filter(created_at__gt=TODAY).exists()


def test_every_mail_is_kept_and_none_waits_to_leave(demo):
    assert set(OutgoingMail.objects.values_list("status", flat=True)) == {"kept"}


def test_the_same_day_makes_the_same_practice(demo):
    from rendezvous.practice.models import Practice

    first = told()
    Appointment.objects.all().delete()
    Inquiry.objects.all().delete()
    Practice.objects.get().people.all().delete()
    Practice.objects.get().members.all().delete()
    Practice.objects.all().delete()
    from rendezvous.practice.models import User

    User.objects.all().delete()
    build_demo()
    assert told() == first


def test_building_twice_changes_nothing(demo):
    first = told()
    build_demo()
    assert told() == first


def test_its_login_signs_in(demo, client):
    email, password = demo_login()
    assert client.post("/compte/login/", {"login": email, "password": password})["Location"] == "/bureau/"


def test_every_inquiry_can_be_opened(demo):
    from rendezvous.practice.models import Member

    desk = signed_in(Member.objects.get())
    pages = {inquiry.pk: desk.get(f"/bureau/demandes/{inquiry.pk}/").status_code for inquiry in Inquiry.objects.all()}
    assert set(pages.values()) == {200}


@pytest.mark.parametrize(
    "day",
    [
        dt.datetime(2028, 2, 29, 6, tzinfo=dt.UTC),
        dt.datetime(2026, 12, 25, 23, 50, tzinfo=dt.UTC),
        dt.datetime(2027, 3, 28, 1, tzinfo=dt.UTC),
    ],
)
def test_it_can_be_made_on_any_day(db, day):
    with clock.at(day):
        build_demo()
    assert Appointment.objects.filter(status="confirmed", starts_at__gt=day).exists()

"""Who writes: found again by address or number, named as they name themselves."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendezvous.inquiries.inbox import counts
from rendezvous.inquiries.models import Channel, Stage
from rendezvous.inquiries.receiving import Words, add_words
from rendezvous.inquiries.stages import settle
from rendezvous.people.contact import Contact, parse_contact
from rendezvous.people.models import Person
from rendezvous.practice import clock
from tests.cast import ANNE, inquire


@pytest.mark.parametrize(
    ("typed", "contact"),
    [
        ("anne@pharmacie.example", Contact(email="anne@pharmacie.example")),
        (" Anne@Pharmacie.Example ", Contact(email="anne@pharmacie.example")),
        ("<anne@pharmacie.example>", Contact(email="anne@pharmacie.example")),
        ("06 39 98 14 22", Contact(phone="+33639981422")),
        ("06.39.98.14.22", Contact(phone="+33639981422")),
        ("+33 6 39 98 14 22", Contact(phone="+33639981422")),
        ("0033639981422", Contact(phone="+33639981422")),
        ("+44 7700 900123", Contact(phone="+447700900123")),
        ("anne", None),
        ("anne@", None),
        ("12345", None),
        ("06 39 98", None),
    ],
)
def test_an_address_or_a_number_is_told_from_anything_else(typed, contact):
    assert parse_contact(typed) == contact


@given(st.text())
def test_whatever_is_typed_it_is_a_contact_or_none(typed):
    contact = parse_contact(typed)
    assert contact is None or bool(contact.email) != bool(contact.phone)


def test_who_writes_twice_is_one_person(practice):
    first, second = inquire(practice, "Un site ?"), inquire(practice, "Et une plaquette ?", ANNE.upper())
    assert first.person == second.person


def test_the_same_address_in_two_practices_is_two_persons(cast):
    assert inquire(cast.practice).person != inquire(cast.stranger.practice).person


@pytest.mark.parametrize(
    ("name", "first"), [("Anne Vidal", "Anne"), ("Mme Vidal", ""), ("Anne", ""), ("", ""), ("Dr. Roux", "")]
)
def test_one_is_greeted_by_a_first_name_only_where_it_can_be_told(name, first):
    assert Person(name=name).first_name == first


def save(desk, person, **fields):
    return desk.post(
        f"/bureau/contacts/{person.pk}/",
        {"name": "Anne Vidal", "email": ANNE, "phone": "", "note": "", "organisation_name": "", **fields},
    )


def test_a_contact_can_be_completed(desk, inquiry):
    save(desk, inquiry.person, organisation_name="Pharmacie du Port", note="Préfère le matin")
    person = Person.objects.get(pk=inquiry.person.pk)
    assert (person.name, str(person.organisation), person.note) == (
        "Anne Vidal",
        "Pharmacie du Port",
        "Préfère le matin",
    )


def test_two_contacts_cannot_have_one_address(desk, practice, inquiry):
    other = inquire(practice, email="autre@example.org").person
    answer = save(desk, other, email=ANNE)
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()


def test_somebody_can_be_marked_as_not_business(desk, inquiry):
    save(desk, inquiry.person, not_business="on")
    assert Person.objects.get(pk=inquiry.person.pk).not_business is True


def meet_once(practice, person, days_ago):
    starts = clock.now().replace(microsecond=0) - dt.timedelta(days=days_ago)
    ends = starts + dt.timedelta(hours=1)
    person.appointments.create(
        practice=practice, member=practice.members.first(), mode="in_person", starts_at=starts, ends_at=ends,
        blocked_from=starts, blocked_until=ends,
    )  # fmt: skip


def test_friends_are_listed_to_see_again_who_was_not_seen_for_longest_first(desk, practice):
    lately, long_ago, client = (
        practice.people.create(name=name, not_business=friend)
        for name, friend in (("Lise", True), ("Paul", True), ("Anne", False))
    )
    for person, days in ((lately, 3), (long_ago, 300), (client, 1)):
        meet_once(practice, person, days)
    assert list(desk.get("/bureau/contacts/a-revoir/").context["people"]) == [long_ago, lately]


def test_a_friend_never_met_comes_before_all_others(desk, practice):
    met, never = (practice.people.create(name=name, not_business=True) for name in ("Aline", "Zoé"))
    meet_once(practice, met, 300)
    assert list(desk.get("/bureau/contacts/a-revoir/").context["people"]) == [never, met]


def test_who_becomes_a_friend_leaves_what_is_to_be_done_and_what_is_waited_for(desk, practice):
    undecided, waiting = inquire(practice, email="lise@amie.example"), inquire(practice, email="paul@ami.example")
    settle(waiting, Stage.INVITED)
    for row in (undecided, waiting):
        save(desk, row.person, email=row.person.email, not_business="on")
    assert [desk.get(f"/bureau/{folder}").context["page"].lines for folder in ("", "?folder=waiting")] == [[], []]
    assert counts(practice) == {"now": 0, "waiting": 0, "aside": 0}


def test_what_a_friend_writes_still_comes_up(desk, practice):
    inquiry = inquire(practice)
    save(desk, inquiry.person, not_business="on")
    inquiry.refresh_from_db()
    add_words(inquiry, Words("Un café jeudi ?", Channel.EMAIL))
    assert counts(practice)["now"] == 1

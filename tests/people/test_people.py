"""Who writes: found again by address or number, named as they name themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendezvous.people.contact import Contact, parse_contact
from rendezvous.people.models import Person
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

"""How to reach somebody, as typed in one field: an e-mail address or a phone number."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from rendezvous.people.models import Person
from rendezvous.practice.models import Practice


@dataclass(frozen=True, slots=True)
class Contact:
    """One of the two is filled, or both."""

    email: str = ""
    phone: str = ""
    name: str = ""


def parse_contact(typed: str) -> Contact | None:
    """An address or a number (French, or with a country code), in what was typed; None where neither is."""
    words = typed.strip().strip("<>")
    if "@" in words:
        return _email(words)
    digits = re.sub(r"[\s.\-()/\u00a0\u202f]", "", words)
    if re.fullmatch(r"(\+|00)\d{7,15}|0\d{8,10}", digits):
        return Contact(phone=phone_number(digits))
    return None


def _email(words: str) -> Contact | None:
    address = words.lower()
    try:
        validate_email(address)
    except ValidationError:
        return None
    return Contact(email=address)


def phone_number(digits: str) -> str:
    """A number as it is kept: "+33639981422" for "06 39 98 14 22" and "0033 6 39 98 14 22"."""
    plain = re.sub(r"[^\d+]", "", digits)
    if plain.startswith("00"):
        return "+" + plain[2:]
    if plain.startswith("0") and len(plain) == 10:
        return "+33" + plain[1:]
    return plain


def find_or_add_person(practice: Practice, contact: Contact, language: str) -> Person:
    """The person of this practice with that address or number, else a new one. Fills in what was not known."""
    person = None
    if contact.email:
        person = practice.people.filter(email__iexact=contact.email).first()
    if person is None and contact.phone:
        person = practice.people.filter(phone=contact.phone).order_by("pk").first()
    if person is None:
        return practice.people.create(email=contact.email, phone=contact.phone, name=contact.name, language=language)
    for field in ("email", "phone", "name"):
        if not getattr(person, field) and getattr(contact, field):
            setattr(person, field, getattr(contact, field))
    person.save(update_fields=["email", "phone", "name"])
    return person

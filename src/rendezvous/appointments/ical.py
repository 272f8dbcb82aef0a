"""The invitation that a calendar takes in (RFC 5545), sent by mail (RFC 5546 and 6047)."""

import datetime as dt

from icalendar import Calendar, Event, vCalAddress, vText

from rendezvous.appointments.models import Appointment
from rendezvous.inquiries.mailing import CalendarPart
from rendezvous.practice import clock
from rendezvous.practice.links import address

PRODUCT = "-//Rendez-vous//Rendez-vous//FR"


def invitation(appointment: Appointment, summary: str, description: str) -> CalendarPart:
    """METHOD:REQUEST while it stands, CANCEL once it is cancelled; the UID stays, the SEQUENCE grows."""
    method = "REQUEST" if appointment.confirmed else "CANCEL"
    return CalendarPart(calendar(appointment, summary, description, method).to_ical(), method)


def calendar(appointment: Appointment, summary: str, description: str, method: str = "PUBLISH") -> Calendar:
    cal = Calendar()
    cal.add("prodid", PRODUCT)
    cal.add("version", "2.0")
    cal.add("method", method)
    cal.add_component(_event(appointment, summary, description))
    return cal


def _event(appointment: Appointment, summary: str, description: str) -> Event:
    event = Event()
    event.add("uid", appointment.uid)
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", clock.now())
    event.add("dtstart", appointment.starts_at.astimezone(dt.UTC))
    event.add("dtend", appointment.ends_at.astimezone(dt.UTC))
    event.add("summary", summary)
    event.add("description", description)
    event.add("url", address("appointment_page", appointment.token))
    if appointment.place:
        event.add("location", appointment.place)
    event.add("status", "CONFIRMED" if appointment.confirmed else "CANCELLED")
    event.add("transp", "OPAQUE")
    event["organizer"] = _person(appointment.practice.email, appointment.practice.signature)
    if appointment.person.email:
        guest = _person(appointment.person.email, str(appointment.person))
        guest.params["ROLE"] = vText("REQ-PARTICIPANT")
        # They chose the time themselves: nothing is left to answer.
        guest.params["PARTSTAT"] = vText("ACCEPTED")
        guest.params["RSVP"] = vText("FALSE")
        event.add("attendee", guest, encode=False)
    return event


def _person(email: str, name: str) -> vCalAddress:
    who = vCalAddress(f"mailto:{email}")
    who.params["CN"] = vText(name)
    return who

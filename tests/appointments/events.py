"""The calendar part of the last mail to somebody."""

from email import message_from_bytes, policy

from icalendar import Calendar

from tests.cast import mails_to


def last_event(address):
    """The calendar and its one event, as a mail program would take them."""
    mail = message_from_bytes(bytes(mails_to(address)[-1].content), policy=policy.default)
    part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    calendar = Calendar.from_ical(part.get_content())
    assert part.get_param("method") == calendar["METHOD"]
    return calendar, calendar.walk("VEVENT")[0]

"""Taking in what people write: kept first, read next, acknowledged last."""

import datetime as dt
import unicodedata
from dataclasses import dataclass, field

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from rendezvous import timing
from rendezvous.inquiries.acknowledging import acknowledge, tell_owner
from rendezvous.inquiries.models import Channel, Direction, Inquiry, Message, Need, Stage
from rendezvous.inquiries.stages import bring_up
from rendezvous.inquiries.understanding import understand
from rendezvous.people.contact import Contact, find_or_add_person
from rendezvous.practice import clock
from rendezvous.practice.hours import rules_of
from rendezvous.practice.models import Practice

LONGEST_TEXT = 50_000  # characters: a brief of twenty pages; what is longer is a file


@dataclass(frozen=True, slots=True)
class File:
    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody sent, by whatever channel."""

    text: str
    channel: Channel
    subject: str = ""
    recipients: int = 1
    message_id: str = ""
    raw: str = ""
    request_key: str | None = None
    at: dt.datetime = field(default_factory=clock.now)
    files: tuple[File, ...] = ()


def clean_text(text: str) -> str:
    """The same words without control characters, which no one types and databases refuse."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs", "Co"}).strip()


def says_something(text: str) -> bool:
    return any(c.isalnum() for c in text)


def receive(
    practice: Practice, contact: Contact, words: Words, *, aside: str = "", origin: str = ""
) -> tuple[Inquiry, bool]:
    """Keeps a first message as a new inquiry, and reads it. The same request twice gives the first one, and False."""
    if words.request_key:
        earlier = practice.inquiries.filter(request_key=words.request_key).first()
        if earlier:
            return earlier, False
    try:
        with transaction.atomic():
            return _open(practice, contact, words, aside, origin), True
    except IntegrityError:
        # Somebody was first with the same request (a double click) or the same new address.
        earlier = practice.inquiries.filter(request_key=words.request_key).first() if words.request_key else None
        if earlier:
            return earlier, False
        with transaction.atomic():
            return _open(practice, contact, words, aside, origin), True


def _open(practice: Practice, contact: Contact, words: Words, aside: str, origin: str) -> Inquiry:
    person = find_or_add_person(practice, contact, practice.language)
    inquiry = practice.inquiries.create(
        person=person,
        channel=words.channel,
        language=practice.language,
        request_key=words.request_key,
        origin=origin,
        stage=Stage.ASIDE if aside else Stage.NEW,
        aside_because=aside,
        need="" if aside else Need.DECIDE,
        need_at=None if aside else words.at,
        promised_on=promised_day(practice, words.at),
        created_at=words.at,
    )
    message = _keep(inquiry, words)
    reading = understand(message)
    inquiry.language, inquiry.kind = reading.language, reading.kind
    if not contact.name and not person.name:
        person.language = reading.language
        person.save(update_fields=["language"])
    inquiry.save(update_fields=["language", "kind"])
    if not aside:
        acknowledge(inquiry, message)
        tell_owner(inquiry, message)
    return inquiry


def add_words(inquiry: Inquiry, words: Words, *, need: Need = Need.READ) -> tuple[Message, bool]:
    """Keeps a further message of the sender and reads it; it comes up in the inbox. Twice the same: once, and False."""
    if words.request_key:
        earlier = inquiry.messages.filter(request_key=words.request_key).first()
        if earlier:
            return earlier, False
    with transaction.atomic():
        message = _keep(inquiry, words)
        if says_something(words.text):
            understand(message)
        bring_up(inquiry, need, words.at)
    return message, True


def _keep(inquiry: Inquiry, words: Words) -> Message:
    message = inquiry.messages.create(
        direction=Direction.IN,
        channel=words.channel,
        subject=words.subject[:300],
        text=words.text,
        rfc_message_id=words.message_id[:300],
        raw=words.raw,
        recipients=min(words.recipients, 1000),
        request_key=words.request_key,
        at=words.at,
    )
    for file in words.files:
        message.attachments.create(
            file=ContentFile(file.data, name="attachment"),
            name=file.name[:200],
            content_type=file.content_type[:100],
            size=len(file.data),
        )
    inquiry.search = searchable(
        f"{inquiry.search} {inquiry.person} {inquiry.person.email} {words.subject} {words.text}"
    )
    inquiry.save(update_fields=["search"])
    return message


def searchable(text: str) -> str:
    """Lower case without accents, so that "refonte" and "éphémère" are found however they are typed."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in plain if not unicodedata.combining(c))[:20_000]


def promised_day(practice: Practice, at: dt.datetime) -> dt.date:
    """The day by which the owner answers: so many working days after the message."""
    rules = rules_of(practice)
    day = timezone.localtime(at, rules.zone).date()
    left = practice.promise_days
    for _ in range(60):  # beyond two closed months, the day itself is no use to anyone
        if left == 0:
            break
        day += dt.timedelta(days=1)
        if timing.open_hours(rules, day):
            left -= 1
    return day

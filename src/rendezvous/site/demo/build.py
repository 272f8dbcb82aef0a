"""The demo practice: eighteen months of inquiries, the same for the same seed, dated back from today.

Everything goes through the functions that pages call (receive, feel, decide, send, book, meet, propose, sign, record an
outcome), under a clock set to each moment in turn; so what the demo shows is what the software does.
"""

import base64
import datetime as dt
import hashlib
import hmac
import random
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from heapq import heapify, heappop, heappush
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from rendezvous.agreements.models import Letterhead, Result
from rendezvous.agreements.outcomes import record_outcome
from rendezvous.agreements.typesetting import rest
from rendezvous.appointments.booking import SlotTaken, book, note_appointment
from rendezvous.appointments.models import Appointment
from rendezvous.appointments.slots import free_slots
from rendezvous.inquiries import judgement
from rendezvous.inquiries.answering import send_answer
from rendezvous.inquiries.drafting import open_draft
from rendezvous.inquiries.models import Action, Channel, Inquiry, Mode, OutgoingMail, Status
from rendezvous.inquiries.outbox import write_eml
from rendezvous.inquiries.receiving import Words, add_words, receive
from rendezvous.people.contact import Contact, phone_number
from rendezvous.practice import clock
from rendezvous.practice.hours import rules_of
from rendezvous.practice.models import Member, Practice
from rendezvous.practice.setting_up import set_up
from rendezvous.site.demo import meetings, papers

SEED = 7
FILE = Path(__file__).with_name("inquiries.toml")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Row = Mapping[str, Any]
# What happens at a moment, and what it leads to, later.
Step = tuple[dt.datetime, Callable[[], "Iterable[Step] | None"]]
# What asks somebody outside: the demo's story is over, nobody is to be called.
OUTSIDE = ("timestamp_url", "code_by_sms")


def demo_login() -> tuple[str, str]:
    """The demo's address and password; the password comes from this installation's secret key."""
    digest = hmac.new(settings.SECRET_KEY.encode(), b"rendezvous.demo", hashlib.sha256).digest()
    return str(_story()["practice"]["email"]), base64.b32encode(digest[:10]).decode().lower()


def build_demo() -> None:
    """Makes the demo practice where there is none; whole, or not at all."""
    if Practice.objects.exists():
        return
    story = _story()
    with transaction.atomic(), _alone():
        member = _practice(story["practice"])
        _live(step for row in story["inquiry"] for step in Tale(member, row).steps())
        DBTaskResult.objects.all().delete()
    rest()
    for mail in OutgoingMail.objects.all():
        write_eml(mail)
    OutgoingMail.objects.update(status=Status.KEPT)


def _live(steps: Iterable[Step]) -> None:
    """Each step at its moment, and each that it leads to at its own, as long as that has come."""
    now, order = clock.now(), count()
    waiting = [(moment, next(order), step) for moment, step in steps]
    heapify(waiting)
    while waiting:
        moment, _number, step = heappop(waiting)
        with clock.at(moment):
            for later, following in step() or ():
                if later <= now:
                    heappush(waiting, (max(later, moment), next(order), following))


@contextmanager
def _alone() -> Iterator[None]:
    """Without the services that this installation may have."""
    kept = settings.OPTIONS
    settings.OPTIONS = {**kept, **dict.fromkeys(OUTSIDE, "")}
    try:
        yield
    finally:
        settings.OPTIONS = kept


def _story() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _practice(words: Row) -> Member:
    email, password = demo_login()
    member = set_up(words["signature"], email, password)
    practice = member.practice
    for field in ("name", "trade", "about", "prices", "phone", "place", "address", "closing_words"):
        setattr(practice, field, words[field])
    practice.usual_value, practice.hourly_worth = Decimal(2400), Decimal(65)
    practice.save()
    Letterhead.objects.create(practice=practice, **words["letterhead"])
    return member


class Tale:
    """One inquiry of the story, as steps that each happen at their moment."""

    def __init__(self, member: Member, row: Row) -> None:
        self.member, self.row = member, row
        self.zone = rules_of(member.practice).zone
        self.random = random.Random(f"{SEED} {row['text']}")  # noqa: S311 (a story, not a secret)
        self.now = clock.now()
        self.inquiry: Inquiry | None = None

    def steps(self) -> Iterator[Step]:
        """Each moment with what happens then; nothing that has not happened yet."""
        row = self.row
        began = self._moment(row["days_ago"], row["hour"])
        yield began, self.begin
        answered = self._later(began, row.get("answer_days", 0), working_hours=True)
        if "gut" in row or "gut_skipped" in row:
            yield answered, self.feel
        if "decision" in row:
            yield answered + dt.timedelta(minutes=4), self.decide
        for reply in row.get("reply", []):
            yield self._later(began, reply["after_days"]), partial(self.hear, reply)
        if "appointment" in row:
            yield self._booked_at(answered), self.book
        if "noted" in row:
            yield answered + dt.timedelta(minutes=30), self.note
        if "outcome" in row:
            yield self._later(began, row["outcome"]["after_days"], working_hours=True), self.end

    def _moment(self, days_ago: int, hour: str) -> dt.datetime:
        day = self.now.astimezone(self.zone).date() - dt.timedelta(days=days_ago)
        moment = dt.datetime.combine(day, dt.time.fromisoformat(hour), self.zone)
        return min(moment, self.now - dt.timedelta(minutes=self.random.randint(15, 90)))

    def _later(self, began: dt.datetime, days: int, *, working_hours: bool = False) -> dt.datetime:
        day = began.astimezone(self.zone).date() + dt.timedelta(days=days)
        hour = self.random.randint(9, 17) if working_hours else self.random.randint(8, 21)
        moment = dt.datetime.combine(day, dt.time(hour, self.random.randint(0, 59)), self.zone)
        earliest = began + dt.timedelta(minutes=self.random.randint(20, 50))
        return min(max(moment, earliest), self.now - dt.timedelta(minutes=5))

    def _booked_at(self, answered: dt.datetime) -> dt.datetime:
        chosen = (answered + dt.timedelta(hours=self.random.randint(2, 20))).astimezone(self.zone)
        if not 7 <= chosen.hour <= 22:  # nobody chooses a time in the middle of the night
            chosen = chosen.replace(hour=self.random.randint(7, 9)) + dt.timedelta(days=chosen.hour > 22)
        return min(chosen, self.now - dt.timedelta(minutes=2))

    @property
    def told(self) -> Inquiry:
        if self.inquiry is None:
            raise LookupError("the inquiry begins before anything else happens to it")
        self.inquiry.refresh_from_db()
        return self.inquiry

    def begin(self) -> None:
        row = self.row
        contact = Contact(
            email=row.get("email", ""), phone=phone_number(row.get("phone", "")), name=row.get("name", "")
        )
        words = Words(row["text"].strip(), Channel(row["channel"]), subject=row.get("subject", ""), at=clock.now())
        aside = {"email": "automatic", "web": "decoy"}.get(row["channel"], "") if "kind_hint" in row else ""
        self.inquiry, _new = receive(self.member.practice, contact, words, aside=aside)

    def hear(self, reply: Row) -> None:
        channel = Channel.EMAIL if self.told.person.email else Channel.PHONE
        add_words(self.told, Words(reply["text"].strip(), channel, at=clock.now()))

    def feel(self) -> None:
        if "gut" in self.row:
            judgement.record_gut(self.told, self.row["gut"] / 100)
        else:
            judgement.skip_gut(self.told, self.row["gut_skipped"])

    def decide(self) -> None:
        inquiry, action = self.told, self.row["decision"]
        judgement.decide(inquiry, self.member, action)
        draft = open_draft(inquiry, action)
        if "appointment" in self.row and action in {Action.MEET, Action.CALL}:
            meeting = self.row["appointment"]
            draft.mode, draft.minutes, draft.place = (
                meeting["mode"],
                meeting["minutes"],
                meeting.get("place", ""),
            )
            draft.save()
        send_answer(inquiry, draft)

    def book(self) -> Iterable[Step]:
        """Books the free time nearest to the one in the story; it is kept when it comes."""
        invitation = self.told.invitations.last()
        if invitation is None:
            return ()
        meeting = self.row["appointment"]
        day = (clock.now() + dt.timedelta(days=1)).astimezone(self.zone).date()
        began = self.told.created_at.astimezone(self.zone).date()
        day = max(day, began + dt.timedelta(days=meeting["after_days"]))
        day += dt.timedelta(days=(WEEKDAYS.index(meeting["weekday"]) - day.weekday()) % 7)
        wished = dt.datetime.combine(day, dt.time.fromisoformat(meeting["time"]), self.zone)
        free = free_slots(invitation)
        if not free:
            return ()
        return self._keep(book(invitation, min(free, key=lambda slot: abs(slot.start - wished)).start))

    def note(self) -> Iterable[Step]:
        """An appointment for tomorrow, agreed on by phone: there is always one to prepare."""
        told, tomorrow = self.row["noted"], self.now.astimezone(self.zone).date() + dt.timedelta(days=1)
        for hour in (10, 14, 17, 20):
            start = dt.datetime.combine(tomorrow, dt.time(hour), self.zone)
            try:
                return self._keep(
                    note_appointment(
                        self.member,
                        self.told.person,
                        start,
                        told["minutes"],
                        Mode(told["mode"]),
                        place=told["place"],
                        travel=told["travel"],
                        inquiry=self.told,
                    )
                )
            except SlotTaken:
                continue
        return ()

    def _keep(self, appointment: Appointment) -> Iterable[Step]:
        yield from meetings.reminders_of(appointment, self.now)
        yield from meetings.steps_of(appointment, self.row.get("meeting", {}), self.now, self.random, self._written)

    def _written(self) -> Iterable[Step]:
        """What follows a meeting: documents, one after the other, and work without waiting for them."""
        began = self.told.created_at.astimezone(self.zone).date()
        yield from papers.steps_of(self.told, self.member, self.row, began, self.random)

    def end(self) -> None:
        told = self.row["outcome"]
        amount = told.get("amount")
        record_outcome(
            self.told,
            Result(told["result"]),
            member=self.member,
            why=told.get("why", ""),
            insisted=told.get("insisted"),
            amount=Decimal(amount) if amount is not None else None,
        )

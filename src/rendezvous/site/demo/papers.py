"""The demo's proposals, quotes, contracts and work, through the functions that both sides' pages call."""

import datetime as dt
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from rendezvous.agreements import deposits, documents, gate, signing
from rendezvous.agreements.beginning import carried_on, first_content
from rendezvous.agreements.content import Content
from rendezvous.agreements.letters import deposit_reminder
from rendezvous.agreements.models import Document, DocumentKind, Version
from rendezvous.agreements.sealed import seal_document
from rendezvous.inquiries.models import Inquiry, OutgoingMail
from rendezvous.practice import clock
from rendezvous.practice.models import Member

# Addresses reserved for documentation (RFC 5737).
IP = "192.0.2.{}"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Demo"
LINE = {"unit": "package", "quantity": "1", "rate": "", "discount": "", "optional": False}
Told = Mapping[str, Any]
Step = tuple[dt.datetime, Callable[[], "Iterable[Step] | None"]]


def steps_of(inquiry: Inquiry, member: Member, row: Told, began: dt.date, chance: random.Random) -> Iterator[Step]:
    """The documents of an inquiry, each after the one before; work without a signature beside them."""
    when = partial(_moment, began, member, chance)
    yield from _chain(
        [step for told in row.get("document", ()) for step in Paper(inquiry, member, told, chance).steps(when)]
    )
    if "breach" in row:
        yield from _chain(list(_breach(inquiry, member, row["breach"], when)))


def _moment(began: dt.date, member: Member, chance: random.Random, days: int) -> dt.datetime:
    """On the clock of an office; the Friday before a weekend."""
    day = began + dt.timedelta(days=days)
    day -= dt.timedelta(days=max(day.weekday() - 4, 0))
    time = dt.time(chance.randint(9, 17), chance.randint(0, 59))
    return dt.datetime.combine(day, time, member.practice.zone)


def _chain(steps: list[Step]) -> Iterator[Step]:
    """The first of them, which leads to the next: an hour later at least."""
    if steps:
        yield max(steps[0][0], clock.now() + dt.timedelta(hours=1)), partial(_and_then, steps[0][1], steps[1:])


def _and_then(step: Callable[[], object], rest: list[Step]) -> list[Step]:
    step()
    return list(_chain(rest))


def _breach(inquiry: Inquiry, member: Member, told: Told, when: Callable[[int], dt.datetime]) -> Iterator[Step]:
    yield when(told["after_days"]), partial(_break, inquiry, member, told["reason"])
    for work in told["work"]:
        yield when(work["after_days"]), partial(_work, inquiry, work)


def _break(inquiry: Inquiry, member: Member, reason: str) -> None:
    gate.break_gate(inquiry, member, reason)


def _work(inquiry: Inquiry, told: Told) -> None:
    gate.record_work(inquiry, told["what"], told["minutes"])


class Paper:
    """One document of the story."""

    def __init__(self, inquiry: Inquiry, member: Member, told: Told, chance: random.Random) -> None:
        self.inquiry, self.member, self.row = inquiry, member, told
        self.ip = IP.format(chance.randint(1, 254))
        self.pk = 0

    def steps(self, when: Callable[[int], dt.datetime]) -> Iterator[Step]:
        row = self.row
        yield when(row["after_days"]), self.write
        for name in ("remark", "reply", "again", "accepted", "refused"):
            if name in row:
                yield when(row[name]["after_days"]), getattr(self, name)
        for name in ("opened", "signed", "countersigned", "deposit"):
            if f"{name}_days" in row:
                yield when(row[f"{name}_days"]), getattr(self, name)
        for days in row.get("reminded_days", ()):
            yield when(days), self.reminded
        for work in row.get("work", ()):
            yield when(work["after_days"]), partial(_work, self.inquiry, work)

    @property
    def document(self) -> Document:
        return Document.objects.select_related("inquiry__person", "practice").get(pk=self.pk)

    @property
    def sent(self) -> Version:
        version = self.document.sent_version
        if version is None:
            raise LookupError("a document is sent before anything else happens to it")
        return version

    def write(self) -> None:
        self.inquiry.refresh_from_db()
        kind = DocumentKind(self.row["kind"])
        self.pk = documents.write(self.inquiry, kind, self._content(kind)).pk
        if not self.row.get("kept_as_draft"):
            documents.send(self.document)

    def _content(self, kind: DocumentKind) -> Content:
        """What she would find written, with what the story says of it."""
        content, row = first_content(self.inquiry, kind), self.row
        content.title = row.get("title", content.title)
        content.text = row.get("text", content.text).strip()
        if "lines" in row:
            content.lines = [{**LINE, **line, "key": str(number)} for number, line in enumerate(row["lines"], 1)]
        content.client |= row.get("client", {})
        if "stands" in row:
            content.valid_until = clock.today() + dt.timedelta(days=row["stands"])
        return content

    def opened(self) -> None:
        documents.opened(self.document)

    def remark(self) -> None:
        documents.remark(self.sent, self.row["remark"]["text"], self.row["remark"]["paragraph"])

    def reply(self) -> None:
        documents.remark(self.sent, self.row["reply"]["text"], self.row["remark"]["paragraph"], by_owner=True)

    def again(self) -> None:
        """Another version, for the sake of their last remark."""
        told, content = self.row["again"], carried_on(self.document)
        content.text = content.text.replace(*told["replace"])
        content.because, content.remark = told["because"], self.sent.remarks.filter(by_owner=False).last()
        documents.rewrite(self.document, content)
        documents.send(self.document)

    def accepted(self) -> None:
        told = self.row["accepted"]
        documents.accept(self.sent, {"name": told["name"], "address": told["address"]})

    def refused(self) -> None:
        documents.refuse(self.sent, self.row["refused"]["text"])

    def signed(self) -> None:
        """By the code in the mail, as they do."""
        document = self.document
        documents.opened(document)
        asked = signing.ask_code(self.sent, self.inquiry.person.name, options=document.chosen)
        mail = OutgoingMail.objects.filter(recipient=asked.sent_to).order_by("-pk")[0]
        code = re.findall(r"(?<!\d)\d{6}(?!\d)", mail.text)[0]
        signing.sign(self.sent, code, options=document.chosen, ip=self.ip, browser=BROWSER)

    def countersigned(self) -> None:
        """Sealed at once: there is no worker yet."""
        signing.countersign(self.document, self.member)
        seal_document.call(self.pk)

    def deposit(self) -> None:
        deposits.receive_deposit(self.document.deposit, self.member.practice.today)

    def reminded(self) -> None:
        deposit = self.document.deposit
        deposits.send_reminder(deposit, *deposit_reminder(deposit, deposits.tone_of(deposit)))

"""The deposit: asked for at the signature, received by hand or found in a bank statement, recalled in three tones."""

import datetime as dt
import logging
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from rendezvous.agreements.letters import send_words
from rendezvous.agreements.models import Deposit, Document
from rendezvous.agreements.money import Total
from rendezvous.agreements.payments import CannotEncode, WrongIban, creditor_reference, epc_payload, epc_qr_svg
from rendezvous.agreements.statements import Awaited, Entry, match
from rendezvous.inquiries.models import Need, Stage
from rendezvous.inquiries.stages import bring_up, settle
from rendezvous.practice import clock
from rendezvous.practice.models import Practice
from rendezvous.practice.plugins import plugged

log = logging.getLogger(__name__)

DUE_IN = dt.timedelta(days=8)
TONES = ("kind", "firm", "formal")
BETWEEN_REMINDERS = dt.timedelta(days=7)


def ask_deposit(document: Document, total: Total) -> Deposit | None:
    """Awaits the deposit that the document states; None where it states none. Its question comes up when it is due.

    Its letter follows the sealed copy (sealed.py): what is asked for must be in hand first.
    """
    if not total.deposit:
        return None
    due = clock.now() + DUE_IN
    deposit, new = Deposit.objects.get_or_create(
        document=document,
        defaults={
            "amount": total.deposit,
            "currency": total.currency,
            "reference": reference_of(document.number, document.pk),
            "due_on": due.astimezone(document.practice.zone).date(),
        },
    )
    if new:
        bring_up(document.inquiry, Need.DEPOSIT, due)
    return deposit


def reference_of(number: str, pk: int) -> str:
    """What the payer's bank sends back: no two documents of an installation have the same."""
    return creditor_reference(f"{number}X{pk}")


def qr_of(deposit: Deposit) -> str:
    """The SEPA QR code as inline SVG; empty where no IBAN is known, it is not in euros, or it does not fit."""
    letterhead = getattr(deposit.document.practice, "letterhead", None)
    if letterhead is None or not letterhead.iban or deposit.currency != "EUR" or deposit.received_on:
        return ""
    name = (letterhead.legal_name or deposit.document.practice.name)[:70]
    try:
        payload = epc_payload(
            name, letterhead.iban, deposit.amount, bic=letterhead.bic, reference=deposit.reference
        )  # fmt: skip
        return epc_qr_svg(payload)
    except (CannotEncode, WrongIban):
        return ""


def payment_page(deposit: Deposit) -> str:
    """The address of a payment provider's page, where one is plugged in (RDV_PAYMENT_LINK); else nothing."""
    if deposit.received_on or not settings.OPTIONS["payment_link"]:
        return ""
    try:
        page = str(plugged(settings.OPTIONS["payment_link"])(deposit))
    except Exception:  # somebody else's code must not keep the page from its reader
        log.exception("The payment provider gave no page for %s", deposit)
        return ""
    return page if page.startswith(("https://", "http://")) else ""


@transaction.atomic
def receive_deposit(deposit: Deposit, on: dt.date, how: str = Deposit.How.HAND, entry: str = "") -> bool:
    """It has come. False where it had come already."""
    received = Deposit.objects.filter(pk=deposit.pk, received_on=None).update(
        received_on=on, how=how, entry=entry[:300]
    )
    deposit.refresh_from_db()
    inquiry = deposit.document.inquiry
    if received and inquiry.need == Need.DEPOSIT:
        settle(inquiry, Stage(inquiry.stage))
    return bool(received)


def tones_of(deposit: Deposit) -> tuple[str, ...]:
    """Those that may be taken: before the day has passed nothing is late, and only the kind one is true."""
    return TONES if deposit.document.practice.today > deposit.due_on else TONES[:1]


def tone_of(deposit: Deposit) -> str:
    """The tone of the next reminder."""
    return tones_of(deposit)[min(deposit.reminders, len(tones_of(deposit)) - 1)]


@transaction.atomic
def send_reminder(deposit: Deposit, subject: str, text: str, *, after: int | None = None) -> bool:
    """Sends it, `after` so many others. False where it was sent already (a double click), or the deposit has come."""
    before = deposit.reminders if after is None else after
    waiting = Deposit.objects.filter(pk=deposit.pk, reminders=before, received_on=None)
    if not waiting.update(reminders=before + 1, reminded_at=clock.now()):
        return False
    deposit.refresh_from_db()
    send_words(deposit.document, subject, text)
    bring_up(deposit.document.inquiry, Need.DEPOSIT, clock.now() + BETWEEN_REMINDERS)
    return True


def awaited_of(practice: Practice) -> QuerySet[Deposit]:
    return Deposit.objects.filter(document__practice=practice, received_on=None).select_related(
        "document__inquiry__person", "document__practice"
    )


@transaction.atomic
def find_in(practice: Practice, entries: Iterable[Entry]) -> list[Deposit]:
    """Notes as received each awaited deposit that the statement shows, and gives them."""
    waiting = {deposit.pk: deposit for deposit in awaited_of(practice)}
    wanted = [
        Awaited(str(d.pk), d.amount, d.currency, d.reference, _payer(d.document)) for d in waiting.values()
    ]  # fmt: skip
    found = []
    for hit in match(list(entries), wanted):
        deposit = waiting[int(hit.key)]
        if receive_deposit(deposit, hit.entry.date, Deposit.How.BANK, hit.entry.text):
            found.append(deposit)
    return found


def _payer(document: Document) -> str:
    version = document.sent_version
    return str((version and version.client.get("name")) or document.inquiry.person)

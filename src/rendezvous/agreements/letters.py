"""What both are told of a document: that it is there, what was said of it, that it is signed."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from rendezvous.agreements.models import Deposit, Document, Remark, Version
from rendezvous.inquiries.letters import compose, letter_to
from rendezvous.inquiries.mailing import FilePart, Letter
from rendezvous.inquiries.models import Channel, Direction, Message, OutgoingMail
from rendezvous.inquiries.outbox import queue
from rendezvous.inquiries.wording import render_letter
from rendezvous.practice.links import address
from rendezvous.practice.plugins import plugged


def send_document(document: Document, version: Version, *, again: bool = False, remark: Remark | None = None) -> None:
    """The document's link, in a message of the conversation; a remark of hers goes the same way."""
    _send(document, "remark_to_reader" if remark else "sent", version=version, again=again, remark=remark)


def send_deposit_asked(deposit: Deposit) -> None:
    letterhead = getattr(deposit.document.practice, "letterhead", None)
    iban = bool(letterhead and letterhead.iban)
    _send(deposit.document, "deposit", deposit=deposit, iban=iban, scan=iban and deposit.currency == "EUR")


def deposit_reminder(deposit: Deposit, tone: str) -> tuple[str, str]:
    """Subject and text of a reminder, for her to change before it leaves."""
    return _words(deposit.document, f"reminder_{tone}", deposit=deposit)


def send_words(document: Document, subject: str, text: str, files: tuple[FilePart, ...] = ()) -> Message:
    """A message of the conversation, by mail where there is an address."""
    inquiry = document.inquiry
    channel = Channel.EMAIL if inquiry.person.email else Channel.PHONE
    message = inquiry.messages.create(direction=Direction.OUT, channel=channel, subject=subject, text=text)
    if inquiry.person.email:
        queue(compose(inquiry, subject, text, files=files), inquiry=inquiry, message=message)
    return message


def _send(document: Document, what: str, **more: Any) -> None:
    send_words(document, *_words(document, what, **more))


def _words(document: Document, what: str, **more: Any) -> tuple[str, str]:
    inquiry = document.inquiry
    context = {
        "document": document,
        "inquiry": inquiry,
        "practice": document.practice,
        "page": address("document_page", document.token),
        **more,
    }
    with timezone.override(document.practice.zone):
        return render_letter(f"agreements/mail/{what}", document.language, context)


def send_code(document: Document, code: str, minutes: int) -> None:
    """The code that signs, alone in its mail: no part of the conversation, and on no page of the desk, for whoever
    could read it there could sign in the reader's name. By SMS where that is plugged in."""
    context = {"code": code, "document": document, "minutes": minutes}
    phone, by_sms = document.inquiry.person.phone, settings.OPTIONS["code_by_sms"]
    if phone and by_sms:
        with translation.override(document.language):
            words = gettext("%(code)s signs %(document)s (%(minutes)s minutes)") % context
        transaction.on_commit(lambda: plugged(by_sms)(phone, words), robust=True)
        return
    mail = queue(letter_to(document.inquiry, "agreements/mail/code", context, automatic=True))
    OutgoingMail.objects.filter(pk=mail.pk).update(practice=None)


def send_sealed(document: Document, pdf: bytes) -> None:
    """The sealed document, to both."""
    file = FilePart(f"{document.number}.pdf", "application/pdf", pdf)
    send_words(document, *_words(document, "sealed"), files=(file,))
    tell_owner(document, "sealed", files=(file,))


def tell_owner(document: Document, what: str, *, files: tuple[FilePart, ...] = (), **more: Any) -> None:
    practice = document.practice
    context = {
        "document": document,
        "inquiry": document.inquiry,
        "person": document.inquiry.person,
        "page": address("document", document.pk),
        **more,
    }
    with timezone.override(practice.zone):
        subject, text = render_letter(f"agreements/mail/owner_{what}", practice.language, context)
    queue(
        Letter(
            to=practice.email,
            to_name=practice.signature,
            subject=subject,
            text=text,
            practice=practice,
            language=practice.language,
            files=files,
            automatic=True,
        ),
        inquiry=document.inquiry,
    )

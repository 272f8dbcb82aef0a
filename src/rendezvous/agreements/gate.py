"""The gate: beyond the page, no work is recorded and no file of work leaves before a signature, or without a reason."""

import datetime as dt

from django.core.files.base import ContentFile
from django.db import transaction

from rendezvous.agreements.models import Breach, Document, DocumentStatus, Work
from rendezvous.inquiries.letters import compose
from rendezvous.inquiries.models import Channel, Direction, Inquiry, Message
from rendezvous.inquiries.outbox import queue
from rendezvous.inquiries.receiving import File
from rendezvous.inquiries.wording import render_letter
from rendezvous.practice import clock
from rendezvous.practice.links import address
from rendezvous.practice.models import Member

# Who clicks twice notes the same hours within so long; nobody types them again so soon.
DOUBLE_CLICK = dt.timedelta(seconds=10)


class GateClosed(Exception):
    """Nothing is signed, and no reason was given."""


def signed_document(inquiry: Inquiry) -> Document | None:
    """The document that allows work: signed by both."""
    return inquiry.documents.filter(status=DocumentStatus.SEALED).order_by("answered_at").last()


def breach_of(inquiry: Inquiry) -> Breach | None:
    return Breach.objects.filter(inquiry=inquiry).first()


def is_open(inquiry: Inquiry) -> bool:
    return signed_document(inquiry) is not None or breach_of(inquiry) is not None


def break_gate(inquiry: Inquiry, member: Member, reason: str) -> Breach:
    """Lets work begin without a signature. The first reason is kept as it is."""
    breach, _new = Breach.objects.get_or_create(
        inquiry=inquiry, defaults={"member": member, "reason": reason.strip()[:500]}
    )
    return breach


@transaction.atomic
def record_work(inquiry: Inquiry, what: str, minutes: int = 0, message: Message | None = None) -> Work:
    """Records work, once for two clicks; `GateClosed` where neither a signature nor a reason allows it."""
    Inquiry.objects.select_for_update().values_list("pk").get(pk=inquiry.pk)
    now, same = clock.now(), {"what": what[:200], "minutes": minutes, "message": message}
    noted = inquiry.work.filter(**same, at__gt=now - DOUBLE_CLICK, at__lte=now).first()
    if noted:
        return noted
    signed = signed_document(inquiry)
    breach = None if signed else breach_of(inquiry)
    if signed is None and breach is None:
        raise GateClosed
    return inquiry.work.create(**same, signed=signed, breach=breach)


@transaction.atomic
def send_file(inquiry: Inquiry, file: File, words: str, *, is_work: bool, key: str | None = None) -> Message:
    """Sends a file by the personal page, announced by mail. A file of work passes the gate first.

    Twice with the same key (a double click) is once.
    """
    if is_work and not is_open(inquiry):
        raise GateClosed
    Inquiry.objects.select_for_update().values_list("pk").get(pk=inquiry.pk)
    sent = inquiry.messages.filter(request_key=key).first() if key else None
    if sent:
        return sent
    page = address("personal", inquiry.token)
    context = {"inquiry": inquiry, "practice": inquiry.practice, "name": file.name, "words": words, "page": page}
    subject, text = render_letter("agreements/mail/file", inquiry.language, context)
    channel = Channel.EMAIL if inquiry.person.email else Channel.PAGE
    message = inquiry.messages.create(
        direction=Direction.OUT, channel=channel, subject=subject, text=text, request_key=key
    )
    message.attachments.create(
        file=ContentFile(file.data, name="attachment"),
        name=file.name[:200],
        content_type=file.content_type[:100],
        size=len(file.data),
    )
    if is_work:
        record_work(inquiry, file.name, message=message)
    if inquiry.person.email:
        queue(compose(inquiry, subject, text), inquiry=inquiry, message=message)
    return message

"""A mail that comes in: whose it is, and whether it begins an inquiry or continues one."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import models

from rendezvous.inquiries.attachments import WrongFile, plain_name, read_file
from rendezvous.inquiries.models import Channel, Inquiry, Message, OutgoingMail
from rendezvous.inquiries.receiving import LONGEST_TEXT, File, Words, add_words, clean_text, receive
from rendezvous.people.contact import Contact
from rendezvous.practice import clock
from rendezvous.practice.links import find_by_mail_token
from rendezvous.practice.models import Practice
from rendezvous.reading import Mail, parse_message

LINK_MARK = "+d-"


class Undeliverable(ValueError):
    """One sentence: why the mail belongs to nobody here."""


class Result(models.TextChoices):
    NEW = "new"
    CONTINUED = "continued"
    KNOWN = "known"  # kept already, or written by ourselves


@dataclass(frozen=True, slots=True)
class Delivery:
    result: Result
    inquiry: Inquiry | None = None


def deliver(data: bytes) -> Delivery:
    """Keeps a mail and makes an inquiry of it, or continues the right one. The same mail twice changes nothing.

    Raises `UnreadableMessage` for what is no mail, `Undeliverable` for a mail to nobody here.
    """
    mail = parse_message(data)
    if mail.message_id and OutgoingMail.objects.filter(rfc_message_id=mail.message_id).exists():
        return Delivery(Result.KNOWN)
    inquiry = _by_link(mail)
    practice = inquiry.practice if inquiry else _practice_of(mail)
    if practice is None:
        raise Undeliverable(f"No practice here has the address {', '.join(_addresses(mail)) or '(none given)'}.")
    if mail.message_id and Message.objects.filter(inquiry__practice=practice, rfc_message_id=mail.message_id).exists():
        return Delivery(Result.KNOWN)
    raw = keep_raw(data)
    inquiry = inquiry or _by_references(practice, mail)
    words = Words(
        text=_text(mail),
        channel=Channel.EMAIL,
        subject=clean_text(mail.subject),
        recipients=max(len(mail.to), 1),
        message_id=mail.message_id,
        raw=raw,
        files=tuple(_files(mail)),
    )
    if inquiry:
        _continue(inquiry, words, mail)
        return Delivery(Result.CONTINUED, inquiry)
    aside = "automatic" if mail.automatic else ""
    inquiry, _new = receive(practice, _contact(mail), words, aside=aside)
    return Delivery(Result.NEW, inquiry)


def _continue(inquiry: Inquiry, words: Words, mail: Mail) -> None:
    before = (inquiry.need, inquiry.need_at)
    add_words(inquiry, words)
    if mail.automatic:  # an out-of-office answer is kept, and calls nobody
        inquiry.need, inquiry.need_at = before
        inquiry.save(update_fields=["need", "need_at"])


def _addresses(mail: Mail) -> list[str]:
    return [address.lower() for address in (*mail.delivered_to, *mail.to)]


def _by_link(mail: Mail) -> Inquiry | None:
    """The inquiry whose link is in the address (name+d-link@domain)."""
    for address in (*mail.delivered_to, *mail.to):
        user, _, _domain = address.partition("@")
        if LINK_MARK in user:
            token = user.partition(LINK_MARK)[2]
            found = find_by_mail_token(Inquiry.objects.select_related("practice", "person"), token)
            if found:
                return found
    return None


def _practice_of(mail: Mail) -> Practice | None:
    """The practice that is written to; where there is only one, it takes what is sent to any address."""
    plain = [_without_plus(address) for address in _addresses(mail)]
    by_address = Practice.objects.filter(email__in=plain).order_by("pk").first()
    if by_address:
        return by_address
    practices = list(Practice.objects.all()[:2])
    return practices[0] if len(practices) == 1 else None


def _without_plus(address: str) -> str:
    user, _, domain = address.partition("@")
    return f"{user.partition('+')[0]}@{domain}"


def _by_references(practice: Practice, mail: Mail) -> Inquiry | None:
    """The inquiry of the newest message that this one answers."""
    answered = list(mail.references)[-20:]
    if not answered:
        return None
    sent = OutgoingMail.objects.filter(practice=practice, rfc_message_id__in=answered, inquiry__isnull=False)
    received = Message.objects.filter(inquiry__practice=practice, rfc_message_id__in=answered)
    row = sent.select_related("inquiry__practice").first() or received.select_related("inquiry__practice").last()
    return row.inquiry if row else None


def _contact(mail: Mail) -> Contact:
    name, address = mail.reply_to or mail.sender
    return Contact(email=address.lower(), name=clean_text(name)[:160])


def _text(mail: Mail) -> str:
    text = clean_text(mail.text)
    return text[:LONGEST_TEXT]


def _files(mail: Mail) -> Iterable[File]:
    """The attachments that can be kept as such; what cannot stays in the raw mail."""
    for attachment in mail.attachments:
        try:
            yield read_file(plain_name(attachment.name), attachment.content)
        except WrongFile:
            continue


def keep_raw(data: bytes) -> str:
    """Writes the mail as it came, before anything is made of it; its name is its content's."""
    name = f"in/{clock.now():%Y-%m}/{hashlib.sha256(data).hexdigest()}.eml"
    path = Path(settings.DATA_DIR) / "mail" / name
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        with part.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    return name

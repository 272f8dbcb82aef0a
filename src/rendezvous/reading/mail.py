"""A message as it travels (RFC 5322) to plain values, whatever state it arrived in."""

import binascii
import datetime as dt
import email
import email.errors
import email.header
import email.message
import email.utils
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rendezvous.reading.html import html_to_text

#: Largest message that is opened. Mail servers refuse larger ones long before; opening one would hold four times its
#: size in memory.
MAX_MESSAGE_BYTES = 60_000_000
#: Parts looked at, whatever their depth: real messages have a handful, a bomb has thousands.
MAX_PARTS = 200
#: Attachments kept, and the sum of their sizes; those beyond are counted in `Mail.attachments_left_out`.
MAX_ATTACHMENTS = 30
MAX_ATTACHMENT_BYTES = 25_000_000
#: Characters of a header's value that are looked at.
MAX_HEADER_CHARACTERS = 20_000
#: Bytes of a text part that are decoded; many times more than is ever read of it.
MAX_TEXT_BYTES = 2_000_000

# What the standard library lets through from malformed headers and bodies.
_BROKEN = (
    ValueError,  # and UnicodeError, binascii.Error
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    OverflowError,
    RecursionError,
    email.errors.MessageError,
)
_KNOWN_HEADERS = frozenset(
    "from to cc subject date message-id received return-path content-type mime-version reply-to delivered-to sender "
    "x-original-to x-mailer list-id auto-submitted in-reply-to references content-transfer-encoding bcc".split()
)
_AUTOMATIC_PRECEDENCE = frozenset(("bulk", "list", "junk", "auto_reply"))
_AUTOMATIC_HEADERS = (
    "list-id",
    "list-unsubscribe",
    "x-autoreply",
    "x-autorespond",
    "x-auto-response-suppress-reply",
    "feedback-id",
)
_AUTOMATIC_SENDER = re.compile(
    r"^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|ne-?pas-?repondre|bounces?)\b", re.IGNORECASE
)


class UnreadableMessage(ValueError):
    """What was given is not a message; the text is one sentence saying why."""


class Address(NamedTuple):
    """A mailbox; either part may be empty."""

    name: str
    address: str


class Attachment(NamedTuple):
    """A file that came with the message."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A message in plain values. Text is decoded, in Unicode's composed form, with line feeds only.

    `date` is aware, or None if there is none that makes sense. `to` holds the addresses of To and Cc, `delivered_to`
    those of Delivered-To and X-Original-To. `references` are message ids, oldest first, the one answered last.
    `automatic` is True for what no person sent by hand: lists, auto-replies, bounces.
    """

    subject: str
    sender: Address
    reply_to: Address | None
    to: tuple[str, ...]
    delivered_to: tuple[str, ...]
    date: dt.datetime | None
    message_id: str
    references: tuple[str, ...]
    text: str
    attachments: tuple[Attachment, ...]
    attachments_left_out: int
    automatic: bool


def parse_message(data: bytes) -> Mail:
    """The message in `data`.

    Raises `UnreadableMessage`, and never anything else, for what is not a message at all: empty, binary, too large,
    or without any header that messages have. Whatever is only broken is read as far as it goes.
    """
    _refuse_what_is_no_message(data)
    try:
        message = email.message_from_bytes(data)
        _refuse_without_headers(message)
        return _mail(message)
    except RecursionError:
        raise UnreadableMessage("Its parts are nested too deeply to be a message.") from None


def _refuse_what_is_no_message(data: bytes) -> None:
    if not data.strip():
        raise UnreadableMessage("It is empty.")
    if len(data) > MAX_MESSAGE_BYTES:
        raise UnreadableMessage(f"It is larger than {MAX_MESSAGE_BYTES // 1_000_000} MB.")
    head = data[:2_000]
    if b"\0" in head.split(b"\n\n", 1)[0].split(b"\r\n\r\n", 1)[0]:
        raise UnreadableMessage("It is a binary file, not a message.")


def _refuse_without_headers(message: email.message.Message) -> None:
    if not any(name.lower() in _KNOWN_HEADERS for name in message.keys()[:1_000]):
        raise UnreadableMessage("It has none of the headers that a message has.")


def _mail(message: email.message.Message) -> Mail:
    text, attachments, left_out = _contents(message)
    senders = _addresses(message, "from") or _addresses(message, "sender") or [Address("", "")]
    reply_to = _addresses(message, "reply-to")
    references = _ids(message, "references")
    answered = [one for one in _ids(message, "in-reply-to") if one not in references]
    return Mail(
        subject=_header(message, "subject"),
        sender=senders[0],
        reply_to=reply_to[0] if reply_to else None,
        to=_unique([*_addresses(message, "to"), *_addresses(message, "cc")]),
        delivered_to=_unique([*_addresses(message, "delivered-to"), *_addresses(message, "x-original-to")]),
        date=_date(message),
        message_id=next(iter(_ids(message, "message-id")), ""),
        references=(*references, *answered),
        text=text,
        attachments=tuple(attachments),
        attachments_left_out=left_out,
        automatic=_is_automatic(message, senders[0]),
    )


def _raw(message: email.message.Message, name: str) -> list[str]:
    try:
        return [str(value)[:MAX_HEADER_CHARACTERS] for value in message.get_all(name, [])[:20]]
    except _BROKEN:
        return []


def _header(message: email.message.Message, name: str) -> str:
    values = _raw(message, name)
    return _decoded(values[0]) if values else ""


def _decoded(value: str) -> str:
    """A header's value with its encoded words decoded, on one line."""
    pieces = []
    try:
        for piece, charset in email.header.decode_header(value):
            pieces.append(decode_text(piece, charset or "") if isinstance(piece, bytes) else piece)
    except _BROKEN:
        pieces = [value]
    joined = _without_surrogates("".join(pieces))
    return " ".join(unicodedata.normalize("NFC", joined).replace("\0", "").split())


def _without_surrogates(text: str) -> str:
    """Raw eight-bit bytes in a header arrive as surrogates; read them as UTF-8, else as Windows text."""
    if not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    return (
        decode_text(text.encode("utf-8", "surrogateescape"), "")
        if _only_escapes(text)
        else text.encode("utf-8", "replace").decode()
    )


def _only_escapes(text: str) -> bool:
    return not any("\ud800" <= char <= "\udc7f" or "\udd00" <= char <= "\udfff" for char in text)


def _addresses(message: email.message.Message, name: str) -> list[Address]:
    found = []
    try:
        pairs = email.utils.getaddresses(_raw(message, name))
    except _BROKEN:
        return []
    for shown, address in pairs:
        clean = _without_surrogates(address).replace("\0", "").strip().strip("<>").lower()
        if "@" in clean or clean:
            found.append(Address(_decoded(shown), clean))
    return found


def _unique(addresses: list[Address]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.address for one in addresses if one.address))


_ID = re.compile(r"<[^<>\s]{1,500}>")


def _ids(message: email.message.Message, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for value in _raw(message, name) for one in _ID.findall(_without_surrogates(value))))


def _date(message: email.message.Message) -> dt.datetime | None:
    for value in _raw(message, "date"):
        try:
            found = email.utils.parsedate_to_datetime(value)
            if found.tzinfo is None:
                found = found.replace(tzinfo=dt.UTC)
            found.astimezone(dt.UTC)
        except (*_BROKEN, IndexError):
            continue
        if 1970 <= found.year <= 2200:
            return found
    return None


def _is_automatic(message: email.message.Message, sender: Address) -> bool:
    submitted = _header(message, "auto-submitted").lower()
    return bool(
        (submitted and not submitted.startswith("no"))
        or _header(message, "precedence").lower() in _AUTOMATIC_PRECEDENCE
        or any(message.get(name) is not None for name in _AUTOMATIC_HEADERS)
        or (_raw(message, "return-path") and _header(message, "return-path").strip() == "<>")
        or _AUTOMATIC_SENDER.match(sender.address)
    )


def _contents(message: email.message.Message) -> tuple[str, list[Attachment], int]:
    """The text as a person would see it, the attachments kept, and how many were left out."""
    texts: list[str] = []
    attachments: list[Attachment] = []
    left_out = size = 0
    for part, alternatives in _walk(message):
        kind = part.get_content_type()
        if alternatives is None and kind in ("text/plain", "text/html") and not _is_attached(part):
            texts.append(_text_of(part))
            continue
        if alternatives is not None:
            texts.append(alternatives)
            continue
        content = _bytes_of(part)
        if len(attachments) >= MAX_ATTACHMENTS or size + len(content) > MAX_ATTACHMENT_BYTES:
            left_out += 1
            continue
        size += len(content)
        attachments.append(Attachment(_file_name(part), kind, content))
    return _joined(texts), attachments, left_out


def _joined(texts: list[str]) -> str:
    return "\n\n".join(text for text in texts if text.strip())


def _walk(message: email.message.Message) -> Iterator[tuple[email.message.Message, str | None]]:
    """The leaves in order; where there are alternatives, the text of the best one stands for them all.

    Counts every part it opens, and stops at `MAX_PARTS`.
    """
    waiting: list[tuple[email.message.Message, bool]] = [(message, True)]
    seen = 0
    while waiting and seen < MAX_PARTS:
        part, top = waiting.pop()
        seen += 1
        kind = part.get_content_type()
        payload = part.get_payload() if part.is_multipart() else None
        if not isinstance(payload, list):
            yield part, None
            continue
        children = [child for child in payload if isinstance(child, email.message.Message)]
        if kind == "message/rfc822" and not top:
            if children:
                yield part, _forwarded_text(children[0])
        elif kind == "multipart/alternative" and (best := _best_alternative(children)) is not None:
            yield part, best
            waiting.extend((child, False) for child in reversed(children) if _is_attached(child))
        else:
            waiting.extend((child, False) for child in reversed(children))


def _best_alternative(children: list[email.message.Message]) -> str | None:
    """The plain text if it says anything, else the HTML one as text."""
    found: dict[str, email.message.Message] = {}
    for child in _leaves(children):
        if not _is_attached(child):
            found.setdefault(child.get_content_type(), child)
    for kind in ("text/plain", "text/html"):
        if kind in found and (text := _text_of(found[kind])).strip():
            return text
    return None


def _leaves(children: list[email.message.Message]) -> Iterator[email.message.Message]:
    waiting = list(reversed(children))
    for _ in range(MAX_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        inner = part.get_payload() if part.is_multipart() else None
        if isinstance(inner, list):
            waiting.extend(child for child in reversed(inner) if isinstance(child, email.message.Message))
        else:
            yield part


def _forwarded_text(inner: email.message.Message) -> str:
    """A message sent on as an attachment, introduced as mail programs introduce one sent on in the text."""
    texts = [
        found if found is not None else _text_of(part)
        for part, found in _walk(inner)
        if found is not None or _is_text(part)
    ]
    heading = f"---------- Forwarded message ---------\nFrom: {_header(inner, 'from')}\nSubject: {_header(inner, 'subject')}\n\n"
    return heading + _joined(texts) if any(text.strip() for text in texts) else ""


def _is_text(part: email.message.Message) -> bool:
    return part.get_content_type() in ("text/plain", "text/html") and not _is_attached(part)


def _is_attached(part: email.message.Message) -> bool:
    try:
        return part.get_content_disposition() == "attachment" or (
            bool(part.get_filename()) and not part.get_content_type().startswith("multipart/")
        )
    except _BROKEN:
        return True


def _file_name(part: email.message.Message) -> str:
    try:
        name = part.get_filename() or ""
    except _BROKEN:
        name = ""
    return re.sub(r"[\x00-\x1f/\\]", "_", _decoded(name[:500]))


def _bytes_of(part: email.message.Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (*_BROKEN, binascii.Error):
        content = None
    return content if isinstance(content, bytes) else b""


def _text_of(part: email.message.Message) -> str:
    content = _bytes_of(part)[:MAX_TEXT_BYTES]
    text = decode_text(content, _parameter(part, "charset")).replace("\0", "")
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if part.get_content_type() == "text/html":
        return html_to_text(text)
    if _parameter(part, "format").lower() == "flowed":
        text = _unflowed(text, delete_space=_parameter(part, "delsp").lower() == "yes")
    return text


def _parameter(part: email.message.Message, name: str) -> str:
    try:
        value = part.get_param(name)
    except _BROKEN:
        return ""
    return value if isinstance(value, str) else str(value[2]) if value else ""


_SINGLE_BYTE = frozenset(
    "latin-1 latin1 iso-8859-1 iso8859-1 iso-8859-15 windows-1252 cp1252 us-ascii ascii ansi_x3.4-1968".split()
)


def decode_text(content: bytes, charset: str) -> str:
    """`content` as text, by its declared charset unless the bytes contradict it. Never fails.

    Bytes that are well-formed UTF-8 are UTF-8 whatever a program said of them in a single-byte charset: accented text
    is that by accident once in a blue moon.
    """
    declared = charset.strip().strip("\"'").lower()
    candidates = ["utf-8", declared] if not declared or declared in _SINGLE_BYTE else [declared, "utf-8"]
    for name in candidates:
        try:
            return content.decode("cp1252" if name in _SINGLE_BYTE and name != "iso-8859-15" else name)
        except (LookupError, ValueError, TypeError):
            continue
    return content.decode("cp1252", "replace").replace("\ufffd", "\N{REPLACEMENT CHARACTER}")


def _unflowed(text: str, *, delete_space: bool) -> str:
    """Undo format=flowed (RFC 3676): a line that ends in a space goes on in the next, at the same depth of quotes."""
    out: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        bare = bare.removeprefix(" ")
        flows = bare.endswith(" ") and bare != "-- "
        kept = bare[:-1] if flows and delete_space else bare
        if depth == open_depth and bare != "-- ":
            out[-1] += kept
        else:
            out.append(("> " if depth == 1 else ">" * depth + " " if depth else "") + kept)
        open_depth = depth if flows else -1
    return "\n".join(out)

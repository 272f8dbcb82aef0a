"""A letter, and the mail made of it (RFC 5322; an invitation in it by RFC 6047)."""

import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, make_msgid

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape, urlize
from django.utils.safestring import SafeString, mark_safe

from rendezvous.practice import clock
from rendezvous.practice.models import Practice

_SPACES = re.compile(r"[\r\n\t]+")


@dataclass(frozen=True, slots=True)
class CalendarPart:
    data: bytes
    method: str


@dataclass(frozen=True, slots=True)
class FilePart:
    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be sent, before it is a mail."""

    to: str
    subject: str
    text: str
    practice: Practice | None = None
    language: str = "fr"
    to_name: str = ""
    reply_token: str = ""
    answers: tuple[str, ...] = ()  # Message-IDs of the conversation, oldest first
    calendar: CalendarPart | None = None
    files: tuple[FilePart, ...] = ()
    automatic: bool = False

    @property
    def sender_address(self) -> str:
        own = self.practice.email if self.practice else settings.DEFAULT_FROM_EMAIL
        return settings.OPTIONS["mail_from"] or own

    @property
    def sender_name(self) -> str:
        return self.practice.signature if self.practice else "Rendez-vous"


def build(letter: Letter) -> tuple[bytes, str]:
    """The mail as it goes over the wire, and its Message-ID."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = formataddr((letter.sender_name, letter.sender_address))
    mail["To"] = formataddr((_one_line(letter.to_name), letter.to))
    mail["Reply-To"] = formataddr((letter.sender_name, reply_address(letter)))
    mail["Subject"] = _one_line(letter.subject)
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = message_id = make_msgid(domain=letter.sender_address.rpartition("@")[2])
    if letter.answers:
        mail["In-Reply-To"] = letter.answers[-1]
        mail["References"] = " ".join(letter.answers[-10:])
    if letter.automatic:
        mail["Auto-Submitted"] = "auto-replied"  # RFC 3834: other machines must not answer it
    mail.set_content(letter.text)
    mail.add_alternative(letter_html(letter), subtype="html")
    if letter.calendar:
        _add_calendar(mail, letter.calendar)
    for file in letter.files:
        maintype, _slash, subtype = file.content_type.partition("/")
        mail.add_attachment(file.data, maintype=maintype, subtype=subtype, filename=file.name)
    return mail.as_bytes(), message_id


def reply_address(letter: Letter) -> str:
    """Where answers go: with the inquiry's link in it (RFC 5233), where the provider delivers such addresses."""
    address = letter.practice.email if letter.practice else letter.sender_address
    if letter.reply_token and settings.OPTIONS["mail_plus"]:
        user, _, domain = address.partition("@")
        return f"{user}+{letter.reply_token}@{domain}"
    return address


def _add_calendar(mail: EmailMessage, part: CalendarPart) -> None:
    # Twice, as mail programs want it: an alternative to the text (they offer to accept), and a file to open.
    mail.add_alternative(
        part.data, maintype="text", subtype="calendar", params={"method": part.method, "charset": "utf-8"}
    )
    mail.add_attachment(part.data, maintype="application", subtype="ics", filename="rendez-vous.ics")


def letter_html(letter: Letter) -> str:
    return render_to_string(
        "inquiries/mail/letter.html",
        {"paragraphs": paragraphs(letter.text), "letter": letter, "practice": letter.practice},
    )


def paragraphs(text: str) -> list[SafeString]:
    """The text's paragraphs as HTML: escaped, addresses made links, line breaks kept."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return [mark_safe(urlize(escape(block), nofollow=False).replace("\n", "<br>")) for block in blocks]  # noqa: S308


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()

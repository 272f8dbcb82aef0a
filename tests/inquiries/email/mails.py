"""Mails as they travel, invented."""

from email.message import EmailMessage
from email.utils import format_datetime

from rendezvous.practice import clock


def mail(text="Bonjour, nous cherchons quelqu’un pour un site de 12 pages. Merci, Luc", **headers):
    """A mail to Maud; a header set to None is left out (`in_reply_to` is In-Reply-To)."""
    message = EmailMessage()
    fields = {
        "From": "Luc Besse <luc@atelier.example>",
        "To": "maud@esteve.example",
        "Subject": "Notre site",
        "Date": format_datetime(clock.now()),
        "Message-ID": "<one@atelier.example>",
        **{
            name.replace("_", "-").title().replace("Message-Id", "Message-ID"): value for name, value in headers.items()
        },
    }
    for name, value in fields.items():
        if value is not None:
            message[name] = value
    message.set_content(text)
    return message


def with_file(message, data, maintype="application", subtype="pdf", name="brief.pdf"):
    message.add_attachment(data, maintype=maintype, subtype=subtype, filename=name)
    return message

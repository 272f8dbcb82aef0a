"""What a message says: its brief, signals, amounts and dates, with the evidence for each, in French and English.

Plain values in, plain values out: no network, no clock, no database. `read` takes a text, `parse_message` and
`read_mail` take a message as it travels.
"""

from rendezvous.reading.mail import (
    Address,
    Attachment,
    Mail,
    UnreadableMessage,
    parse_message,
)
from rendezvous.reading.quoted import Part, new_words, parts
from rendezvous.reading.reading import read, read_mail
from rendezvous.reading.scheme import (
    KINDS,
    LANGUAGES,
    SIGNALS,
    SLOT_VALUES,
    SLOTS,
    Amount,
    DateMention,
    Duration,
    Evidence,
    Reading,
    Signal,
    Slot,
)
from rendezvous.reading.text import TEXT_LIMIT

__all__ = [
    "KINDS",
    "LANGUAGES",
    "SIGNALS",
    "SLOTS",
    "SLOT_VALUES",
    "TEXT_LIMIT",
    "Address",
    "Amount",
    "Attachment",
    "DateMention",
    "Duration",
    "Evidence",
    "Mail",
    "Part",
    "Reading",
    "Signal",
    "Slot",
    "UnreadableMessage",
    "new_words",
    "parse_message",
    "parts",
    "read",
    "read_mail",
]

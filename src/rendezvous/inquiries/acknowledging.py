"""The answer at once: what was understood, what happens next, by which day."""

from rendezvous.inquiries.letters import letter_to
from rendezvous.inquiries.mailing import Letter
from rendezvous.inquiries.models import Inquiry, Message
from rendezvous.inquiries.outbox import queue
from rendezvous.inquiries.understanding import brief_of
from rendezvous.inquiries.wording import ASKED_FIRST, render_letter, sentence
from rendezvous.practice.links import address


def acknowledge(inquiry: Inquiry, message: Message) -> None:
    """Queues the acknowledgement, where there is an address to write to."""
    if not inquiry.person.email:
        return
    brief = brief_of(inquiry)
    context = {
        "understood": [brief[name] for name in ("who", *ASKED_FIRST, "meeting") if brief[name].stated],
        "link": address("personal", inquiry.token),
    }
    queue(
        letter_to(inquiry, "inquiries/mail/received", context, automatic=True),
        inquiry=inquiry,
        message=message,
    )


def tell_owner(inquiry: Inquiry, message: Message) -> None:
    """Tells the owner by mail of a message that she could not have seen in her own mailbox."""
    if message.channel == "email":
        return
    practice = inquiry.practice
    subject, text = render_letter(
        "inquiries/mail/new_for_owner",
        practice.language,
        {
            "sentence": sentence(brief_of(inquiry), str(inquiry.person)),
            "words": message.text[:1500],
            "person": inquiry.person,
            "link": address("inquiry", inquiry.pk),
        },
    )
    queue(
        Letter(to=practice.email, subject=subject, text=text, practice=practice, automatic=True),
        inquiry=inquiry,
    )

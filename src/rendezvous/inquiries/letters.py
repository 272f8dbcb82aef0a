"""Letters to the person behind an inquiry, in their language and in their conversation."""

from collections.abc import Mapping

from rendezvous.inquiries.mailing import CalendarPart, FilePart, Letter
from rendezvous.inquiries.models import Inquiry, Message, OutgoingMail
from rendezvous.inquiries.wording import render_letter


def letter_to(
    inquiry: Inquiry,
    template: str,
    context: Mapping[str, object],
    *,
    automatic: bool = False,
    calendar: CalendarPart | None = None,
    files: tuple[FilePart, ...] = (),
) -> Letter:
    """The letter of that template, signed by the practice."""
    subject, text = render_letter(
        template, inquiry.language, {"inquiry": inquiry, "practice": inquiry.practice, **context}
    )
    return compose(inquiry, subject, text, automatic=automatic, calendar=calendar, files=files)


def compose(
    inquiry: Inquiry,
    subject: str,
    text: str,
    *,
    automatic: bool = False,
    calendar: CalendarPart | None = None,
    files: tuple[FilePart, ...] = (),
) -> Letter:
    return Letter(
        to=inquiry.person.email,
        to_name=inquiry.person.name,
        subject=subject,
        text=text,
        practice=inquiry.practice,
        language=inquiry.language,
        reply_token=f"d-{inquiry.mail_token}",
        answers=conversation(inquiry),
        automatic=automatic,
        calendar=calendar,
        files=files,
    )


def conversation(inquiry: Inquiry) -> tuple[str, ...]:
    """The Message-IDs exchanged so far, so that mail programs keep the thread together."""
    received = Message.objects.filter(inquiry=inquiry).exclude(rfc_message_id="").values_list("at", "rfc_message_id")
    sent = OutgoingMail.objects.filter(inquiry=inquiry, recipient=inquiry.person.email).values_list(
        "created_at", "rfc_message_id"
    )
    return tuple(rfc_message_id for _, rfc_message_id in sorted([*received, *sent]))

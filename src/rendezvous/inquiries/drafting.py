"""A first draft of the answer: in her voice, in their language, from what they really said."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rendezvous.inquiries.models import THANKS, Action, Channel, Draft, Inquiry, Mode, Source
from rendezvous.inquiries.understanding import brief_of, present_signals
from rendezvous.inquiries.wording import MOST_QUESTIONS, missing, render_letter, shorten
from rendezvous.practice.links import address

# Replaced by the booking link when the answer leaves: the invitation does not exist before.
LINK_PLACES = {"fr": "[lien]", "en": "[link]"}
QUOTED = 90  # characters of their own words that a letter may quote
# Every letter that can be drafted, as its page is called.
LETTERS: dict[str, str | Promise] = {**dict(Action.choices), THANKS: _("Thank them")}


@dataclass(frozen=True, slots=True)
class Invite:
    """What an invitation will offer, as the draft proposes it and the owner may change it."""

    mode: str
    minutes: int
    place: str


def invite_for(inquiry: Inquiry, action: str) -> Invite:
    meeting = brief_of(inquiry)["meeting"].values or {}
    if action not in {Action.MEET, Action.CALL}:
        return Invite("", 60, "")
    if action == Action.CALL:
        mode = Mode.VIDEO if meeting.get("mode") == Mode.VIDEO else Mode.PHONE
        return Invite(mode, 30, "")
    return Invite(Mode.IN_PERSON, 60, str(meeting.get("place") or ""))


def open_draft(inquiry: Inquiry, action: str) -> Draft:
    """The answer being written for that action, else a new draft of it."""
    draft = inquiry.drafts.filter(action=action, sent_as=None).first()
    if draft:
        return draft
    subject, text = first_words(inquiry, action)
    invite = invite_for(inquiry, action)
    return inquiry.drafts.create(
        action=action,
        subject=subject,
        text=text,
        mode=invite.mode,
        minutes=invite.minutes,
        place=invite.place,
    )


def first_words(inquiry: Inquiry, action: str) -> tuple[str, str]:
    """Subject and text of the draft."""
    brief = brief_of(inquiry)
    quote = next((brief[name].words for name in ("deliverable", "objectives", "audiences") if brief[name].stated), "")
    context = {
        "person": inquiry.person,
        "inquiry": inquiry,
        "practice": inquiry.practice,
        "quote": shorten(quote, QUOTED),
        "brief": brief,
        "signals": present_signals(inquiry),
        "missing": missing(brief)[:MOST_QUESTIONS],
        "variant": inquiry.pk % 2,
        "link": LINK_PLACES[inquiry.language],
        "subject": _subject(inquiry),
        "page": address("personal", inquiry.token),
        "agreed": shorten(_agreed(inquiry), QUOTED) if action == THANKS else "",
    }
    return render_letter(f"inquiries/drafts/{action}", inquiry.language, context)


def _agreed(inquiry: Inquiry) -> str:
    """When to meet or speak next, where the notes of a meeting say so."""
    noted = inquiry.slots.filter(name="meeting", source=Source.READING, message__channel=Channel.MEETING, stated=True)
    return next((row.words for row in noted), "")


def _subject(inquiry: Inquiry) -> str:
    first = inquiry.messages.order_by("at", "pk").first()
    return shorten(first.subject, 120) if first and first.subject else ""

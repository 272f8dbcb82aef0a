"""Sending an answer, and taking it back within ten seconds."""

import datetime as dt

from django.db import transaction

from rendezvous.inquiries.drafting import LINK_PLACES
from rendezvous.inquiries.letters import compose
from rendezvous.inquiries.models import (
    THANKS,
    Action,
    Channel,
    Direction,
    Draft,
    Inquiry,
    Invitation,
    Message,
    Mode,
    Need,
    OutgoingMail,
    Stage,
)
from rendezvous.inquiries.outbox import TAKE_BACK_SECONDS, queue, take_back
from rendezvous.inquiries.stages import settle
from rendezvous.practice import clock
from rendezvous.practice.links import address

# When the other side should have answered; after that the inquiry comes up as silent.
SILENCE = {
    Action.ASK: dt.timedelta(days=7),
    Action.MEET: dt.timedelta(days=7),
    Action.CALL: dt.timedelta(days=7),
}
# Did they insist? People who do, do within a week.
INSISTING = dt.timedelta(days=7)
STAGES = {Action.ASK: Stage.ASKED, Action.MEET: Stage.INVITED, Action.CALL: Stage.INVITED}


@transaction.atomic
def send_answer(inquiry: Inquiry, draft: Draft) -> Message | None:
    """Sends the draft: by mail, to leave in ten seconds, or, without an address, noted as said by phone.

    An answer that invites makes the invitation, and its link takes the place kept for it in the text. A draft is sent
    once, however often it is asked for: None where it was already.
    """
    if Draft.objects.select_for_update().filter(pk=draft.pk, sent_as=None).first() is None:
        return None
    now = clock.now()
    message = inquiry.messages.create(
        direction=Direction.OUT,
        channel=Channel.EMAIL if inquiry.person.email else Channel.PHONE,
        subject=draft.subject,
        text=draft.text,
        at=now,
    )
    if draft.action in {Action.MEET, Action.CALL}:
        link = address("invitation", invite(inquiry, draft, message).token)
        message.text = with_link(draft.text, link)
        message.save(update_fields=["text"])
    if inquiry.person.email:
        letter = compose(inquiry, draft.subject, message.text)
        queue(letter, inquiry=inquiry, message=message, seconds=TAKE_BACK_SECONDS)
    draft.sent_as, draft.stage_before = message, inquiry.stage
    draft.save(update_fields=["sent_as", "stage_before"])
    _move_on(inquiry, draft.action, now)
    return message


def with_link(text: str, link: str) -> str:
    """The text with the link where its place was kept, else at its end."""
    for place in LINK_PLACES.values():
        if place in text:
            return text.replace(place, link)
    return f"{text.rstrip()}\n\n{link}\n"


def invite(inquiry: Inquiry, draft: Draft, message: Message | None = None) -> Invitation:
    """An invitation as the draft says. Earlier ones that nobody used open nothing more."""
    inquiry.invitations.filter(appointments=None).update(expires_at=clock.now())
    return inquiry.invitations.create(
        message=message,
        mode=draft.mode,
        minutes=draft.minutes or 60,
        place=draft.place,
        travels=draft.mode == Mode.IN_PERSON and bool(draft.place) and draft.place != inquiry.practice.address,
    )


def _move_on(inquiry: Inquiry, action: str, now: dt.datetime) -> None:
    if action == THANKS:  # decides nothing: where the inquiry stands, and what it needs, stay
        return
    if action == Action.DECLINE:
        settle(inquiry, Stage.DECLINED, Need.OUTCOME, now + INSISTING)
    else:
        settle(inquiry, STAGES[Action(action)], Need.SILENCE, now + SILENCE[Action(action)])


def leaving(inquiry: Inquiry) -> OutgoingMail | None:
    """The answer that can still be taken back."""
    return (
        inquiry.mails.filter(status="queued", attempts=0, due_at__gt=clock.now(), message__direction=Direction.OUT)
        .select_related("message")
        .first()
    )


@transaction.atomic
def take_answer_back(inquiry: Inquiry) -> Draft | None:
    """Stops the answer, opens its draft again and returns it, undoes the invitation in it; None where it has left."""
    mail = leaving(inquiry)
    if mail is None or mail.message is None or not take_back(mail):
        return None
    draft = mail.message.draft
    mail.message.invitations.all().delete()
    OutgoingMail.objects.filter(pk=mail.pk).update(message=None)
    # What she began since for the same action gives way to what she takes back.
    inquiry.drafts.filter(action=draft.action, sent_as=None).delete()
    mail.message.delete()
    if draft.action != THANKS:
        settle(inquiry, Stage(draft.stage_before), Need.DECIDE, clock.now())
    draft.refresh_from_db()
    return draft

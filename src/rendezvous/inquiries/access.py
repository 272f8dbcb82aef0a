"""Which inquiries a request may reach: a member those of the practice, a stranger the one of the link."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from rendezvous.inquiries.models import Channel, Direction, Inquiry, Invitation, Message
from rendezvous.practice import clock
from rendezvous.practice.access import DeskRequest
from rendezvous.practice.links import find_by_token
from rendezvous.practice.models import Practice

# Nobody writes to us by these: what came in by them, the owner wrote down.
NOTED = (Channel.PHONE, Channel.MEETING)


def inquiries_of(practice: Practice) -> QuerySet[Inquiry]:
    return practice.inquiries.select_related("person", "practice")


def own_inquiry(request: DeskRequest, pk: int) -> Inquiry:
    """The inquiry, if it is this practice's; another practice's does not exist."""
    return get_object_or_404(inquiries_of(request.practice), pk=pk)


def inquiry_of_link(token: str) -> Inquiry:
    """The inquiry that this link opens; a link altered by one character opens nothing."""
    inquiry = find_by_token(Inquiry.objects.select_related("person", "practice"), token)
    if inquiry is None:
        raise Http404("no such link")
    return inquiry


def said_openly(inquiry: Inquiry) -> QuerySet[Message]:
    """What its sender may read again: all that was written to and fro, but not what the owner noted for herself."""
    return inquiry.messages.exclude(direction=Direction.IN, channel__in=NOTED)


def open_invitation(inquiry: Inquiry) -> Invitation | None:
    """The invitation that can still be answered: not expired, and no appointment stands from it."""
    return (
        inquiry.invitations.filter(expires_at__gt=clock.now())
        .exclude(appointments__status="confirmed")
        .order_by("created_at")
        .last()
    )

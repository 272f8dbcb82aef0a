"""Which appointments a request may reach: a member those of the practice, a stranger the one of the link."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from rendezvous.appointments.models import Appointment
from rendezvous.inquiries.models import Invitation
from rendezvous.practice.access import DeskRequest
from rendezvous.practice.links import find_by_token

WITH = (
    "practice",
    "person__organisation",
    "member__user",
    "inquiry__person",
    "invitation__inquiry__practice",
)


def own_appointment(request: DeskRequest, pk: int) -> Appointment:
    """The appointment, if it is this practice's; another practice's does not exist."""
    return get_object_or_404(request.practice.appointments.select_related(*WITH), pk=pk)


def appointment_of_link(token: str) -> Appointment:
    appointment = find_by_token(Appointment.objects.select_related(*WITH), token)
    if appointment is None:
        raise Http404("no such link")
    return appointment


def invitation_of_link(token: str) -> Invitation:
    invitation = find_by_token(Invitation.objects.select_related("inquiry__practice", "inquiry__person"), token)
    if invitation is None:
        raise Http404("no such link")
    return invitation

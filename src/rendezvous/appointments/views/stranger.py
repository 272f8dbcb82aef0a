"""The stranger's side: choose a time, or say another; see the appointment, move it, cancel it."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rendezvous.appointments.access import appointment_of_link, invitation_of_link
from rendezvous.appointments.booking import AlreadyBooked, SlotTaken, book, cancel, move
from rendezvous.appointments.ical import calendar
from rendezvous.appointments.letters import language_of, summary_of
from rendezvous.appointments.models import Appointment, AppointmentStatus
from rendezvous.appointments.slots import offered_slots
from rendezvous.inquiries.channels.web.views import request_key
from rendezvous.inquiries.models import Channel, Invitation, Need
from rendezvous.inquiries.receiving import LONGEST_TEXT, Words, add_words, clean_text, says_something
from rendezvous.practice import clock
from rendezvous.practice.links import address

# As on the other pages of strangers, the link is all the right there is: no cookie, no forged form to fear.


def stranger(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that a link opens: in nobody's cache, in no search engine."""

    @csrf_exempt
    @wraps(view)
    def private(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return private


def render(
    request: HttpRequest, template: str, context: dict[str, Any], language: str, zone: str, status: int = 200
) -> HttpResponse:
    asked = request.GET.get("lang", "")
    with (
        translation.override(asked if asked in {"fr", "en"} else language),
        timezone.override(ZoneInfo(zone)),
    ):
        return TemplateResponse(request, template, context, status=status).render()


def chosen_start(request: HttpRequest) -> dt.datetime | None:
    """The time that was chosen, if it is one."""
    try:
        start = parse_datetime(request.POST.get("start", ""))
    except ValueError:
        return None
    return start if start and start.tzinfo else None


@stranger
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_page(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the times; POST books the one chosen. What cannot be had any more says so, with the way on."""
    invitation = invitation_of_link(token)
    standing = invitation.appointments.filter(status=AppointmentStatus.CONFIRMED).first()
    if standing:
        return _already(request, invitation, standing)
    if invitation.expired or invitation.inquiry.ended:
        return _choose(request, invitation, status=410)
    if request.method != "POST":
        return _choose(request, invitation)
    start = chosen_start(request)
    if start is None:
        return _choose(request, invitation, status=422, problem=_("Choose one of these times, or tell me another."))
    key = request_key(
        {"token": token, "start": start.isoformat(), "page": request.POST.get("page", "")},
        "token",
        "start",
        "page",
    )
    try:
        appointment = book(invitation, start, request_key=key)
    except SlotTaken:
        return _choose(request, invitation, status=409, taken=start)
    except AlreadyBooked as booked:
        return _already(request, invitation, booked.appointment)
    return redirect("appointment_page", appointment.token)


def _choose(
    request: HttpRequest,
    invitation: Invitation,
    *,
    status: int = 200,
    taken: dt.datetime | None = None,
    problem: str | Promise = "",
    words: str = "",
) -> HttpResponse:
    inquiry = invitation.inquiry
    context = {
        "invitation": invitation,
        "inquiry": inquiry,
        "practice": inquiry.practice,
        "slots": offered_slots(invitation) if status != 410 else [],
        "gone": status == 410,
        "taken": taken,
        "problem": problem,
        "words": words,
        "page": clock.now().isoformat(),
    }
    return render(request, "appointments/choose.html", context, inquiry.language, inquiry.practice.timezone, status)


def _already(request: HttpRequest, invitation: Invitation, appointment: Appointment) -> HttpResponse:
    inquiry = invitation.inquiry
    context = {"appointment": appointment, "inquiry": inquiry, "practice": inquiry.practice}
    return render(request, "appointments/already.html", context, inquiry.language, inquiry.practice.timezone, 409)


@stranger
@require_POST
def other_time(request: HttpRequest, token: str) -> HttpResponse:
    """Another time, in words: the owner is told, and books it or offers others. Open on an expired invitation too."""
    invitation = invitation_of_link(token)
    words = clean_text(request.POST.get("words", ""))
    renewal = "renew" in request.POST
    if not renewal and (not says_something(words) or len(words) > LONGEST_TEXT):
        problem = _("Tell me in a few words when it would suit you.")
        return _choose(request, invitation, status=422, problem=problem, words=words[:LONGEST_TEXT])
    with translation.override(invitation.inquiry.language):
        text = words or gettext("(asks for a new invitation)")
    key = request_key({"token": token, "words": text, "page": request.POST.get("page", "")}, "token", "words", "page")
    add_words(
        invitation.inquiry,
        Words(text, Channel.PAGE, request_key=key),
        need=Need.RENEW if renewal else Need.TIME,
    )
    return redirect(f"{address('personal', invitation.inquiry.token)}?added=1")


@stranger
@require_http_methods(["GET", "HEAD", "POST"])
def appointment_page(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the appointment; POST with a start moves it, with `cancel` cancels it."""
    appointment = appointment_of_link(token)
    if request.method != "POST":
        return _appointment(request, appointment)
    if appointment.past or not appointment.confirmed:
        return _appointment(request, appointment, status=410)
    if "cancel" in request.POST:
        cancel(appointment, by_owner=False)
        return redirect("appointment_page", token)
    start = chosen_start(request)
    if start is None:
        return _appointment(request, appointment, status=422)
    try:
        move(appointment, start)
    except SlotTaken:
        return _appointment(request, appointment, status=409, taken=start)
    return redirect("appointment_page", token)


def _appointment(
    request: HttpRequest, appointment: Appointment, *, status: int = 200, taken: dt.datetime | None = None
) -> HttpResponse:
    movable = appointment.confirmed and not appointment.past and appointment.invitation
    context = {
        "appointment": appointment,
        "inquiry": appointment.inquiry,
        "practice": appointment.practice,
        "slots": offered_slots(appointment.invitation, but=appointment) if movable and appointment.invitation else [],
        "taken": taken,
    }
    return render(
        request,
        "appointments/appointment_page.html",
        context,
        language_of(appointment),
        appointment.practice.timezone,
        status,
    )


@stranger
@require_GET
def appointment_ics(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    appointment = appointment_of_link(token)
    page = address("appointment_page", token)
    data = calendar(appointment, summary_of(appointment, language_of(appointment)), page).to_ical()
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rendez-vous.ics"'
    return response

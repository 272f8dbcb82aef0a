"""The page for the way there; and the script that opens it, and the meeting's own, without a network."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from rendezvous.appointments.access import own_appointment
from rendezvous.appointments.models import Appointment
from rendezvous.appointments.preparing import (
    gut_word,
    maps_of,
    offline_until,
    they_said,
    way_minutes,
    you_answered,
)
from rendezvous.inquiries.models import Mode
from rendezvous.inquiries.understanding import brief_of, signs_of
from rendezvous.inquiries.wording import missing, missing_words
from rendezvous.practice.access import DeskRequest, desk

SCRIPT = "site/offline.js"


@desk
@require_GET
def before(request: DeskRequest, pk: int) -> HttpResponse:
    appointment = own_appointment(request, pk)
    inquiry = appointment.inquiry
    brief = brief_of(inquiry) if inquiry else {}
    web_map, phone_map = maps_of(appointment)
    context = {
        "appointment": appointment,
        "person": appointment.person,
        "inquiry": inquiry,
        "in_person": appointment.mode == Mode.IN_PERSON,
        "web_map": web_map,
        "phone_map": phone_map,
        "way": way_minutes(appointment),
        "slots": list(brief.values()),
        "missing": missing_words(missing(brief)) if inquiry else "",
        "signs": [sign for sign in signs_of(inquiry) if sign.present] if inquiry else [],
        "said": they_said(inquiry) if inquiry else [],
        "answered": you_answered(inquiry) if inquiry else [],
        "gut": gut_word(inquiry) if inquiry else "",
    }
    return kept_offline(TemplateResponse(request, "appointments/before.html", context), request, appointment)


def kept_offline(page: HttpResponse, request: DeskRequest, appointment: Appointment) -> HttpResponse:
    """Tells the service worker that it may keep the page on the phone: until when, and for whom alone."""
    page["Kept-Until"] = str(offline_until(appointment))
    page["Kept-For"] = str(request.member.pk)
    return page


@desk
@require_GET
def offline_script(request: DeskRequest) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """The service worker, served where its scope begins: it never sees another page."""
    found = finders.find(SCRIPT)
    if not isinstance(found, str):
        raise Http404(SCRIPT)
    return HttpResponse(Path(found).read_bytes(), content_type="text/javascript; charset=utf-8")

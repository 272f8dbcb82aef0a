"""The page to have open during a meeting: how long there is, notes, an end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from rendezvous.appointments.access import own_appointment
from rendezvous.appointments.forms import HowLongForm
from rendezvous.appointments.meeting import (
    USUAL_MINUTES,
    agree,
    close,
    keep_notes,
    meeting_of,
    minutes_over,
    not_business,
)
from rendezvous.inquiries.understanding import brief_of
from rendezvous.inquiries.wording import missing, missing_words
from rendezvous.practice.access import DeskRequest, desk


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def companion(request: DeskRequest, pk: int) -> HttpResponse:
    """GET shows the page; POST answers "how long do you have?"."""
    appointment = own_appointment(request, pk)
    if not appointment.confirmed:
        return redirect("appointment", pk)
    meeting = meeting_of(appointment)
    form = HowLongForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        agree(meeting, form.cleaned_data["minutes"])
        return redirect("companion", pk)
    inquiry = appointment.inquiry
    brief = brief_of(inquiry) if inquiry else {}
    context = {
        "appointment": appointment,
        "meeting": meeting,
        "form": form,
        "usual": USUAL_MINUTES,
        "slots": list(brief.values()),
        "missing": missing_words(missing(brief)) if inquiry else "",
        "over": minutes_over(meeting),
    }
    return TemplateResponse(request, "appointments/companion.html", context, status=422 if form.is_bound else 200)


@desk
@require_POST
def notes(request: DeskRequest, pk: int) -> HttpResponse:
    """Keeps the notes as they stand; a script gets a bare yes, or 409 where a later version is kept already."""
    meeting = meeting_of(own_appointment(request, pk))
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else meeting.version + 1
    kept = keep_notes(meeting, request.POST.get("notes", ""), version)
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204 if kept else 409)
    return redirect("companion", pk)


@desk
@require_POST
def end(request: DeskRequest, pk: int) -> HttpResponse:
    appointment = own_appointment(request, pk)
    close(meeting_of(appointment))
    return redirect("outcome", appointment.inquiry.pk) if appointment.inquiry else redirect("companion", pk)


@desk
@require_POST
def friend(request: DeskRequest, pk: int) -> HttpResponse:
    appointment = own_appointment(request, pk)
    not_business(appointment)
    messages.success(request, gettext("Noted: somebody to see again one day, and nothing to sell."))
    return redirect("person", appointment.person.pk)

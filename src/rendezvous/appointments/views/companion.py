"""The page to have open during a meeting: how long there is, notes, what one touch notes, an end and what is next."""

import datetime as dt
from collections.abc import Collection

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from rendezvous.appointments.access import own_appointment
from rendezvous.appointments.forms import HowLongForm
from rendezvous.appointments.meeting import (
    LONGEST_NOTES,
    USUAL_MINUTES,
    NotesTooLong,
    agree,
    close,
    closing_words,
    keep_notes,
    meeting_of,
    minutes_over,
    observe,
)
from rendezvous.appointments.models import Appointment, Seen
from rendezvous.appointments.preparing import offline_until
from rendezvous.appointments.views.before import kept_offline
from rendezvous.inquiries.forms import GutForm
from rendezvous.inquiries.judgement import gut_of, record_gut_after_meeting
from rendezvous.inquiries.models import Occasion
from rendezvous.inquiries.receiving import clean_text
from rendezvous.inquiries.stages import not_business
from rendezvous.inquiries.understanding import brief_of
from rendezvous.inquiries.wording import missing, missing_words
from rendezvous.practice.access import DeskRequest, desk
from rendezvous.practice.typed import whole_number

LAST_MOMENT = 10**14  # milliseconds: the year 5138, beyond which nothing is a moment


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def companion(request: DeskRequest, pk: int) -> HttpResponse:
    """GET shows the page; POST answers "how long do you have?"."""
    appointment = own_appointment(request, pk)
    if not appointment.confirmed:
        return redirect("appointment", pk)
    form = HowLongForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        agree(meeting_of(appointment), form.cleaned_data["minutes"], _at(request))
        return _done(request, pk)
    return _page(request, appointment, form, status=422 if form.is_bound else 200)


def _page(
    request: DeskRequest,
    appointment: Appointment,
    form: HowLongForm,
    *,
    status: int,
    typed: str = "",
    problem: str = "",
) -> HttpResponse:
    """The page; `typed` are notes that could not be kept: they come back as they are, with the problem."""
    meeting, inquiry = meeting_of(appointment), appointment.inquiry
    brief = brief_of(inquiry) if inquiry else {}
    observed = {row.name: row for row in meeting.observations.all()}
    context = {
        "appointment": appointment,
        "meeting": meeting,
        "form": form,
        "usual": USUAL_MINUTES,
        "slots": list(brief.values()),
        "missing": missing_words(missing(brief)) if inquiry else "",
        "touches": [(name, label, observed.get(name)) for name, label in Seen.choices],
        "closing": closing_words(request.practice),
        "over": minutes_over(meeting),
        "gut": gut_of(inquiry, Occasion.MEETING) if inquiry and meeting.ended_at else None,
        "notes": typed or meeting.notes,
        "problem": problem,
        "longest": LONGEST_NOTES,
        "until": offline_until(appointment),
    }
    page = TemplateResponse(request, "appointments/companion.html", context, status=status)
    return kept_offline(page, request, appointment)


def _by_script(request: DeskRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _refused(request: DeskRequest, appointment: Appointment) -> HttpResponse | None:
    """Keeps the notes that came along with whatever was touched. Where they cannot be kept, the answer that says so.

    A script gets 413 where they are too long, and 409, with what is kept and its version, where that would be lost: it
    puts both together and sends them again. Without one, the page comes back with all that was typed.
    """
    if "notes" not in request.POST:
        return None
    meeting, typed = meeting_of(appointment), request.POST["notes"]
    try:
        kept = keep_notes(
            meeting, typed, _number(request.POST.get("version", "")) or meeting.version + 1, _since(request)
        )
    except NotesTooLong:
        if _by_script(request):
            return HttpResponse(status=413)
        problem = gettext("These notes are too long to be kept: take a part of them out, and keep that elsewhere.")
        return _page(request, appointment, HowLongForm(), status=413, typed=typed, problem=problem)
    if kept or clean_text(typed) == meeting.notes:
        return None
    if _by_script(request):
        response = HttpResponse(meeting.notes, content_type="text/plain; charset=utf-8", status=409)
        response["Notes-Version"] = str(meeting.version)
        return response
    problem = gettext(
        "The notes had been changed on another page: here are both, one after the other. Keep them again."
    )
    both = f"{meeting.notes}\n\n{typed}"
    return _page(request, appointment, HowLongForm(), status=409, typed=both, problem=problem)


def _number(typed: str) -> int | None:
    return whole_number(typed, digits=15)


def _since(request: DeskRequest) -> Collection[int] | None:
    """The versions after which the notes were typed, as the page says them; None where it does not."""
    if "since" not in request.POST:
        return None
    return {number for part in request.POST["since"].split(",")[:5000] if (number := _number(part)) is not None}


def _at(request: DeskRequest) -> dt.datetime | None:
    """When it was touched, in milliseconds since 1970: a phone that had no network says it later."""
    at = _number(request.POST.get("at", ""))
    return dt.datetime.fromtimestamp(at / 1000, dt.UTC) if at and at < LAST_MOMENT else None


def _done(request: DeskRequest, pk: int) -> HttpResponse:
    return HttpResponse(status=204) if _by_script(request) else redirect("companion", pk)


@desk
@require_POST
def notes(request: DeskRequest, pk: int) -> HttpResponse:
    """Keeps the notes as they stand."""
    return _refused(request, own_appointment(request, pk)) or _done(request, pk)


@desk
@require_POST
def touch(request: DeskRequest, pk: int) -> HttpResponse:
    """One touch: `seen` names what is noted, `unseen` what is not noted after all. Typed notes come along."""
    appointment = own_appointment(request, pk)
    name = request.POST.get("seen") or request.POST.get("unseen", "")
    if name not in Seen.values:
        raise Http404(name)
    observe(meeting_of(appointment), Seen(name), seen="seen" in request.POST, at=_at(request))
    return _refused(request, appointment) or _done(request, pk)


@desk
@require_POST
def end(request: DeskRequest, pk: int) -> HttpResponse:
    appointment = own_appointment(request, pk)
    close(meeting_of(appointment), _at(request))
    return _refused(request, appointment) or _done(request, pk)


@desk
@require_POST
def gut(request: DeskRequest, pk: int) -> HttpResponse:
    """What she feels after the meeting, once."""
    appointment = own_appointment(request, pk)
    if appointment.inquiry is None or meeting_of(appointment).ended_at is None:
        raise Http404("nothing to feel about yet")
    form = GutForm(request.POST)
    if not form.is_valid() or form.cleaned_data["probability"] is None:
        messages.info(request, gettext("Choose a figure from 0 to 100, or skip it."))
    elif not record_gut_after_meeting(appointment.inquiry, form.cleaned_data["probability"] / 100):
        messages.info(request, gettext("What you felt is kept as it was; it is never changed afterwards."))
    return redirect("companion", pk)


@desk
@require_POST
def friend(request: DeskRequest, pk: int) -> HttpResponse:
    appointment = own_appointment(request, pk)
    not_business(appointment.person)
    messages.success(request, gettext("Noted: somebody to see again one day, and nothing to sell."))
    return redirect("person", appointment.person.pk)

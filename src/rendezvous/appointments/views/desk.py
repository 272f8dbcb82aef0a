"""The owner's side: the agenda, an appointment with everything about its person, moving and cancelling."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rendezvous.appointments.access import own_appointment
from rendezvous.appointments.agenda import monday_of, week
from rendezvous.appointments.booking import SlotTaken, cancel, move, note_appointment
from rendezvous.appointments.forms import AppointmentForm, WhenForm, wall_clock
from rendezvous.appointments.models import Appointment
from rendezvous.appointments.slots import host_of
from rendezvous.inquiries.access import own_inquiry
from rendezvous.inquiries.judgement import gut_of
from rendezvous.inquiries.models import Mode
from rendezvous.inquiries.understanding import brief_of, signs_of
from rendezvous.inquiries.wording import missing, missing_words, sentence
from rendezvous.people.contact import Contact, find_or_add_person
from rendezvous.people.models import Person
from rendezvous.practice import clock
from rendezvous.practice.access import DeskRequest, desk

COMING = 30


@desk
@require_GET
def agenda(request: DeskRequest) -> HttpResponse:
    today = clock.today()
    monday = monday_of(_day_asked(request) or today)
    now = clock.now()
    coming = request.practice.appointments.filter(status="confirmed", ends_at__gt=now).select_related("person")
    context = {
        "days": week(request.practice, monday, today),
        "monday": monday,
        "this_week": monday == monday_of(today),
        "before": monday - dt.timedelta(days=7),
        "after": monday + dt.timedelta(days=7),
        "coming": coming[:COMING],
    }
    return TemplateResponse(request, "appointments/agenda.html", context)


def _day_asked(request: DeskRequest) -> dt.date | None:
    try:
        day = parse_date(request.GET.get("jour", ""))
    except ValueError:
        return None
    return day if day and 1971 < day.year < 2999 else None


@desk
@require_GET
def appointment(request: DeskRequest, pk: int) -> HttpResponse:
    return _page(request, own_appointment(request, pk))


def _page(
    request: DeskRequest, appointment: Appointment, form: WhenForm | None = None, status: int = 200
) -> HttpResponse:
    inquiry, person = appointment.inquiry, appointment.person
    brief = brief_of(inquiry) if inquiry else {}
    context = {
        "appointment": appointment,
        "person": person,
        "inquiry": inquiry,
        "sentence": sentence(brief, str(person)) if inquiry else str(person),
        "slots": list(brief.values()),
        "missing": missing_words(missing(brief)) if inquiry else "",
        "signs": [sign for sign in signs_of(inquiry) if sign.present] if inquiry else [],
        "thread": inquiry.messages.prefetch_related("attachments") if inquiry else [],
        "gut": gut_of(inquiry) if inquiry else None,
        "others": person.inquiries.exclude(pk=inquiry.pk if inquiry else 0).order_by("-created_at")[:10],
        "other_appointments": person.appointments.exclude(pk=appointment.pk).order_by("-starts_at")[:10],
        "form": form or WhenForm(initial=wall_clock(appointment.starts_at, request.practice.timezone)),
    }
    return TemplateResponse(request, "appointments/appointment.html", context, status=status)


@desk
@require_POST
def move_appointment(request: DeskRequest, pk: int) -> HttpResponse:
    row = own_appointment(request, pk)
    form = WhenForm(request.POST)
    if form.is_valid():
        try:
            move(row, form.cleaned_data["start"], by_owner=True)
        except SlotTaken:
            form.add_error("time", gettext("You already have something then, buffers included: choose another time."))
        else:
            messages.success(request, gettext("Moved. The other person has been told."))
            return redirect("appointment", row.pk)
    return _page(request, row, form, status=409 if form.cleaned_data.get("start") else 422)


@desk
@require_POST
def cancel_appointment(request: DeskRequest, pk: int) -> HttpResponse:
    row = own_appointment(request, pk)
    if cancel(row, by_owner=True):
        messages.success(request, gettext("Cancelled. The other person has been told."))
    return redirect("appointment", row.pk)


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def new_appointment(request: DeskRequest, inquiry_pk: int | None = None) -> HttpResponse:
    """An appointment that was agreed on otherwise, for an inquiry or for anybody."""
    inquiry = own_inquiry(request, inquiry_pk) if inquiry_pk else None
    form = AppointmentForm(request.POST if request.method == "POST" else None, known=inquiry is not None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        person = inquiry.person if inquiry else _person(request, sent["reach"], sent["name"])
        try:
            made = note_appointment(
                host_of(request.practice),
                person,
                sent["start"],
                sent["minutes"],
                Mode(sent["mode"]),
                place=sent["place"],
                travel=sent["travel"] or 0,
                inquiry=inquiry,
            )
        except SlotTaken:
            form.add_error("time", gettext("You already have something then, buffers included: choose another time."))
        else:
            return redirect("appointment", made.pk)
    status = 200 if not form.is_bound else 422
    context = {"form": form, "inquiry": inquiry, "zone": ZoneInfo(request.practice.timezone)}
    return TemplateResponse(request, "appointments/new.html", context, status=status)


def _person(request: DeskRequest, contact: Contact, name: str) -> Person:
    if not contact.email and not contact.phone:
        return request.practice.people.create(name=name, language=request.practice.language)
    return find_or_add_person(request.practice, Contact(contact.email, contact.phone, name), request.practice.language)

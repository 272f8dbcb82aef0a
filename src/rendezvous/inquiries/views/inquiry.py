"""An inquiry on the desk: read, feel, weigh, decide, correct."""

import datetime as dt

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from rendezvous.inquiries import judgement
from rendezvous.inquiries.access import open_invitation, own_inquiry
from rendezvous.inquiries.advice import reasons_in_words
from rendezvous.inquiries.answering import leaving
from rendezvous.inquiries.attachments import download
from rendezvous.inquiries.evidence import marked
from rendezvous.inquiries.forms import GutForm, NoteForm
from rendezvous.inquiries.models import Action, Attachment, Inquiry, Need, Stage
from rendezvous.inquiries.receiving import Words, add_words
from rendezvous.inquiries.stages import settle
from rendezvous.inquiries.understanding import (
    brief_of,
    correct_signal,
    correct_slot,
    signs_of,
    withdraw_correction,
)
from rendezvous.inquiries.wording import SIGNAL_LABELS, SLOT_LABELS, missing, missing_words, sentence
from rendezvous.practice import clock
from rendezvous.practice.access import DeskRequest, desk

LATER = dt.timedelta(days=14)


@desk
@require_GET
def inquiry(request: DeskRequest, pk: int) -> HttpResponse:
    return inquiry_page(request, own_inquiry(request, pk))


def inquiry_page(request: DeskRequest, inquiry: Inquiry, status: int = 200, **more: object) -> HttpResponse:
    """The page; nothing that was computed is on it before the gut feeling is given or skipped."""
    brief = brief_of(inquiry)
    slots = list(inquiry.slots.all())
    signals = list(inquiry.signals.all())
    thread = list(inquiry.messages.prefetch_related("attachments"))
    gut = judgement.gut_of(inquiry)
    advice = judgement.advice_of(inquiry) if gut else None
    context = {
        "inquiry": inquiry,
        "sentence": sentence(brief, str(inquiry.person)),
        "missing": missing_words(missing(brief)),
        "slots": list(brief.values()),
        "signs": signs_of(inquiry),
        "other_signals": [
            (name, label) for name, label in SIGNAL_LABELS.items() if name not in {s.name for s in signals}
        ],
        "thread": [(message, marked(message, slots, signals)) for message in thread],
        "gut": gut,
        "gut_form": GutForm(),
        "forecast": judgement.model_forecast_of(inquiry) if gut else None,
        "advice": advice,
        "reasons": reasons_in_words(advice, inquiry.practice) if advice else [],
        "actions": Action.choices,
        "decision": inquiry.decisions.last(),
        "due": inquiry.need_at is not None and inquiry.need_at <= clock.now(),
        "invitation": open_invitation(inquiry),
        "leaving": leaving(inquiry),
        "outcome": getattr(inquiry, "outcome", None),
        "appointments": inquiry.appointments.order_by("starts_at"),
        **more,
    }
    return TemplateResponse(request, "inquiries/inquiry.html", context, status=status)


@desk
@require_POST
def gut(request: DeskRequest, pk: int) -> HttpResponse:
    inquiry = own_inquiry(request, pk)
    form = GutForm(request.POST)
    if not form.is_valid():
        return inquiry_page(request, inquiry, status=422, gut_form=form)
    if form.skipped:
        recorded = judgement.skip_gut(inquiry, form.cleaned_data["reason"])
    else:
        recorded = judgement.record_gut(inquiry, form.cleaned_data["probability"] / 100)
    if not recorded:
        messages.info(request, gettext("Your first feeling is kept as it was; it is never changed afterwards."))
    return redirect("inquiry", inquiry.pk)


@desk
@require_POST
def slot(request: DeskRequest, pk: int, name: str) -> HttpResponse:
    inquiry = own_inquiry(request, pk)
    if name not in SLOT_LABELS:
        raise Http404(name)
    if request.POST.get("back"):
        withdraw_correction(inquiry, name)
    else:
        correct_slot(inquiry, name, request.POST.get("words", "")[:500])
    return redirect("inquiry", inquiry.pk)


@desk
@require_POST
def signal(request: DeskRequest, pk: int, name: str) -> HttpResponse:
    inquiry = own_inquiry(request, pk)
    if name not in SIGNAL_LABELS:
        raise Http404(name)
    correct_signal(inquiry, name, present=request.POST.get("present") == "yes")
    return redirect("inquiry", inquiry.pk)


@desk
@require_POST
def decide(request: DeskRequest, pk: int) -> HttpResponse:
    inquiry = own_inquiry(request, pk)
    action = request.POST.get("action", "")
    if action not in Action.values:
        raise Http404(action)
    if judgement.gut_of(inquiry) is None:
        messages.info(request, gettext("Say first what you feel, or skip it: then decide."))
        return redirect("inquiry", inquiry.pk)
    judgement.decide(inquiry, request.member, action)
    return redirect("answer", inquiry.pk, action)


@desk
@require_POST
def seen(request: DeskRequest, pk: int) -> HttpResponse:
    """Nothing to do for now: it comes up again when they write, or in two weeks."""
    inquiry = own_inquiry(request, pk)
    stage = Stage.TALKING if inquiry.stage == Stage.NEW else Stage(inquiry.stage)
    settle(inquiry, stage, Need.SILENCE, clock.now() + LATER)
    return redirect("inbox")


@desk
@require_POST
def take_in(request: DeskRequest, pk: int) -> HttpResponse:
    """What was set aside is a request after all."""
    inquiry = own_inquiry(request, pk)
    if inquiry.stage == Stage.ASIDE:
        settle(inquiry, Stage.NEW, Need.DECIDE, clock.now())
    return redirect("inquiry", inquiry.pk)


@desk
@require_POST
def put_aside(request: DeskRequest, pk: int) -> HttpResponse:
    """Not a request: no answer leaves, and it counts in no figure."""
    inquiry = own_inquiry(request, pk)
    settle(inquiry, Stage.ASIDE)
    return redirect("inbox")


@desk
@require_POST
def note(request: DeskRequest, pk: int) -> HttpResponse:
    """What they said by phone, written down: it is read like a message."""
    inquiry = own_inquiry(request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return inquiry_page(request, inquiry, status=422, note_form=form)
    add_words(inquiry, Words(form.cleaned_data["words"], form.channel))
    messages.success(request, gettext("Noted, and read."), f"note-{inquiry.pk}")
    return redirect("inquiry", inquiry.pk)


@desk
@require_GET
def file(request: DeskRequest, pk: int, file_pk: int) -> FileResponse:
    inquiry = own_inquiry(request, pk)
    return download(get_object_or_404(Attachment, message__inquiry=inquiry, pk=file_pk))

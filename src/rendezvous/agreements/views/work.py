"""Work on an inquiry, behind its gate."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from rendezvous.agreements import gate
from rendezvous.agreements.forms.work import FileForm, ReasonForm, WorkForm
from rendezvous.inquiries.access import own_inquiry
from rendezvous.inquiries.attachments import too_large
from rendezvous.inquiries.channels.web.views import request_key
from rendezvous.inquiries.models import Inquiry
from rendezvous.practice import clock
from rendezvous.practice.access import DeskRequest, desk


@desk
@require_GET
def work(request: DeskRequest, pk: int) -> HttpResponse:
    return _page(request, own_inquiry(request, pk))


def _page(request: DeskRequest, inquiry: Inquiry, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "inquiry": inquiry,
        "signed": gate.signed_document(inquiry),
        "breach": gate.breach_of(inquiry),
        "work": list(inquiry.work.select_related("message")),
        "minutes": sum(row.minutes for row in inquiry.work.all()),
        "work_form": WorkForm(),
        "file_form": FileForm(),
        "reason_form": ReasonForm(),
        "stamp": clock.now().isoformat(),
        **more,
    }
    return TemplateResponse(request, "agreements/work.html", context, status=status)


@desk
@require_POST
def record(request: DeskRequest, pk: int) -> HttpResponse:
    inquiry, form = own_inquiry(request, pk), WorkForm(request.POST)
    if not form.is_valid():
        return _page(request, inquiry, 422, work_form=form)
    try:
        gate.record_work(inquiry, form.cleaned_data["what"], form.cleaned_data["minutes"])
    except gate.GateClosed:
        return _page(request, inquiry, 409, work_form=form, closed=True)
    messages.success(request, gettext("Noted."), f"work-{inquiry.pk}")
    return redirect("work", inquiry.pk)


@desk
@require_POST
def send_file(request: DeskRequest, pk: int) -> HttpResponse:
    inquiry = own_inquiry(request, pk)
    files = request.FILES  # read first: it finds what is too large
    name = getattr(request, "too_large", "")
    form = FileForm(request.POST, files, too_large=too_large(name) if name else "")
    if not form.is_valid():
        return _page(request, inquiry, 422, file_form=form)
    sent = form.cleaned_data
    file = sent["file"]
    fields = {
        "inquiry": str(inquiry.pk), "words": sent["words"], "name": file.name, "size": str(len(file.data)),
        "kind": sent["kind"], "stamp": request.POST.get("stamp", ""),
    }  # fmt: skip
    try:
        gate.send_file(
            inquiry, file, sent["words"], is_work=sent["kind"] == "work", key=request_key(fields, *fields)
        )  # fmt: skip
    except gate.GateClosed:
        return _page(request, inquiry, 409, file_form=form, closed=True)
    messages.success(request, gettext("Sent."), f"file-{inquiry.pk}")
    return redirect("work", inquiry.pk)


@desk
@require_POST
def break_gate(request: DeskRequest, pk: int) -> HttpResponse:
    inquiry, form = own_inquiry(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, inquiry, 422, reason_form=form)
    gate.break_gate(inquiry, request.member, form.cleaned_data["reason"])
    messages.success(
        request, gettext("Noted with its reason: you will see later what came of it."), f"gate-{inquiry.pk}"
    )
    return redirect("work", inquiry.pk)

"""How an inquiry ends: the owner's touch, and the sender's way out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from rendezvous.agreements.forms.outcome import OutcomeForm
from rendezvous.agreements.models import Result, Why
from rendezvous.agreements.outcomes import not_over, record_outcome, reopen, withdraw
from rendezvous.inquiries.access import inquiry_of_link, own_inquiry
from rendezvous.inquiries.channels.web.views import in_their_language
from rendezvous.inquiries.receiving import clean_text
from rendezvous.practice.access import DeskRequest, desk


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: DeskRequest, pk: int) -> HttpResponse:
    inquiry = own_inquiry(request, pk)
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        record_outcome(
            inquiry,
            Result(sent["result"]),
            member=request.member,
            why=sent["why"],
            insisted=sent["insisted"],
            amount=sent["amount"],
        )
        messages.success(request, gettext("Noted. This is what your forecasts learn from."))
        return redirect("inquiry", inquiry.pk)
    context = {"inquiry": inquiry, "form": form, "whys": Why.choices, "posted": request.POST}
    return TemplateResponse(request, "agreements/outcome.html", context, status=422 if form.is_bound else 200)


@desk
@require_POST
def not_yet(request: DeskRequest, pk: int) -> HttpResponse:
    not_over(own_inquiry(request, pk))
    return redirect("inbox")


@desk
@require_POST
def go_on(request: DeskRequest, pk: int) -> HttpResponse:
    inquiry = own_inquiry(request, pk)
    reopen(inquiry)
    return redirect("inquiry", inquiry.pk)


@csrf_exempt
@require_POST
def withdraw_page(request: HttpRequest, token: str) -> HttpResponse:
    inquiry = inquiry_of_link(token)
    with in_their_language(request, inquiry):
        withdraw(inquiry, clean_text(request.POST.get("reason", ""))[:5000])
        return redirect("personal", token)

"""Writing the answer, sending it, taking it back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from rendezvous.inquiries.access import own_inquiry
from rendezvous.inquiries.answering import send_answer, take_answer_back
from rendezvous.inquiries.drafting import LETTERS, LINK_PLACES, open_draft
from rendezvous.inquiries.forms import DraftForm
from rendezvous.inquiries.models import Inquiry
from rendezvous.practice.access import DeskRequest, desk


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: DeskRequest, pk: int, action: str) -> HttpResponse:
    """The draft, open for editing. Posting keeps it; with `send`, sends it."""
    inquiry = own_inquiry(request, pk)
    if action not in LETTERS:
        raise Http404(action)
    if _is_sent(inquiry, request.POST.get("draft", "")):
        return HttpResponse(status=204) if request.headers.get("HX-Request") else redirect("inquiry", inquiry.pk)
    draft = open_draft(inquiry, action)
    form = DraftForm(request.POST if request.method == "POST" else None, instance=draft)
    if request.method == "POST" and form.is_valid():
        draft = form.save()
        if request.headers.get("HX-Request"):
            return HttpResponse(gettext("Kept."))
        if "send" in request.POST:
            send_answer(inquiry, draft)
            messages.success(
                request, gettext("Sent.") if inquiry.person.email else gettext("Noted."), f"draft-{draft.pk}"
            )
            return redirect("inquiry", inquiry.pk)
        messages.success(request, gettext("Your draft is kept."), f"draft-{draft.pk}")
        return redirect("answer", inquiry.pk, action)
    status = 422 if form.is_bound else 200
    context = {
        "inquiry": inquiry,
        "form": form,
        "draft": draft,
        "action": LETTERS[action],
        "link_place": LINK_PLACES[inquiry.language],
    }
    return TemplateResponse(request, "inquiries/answer.html", context, status=status)


def _is_sent(inquiry: Inquiry, number: str) -> bool:
    """Whether the draft that a form shows has left meanwhile: a double click, or a page left open."""
    return number.isascii() and number.isdigit() and inquiry.drafts.filter(pk=number, sent_as__isnull=False).exists()


@desk
@require_POST
def take_back(request: DeskRequest, pk: int) -> HttpResponse:
    inquiry = own_inquiry(request, pk)
    draft = take_answer_back(inquiry)
    if draft:
        messages.success(request, gettext("Taken back: nothing has left. Here is your text."))
        return redirect("answer", inquiry.pk, draft.action)
    messages.info(request, gettext("Too late: the message has already left."))
    return redirect("inquiry", inquiry.pk)

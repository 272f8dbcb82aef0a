"""Deposits: noted by hand, found in a bank statement, recalled."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from rendezvous.agreements.access import own_document
from rendezvous.agreements.deposits import find_in, receive_deposit, send_reminder, tone_of, tones_of
from rendezvous.agreements.letters import deposit_reminder
from rendezvous.agreements.models import Deposit
from rendezvous.agreements.statements import UnreadableStatement, read_statement
from rendezvous.inquiries.attachments import too_large
from rendezvous.inquiries.receiving import LONGEST_TEXT, clean_text, says_something
from rendezvous.practice import clock
from rendezvous.practice.access import DeskRequest, desk
from rendezvous.practice.typed import whole_number


def _own_deposit(request: DeskRequest, pk: int) -> Deposit:
    deposit = getattr(own_document(request, pk), "deposit", None)
    if deposit is None:
        raise Http404("no deposit")
    return deposit


@desk
@require_POST
def received(request: DeskRequest, pk: int) -> HttpResponse:
    receive_deposit(_own_deposit(request, pk), clock.today())
    messages.success(request, gettext("The deposit is noted as received."))
    return redirect("document", pk)


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: DeskRequest, pk: int) -> HttpResponse:
    """A reminder to read over; three tones, the next one proposed."""
    deposit = _own_deposit(request, pk)
    asked = request.GET.get("tone", "")
    tones = tones_of(deposit)
    tone = asked if asked in tones else tone_of(deposit)
    subject, text = deposit_reminder(deposit, tone)
    if request.method == "POST":
        subject = " ".join(clean_text(request.POST.get("subject", "")).split())[:300]
        text = clean_text(request.POST.get("text", ""))
        if says_something(text) and subject and len(text) <= LONGEST_TEXT:
            if send_reminder(deposit, subject, text, after=whole_number(request.POST.get("after", ""), digits=4)):
                messages.success(request, gettext("Sent."), f"remind-{deposit.pk}")
            else:
                messages.info(request, gettext("Nothing was sent: it left already, or the deposit has come."))
            return redirect("document", pk)
    context = {
        "deposit": deposit,
        "document": deposit.document,
        "tone": tone,
        "tones": tones,
        "subject": subject,
        "text": text,
    }
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "agreements/remind.html", context, status=status)


@desk
@require_POST
def bank(request: DeskRequest) -> HttpResponse:
    """A statement from the bank: what it shows of the deposits awaited is noted; nothing else of it is kept."""
    file = request.FILES.get("file")
    if getattr(request, "too_large", ""):
        messages.error(request, too_large(request.too_large))  # type: ignore[attr-defined]
        return redirect("documents")
    if file is None:
        messages.error(request, gettext("Choose the file that your bank gives you: CSV or CAMT.053."))
        return redirect("documents")
    try:
        statement = read_statement(file.read(), file.name or "")
    except UnreadableStatement:
        messages.error(
            request, gettext("This file cannot be read as a bank statement: download it as CSV or CAMT.053.")
        )
        return redirect("documents")
    if statement.skipped:
        unread = ngettext(
            "One line could not be read: look at it yourself.",
            "%(count)s lines could not be read: look at them yourself.",
            len(statement.skipped),
        )
        messages.error(request, unread % {"count": len(statement.skipped)})
    found = find_in(request.practice, statement.entries)
    for deposit in found:
        messages.success(request, gettext("Received: the deposit of %(document)s.") % {"document": deposit.document})
    if not found:
        messages.info(
            request,
            gettext("%(count)s payments read; none is a deposit that you await.") % {"count": len(statement.entries)},
        )
    return redirect("documents")

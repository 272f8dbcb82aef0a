"""The outbox: what left, what is kept here, what could not leave."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from rendezvous.inquiries.inbox import page_number
from rendezvous.inquiries.outbox import mail_is_set_up, send_again
from rendezvous.practice.access import DeskRequest, desk

PAGE = 50


@desk
@require_GET
def outbox(request: DeskRequest) -> HttpResponse:
    number = page_number(request)
    first = (number - 1) * PAGE
    mails = list(request.practice.mails.defer("content", "text")[first : first + PAGE + 1])
    context = {"mails": mails[:PAGE], "more": len(mails) > PAGE, "number": number, "leaves": mail_is_set_up()}
    return TemplateResponse(request, "inquiries/outbox.html", context)


@desk
@require_GET
def mail(request: DeskRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(request.practice.mails, pk=pk)
    return TemplateResponse(request, "inquiries/mail.html", {"mail": row, "leaves": mail_is_set_up()})


@desk
@require_GET
def eml(request: DeskRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(request.practice.mails, pk=pk)
    response = HttpResponse(bytes(row.content), content_type="message/rfc822")
    response["Content-Disposition"] = f'attachment; filename="rendez-vous-{row.pk}.eml"'
    return response


@desk
@require_POST
def again(request: DeskRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(request.practice.mails, pk=pk)
    if send_again(row):
        messages.success(request, gettext("It is on its way again."))
    return redirect("mail", row.pk)

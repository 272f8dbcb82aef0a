"""The letterhead: what documents say of her."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from rendezvous.agreements.forms.letterhead import LetterheadForm
from rendezvous.agreements.models import Letterhead
from rendezvous.practice.access import DeskRequest, desk


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def letterhead(request: DeskRequest) -> HttpResponse:
    kept = Letterhead.objects.filter(practice=request.practice).first() or Letterhead(practice=request.practice)
    form = LetterheadForm(request.POST if request.method == "POST" else None, instance=kept)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, gettext("Kept: your next documents say it."), "letterhead")
        return redirect("letterhead")
    return TemplateResponse(request, "agreements/letterhead.html", {"form": form}, status=422 if form.is_bound else 200)

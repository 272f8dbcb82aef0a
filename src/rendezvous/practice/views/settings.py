"""The practice's settings: who she is, her hours, her language."""

from django.conf import settings as installation
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from rendezvous.practice.access import DeskRequest, desk
from rendezvous.practice.forms import WEEKDAYS, HoursForm, PracticeForm


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: DeskRequest) -> HttpResponse:
    form = PracticeForm(request.POST if request.method == "POST" else None, instance=request.practice)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, gettext("Kept. Your page shows it already."), "practice")
        return redirect("settings")
    return _page(request, form, HoursForm(request.practice), 422 if form.is_bound else 200)


@desk
@require_POST
def hours(request: DeskRequest) -> HttpResponse:
    form = HoursForm(request.practice, request.POST)
    if form.is_valid():
        request.practice.availability = form.cleaned_data["availability"]
        request.practice.save(update_fields=["availability"])
        messages.success(request, gettext("Kept. These are the hours that are offered from now on."), "hours")
        return redirect("settings")
    return _page(request, PracticeForm(instance=request.practice), form, 422)


def _page(request: DeskRequest, form: PracticeForm, hours_form: HoursForm, status: int) -> HttpResponse:
    request.practice.refresh_from_db()  # an unsaved wrong value must not colour the page
    context = {
        "form": form,
        "hours_form": hours_form,
        "weekdays": [hours_form[name] for name in WEEKDAYS],
        "members": request.practice.members.select_related("user"),
        "memberships": request.member.user.memberships.select_related("practice"),
        "front": request.build_absolute_uri("/"),
        "smtp": installation.OPTIONS["smtp_host"],
        "imap": installation.OPTIONS["imap_host"],
    }
    return TemplateResponse(request, "practice/settings.html", context, status=status)


@desk
@require_POST
def language(request: DeskRequest) -> HttpResponse:
    chosen = request.POST.get("language", "")
    if chosen in dict(installation.LANGUAGES):
        request.member.user.language = chosen
        request.member.user.save(update_fields=["language"])
    return redirect("settings")


@desk
@require_POST
def change_practice(request: DeskRequest, pk: int) -> HttpResponse:
    if not request.member.user.memberships.filter(practice=pk).exists():
        raise Http404("not a member")
    request.session["practice"] = pk
    return redirect("inbox")

"""Coming in by a one-time link: the first set-up, a forgotten password."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rendezvous.practice import one_time
from rendezvous.practice.forms import PasswordForm, SetupForm
from rendezvous.practice.models import OneTimeLink, User
from rendezvous.practice.setting_up import set_up

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest, token: str) -> HttpResponse:
    link = one_time.find(OneTimeLink.Purpose.SETUP, token)
    if link is None:
        return TemplateResponse(request, "practice/link_used.html", status=410)
    form = SetupForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and one_time.use(link):
        sent = form.cleaned_data
        member = set_up(sent["name"], sent["email"], sent["password"], get_language() or "fr")
        login(request, member.user, backend=BACKEND)
        return redirect("settings")
    return TemplateResponse(request, "practice/setup.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest, token: str) -> HttpResponse:
    link = one_time.find(OneTimeLink.Purpose.PASSWORD, token)
    user: User | None = link.user if link else None
    if link is None or user is None:
        return TemplateResponse(request, "practice/link_used.html", status=410)
    form = PasswordForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and one_time.use(link):
        user.set_password(form.cleaned_data["password"])
        user.save()
        login(request, user, backend=BACKEND)
        return redirect("inbox")
    context = {"form": form, "user_email": user.email}
    return TemplateResponse(request, "practice/new_password.html", context, status=422 if form.is_bound else 200)

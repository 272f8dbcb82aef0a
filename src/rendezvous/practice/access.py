"""Who may see and change what: a page of the desk belongs to the member's own practice."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone

from rendezvous.practice.models import Member, Practice

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
View = Callable[..., HttpResponseBase]


class DeskRequest(HttpRequest):
    """A request of a signed-in member."""

    member: Member
    practice: Practice


def member_of(request: HttpRequest) -> Member | None:
    """The membership under which somebody works: the practice chosen in the session, else the first."""
    if not request.user.is_authenticated:
        return None
    memberships = Member.objects.filter(user=request.user).select_related("practice", "user").order_by("pk")
    chosen = request.session.get("practice")
    return (chosen and memberships.filter(practice=chosen).first()) or memberships.first()


def desk(view: View) -> View:
    """For members only; a reader changes nothing. What was typed in an expired session comes back after signing in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        member = member_of(request)
        if member is None:
            return _sign_in(request)
        if request.method not in SAFE and not member.may_write:
            return TemplateResponse(request, "practice/read_only.html", status=403)
        asked = cast("DeskRequest", request)
        asked.member, asked.practice = member, member.practice
        with timezone.override(ZoneInfo(member.practice.timezone)):
            response = view(asked, *args, **kwargs)
            if isinstance(response, TemplateResponse) and not response.is_rendered:
                response.render()
        response["Cache-Control"] = "private, no-store"
        return response

    return guarded


def _sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return TemplateResponse(request, "practice/no_practice.html", status=403)
    if request.method in SAFE:
        return redirect_to_login(request.get_full_path())
    return resend_page(request, signed_out=True)


def resend_page(request: HttpRequest, *, signed_out: bool) -> HttpResponse:
    """A form that came too late (signed out, page open for days) comes back whole, to be sent again in one click.

    Only a form of this very site: what another site posts in the owner's name is shown to nobody.
    """
    ours = _from_this_site(request)
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if ours and name != "csrfmiddlewaretoken" and "password" not in name
        for value in values
    ]
    context = {"fields": fields, "action": request.get_full_path(), "signed_out": signed_out, "ours": ours}
    return TemplateResponse(request, "practice/resend.html", context, status=403)


def _from_this_site(request: HttpRequest) -> bool:
    here = f"{request.scheme}://{request.get_host()}"
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    return sender == here or sender.startswith(here + "/")

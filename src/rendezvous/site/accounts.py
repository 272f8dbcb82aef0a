"""Signing in, as allauth is told to do it here: nobody signs up, codes only once mail is known to work."""

from typing import Any

from allauth.account import views
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from rendezvous.inquiries.outbox import mail_is_known_to_work


class SignInForm(LoginForm):
    """allauth's, in our words and without placeholders, which vanish as one types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Your e-mail address")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address whose attempts are counted; behind a proxy, the one that the proxy saw."""
        from django.conf import settings  # the adapter is loaded with the settings

        forwarded = request.headers.get("X-Forwarded-For", "") if settings.OPTIONS["behind_proxy"] else ""
        return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def request_login_code(request: HttpRequest) -> HttpResponse:
    """A code by mail; the page does not exist while mail is not known to leave."""
    if not mail_is_known_to_work():
        raise Http404("mail does not leave")
    response: HttpResponse = views.request_login_code(request)
    return response

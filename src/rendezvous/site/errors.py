"""Errors as pages: one sentence, and the way on."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from rendezvous.practice.access import resend_page


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """A form whose protection is out of date comes back whole, to be sent again in one click."""
    page: HttpResponse = resend_page(request, signed_out=not request.user.is_authenticated).render()  # type: ignore[attr-defined]
    return page


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    return TemplateResponse(request, "errors/400.html", status=400).render()


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    return TemplateResponse(request, "errors/404.html", status=404).render()


def server_error(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "errors/500.html", status=500).render()

"""What every answer carries: a content security policy and a language."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

Handler = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; "
    "worker-src 'self'"
)


def content_security_policy(get_response: Handler) -> Handler:
    """Only our own files run; the practice's colour comes in a style element with this answer's nonce."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.csp_nonce = secrets.token_urlsafe(12)  # type: ignore[attr-defined]
        response = get_response(request)
        response.headers.setdefault(
            "Content-Security-Policy",
            POLICY.format(nonce=request.csp_nonce),  # type: ignore[attr-defined]
        )
        return response

    return middleware


def language(get_response: Handler) -> Handler:
    """`?lang=` first, then what the signed-in person chose, then the browser's wish, then French. Sets no cookie."""

    def middleware(request: HttpRequest) -> HttpResponse:
        code = chosen_language(request)
        request.LANGUAGE_CODE = code
        with translation.override(code):
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or code)
        patch_vary_headers(response, ("Accept-Language",))
        return response

    return middleware


def chosen_language(request: HttpRequest) -> str:
    asked = request.GET.get("lang", "")
    if asked in dict(settings.LANGUAGES):
        return asked
    # A stranger has no session cookie: do not read one into being.
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated and request.user.language:
        return str(request.user.language)
    if "Accept-Language" in request.headers:
        return translation.get_language_from_request(request)
    return settings.LANGUAGE_CODE

"""What documents say of her, and the words that they begin with."""

import re

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from rendezvous.agreements.forms.letterhead import LetterheadForm
from rendezvous.agreements.forms.outline import PLACES, OutlineForm
from rendezvous.agreements.models import DocumentKind, Letterhead
from rendezvous.agreements.outlines import keep_outline, ours, outline_of, versions_of
from rendezvous.agreements.sealed import fingerprint_of, prepare_identity
from rendezvous.practice.access import DeskRequest, desk
from rendezvous.practice.typed import whole_number

# The document that she was writing when something of this was missing.
BACK = re.compile(r"/bureau/demandes/\d{1,15}/documents/[a-z]{1,12}/")


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def letterhead(request: DeskRequest) -> HttpResponse:
    kept = Letterhead.of(request.practice)
    form = LetterheadForm(request.POST if request.method == "POST" else None, instance=kept)
    if request.method == "POST" and form.is_valid():
        form.save()
        prepare_identity(request.practice)
        messages.success(request, gettext("Kept: your next documents say it."), "letterhead")
        back = request.GET.get("back", "")
        return redirect(back if BACK.fullmatch(back) else "letterhead")
    context = {
        "form": form,
        "kinds": DocumentKind.choices,
        "languages": settings.LANGUAGES,
        "fingerprint": fingerprint_of(request.practice),
    }
    return TemplateResponse(request, "agreements/letterhead.html", context, status=422 if form.is_bound else 200)


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def outline(request: DeskRequest, kind: str, language: str) -> HttpResponse:
    """Her words for that kind of document. `?version=` brings an earlier one back to look at, 0 ours."""
    if kind not in DocumentKind.values or language not in dict(settings.LANGUAGES):
        raise Http404(kind)
    kind = DocumentKind(kind)
    form = OutlineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kept = keep_outline(request.practice, kind, language, form.cleaned_data["text"])
        words = gettext("Kept: the next one begins with it.") if kept else gettext("Nothing has changed.")
        messages.success(request, words, f"outline-{kind}-{language}")
        return redirect("outline", kind, language)
    shown = _shown(request, kind, language)
    context = {
        "form": form if form.is_bound else OutlineForm(initial={"text": shown}),
        "kind": kind,
        "language": language,
        "language_name": dict(settings.LANGUAGES)[language],
        "versions": versions_of(request.practice, kind, language),
        "places": PLACES.items(),
    }
    return TemplateResponse(request, "agreements/outline.html", context, status=422 if form.is_bound else 200)


def _shown(request: DeskRequest, kind: DocumentKind, language: str) -> str:
    number = whole_number(request.GET.get("version", ""), digits=4)
    if number is None:
        return outline_of(request.practice, kind, language).text
    earlier = versions_of(request.practice, kind, language).filter(number=number).first()
    return earlier.text if earlier and earlier.text else ours(request.practice, kind, language).text

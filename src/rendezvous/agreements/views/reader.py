"""The reader's page of a document. GET changes nothing: robots that follow links in mail neither read nor sign."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from rendezvous.agreements import documents, signing
from rendezvous.agreements.access import document_of_link
from rendezvous.agreements.changes import changes, shortened
from rendezvous.agreements.deposits import payment_page, qr_of
from rendezvous.agreements.documents import TooLate
from rendezvous.agreements.forms.document import AcceptForm
from rendezvous.agreements.models import Document, Party, Version
from rendezvous.agreements.paragraphs import paragraphs
from rendezvous.agreements.printing import reading_copy, table_of, text_of
from rendezvous.agreements.views.desk import words_of
from rendezvous.appointments.views.stranger import render, stranger
from rendezvous.inquiries.channels.web.spam import ip_of
from rendezvous.inquiries.channels.web.views import request_key
from rendezvous.inquiries.receiving import LONGEST_TEXT, says_something
from rendezvous.practice import clock


@stranger
@require_GET
def page(request: HttpRequest, token: str) -> HttpResponse:
    return _page(request, document_of_link(token))


def _page(request: HttpRequest, document: Document, status: int = 200, **more: Any) -> HttpResponse:
    """The whole of it: words with remarks beside them, lines with options to tick, one step to answer."""
    version = document.sent_version
    if version is None:
        raise Http404("not sent")
    practice = document.practice
    deposit = getattr(document, "deposit", None)
    code = version.codes.filter(used_at=None, expires_at__gt=clock.now()).order_by("-pk").first()
    context = {
        "document": document,
        "practice": practice,
        "inquiry": document.inquiry,
        "version": version,
        "paragraphs": _with_remarks(version),
        "remarks": version.remarks.filter(paragraph=None),
        "options": [line for line in version.lines if line.get("optional")],
        "signature": version.signatures.filter(party=Party.CLIENT).first(),
        "seal": getattr(version, "seal", None),
        "code": code,
        "name": code.name if code else document.inquiry.person.name,
        "deposit": deposit,
        "qr": qr_of(deposit) if deposit else "",
        "payment": payment_page(deposit) if deposit else "",
        "changes": _changed(document, version),
        "table": _table(document, version),
        "accept_form": AcceptForm(),
        "stamp": clock.now().isoformat(),
        **more,
    }
    return render(request, "agreements/reader.html", context, document.language, practice.timezone, status)


def _table(document: Document, version: Version) -> Any:
    with translation.override(document.language):
        return table_of(version, document.chosen)


def _with_remarks(version: Version) -> list[tuple[int, Any, list[Any]]]:
    beside: dict[int | None, list[Any]] = {}
    for remark in version.remarks.exclude(paragraph=None):
        beside.setdefault(remark.paragraph, []).append(remark)
    text = text_of(version, version.document)
    return [(n, html, beside.get(n, [])) for n, html in enumerate(paragraphs(text))]


def _changed(document: Document, version: Version) -> list[Any]:
    before = document.versions.exclude(sent_at=None).filter(number__lt=version.number).order_by("number").last()
    return shortened(changes(words_of(before), words_of(version))) if before else []


def _current(request: HttpRequest, document: Document) -> Version:
    """The version that was before their eyes; `TooLate` where another has taken its place."""
    version = document.sent_version
    if version is None or request.POST.get("version") != str(version.number):
        raise TooLate
    return version


def _late(request: HttpRequest, document: Document) -> HttpResponse:
    """What happened meanwhile, on the page as it is now."""
    document.refresh_from_db()
    return _page(
        request, document, status=409, problem=_("Something has changed meanwhile: here is how it stands now.")
    )


@stranger
@require_POST
def seen(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """Told by the page when somebody touches it, scrolls or types: a person reads."""
    documents.opened(document_of_link(token))
    return HttpResponse(status=204)


@stranger
@require_POST
def remark(request: HttpRequest, token: str) -> HttpResponse:
    document, words = document_of_link(token), request.POST.get("words", "")
    number = request.POST.get("paragraph", "")
    paragraph = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else None
    try:
        version = _current(request, document)
    except TooLate:
        return _late_with(request, document, words)
    if not says_something(words) or len(words) > LONGEST_TEXT:
        problem = _("Write a few words, and not more than a book.")
        return _page(request, document, status=422, problem=problem, words=words[:LONGEST_TEXT], about=paragraph)
    fields = {"token": token, "words": words, "paragraph": number, "stamp": request.POST.get("stamp", "")}
    documents.remark(version, words, paragraph, key=request_key(fields, *fields))
    return redirect(f"{_address(document)}#remarks" if paragraph is None else f"{_address(document)}#p{paragraph}")


def _late_with(request: HttpRequest, document: Document, words: str) -> HttpResponse:
    """A newer version is there: what they typed comes back on its page."""
    problem = _("A newer version has come meanwhile; your words are below, to be sent again if they still hold.")
    return _page(request, document, status=409, problem=problem, words=words[:LONGEST_TEXT])


def _address(document: Document) -> str:
    return reverse("document_page", args=[document.token])


@stranger
@require_POST
def accept(request: HttpRequest, token: str) -> HttpResponse:
    document = document_of_link(token)
    form = AcceptForm(request.POST)
    if document.signable or not form.is_valid():
        return _page(request, document, status=422, accept_form=form)
    try:
        documents.accept(_current(request, document), form.told())
    except TooLate:
        return _late(request, document)
    return redirect("document_page", token)


@stranger
@require_POST
def refuse(request: HttpRequest, token: str) -> HttpResponse:
    document = document_of_link(token)
    try:
        documents.refuse(_current(request, document), request.POST.get("words", ""))
    except TooLate:
        return _late(request, document)
    return redirect("document_page", token)


@stranger
@require_POST
def options(request: HttpRequest, token: str) -> HttpResponse:
    document = document_of_link(token)
    try:
        documents.choose(_current(request, document), request.POST.getlist("option"))
    except TooLate:
        return _late(request, document)
    return redirect(f"{_address(document)}#price")


@stranger
@require_POST
def code(request: HttpRequest, token: str) -> HttpResponse:
    """Their name is typed: the code goes to their address."""
    document, name = document_of_link(token), " ".join(request.POST.get("name", "").split())
    if len(name) < 2:
        problem = _("Type your first and last name, as you would sign.")
        return _page(request, document, status=422, signing_problem=problem, name=name[:160])
    try:
        signing.ask_code(_current(request, document), name)
    except TooLate:
        return _late(request, document)
    except signing.NoAddress:
        return _refused(request, document, _("There is no e-mail address to send you a code: write to me first."))
    except signing.TooManyCodes:
        problem = _("Several codes were sent within the hour: use the last one, or come back a little later.")
        return _refused(request, document, problem, 429)
    return redirect(f"{_address(document)}#sign")


@stranger
@require_POST
def sign(request: HttpRequest, token: str) -> HttpResponse:
    document = document_of_link(token)
    try:
        version = _current(request, document)
        signing.sign(
            version, request.POST.get("code", ""), ip=ip_of(request), browser=request.headers.get("User-Agent", "")
        )
    except TooLate:
        return _late(request, document)
    except signing.WrongCode as wrong:
        if wrong.left:
            return _refused(request, document, _("This is not the code that was sent: look at the last message."))
        return _refused(request, document, _("This code has run out: ask for another one."))
    return redirect("document_page", token)


def _refused(request: HttpRequest, document: Document, problem: Promise, status: int = 422) -> HttpResponse:
    return _page(request, document, status=status, signing_problem=problem)


@stranger
@require_GET
def pdf(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """The page to print; the sealed one once both have signed."""
    document = document_of_link(token)
    version = document.sent_version
    if version is None:
        raise Http404("not sent")
    answer = HttpResponse(_printed(document, version), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{document.number}.pdf"'
    return answer


def _printed(document: Document, version: Version) -> bytes:
    seal = getattr(version, "seal", None)
    if seal is None:
        return reading_copy(version, document.chosen)
    with seal.pdf.open("rb") as file:
        return bytes(file.read())

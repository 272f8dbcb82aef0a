"""The reader's page of a document. GET changes nothing: robots that follow links in mail neither read nor sign."""

from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from rendezvous.agreements import documents, signing
from rendezvous.agreements.access import document_of_link
from rendezvous.agreements.changes import changes, shortened
from rendezvous.agreements.checking import fit_words
from rendezvous.agreements.content import content_of
from rendezvous.agreements.deposits import payment_page, qr_of
from rendezvous.agreements.documents import TooLate, TooMany
from rendezvous.agreements.forms.document import AcceptForm
from rendezvous.agreements.models import Document, DocumentStatus, Party, Remark, Version
from rendezvous.agreements.paragraphs import paragraphs
from rendezvous.agreements.printing import reading_copy, sheet_of, table_of, words_of
from rendezvous.agreements.typesetting import CannotTypeset, Sheet
from rendezvous.appointments.views.stranger import render, stranger
from rendezvous.inquiries.channels.web.spam import ip_of
from rendezvous.inquiries.channels.web.views import request_key
from rendezvous.inquiries.receiving import LONGEST_TEXT, clean_text, says_something
from rendezvous.practice import clock
from rendezvous.practice.typed import whole_number


@stranger
@require_safe
def page(request: HttpRequest, token: str) -> HttpResponse:
    return _page(request, document_of_link(token))


def _page(request: HttpRequest, document: Document, status: int = 200, **more: Any) -> HttpResponse:
    """The whole of it: words with remarks beside them, lines with options to tick, one step to answer."""
    version = document.sent_version
    if version is None:
        raise Http404("not sent")
    practice = document.practice
    deposit = getattr(document, "deposit", None)
    code = signing.good_code(version)
    sheet = sheet_of(version, document, at=version.sent_at, chosen=document.chosen)
    context = {
        "document": document,
        "practice": practice,
        "inquiry": document.inquiry,
        "version": version,
        "sheet": sheet,
        "paragraphs": _with_remarks(version, sheet),
        "remarks": version.remarks.filter(paragraph=None),
        "said_before": _said_before(version),
        "ticks_in": _ticks_in(document, version),
        "signature": version.signatures.filter(party=Party.CLIENT).first(),
        "seal": getattr(version, "seal", None),
        "sent_code": code,  # base.html calls the language `code`
        "name": code.name if code else document.inquiry.person.name,
        "deposit": deposit,
        "qr": qr_of(deposit) if deposit else "",
        "payment": payment_page(deposit) if deposit else "",
        "changes": _changed(document, version),
        **_priced(document, version),
        "accept_form": AcceptForm(initial=content_of(version).client),
        # What the button of a private client has to say (Code de la consommation, L221-14).
        "private": not version.client.get("business", True),
        "stamp": clock.now().isoformat(),
        **more,
    }
    return render(request, "agreements/reader.html", context, document.language, practice.timezone, status)


def _ticks_in(document: Document, version: Version) -> str:
    """The form that options are ticked in: that of their next step, so that no tick is lost on the way. "": none."""
    asked = document.open and any(line.get("optional") for line in version.lines)
    if asked and document.signable:
        return "ask-code"
    return "accept" if asked and document.status == DocumentStatus.SENT else ""


def _priced(document: Document, version: Version) -> dict[str, Any]:
    """The table of prices, and its rows each with the line that it shows."""
    with translation.override(document.language):
        table = table_of(version, document.chosen)
    return {"table": table, "priced": list(zip(table.rows, version.lines, strict=True)) if table else []}


def _with_remarks(version: Version, sheet: Sheet) -> list[tuple[int, Any, list[Any]]]:
    """The words of the very sheet that is printed, and signed."""
    beside: dict[int | None, list[Any]] = {}
    for remark in version.remarks.exclude(paragraph=None):
        beside.setdefault(remark.paragraph, []).append(remark)
    return [(n, html, beside.get(n, [])) for n, html in enumerate(paragraphs(sheet.text))]


def _said_before(version: Version) -> list[Remark]:
    """What both said of the versions that this one has replaced."""
    if version.number == 1:
        return []
    return list(Remark.objects.filter(version__document=version.document_id, version__number__lt=version.number))


def _changed(document: Document, version: Version) -> list[Any]:
    before = document.versions.exclude(sent_at=None).filter(number__lt=version.number).order_by("number").last()
    return shortened(changes(words_of(before), words_of(version))) if before else []


def _current(request: HttpRequest, document: Document) -> Version:
    """The version that was before their eyes; `TooLate` where another has taken its place."""
    version = document.sent_version
    if version is None or request.POST.get("version") != str(version.number):
        raise TooLate
    return version


def _ticked(request: HttpRequest, document: Document) -> tuple[Version, list[str]]:
    """The same, with the options as they stood ticked on the page, whether they were reckoned again or not."""
    version, ticked = _current(request, document), request.POST.getlist("option")
    if "ticks" in request.POST:
        ticked = documents.choose(version, ticked)
    return version, ticked


def _late(request: HttpRequest, token: str, **typed: Any) -> HttpResponse:
    """What happened meanwhile, on the page as it is now, with what they had typed."""
    problem = _("Something has changed meanwhile: here is how it stands now.")
    return _page(request, document_of_link(token), status=409, problem=problem, **typed)


def _answered(request: HttpRequest, token: str, status: DocumentStatus) -> bool:
    """Whether this very version was answered so already: somebody clicked twice."""
    document = document_of_link(token)
    version = document.sent_version
    return document.status == status and version is not None and request.POST.get("version") == str(version.number)


@stranger
@require_POST
def seen(request: HttpRequest, token: str) -> HttpResponse:
    """Told by the page when somebody touches it, scrolls or types: a person reads. An older page tells nothing."""
    document = document_of_link(token)
    with suppress(TooLate):
        _current(request, document)
        documents.opened(document)
    return HttpResponse(status=204)


@stranger
@require_POST
def remark(request: HttpRequest, token: str) -> HttpResponse:
    document, words = document_of_link(token), request.POST.get("words", "")
    number = request.POST.get("paragraph", "")
    try:
        version = _current(request, document)
    except TooLate:
        return _late_with(request, document, words)
    paragraph = _place(number, document, version)
    if not says_something(words) or len(words) > LONGEST_TEXT:
        problem = _("Write a few words, and not more than a book.")
        return _page(request, document, 422, remark_problem=problem, words=words, about=paragraph)
    fields = {"token": token, "words": words, "paragraph": number, "stamp": request.POST.get("stamp", "")}
    try:
        documents.remark(version, words, paragraph, key=request_key(fields, *fields))
    except TooMany:
        problem = _("There are very many remarks here already: please write to me instead.")
        return _page(request, document, 429, remark_problem=problem, words=words, about=paragraph)
    return redirect(f"{_address(document)}#remarks" if paragraph is None else f"{_address(document)}#p{paragraph}")


def _place(typed: str, document: Document, version: Version) -> int | None:
    """The paragraph that was remarked on, if there is one of that number; else the remark is about the whole."""
    number = whole_number(typed, digits=4)
    if number is None:
        return None
    sheet = sheet_of(version, document, at=version.sent_at, chosen=document.chosen)
    return number if number < len(paragraphs(sheet.text)) else None


def _late_with(request: HttpRequest, document: Document, words: str) -> HttpResponse:
    """A newer version is there: what they typed comes back on its page."""
    problem = _("A newer version has come meanwhile; your words are below, to be sent again if they still hold.")
    return _page(request, document, status=409, problem=problem, words=words)


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
        version, options = _ticked(request, document)
        documents.accept(version, form.told(), options=options)
    except TooLate:
        if not _answered(request, token, DocumentStatus.ACCEPTED):
            return _late(request, token, accept_form=form)
    return redirect("document_page", token)


@stranger
@require_POST
def refuse(request: HttpRequest, token: str) -> HttpResponse:
    document, words = document_of_link(token), request.POST.get("words", "")
    if len(words) > LONGEST_TEXT:
        problem = _("Write a few words, and not more than a book.")
        return _page(request, document, 422, remark_problem=problem, words=words)
    try:
        documents.refuse(_current(request, document), words)
    except TooLate:
        if not _answered(request, token, DocumentStatus.REFUSED):
            return _late(request, token, words=words)
    return redirect("document_page", token)


@stranger
@require_POST
def options(request: HttpRequest, token: str) -> HttpResponse:
    document = document_of_link(token)
    try:
        documents.choose(_current(request, document), request.POST.getlist("option"))
    except TooLate:
        return _late(request, token)
    return redirect(f"{_address(document)}#price")


@stranger
@require_POST
def code(request: HttpRequest, token: str) -> HttpResponse:
    """Their name is typed: the code goes to their address."""
    document, name = document_of_link(token), " ".join(request.POST.get("name", "").split())
    if len(name) < 2 or not any(character.isalpha() for character in name):
        problem = _("Type your first and last name, as you would sign.")
        return _page(request, document, status=422, signing_problem=problem, name=name[:160])
    try:
        version, options = _ticked(request, document)
        signing.ask_code(version, name, options=options)
    except TooLate:
        return _late(request, token, name=name[:160])
    except CannotTypeset as error:
        return _refused(request, document, fit_words(error), 503)
    except signing.NoAddress:
        return _refused(request, document, _("There is no e-mail address to send you a code: write to me first."))
    except signing.TooManyCodes:
        problem = _("Several codes were sent: use the last one, come back in an hour, or write to me.")
        return _refused(request, document, problem, 429)
    return redirect(f"{_address(document)}#sign")


@stranger
@require_POST
def sign(request: HttpRequest, token: str) -> HttpResponse:
    document, options = document_of_link(token), request.POST.getlist("option")
    browser = clean_text(request.headers.get("User-Agent", ""))
    try:
        version = _current(request, document)
        signing.sign(version, request.POST.get("code", ""), options=options, ip=ip_of(request), browser=browser)
    except TooLate:
        return _late(request, token)
    except CannotTypeset as error:
        return _refused(request, document, fit_words(error), 503)
    except signing.WrongCode as wrong:
        if wrong.left:
            return _refused(request, document, _("This is not the code that was sent: look at the last message."))
        return _refused(request, document, _("This code has run out: ask for another one."))
    return redirect("document_page", token)


def _refused(request: HttpRequest, document: Document, problem: Promise | str, status: int = 422) -> HttpResponse:
    return _page(request, document, status=status, signing_problem=problem)


@stranger
@require_safe
def pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The page to print; the signed one once they have signed, the sealed one once both have."""
    document = document_of_link(token)
    version = document.sent_version
    if version is None:
        raise Http404("not sent")
    try:
        answer = HttpResponse(_printed(document, version), content_type="application/pdf")
    except CannotTypeset as error:
        return _page(request, document, status=503, problem=fit_words(error))
    answer["Content-Disposition"] = f'inline; filename="{document.number}.pdf"'
    return answer


def _printed(document: Document, version: Version) -> bytes:
    kept = getattr(version, "seal", None) or version.signatures.filter(party=Party.CLIENT).first()
    if kept is None:
        return reading_copy(version, document.chosen)
    with kept.pdf.open("rb") as file:
        return bytes(file.read())

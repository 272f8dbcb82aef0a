"""Documents on the desk: written, looked at, sent, followed, countersigned."""

import io
from html import unescape
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rendezvous.agreements import documents, proof
from rendezvous.agreements.access import WITH, own_document
from rendezvous.agreements.beginning import carried_on, first_content
from rendezvous.agreements.changes import changes, shortened
from rendezvous.agreements.checking import fit_words, parts_lacking, problems_of
from rendezvous.agreements.content import Content
from rendezvous.agreements.deposits import awaited_of
from rendezvous.agreements.documents import NotReady, TooLate
from rendezvous.agreements.forms.document import DocumentForm, figure_shown
from rendezvous.agreements.models import Document, DocumentKind, DocumentStatus, Letterhead, Remark, Seal, Version
from rendezvous.agreements.models.document import OPEN, OVER
from rendezvous.agreements.paragraphs import paragraphs
from rendezvous.agreements.printing import sheet_of, text_of, words_of
from rendezvous.agreements.sealed import fingerprint_of, seal_document
from rendezvous.agreements.signing import countersign
from rendezvous.agreements.typesetting import CannotTypeset, drawings, overflow, typeset
from rendezvous.agreements.units import UNITS
from rendezvous.inquiries.access import own_inquiry
from rendezvous.inquiries.channels.web.views import request_key
from rendezvous.inquiries.inbox import page_number
from rendezvous.inquiries.receiving import LONGEST_TEXT, says_something
from rendezvous.inquiries.understanding import notes_of
from rendezvous.practice import clock
from rendezvous.practice.access import DeskRequest, desk
from rendezvous.practice.typed import whole_number

PAGE = 50
STAYS = gettext_lazy("It is signed by both, and stays as it is: to change it, make a new one.")
# What may stand as it is in the address of a picture within the page: such an address compresses well.
PLAIN = " =:/;,.()-_~!*'$+?@"


@desk
@require_GET
def index(request: DeskRequest) -> HttpResponse:
    rows = request.practice.documents.select_related(*WITH).prefetch_related("versions__remarks")
    number = page_number(request)
    found = list(rows.order_by("-created_at", "-pk")[(number - 1) * PAGE : number * PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    followed = {d.inquiry_id for d in found if d.kind == DocumentKind.AGREEMENT and d.status not in OVER}
    turns = [(_whose_turn(d, followed), d) for d in found]
    groups = {name: [d for turn, d in turns if turn == name] for name in ("hers", "theirs", "draft", "over")}
    deposits = list(awaited_of(request.practice)) if number == 1 else []
    context = {"documents": found, **groups, "deposits": deposits, "number": number, "more": more}
    return TemplateResponse(request, "agreements/documents.html", context)


def _whose_turn(document: Document, followed: set[int]) -> str:
    """Who does the next step: she, they, nobody any more. What a contract already follows is over."""
    if document.status == DocumentStatus.DRAFT:
        return "draft"
    if document.status == DocumentStatus.SIGNED:
        return "hers"
    if (
        document.status not in OPEN
        or document.inquiry.ended
        or (document.kind != DocumentKind.AGREEMENT and document.inquiry_id in followed)
    ):
        return "over"
    remarks = [remark for version in document.versions.all() for remark in version.remarks.all()]
    said = bool(remarks) and not remarks[-1].by_owner
    return "hers" if document.status == DocumentStatus.ACCEPTED or document.expired or said else "theirs"


def known_kind(kind: str) -> DocumentKind:
    if kind not in DocumentKind.values:
        raise Http404(kind)
    return DocumentKind(kind)


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: DeskRequest, pk: int, kind: str) -> HttpResponse:
    """GET shows the first words, kept nowhere yet; POST keeps them, and with `send` sends them."""
    inquiry, kind = own_inquiry(request, pk), known_kind(kind)
    if request.method != "POST":
        standing = inquiry.documents.filter(kind=kind, status=DocumentStatus.DRAFT).first()
        if standing:
            return redirect("document_edit", standing.pk)
    form = DocumentForm(kind, first_content(inquiry, kind), request.POST if request.method == "POST" else None)
    unsaved = Document(practice=inquiry.practice, inquiry=inquiry, kind=kind, language=inquiry.language)
    if request.method == "POST" and form.is_valid():
        return _kept(request, documents.write(inquiry, kind, form.made()))
    return _editor(request, unsaved, form)


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: DeskRequest, pk: int) -> HttpResponse:
    document = own_document(request, pk)
    if document.status == DocumentStatus.SEALED and request.method != "POST":
        messages.info(request, str(STAYS))
        return redirect("document", document.pk)
    remarks = Remark.objects.filter(version__document=document, by_owner=False)
    content = carried_on(document)
    if document.draft is None:
        content.because, content.remark = "", remarks.last()
    form = DocumentForm(document.kind, content, request.POST if request.method == "POST" else None, remarks)
    if request.method == "POST" and form.is_valid():
        try:
            documents.rewrite(document, form.made())
        except TooLate:
            form.add_error(None, str(STAYS))
        else:
            return _kept(request, document)
    return _editor(request, document, form)


def _kept(request: DeskRequest, document: Document) -> HttpResponse:
    kept = f"document-{document.inquiry_id}-{document.kind}"
    if "more" in request.POST:
        messages.success(request, "", kept)
        return redirect(reverse("document_edit", args=[document.pk]) + "#lines")
    if "send" not in request.POST:
        messages.success(request, gettext("Kept. Nobody has seen it yet."), kept)
        return redirect("document_edit", document.pk)
    messages.success(request, "", kept)
    return _sent(request, document)


def _editor(request: DeskRequest, document: Document, form: DocumentForm) -> HttpResponse:
    content = form.made() if form.is_bound and form.is_valid() else form.content
    context = {
        "document": document,
        "inquiry": document.inquiry,
        "form": form,
        "units": UNITS.items(),
        "notes": notes_of(document.inquiry),
        "blank": len(form.rows),
        "blank_row": _next_line(form, document),
        "again": document.pk and document.status != DocumentStatus.DRAFT,
        **_look(document, content),
    }
    return TemplateResponse(request, "agreements/editor.html", context, status=422 if form.is_bound else 200)


@desk
@require_POST
def preview(request: DeskRequest, pk: int, kind: str) -> HttpResponse:
    """The page as it would be printed, from what is typed; keeps nothing."""
    inquiry, kind = own_inquiry(request, pk), known_kind(kind)
    document = Document(practice=inquiry.practice, inquiry=inquiry, kind=kind, language=inquiry.language)
    number = request.POST.get("number", "")
    document.number = number if number in inquiry.documents.values_list("number", flat=True) else ""
    form = DocumentForm(kind, Content(), request.POST)
    form.is_valid()
    return TemplateResponse(request, "agreements/_look.html", _look(document, form.made()))


def _next_line(form: DocumentForm, document: Document) -> dict[str, Any]:
    """An empty line with what is usually right: the unit and the rate of the line before, else her usual rate."""
    last = form.rows[-1] if form.rows else {}
    rate = last.get("rate") or figure_shown(str(Letterhead.of(document.practice).vat_rate))
    return {"quantity": "1", "unit": last.get("unit", "package"), "rate": rate}


def _look(document: Document, content: Content) -> dict[str, Any]:
    """The pages as pictures, and what is still to be mended before it may leave."""
    version = content.put_into(Version(document=document))
    lacking = parts_lacking(version)
    try:
        sheet = sheet_of(content, document, at=None, draft=True)
        pages = [quote(page, safe=PLAIN) for page in drawings(sheet)]
        too_long = overflow(sheet) if document.kind == DocumentKind.PROPOSAL else 0
    except CannotTypeset as error:
        return {"document": document, "pages": [], "problems": [fit_words(error)], "lacking": lacking}
    problems = problems_of(version, too_long=too_long)
    return {"document": document, "pages": pages, "problems": problems, "lacking": lacking}


@desk
@require_GET
def document(request: DeskRequest, pk: int) -> HttpResponse:
    return _page(request, own_document(request, pk))


def _page(request: DeskRequest, document: Document, status: int = 200, **more: Any) -> HttpResponse:
    versions = list(document.versions.prefetch_related("remarks", "signatures").select_related("remark", "seal"))
    sent = [version for version in versions if version.sent_at]
    deposit = getattr(document, "deposit", None)
    context = {
        "document": document,
        "inquiry": document.inquiry,
        "versions": list(reversed(versions)),
        "current": sent[-1] if sent else None,
        "draft": document.draft,
        "remarks": _remarks_of(document, versions),
        "about": _last_said(sent[-1]) if sent else None,
        "signatures": list(sent[-1].signatures.all()) if sent else [],
        "seal": getattr(sent[-1], "seal", None) if sent else None,
        "steps": list(document.evidence.all()),
        "contract": _contract_after(document),
        "broken": proof.broken_at(document),
        "deposit": deposit,
        "fingerprint": fingerprint_of(request.practice) if document.status == DocumentStatus.SEALED else "",
        "next_kinds": _next_kinds(document),
        "stamp": clock.now().isoformat(),
        **more,
    }
    return TemplateResponse(request, "agreements/document.html", context, status=status)


def _remarks_of(document: Document, versions: list[Version]) -> list[Remark]:
    """The newest version's first, each with the beginning of the paragraph that it is about."""
    found = []
    for version in reversed(versions):
        beside = paragraphs(text_of(version, document))
        for remark in version.remarks.all():
            if remark.paragraph is not None and remark.paragraph < len(beside):
                remark.beside = Truncator(unescape(strip_tags(beside[remark.paragraph])).strip()).chars(90)
            found.append(remark)
    return found


def _contract_after(document: Document) -> Document | None:
    """The contract that carries a proposal or a quote on, where there is one."""
    if document.kind == DocumentKind.AGREEMENT:
        return None
    return document.inquiry.documents.filter(kind=DocumentKind.AGREEMENT).exclude(status__in=OVER).last()


def _last_said(version: Version) -> Remark | None:
    """What her answer is about, unless she says otherwise: the last that they said of what they now see."""
    return next((remark for remark in reversed(version.remarks.all()) if not remark.by_owner), None)


def _next_kinds(document: Document) -> list[DocumentKind]:
    """What may follow a proposal or a quote; and what is signed by both, when it is agreed anew."""
    if document.kind == DocumentKind.PROPOSAL:
        return [DocumentKind.AGREEMENT, DocumentKind.QUOTE]
    again = document.kind == DocumentKind.QUOTE or document.status == DocumentStatus.SEALED
    return [DocumentKind.AGREEMENT] if again else []


@desk
@require_POST
def send(request: DeskRequest, pk: int) -> HttpResponse:
    return _sent(request, own_document(request, pk))


def _sent(request: DeskRequest, document: Document) -> HttpResponse:
    try:
        documents.send(document)
    except NotReady:
        messages.error(request, gettext("It has not left: first put right what is said below in red."))
        return redirect("document_edit", document.pk)
    except CannotTypeset as error:
        messages.error(request, fit_words(error))
        return redirect("document_edit", document.pk)
    except TooLate:
        messages.info(request, gettext("It was sent already, or is signed by both."))
    else:
        person = document.inquiry.person
        messages.success(
            request,
            gettext("Sent to %(person)s.") % {"person": person.email}
            if person.email
            else gettext("Ready: give them its link."),
        )
    return redirect("document", document.pk)


@desk
@require_POST
def take_back(request: DeskRequest, pk: int) -> HttpResponse:
    document = own_document(request, pk)
    if documents.take_back(document):
        messages.success(request, gettext("Taken back: its page says so, and nothing of it binds anybody."))
    else:
        messages.info(request, gettext("Nothing to take back: it was answered, or is signed by both."))
    return redirect("document", document.pk)


@desk
@require_POST
def discard(request: DeskRequest, pk: int) -> HttpResponse:
    document = own_document(request, pk)
    inquiry = document.inquiry
    gone = document.status == DocumentStatus.DRAFT
    documents.discard(document)
    return redirect("inquiry", inquiry.pk) if gone else redirect("document", document.pk)


@desk
@require_POST
def reply(request: DeskRequest, pk: int) -> HttpResponse:
    """Her answer to a remark: on the page beside it, and by mail. Sent twice from the same page, it leaves once."""
    document = own_document(request, pk)
    version, words = document.sent_version, request.POST.get("words", "")
    if version is None:
        raise Http404("not sent")
    if not says_something(words) or len(words) > LONGEST_TEXT:
        problem = gettext("Write a few words, and not more than a book.")
        return _page(request, document, 422, reply=words, reply_problem=problem)
    about = version.remarks.filter(pk=whole_number(request.POST.get("about", ""), digits=15) or 0).first()
    fields = {"document": str(pk), "words": words, "stamp": request.POST.get("stamp", "")}
    key = request_key(fields, *fields)
    documents.remark(version, words, about.paragraph if about else None, by_owner=True, key=key)
    messages.success(request, gettext("Sent."), f"reply-{document.pk}")
    return redirect("document", document.pk)


@desk
@require_POST
def sign(request: DeskRequest, pk: int) -> HttpResponse:
    document = own_document(request, pk)
    number = whole_number(request.POST.get("version", ""), digits=4) or 0
    try:
        countersign(document, request.member, number=number)
    except TooLate:
        messages.info(request, gettext("Nothing to sign: it was signed already, or they have not signed this version."))
    else:
        messages.success(request, gettext("Signed by both. The sealed copy is on its way to you and to them."))
    return redirect("document", document.pk)


@desk
@require_POST
def seal(request: DeskRequest, pk: int) -> HttpResponse:
    """Tries the sealing again at once; what is sealed already stays as it is."""
    seal_document.enqueue(own_document(request, pk).pk)
    messages.info(request, gettext("The sealed copy is being made; it comes by mail."))
    return redirect("document", pk)


@desk
@require_GET
def pdf(request: DeskRequest, pk: int, number: int) -> HttpResponseBase:
    """A version's PDF: as it was sent, or as it would be, marked as a draft."""
    document = own_document(request, pk)
    version = get_object_or_404(document.versions, number=number)
    name = f"{document.number or document.get_kind_display()}-{number}.pdf"
    if version.sent_at:
        return FileResponse(version.pdf.open("rb"), filename=name, content_type="application/pdf")
    try:
        printed = typeset(sheet_of(version, document, at=None, draft=True))
    except CannotTypeset as error:
        messages.error(request, fit_words(error))
        return redirect("document_edit", document.pk)
    return FileResponse(io.BytesIO(printed.pdf), filename=name, content_type="application/pdf")


@desk
@require_GET
def sealed(request: DeskRequest, pk: int) -> FileResponse:
    document = own_document(request, pk)
    seal = _seal_of(document)
    return FileResponse(seal.pdf.open("rb"), as_attachment=True, filename=f"{document.number}.pdf")


def _seal_of(document: Document) -> Seal:
    seal = Seal.objects.filter(version__document=document).order_by("version__number").last()
    if seal is None:
        raise Http404("not sealed yet")
    return seal


@desk
@require_GET
def compare(request: DeskRequest, pk: int, number: int) -> HttpResponse:
    """What changed in that version, and whose remark caused it."""
    document = own_document(request, pk)
    version = get_object_or_404(document.versions.select_related("remark"), number=number)
    before = document.versions.filter(number__lt=number).order_by("number").last()
    context = {
        "document": document,
        "inquiry": document.inquiry,
        "version": version,
        "before": before,
        "pieces": shortened(changes(words_of(before) if before else "", words_of(version))),
    }
    return TemplateResponse(request, "agreements/compare.html", context)

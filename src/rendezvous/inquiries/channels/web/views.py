"""The stranger's pages: the practice's front door, and the personal page of an inquiry."""

from zoneinfo import ZoneInfo

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from rendezvous.inquiries.access import inquiry_of_link, open_invitation, said_openly
from rendezvous.inquiries.attachments import download
from rendezvous.inquiries.channels.web import spam
from rendezvous.inquiries.channels.web.forms import AddForm, InquiryForm
from rendezvous.inquiries.models import Attachment, Channel, Inquiry
from rendezvous.inquiries.receiving import Words, add_words, receive
from rendezvous.inquiries.understanding import brief_of, told_openly
from rendezvous.inquiries.wording import ASKED_FIRST, missing, missing_words
from rendezvous.practice import clock
from rendezvous.practice.models import Practice

# Nothing here rests on a cookie: a link is all the right that a stranger has, so a forged form can do no more than its
# forger could. That spares strangers cookies, and the error that comes with an expired one.


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def front(request: HttpRequest, slug: str = "") -> HttpResponse:
    practice = get_object_or_404(Practice, slug=slug) if slug else Practice.objects.order_by("pk").first()
    if practice is None:
        return TemplateResponse(request, "inquiries/not_set_up.html", status=503)
    if request.method != "POST":
        return _front_page(request, practice, InquiryForm(initial={"stamp": spam.stamp()}))
    origin = spam.origin_of(request)
    form = InquiryForm(request.POST)
    if spam.floods(origin):
        form.add_error(None, _too_many(practice))
        return _front_page(request, practice, form, status=429)
    if not form.is_valid():
        return _front_page(request, practice, form, status=422)
    sent = form.cleaned_data
    words = Words(sent["words"], Channel.WEB, request_key=request_key(request.POST, "words", "reach", "stamp"))
    aside = spam.suspicion(sent["stamp"], sent["website"], origin)
    inquiry, _new = receive(practice, sent["reach"], words, aside=aside, origin=origin)
    return redirect("personal", inquiry.token)


def _too_many(practice: Practice) -> str:
    return translation.gettext(
        "Too many messages came from your connection; yours was not sent. Please write to %(address)s instead."
    ) % {"address": practice.email}


def _front_page(request: HttpRequest, practice: Practice, form: InquiryForm, status: int = 200) -> HttpResponse:
    return TemplateResponse(request, "inquiries/front.html", {"practice": practice, "form": form}, status=status)


def request_key(fields: "dict[str, str]", *names: str) -> str:
    """The same words sent twice from the same page have the same key; other words, another."""
    content = "\0".join(fields.get(name, "") for name in names)
    return salted_hmac("rendezvous.request", content, algorithm="sha256").hexdigest()[:40]


def in_their_language(request: HttpRequest, inquiry: Inquiry) -> "translation.override":
    """The language in which they wrote, unless they ask for another."""
    asked = request.GET.get("lang", "")
    return translation.override(asked if asked in {"fr", "en"} else inquiry.language)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def personal(request: HttpRequest, token: str) -> HttpResponse:
    inquiry = inquiry_of_link(token)
    with in_their_language(request, inquiry), timezone.override(ZoneInfo(inquiry.practice.timezone)):
        if request.method != "POST":
            return _personal_page(request, inquiry, AddForm(initial={"stamp": spam.stamp()}))
        form = AddForm(request.POST, request.FILES, too_large=getattr(request, "too_large", ""))
        if not form.is_valid():
            return _personal_page(request, inquiry, form, status=422)
        sent = form.cleaned_data
        names = "".join(file.name for file in sent["files"])
        key = request_key({**request.POST.dict(), "names": names, "token": token}, "words", "names", "stamp", "token")
        add_words(inquiry, Words(sent["words"], Channel.PAGE, request_key=key, files=tuple(sent["files"])))
        return redirect(f"{request.path}?added=1")


def _personal_page(request: HttpRequest, inquiry: Inquiry, form: AddForm, status: int = 200) -> HttpResponse:
    brief, told = brief_of(inquiry), told_openly(inquiry)
    context = {
        "nothing_understood": not told,
        "still_missing": missing_words(missing(brief)),
        "inquiry": inquiry,
        "practice": inquiry.practice,
        "form": form,
        "slots": [brief[name] for name in ("who", *ASKED_FIRST) if name in told and not brief[name].corrected],
        "thread": said_openly(inquiry).prefetch_related("attachments"),
        "invitation": open_invitation(inquiry),
        "appointments": inquiry.appointments.filter(status="confirmed", ends_at__gt=clock.now()),
    }
    response = TemplateResponse(request, "inquiries/personal.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response.render()


@require_GET
def personal_file(request: HttpRequest, token: str, pk: int) -> FileResponse:  # noqa: ARG001 (Django's signature)
    attachment = Attachment.objects.filter(message__inquiry=inquiry_of_link(token), pk=pk).first()
    if attachment is None:
        raise Http404("no such file")
    return download(attachment)

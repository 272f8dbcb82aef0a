from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from rendezvous.inquiries import inbox as box
from rendezvous.practice.access import DeskRequest, desk


@desk
@require_GET
def inbox(request: DeskRequest) -> HttpResponse:
    folder = request.GET.get("folder", "now")
    folder = folder if folder in box.FOLDERS else "now"
    words = request.GET.get("q", "").strip()[:200]
    number = box.page_number(request)
    rows = box.search(request.practice, words) if words else box.folder(request.practice, folder)
    page = box.page_of(rows, number)
    counts = box.counts(request.practice)
    context = {
        "page": page,
        "words": words,
        "folder": "" if words else folder,
        "folders": [(name, label, counts.get(name)) for name, label in box.FOLDERS.items()],
        "counts": counts,
        "number": number,
        "front": request.build_absolute_uri("/"),
    }
    part = request.headers.get("HX-Target") == "lines"
    return TemplateResponse(request, "inquiries/_lines.html" if part else "inquiries/inbox.html", context)

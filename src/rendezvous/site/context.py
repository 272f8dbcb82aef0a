"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from rendezvous.inquiries.outbox import mail_is_known_to_work
from rendezvous.practice.models import Member


def around_every_page(request: HttpRequest) -> dict[str, object]:
    member: Member | None = getattr(request, "member", None)
    return {
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "member": member,
        "mail_works": SimpleLazyObject(mail_is_known_to_work),
        "max_file_mb": settings.OPTIONS["max_file_mb"],
        **({"practice": member.practice} if member else {}),
    }

"""Keeping robots out unseen: a signed minimum time, a decoy field, a count by origin. Nobody has to prove anything.

What looks like a robot's is kept and set aside, where the owner may find it; a person sees no difference. Only a flood
is refused, and whenever the counting itself fails, people come in.
"""

import logging
import secrets
from datetime import timedelta
from ipaddress import ip_address

from django.conf import settings
from django.core import signing
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from rendezvous.inquiries.models import Inquiry
from rendezvous.practice import clock

log = logging.getLogger(__name__)

SALT = "rendezvous.form"
# The fastest person who pastes a text needs about this long; robots post at once.
LEAST_TIME = timedelta(seconds=2)
SUSPECT_IN_TEN_MINUTES, REFUSE_IN_AN_HOUR = 5, 40


def stamp() -> str:
    """What the form carries: a nonce and the moment it was shown, signed."""
    return signing.dumps({"n": secrets.token_urlsafe(9), "t": clock.now().timestamp()}, salt=SALT)


def suspicion(stamped: str, decoy: str, origin: str) -> str:
    """Why this looks like a robot's, in one word, or nothing."""
    if decoy:
        return "decoy"
    try:
        shown = signing.loads(stamped, salt=SALT)["t"]
    except (signing.BadSignature, KeyError, TypeError):
        return "no_stamp"
    if clock.now().timestamp() - float(shown) < LEAST_TIME.total_seconds():
        return "too_fast"
    if _recent(origin, timedelta(minutes=10)) >= SUSPECT_IN_TEN_MINUTES:
        return "too_many"
    return ""


def floods(origin: str) -> bool:
    return _recent(origin, timedelta(hours=1)) >= REFUSE_IN_AN_HOUR


def _recent(origin: str, period: timedelta) -> int:
    if not origin:
        return 0
    try:
        return Inquiry.objects.filter(origin=origin, created_at__gte=clock.now() - period).count()
    except DatabaseError:
        log.exception("Counting the messages of one origin failed; the message is let in")
        return 0


def ip_of(request: HttpRequest) -> str | None:
    """The sender's address, as the proxy tells it where there is one; None where it is none."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.OPTIONS["behind_proxy"]:
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or address
    try:
        return str(ip_address(address))
    except ValueError:
        return None


def origin_of(request: HttpRequest) -> str:
    """The day's pseudonym of the sender's address; nothing for this machine itself, which is a proxy or a demo."""
    address = ip_of(request)
    if address is None or ip_address(address).is_loopback:
        return ""
    return salted_hmac(f"rendezvous.origin.{clock.now():%F}", address, algorithm="sha256").hexdigest()[:32]

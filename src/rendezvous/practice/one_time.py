"""One-time links: made, checked, used up."""

import hashlib
import secrets
from datetime import timedelta

from rendezvous.practice import clock
from rendezvous.practice.models import OneTimeLink, User

LASTS = {OneTimeLink.Purpose.SETUP: timedelta(days=7), OneTimeLink.Purpose.PASSWORD: timedelta(hours=24)}


def make(purpose: OneTimeLink.Purpose, user: User | None = None) -> str:
    """A new token. Earlier ones of the same purpose and user open nothing any more."""
    OneTimeLink.objects.filter(purpose=purpose, user=user, used_at=None).delete()
    token = secrets.token_urlsafe(24)
    OneTimeLink.objects.create(
        purpose=purpose, user=user, digest=_digest(token), expires_at=clock.now() + LASTS[purpose]
    )
    return token


def find(purpose: OneTimeLink.Purpose, token: str) -> OneTimeLink | None:
    """The link behind a token, if it may still be used."""
    return OneTimeLink.objects.filter(
        purpose=purpose, digest=_digest(token), used_at=None, expires_at__gt=clock.now()
    ).first()


def use(link: OneTimeLink) -> bool:
    """Uses the link up; False where somebody was first."""
    return OneTimeLink.objects.filter(pk=link.pk, used_at=None).update(used_at=clock.now()) == 1


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

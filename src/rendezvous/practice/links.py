"""Links that nobody can guess: a row's random key and a seal made with the installation's secret.

Nothing that opens a link is stored: the database holds the key, the secret key file holds what seals it. Whoever reads
one of the two alone can open nothing, and a link altered by one character opens nothing.
"""

import base64
import secrets
from typing import ClassVar, TypeVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

# Multiples of three: base64 without padding, in which every character counts.
KEY_BYTES, SEAL_BYTES = 9, 15
KEY_LENGTH = KEY_BYTES * 4 // 3
# With the key, a multiple of five: base32 without padding.
MAIL_SEAL_BYTES = 11


def new_key() -> str:
    return secrets.token_urlsafe(KEY_BYTES)


def seal(purpose: str, key: str) -> str:
    digest = salted_hmac(f"rendezvous.link.{purpose}", key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:SEAL_BYTES]).decode()


class Linked(models.Model):
    """A row that one link opens, and only that link."""

    LINK_PURPOSE: ClassVar[str]

    link_key = models.CharField(max_length=KEY_LENGTH, unique=True, default=new_key, editable=False)

    class Meta:
        abstract = True

    @property
    def token(self) -> str:
        return self.link_key + seal(self.LINK_PURPOSE, self.link_key)

    @property
    def mail_token(self) -> str:
        """What an address carries to bring answers back. Mail servers change the case of letters, hence base32; it is
        seen by whoever sees the mail, hence a seal of its own: it opens no page."""
        key = base64.urlsafe_b64decode(self.link_key)
        return base64.b32encode(key + _mail_seal(self.LINK_PURPOSE, self.link_key)).decode().lower()


def _mail_seal(purpose: str, key: str) -> bytes:
    return salted_hmac(f"rendezvous.mail.{purpose}", key, algorithm="sha256").digest()[:MAIL_SEAL_BYTES]


Row = TypeVar("Row", bound=Linked)


def find_by_mail_token(rows: "models.QuerySet[Row]", token: str) -> Row | None:
    """The row whose address this token stands in, or None."""
    try:
        raw = base64.b32decode(token.upper())
    except ValueError:
        return None
    key = base64.urlsafe_b64encode(raw[:KEY_BYTES]).decode()
    if not constant_time_compare(raw[KEY_BYTES:], _mail_seal(rows.model.LINK_PURPOSE, key)):
        return None
    return rows.filter(link_key=key).first()


def find_by_token(rows: "models.QuerySet[Row]", token: str) -> Row | None:
    """The row that this token opens, or None."""
    key, given = token[:KEY_LENGTH], token[KEY_LENGTH:]
    if not constant_time_compare(given, seal(rows.model.LINK_PURPOSE, key)):
        return None
    return rows.filter(link_key=key).first()


def address(view: str, *args: object) -> str:
    """The public address of a page, for mail."""
    return settings.BASE_URL + reverse(view, args=args)

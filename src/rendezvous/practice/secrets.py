"""What must not be read in a stolen copy of the database: encrypted with the installation's secret key.

Fernet (AES-128-CBC with HMAC-SHA-256); the key derives from the secret key file, which no backup of the database holds.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.crypto import salted_hmac


class CannotDecrypt(Exception):
    """It was encrypted with another secret key."""


def encrypt(data: bytes) -> bytes:
    return _fernet().encrypt(data)


def decrypt(data: bytes | memoryview) -> bytes:
    try:
        return _fernet().decrypt(bytes(data))
    except InvalidToken as error:
        raise CannotDecrypt from error


def _fernet() -> Fernet:
    digest = salted_hmac("rendezvous.secrets", settings.SECRET_KEY, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))

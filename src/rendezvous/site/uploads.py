"""Files that come in: how much of them is read at all."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class BoundedUploadHandler(FileUploadHandler):
    """Lets through what an attachment may weigh; beyond, the rest is read and thrown away, and the form says so.

    The name of a file that was too large is left in `request.too_large`.
    """

    request: HttpRequest

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 (Django's signature)
        self.received += len(raw_data)
        if self.received > settings.OPTIONS["max_file_mb"] * 1024 * 1024:
            self.request.too_large = self.file_name  # type: ignore[attr-defined]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":  # noqa: ARG002 (Django's signature)
        return None

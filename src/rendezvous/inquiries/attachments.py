"""Files that correspondents send: what may be kept, told by its content and not by its name."""

import re
from pathlib import PurePosixPath, PureWindowsPath

import filetype
from django.conf import settings
from django.http import FileResponse
from django.utils.translation import gettext

from rendezvous.inquiries.models import Attachment
from rendezvous.inquiries.receiving import File

# Documents and pictures. Nothing that runs: no program, no archive, no page, no drawing with scripts.
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "doc": "application/msword",
    "rtf": "application/rtf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "heic": "image/heic",
    "avif": "image/avif",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "wav": "audio/x-wav",
}
TEXTS = {
    "txt": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
    "ics": "text/calendar",
    "vcf": "text/vcard",
}


class WrongFile(ValueError):
    """One sentence: which file, and why it cannot be kept."""


def file_limit() -> int:
    return int(settings.OPTIONS["max_file_mb"]) * 1024 * 1024


def too_large(name: str) -> str:
    return gettext("“%(name)s” is larger than %(limit)s MB: please send a link to it instead.") % {
        "name": plain_name(name),
        "limit": settings.OPTIONS["max_file_mb"],
    }


def read_file(name: str, data: bytes) -> File:
    """The file as it will be kept, with the type that its content shows; `WrongFile` for what is not wanted."""
    name = plain_name(name)
    if len(data) > file_limit():
        raise WrongFile(too_large(name))
    if not data:
        raise WrongFile(gettext("“%(name)s” is empty: please choose it again.") % {"name": name})
    content_type = content_type_of(name, data)
    if content_type is None:
        raise WrongFile(
            gettext("“%(name)s” is a kind of file that cannot be sent here: a PDF, a text or a picture can.")
            % {"name": name}
        )
    return File(name, content_type, data)


def content_type_of(name: str, data: bytes) -> str | None:
    """The content's type, or None where it is not one of those kept."""
    guess = filetype.guess(data)
    if guess is not None:
        return KINDS.get(guess.extension)
    suffix = PurePosixPath(name).suffix.lstrip(".").lower()
    return TEXTS.get(suffix) if _is_text(data) else None


def _is_text(data: bytes) -> bool:
    if b"\0" in data:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return not re.search(rb"[\x01-\x08\x0e-\x1f]", data)
    return True


def plain_name(name: str) -> str:
    """The last part of a file's name, without what no name needs."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    return re.sub(r"[^\w .,'()\[\]+-]", "_", last).strip(" .")[-120:] or "file"


def download(attachment: Attachment) -> FileResponse:
    """The file as a download: never shown as a page of this site, whatever is in it."""
    response = FileResponse(
        attachment.file.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.content_type,
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

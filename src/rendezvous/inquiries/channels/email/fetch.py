"""Reading one IMAP folder. Nothing in it is deleted, moved or marked."""

import datetime as dt
import imaplib
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from imap_tools import AND, BaseMailBox, MailBox, MailboxLoginError, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from rendezvous.inquiries.channels.email.deliver import Undeliverable, deliver
from rendezvous.inquiries.models import Mailbox
from rendezvous.reading import UnreadableMessage

log = logging.getLogger(__name__)

# The first time, only what is recent is a request still; her archive is not.
FIRST_DAYS = 14
TIMEOUT = 60


class CannotFetch(OSError):
    """One sentence: which setting to look at."""


@dataclass(frozen=True, slots=True)
class Fetched:
    uid: int
    result: str
    reason: str = ""


def fetch_mail() -> Iterator[Fetched]:
    """Delivers each message that came since the last time, in order; one that cannot be read stops no other."""
    options = settings.OPTIONS
    if not options["imap_host"]:
        raise CannotFetch("No mailbox is set: give RDV_IMAP_HOST, RDV_IMAP_USER and RDV_IMAP_PASSWORD.")
    try:
        with _open() as box:
            yield from _new_messages(box, f"{options['imap_user']}@{options['imap_host']}/{options['imap_folder']}")
    except MailboxLoginError:
        raise CannotFetch("The mailbox refuses RDV_IMAP_USER and RDV_IMAP_PASSWORD.") from None
    except (OSError, ImapToolsError, imaplib.IMAP4.error) as error:
        if isinstance(error, CannotFetch):
            raise
        raise CannotFetch(f"The mailbox {options['imap_host']} does not answer as it should: {error}.") from error


def _open() -> BaseMailBox:
    options = settings.OPTIONS
    kinds = {"tls": MailBox, "starttls": MailBoxStartTls, "none": MailBoxUnencrypted}
    box = kinds[options["imap_security"]](options["imap_host"], options["imap_port"], timeout=TIMEOUT)
    try:
        box.login(options["imap_user"], options["imap_password"], initial_folder=options["imap_folder"])
    except Exception:
        box.client.shutdown()
        raise
    return box


def _new_messages(box: BaseMailBox, name: str) -> Iterator[Fetched]:
    status = box.folder.status(settings.OPTIONS["imap_folder"], ["UIDVALIDITY", "UIDNEXT"])
    place, _created = Mailbox.objects.get_or_create(name=name)
    if place.uid_validity != status["UIDVALIDITY"]:  # RFC 3501, 2.3.1.1: the numbers mean something else now
        place.uid_validity, place.last_uid = status["UIDVALIDITY"], 0
    since = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=FIRST_DAYS)
    criteria = AND(uid=f"{place.last_uid + 1}:*") if place.last_uid else AND(date_gte=since)
    for uid in sorted(int(uid) for uid in box.uids(criteria)):
        if uid <= place.last_uid:  # "n:*" always names the last one, however old
            continue
        yield _fetch_one(box, uid)
        place.last_uid = uid
        place.save()
    place.last_uid = max(place.last_uid, status["UIDNEXT"] - 1)
    place.save()


def _fetch_one(box: BaseMailBox, uid: int) -> Fetched:
    # BODY.PEEK leaves the message unread for its reader, and gives the very bytes that came.
    _status, parts = box.client.uid("FETCH", str(uid), "(BODY.PEEK[])")
    data = next((part[1] for part in parts if isinstance(part, tuple)), None)
    if data is None:
        return Fetched(uid, "gone")
    try:
        return Fetched(uid, deliver(data).result)
    except (UnreadableMessage, Undeliverable) as error:
        log.warning("Message %s of the mailbox was not taken in: %s", uid, error)
        return Fetched(uid, "refused", str(error))

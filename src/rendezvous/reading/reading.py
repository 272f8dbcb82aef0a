"""Reading a message: the one function behind `rdv read` and the inquiry page."""

import datetime as dt
import re

from rendezvous.reading.amounts import find_amounts
from rendezvous.reading.brief import EMPTY, brief_of
from rendezvous.reading.dates import find_dates
from rendezvous.reading.durations import find_durations
from rendezvous.reading.kind import kind_of
from rendezvous.reading.language import language_of
from rendezvous.reading.mail import Mail
from rendezvous.reading.prose import Prose
from rendezvous.reading.quoted import SAID, parts
from rendezvous.reading.scheme import Amount, DateMention, Duration, Reading
from rendezvous.reading.signals import signals
from rendezvous.reading.text import TEXT_LIMIT, blank, fold, split_sentences, tokenize, unwrap

_FORWARDED = re.compile(r"^\s{0,5}(?:tr|fwd?|wg|i)\s{0,2}:", re.IGNORECASE)
_FORM_FIELD = re.compile(
    r"^ {0,8}\*?(?:nom|name|e-?mail|courriel|telephone|tel|phone|societe|company|message|sujet|subject)\*? {0,3}:",
    re.MULTILINE,
)


def read(text: str, date: dt.datetime | dt.date | None = None, *, subject: str = "", recipients: int = 1) -> Reading:
    """What a message says, each claim with its evidence.

    `text` is the decoded body: every position points into it, and every piece of evidence is the passage at its
    position, letter for letter. `date` is the message's own date, on which whatever is relative depends; without it
    relative dates are found but not resolved. The clock is never asked. `recipients` is the number of addressees who
    look like providers. The same arguments always give the same reading; no text makes it fail.

    Only the writer's own words fill the brief and show signals: quoted text, signature and footers do not, except that
    an organisation named in the signature says who is asking. Mentions are listed wherever they stand.
    """
    return _read(text, date, subject=subject, recipients=recipients, automatic=False)


def read_mail(mail: Mail) -> Reading:
    """The reading of a parsed message, with its subject, date and recipients."""
    form = len(_FORM_FIELD.findall(fold(mail.text[:TEXT_LIMIT]))) >= 2
    return _read(
        mail.text,
        mail.date,
        subject=mail.subject,
        recipients=_providers(mail),
        automatic=mail.automatic and not form,
    )


def _read(text: str, date: dt.datetime | dt.date | None, *, subject: str, recipients: int, automatic: bool) -> Reading:
    truncated = len(text) > TEXT_LIMIT
    text = text[:TEXT_LIMIT]
    day = date.date() if isinstance(date, dt.datetime) else date
    offset = date.utcoffset() if isinstance(date, dt.datetime) else None
    hours = None if offset is None else offset.total_seconds() / 3_600
    american = hours is not None and -10 <= hours <= -3

    folded = unwrap(fold(text))
    tokens = tokenize(folded)
    language = language_of(folded)
    amounts = find_amounts(text, folded, tokens)
    dates = find_dates(text, day, folded, tokens, month_first=american and language == "en")
    covered = [(mention.start, mention.end) for mention in dates]
    durations = [d for d in find_durations(text, folded, tokens) if not _inside(d, covered)]
    prose = _prose(
        text,
        folded,
        language,
        forwarded=_FORWARDED.match(subject) is not None,
        amounts=tuple(amounts),
        dates=tuple(dates),
    )
    shown_subject = fold(subject[:1_000])

    brief = brief_of(prose, day, hours)
    kind = kind_of(prose, brief, subject=shown_subject, automatic=automatic)
    seen = signals(prose, brief, subject=shown_subject, recipients=recipients if kind == "prospect" else 1, today=day)
    nothing = kind == "not_a_request"
    return Reading(
        language=language,
        kind=kind,
        brief=EMPTY if nothing else brief,
        signals=() if nothing else seen,
        amounts=tuple(amounts),
        dates=tuple(dates),
        durations=tuple(durations),
        truncated=truncated,
    )


def _prose(
    text: str,
    folded: str,
    language: str,
    *,
    forwarded: bool,
    amounts: tuple[Amount, ...],
    dates: tuple[DateMention, ...],
) -> Prose:
    found = tuple(parts(text, forwarded=forwarded))
    said = blank(folded, [(part.start, part.end) for part in found if part.kind == SAID])
    return Prose(text, said, tuple(split_sentences(text, said)), found, language, amounts, dates)


def _inside(duration: Duration, spans: list[tuple[int, int]]) -> bool:
    return any(start <= duration.start and duration.end <= end for start, end in spans)


# Mailboxes that anybody may have: no sign of a provider.
_PERSONAL_DOMAINS = frozenset(
    "gmail.com googlemail.com hotmail.com hotmail.fr outlook.com outlook.fr live.fr live.com yahoo.com yahoo.fr orange.fr "
    "wanadoo.fr free.fr sfr.fr laposte.net icloud.com me.com proton.me protonmail.com gmx.com gmx.fr aol.com bluewin.ch "
    "skynet.be sympatico.ca".split()
)


def _providers(mail: Mail) -> int:
    """How many addressees look like providers: each domain that is neither the sender's nor a personal mailbox's."""
    own = mail.sender.address.rpartition("@")[2]
    domains = {address.rpartition("@")[2] for address in mail.to}
    return max(1, len(domains - _PERSONAL_DOMAINS - {own, ""}))

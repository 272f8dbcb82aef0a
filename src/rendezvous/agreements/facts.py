"""A version and the two that it stands between, as the facts that the law asks about."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import MISSING, dataclass, fields
from zoneinfo import ZoneInfo

from rendezvous.agreements import law
from rendezvous.agreements.content import PARTIES, Content, total_of
from rendezvous.agreements.models import Document, Letterhead, Version
from rendezvous.practice.typography import FIXED, day


@dataclass(frozen=True, slots=True)
class Parties:
    """Who sends and who receives, as the page names them. Kept with what is sent: a letterhead, a name or an address
    that changes later changes nothing of what somebody reads and signs."""

    practice: str
    email: str
    phone: str
    town: str
    accent: str
    timezone: str
    legal_name: str
    legal_form: str
    siret: str
    registration: str
    capital: str
    vat_number: str
    regime: str
    address: str
    country: str
    payment_days: int
    late_rate: str
    person: str
    organisation: str
    # Added since versions were first kept: those that were sent before know nothing of it.
    mediator: str = ""

    @property
    def name(self) -> str:
        return self.legal_name or self.practice

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


ALWAYS_KEPT = frozenset(field.name for field in fields(Parties) if field.default is MISSING)
OF_LETTERHEAD = ("legal_name", "legal_form", "siret", "registration", "capital", "vat_number", "regime", "address",
                 "country", "payment_days", "late_rate", "mediator")  # fmt: skip


def parties_now(document: Document) -> Parties:
    """As they are today; of a letterhead that she has not filled in, what it says by itself."""
    practice, person = document.practice, document.inquiry.person
    letterhead: Letterhead = getattr(practice, "letterhead", None) or Letterhead(practice=practice)
    return Parties(
        practice=practice.name,
        email=practice.email,
        phone=practice.phone,
        town=practice.place,
        accent=practice.colour.day,
        timezone=practice.timezone,
        person=str(person),
        organisation=str(person.organisation or ""),
        **{name: getattr(letterhead, name) for name in OF_LETTERHEAD},
    )


def parties_of(version: Version | Content, document: Document) -> Parties:
    """As they were when the version was sent; as they are, while it is written."""
    kept = version.terms.get(PARTIES) if isinstance(version, Version) and version.sent_at else None
    return Parties(**kept) if kept and set(kept) >= ALWAYS_KEPT else parties_now(document)


def facts_of(version: Version | Content, document: Document, chosen: Sequence[str] = ()) -> law.Facts:
    parties, client, terms = parties_of(version, document), version.client, version.terms
    days = terms.get("payment_days", parties.payment_days)
    return law.Facts(
        kind=document.kind,  # type: ignore[arg-type]
        name=parties.name,
        legal_form=parties.legal_form,
        siret=parties.siret,
        registration=parties.registration,
        capital=parties.capital,
        vat_number=parties.vat_number,
        regime=str(terms.get("regime") or parties.regime),
        address=parties.address,
        country=parties.country,
        client_name=str(client.get("name", "")),
        client_address=str(client.get("address", "")),
        client_country=str(client.get("country") or "FR"),
        client_vat_number=str(client.get("vat_number", "")),
        client_business=bool(client.get("business", True)),
        mediator=parties.mediator,
        words=bool(version.text.strip()),
        lines=len(version.lines),
        valid_until=full_day(version.valid_until) if version.valid_until else "",
        payment_days=int(days) if str(days).isdigit() else None,
        late_rate=parties.late_rate,
        deposit=bool(version.lines and total_of(version, chosen).deposit),
        rights=version.rights,
        assigns=any(version.rights.values()) or any(f"{{{name}}}" in version.text for name in law.RIGHTS),
    )


def full_day(moment: dt.date | dt.datetime) -> str:
    """ "15 mars 2027": with its year, for it is read again years later."""
    return day(moment, year=True).split(FIXED, 1)[1]

"""A version and its letterhead as the facts that the law asks about."""

import datetime as dt

from rendezvous.agreements import law
from rendezvous.agreements.content import Content, total_of
from rendezvous.agreements.models import Document, Letterhead, Version
from rendezvous.practice.typography import short_day


def letterhead_of(document: Document) -> Letterhead:
    """Hers, or an empty one where she has said nothing yet."""
    found: Letterhead | None = getattr(document.practice, "letterhead", None)
    return found or Letterhead(practice=document.practice)


def facts_of(version: Version | Content, document: Document) -> law.Facts:
    letterhead, client, terms = letterhead_of(document), version.client, version.terms
    days = terms.get("payment_days", letterhead.payment_days)
    return law.Facts(
        kind=document.kind,  # type: ignore[arg-type]
        name=letterhead.legal_name or document.practice.name,
        legal_form=letterhead.legal_form,
        siret=letterhead.siret,
        registration=letterhead.registration,
        capital=letterhead.capital,
        vat_number=letterhead.vat_number,
        regime=str(terms.get("regime") or letterhead.regime),
        address=letterhead.address,
        country=letterhead.country,
        client_name=str(client.get("name", "")),
        client_address=str(client.get("address", "")),
        client_country=str(client.get("country") or "FR"),
        client_vat_number=str(client.get("vat_number", "")),
        client_business=bool(client.get("business", True)),
        words=bool(version.text.strip()),
        lines=len(version.lines),
        valid_until=_date(version.valid_until),
        payment_days=int(days) if str(days).isdigit() else None,
        late_rate=letterhead.late_rate,
        deposit=bool(version.lines and total_of(version).deposit),
        rights=version.rights,
    )


def _date(day: dt.date | None) -> str:
    return short_day(day) if day else ""

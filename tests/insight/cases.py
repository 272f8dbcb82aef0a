"""What happened to whom: feelings, meetings, work and pages, without the pages that note them."""

import datetime as dt
import itertools

from rendezvous.agreements.models import Document, Outcome, Signature, Version
from rendezvous.appointments.models import Appointment, Meeting
from rendezvous.people.models import Person
from rendezvous.practice import clock

_numbers = itertools.count(1)
DAY = dt.timedelta(days=1)


def case(practice, result="", felt=None, *, model=None, after=None, friend=False, amount=None, **more):
    """An inquiry with what was said of it, ended where it has a result."""
    person = Person.objects.create(practice=practice, name=f"Personne {next(_numbers)}", not_business=friend)
    stage = "ended" if result else "talking"
    inquiry = practice.inquiries.create(person=person, channel="web", **{"stage": stage, **more})
    before = clock.now() - DAY
    if felt is not None:
        inquiry.forecasts.create(by="gut", probability=felt / 100, made_at=before)
    if model is not None:
        inquiry.forecasts.create(by="model", probability=model / 100, low=0, high=1, cases=9, made_at=before)
    if after is not None:
        inquiry.forecasts.create(by="gut", occasion="meeting", probability=after / 100, made_at=before)
    if result:
        Outcome.objects.create(inquiry=inquiry, result=result, amount=amount)
    return inquiry


def meet(
    practice, inquiry=None, *, lasted=60, agreed=None, way=0, mode="in_person", days_ago=None, person=None, **more
):
    """A past meeting of so many minutes; without `lasted` its end was not noted."""
    start = clock.now().replace(microsecond=0) - dt.timedelta(days=days_ago or next(_numbers) + 1)
    end = start + dt.timedelta(minutes=60)
    appointment = Appointment.objects.create(
        practice=practice,
        member=practice.members.get(role="owner"),
        person=person or (inquiry.person if inquiry else Person.objects.create(practice=practice, name="Confrère")),
        inquiry=inquiry,
        mode=mode,
        starts_at=start,
        ends_at=end,
        blocked_from=start - dt.timedelta(minutes=way),
        blocked_until=end + dt.timedelta(minutes=max(way, 15)),
        **more,
    )
    if lasted is not None:
        asked = True if agreed else None
        over = start + dt.timedelta(minutes=lasted)
        Meeting.objects.create(
            appointment=appointment, began_at=start, ended_at=over, asked=asked, agreed_minutes=agreed
        )
    return appointment


def send(inquiry, kind="proposal", *, pages=1, versions=1, sent_at=None, status="sent"):
    """A document whose versions were all sent."""
    document = Document.objects.create(
        practice=inquiry.practice, inquiry=inquiry, kind=kind, status=status, number=f"X-{next(_numbers)}"
    )
    for number in range(1, versions + 1):
        Version.objects.create(
            document=document, number=number, sent_at=sent_at or clock.now() - DAY, pages=pages, sha256="0" * 64
        )
    return document


def signed_by_both(document, at=None):
    at = at or clock.now()
    for party in ("client", "practice"):
        Signature.objects.create(version=document.sent_version, party=party, name="Elle", sha256="0" * 64, at=at)
    Document.objects.filter(pk=document.pk).update(status="sealed")

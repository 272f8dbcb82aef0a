"""The inbox and its search with 100,000 inquiries: milliseconds and queries a page.

On SQLite:      python benchmarks/inbox.py
On PostgreSQL:  python -m tests.postgres python benchmarks/inbox.py
"""

import datetime as dt
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from installation import engine, open_practice

INQUIRIES = 100_000
OPEN = 60
PAGES = {
    "inbox": "/bureau/",
    "waiting": "/bureau/?folder=waiting",
    "ended": "/bureau/?folder=ended",
    "ended, page 900": "/bureau/?folder=ended&page=900",
    "search, common": "/bureau/?q=pharmacie",
    "search, rare": "/bureau/?q=introuvable",
}


def main():
    practice = open_practice()
    fill(practice)
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings

    with override_settings(ALLOWED_HOSTS=["testserver"]):
        client = Client()
        client.force_login(practice.members.get().user, backend="allauth.account.auth_backends.AuthenticationBackend")
        for name, path in PAGES.items():
            client.get(path)
            times = []
            for _round in range(15):
                began = time.perf_counter()
                assert client.get(path).status_code == 200
                times.append(time.perf_counter() - began)
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            print(f"{engine()}: {name:<18} median {statistics.median(times) * 1000:6.1f} ms, {len(queries)} queries")


def fill(practice):
    from django.utils import timezone

    from rendezvous.inquiries.models import BriefSlot, Inquiry
    from rendezvous.people.models import Person

    draw = random.Random(1)
    now = timezone.now()
    people = Person.objects.bulk_create(
        Person(practice=practice, email=f"p{n}@example.org", name=f"Personne {n}") for n in range(INQUIRIES // 10)
    )
    trades = ["pharmacie", "librairie", "menuiserie", "garage", "musée", "cave", "école", "théâtre"]
    rows = []
    for number in range(INQUIRIES):
        opened = number < OPEN
        waiting = OPEN <= number < 10 * OPEN
        at = now - dt.timedelta(minutes=7 * number)
        rows.append(
            Inquiry(
                practice=practice,
                person=draw.choice(people),
                channel="web",
                stage="new" if opened else "asked" if waiting else "ended",
                need="decide" if opened else "silence" if waiting else "",
                need_at=at if opened else now + dt.timedelta(days=3) if waiting else None,
                search=f"{draw.choice(trades)} a lyon, {number} pages, budget de {draw.randint(3, 90)}00 euros " * 6,
                created_at=at,
            )
        )
    Inquiry.objects.bulk_create(rows, batch_size=2000)
    evidence = [{"text": "une pharmacie à Lyon", "start": 0, "end": 20, "rule": "x"}]
    BriefSlot.objects.bulk_create(
        (
            BriefSlot(inquiry=row, name=name, source="reading", stated=True, evidence=evidence)
            for row in rows[: 20 * OPEN]
            for name in ("who", "deliverable", "budget")
        ),
        batch_size=2000,
    )


if __name__ == "__main__":
    main()

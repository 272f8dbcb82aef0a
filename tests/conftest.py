"""The same cast in all tests: Maud owns the practice, Rémi may read it, Sacha has another practice and must see nothing."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pytest

USES_DATABASE = {"db", "transactional_db", "live_server", "cast"}


def pytest_collection_modifyitems(items):
    for item in items:
        if USES_DATABASE & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)


@dataclass
class Cast:
    practice: "Practice"  # noqa: F821
    owner: "Member"  # noqa: F821
    reader: "Member"  # noqa: F821
    stranger: "Member"  # noqa: F821


def make_cast():
    from rendezvous.practice.models import Member, Role, User
    from rendezvous.practice.setting_up import set_up

    owner = set_up("Maud Estève", "maud@esteve.example", "un mot de passe long")
    owner.practice.trade = "Rédactrice"
    owner.practice.usual_value = 2500
    owner.practice.save()
    remi = User.objects.create_user("remi@lecture.example", "un mot de passe long", name="Rémi Lecture")
    reader = Member.objects.create(practice=owner.practice, user=remi, role=Role.READER)
    stranger = set_up("Sacha Ailleurs", "sacha@ailleurs.example", "un mot de passe long")
    return Cast(owner.practice, owner, reader, stranger)


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def practice(cast):
    return cast.practice


def signed_in(member):
    from django.test import Client

    client = Client()
    client.force_login(member.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def desk(cast):
    """A browser in which Maud is signed in."""
    return signed_in(cast.owner)


@pytest.fixture
def browser():
    """A stranger's browser."""
    from django.test import Client

    return Client(enforce_csrf_checks=True)


PARIS = ZoneInfo("Europe/Paris")


def next_weekday(weekday, hour, minute=0, *, weeks=1):
    """A time on the first such weekday that lies at least so many weeks ahead, on the clock of Paris."""
    today = dt.datetime.now(PARIS).date() + dt.timedelta(weeks=weeks)
    day = today + dt.timedelta(days=(weekday - today.weekday()) % 7)
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=PARIS)


def run_tasks():
    """Does all background work that is due, as the worker does."""
    from django_tasks_db.management.commands.db_worker import Worker

    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="tests",
        excluded_queue_names=[],
    ).run()


def let_pass(seconds):
    """Lets time pass for what waits in the outbox."""
    from django.db.models import F
    from django_tasks_db.models import DBTaskResult

    from rendezvous.inquiries.models import OutgoingMail

    step = dt.timedelta(seconds=seconds)
    OutgoingMail.objects.update(due_at=F("due_at") - step, created_at=F("created_at") - step)
    DBTaskResult.objects.update(run_after=F("run_after") - step)

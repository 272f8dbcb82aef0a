"""The same cast in all tests: Maud owns the practice, Rémi may read it, Sacha has another practice and must see nothing.

And what they do: write, invite, book, wait.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import F
from django.test import Client
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from rendezvous.inquiries.answering import invite
from rendezvous.inquiries.channels.web.spam import stamp
from rendezvous.inquiries.drafting import open_draft
from rendezvous.inquiries.models import Channel, OutgoingMail
from rendezvous.inquiries.receiving import Words, receive
from rendezvous.people.contact import Contact
from rendezvous.practice import clock
from rendezvous.practice.models import Member, Practice, Role, User
from rendezvous.practice.setting_up import set_up

PARIS = ZoneInfo("Europe/Paris")
PASSWORD = "un mot de passe long"
WORDS = (
    "Bonjour,\n\nNous sommes une pharmacie à Lyon et nous voulons refaire les textes de notre site, 20 pages. "
    "Budget : 4 000 à 5 000 € HT. Il faudrait que ce soit prêt avant le 15 mars.\n\nMerci d’avance,\nAnne Vidal"
)
ANNE = "anne.vidal@pharmacie.example"


@dataclass
class Cast:
    practice: Practice
    owner: Member
    reader: Member
    stranger: Member


def make_cast() -> Cast:
    owner = set_up("Maud Estève", "maud@esteve.example", PASSWORD)
    owner.practice.trade = "Rédactrice"
    owner.practice.usual_value = 2500
    owner.practice.save()
    remi = User.objects.create_user("remi@lecture.example", PASSWORD, name="Rémi Lecture")
    reader = Member.objects.create(practice=owner.practice, user=remi, role=Role.READER)
    stranger = set_up("Sacha Ailleurs", "sacha@ailleurs.example", PASSWORD)
    return Cast(owner.practice, owner, reader, stranger)


def signed_in(member):
    client = Client()
    client.force_login(member.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def old_stamp(seconds=60):
    """The stamp of a form that a person has had before her eyes for a while."""
    with clock.at(clock.now() - dt.timedelta(seconds=seconds)):
        return stamp()


def write(browser, words=WORDS, reach=ANNE, **more):
    """Fills in the public page and sends it."""
    return browser.post("/", {"words": words, "reach": reach, "website": "", "stamp": old_stamp(), **more})


def inquire(practice, text=WORDS, email=ANNE, **more):
    """An inquiry as if it had come in by the public page."""
    inquiry, _new = receive(practice, Contact(email=email), Words(text, Channel.WEB), **more)
    return inquiry


def invite_to(inquiry, action="call", minutes=60, place="", mode=""):
    """An open invitation, without the letter that carries it."""
    draft = open_draft(inquiry, action)
    draft.minutes, draft.place = minutes, place
    draft.mode = mode or draft.mode
    return invite(inquiry, draft)


def next_weekday(weekday, hour, minute=0, *, weeks=1):
    """A time on the first such weekday that lies at least so many weeks ahead, on the clock of Paris."""
    today = dt.datetime.now(PARIS).date() + dt.timedelta(weeks=weeks)
    day = today + dt.timedelta(days=(weekday - today.weekday()) % 7)
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=PARIS)


def run_tasks():
    """Does all background work that is due, as the worker does."""
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="tests",
        excluded_queue_names=[],
    )
    # Not its own loop, which opens transactions of its own: a test runs within one.
    while task := DBTaskResult.objects.ready().first():
        task.claim("tests")
        worker.run_task(task)


def let_pass(seconds):
    """Lets time pass for what waits in the outbox."""
    step = dt.timedelta(seconds=seconds)
    OutgoingMail.objects.update(due_at=F("due_at") - step, created_at=F("created_at") - step)
    # Without a time of its own, a task carries one at the end of all times.
    DBTaskResult.objects.filter(run_after__year__lt=9000).update(run_after=F("run_after") - step)


def mails_to(address):
    return list(OutgoingMail.objects.filter(recipient=address).order_by("pk"))

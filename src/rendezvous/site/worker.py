"""Background work beside the pages: django-tasks' worker, and the clock that enqueues what comes round."""

import logging
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from rendezvous.appointments.reminding import remind
from rendezvous.inquiries.channels.email.fetch import CannotFetch, fetch_mail
from rendezvous.inquiries.outbox import wake_forgotten
from rendezvous.practice import clock

log = logging.getLogger(__name__)

RESTART_SECONDS = 5
CLOCK_SECONDS = 60
FETCH_EVERY = 5  # rounds of the clock


class Background:
    """A worker and a clock, each in a thread that starts again whatever stops it."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._worker: Worker | None = None

    def start(self) -> None:
        for loop in (self._work, self._tick):
            threading.Thread(target=self._for_ever, args=(loop,), daemon=True, name=loop.__name__).start()

    def stop(self) -> None:
        self._stopping.set()
        if self._worker:
            self._worker.running = False

    def _for_ever(self, loop: Callable[[], None]) -> None:
        while not self._stopping.is_set():
            try:
                loop()
            except Exception:  # whatever stopped it is told, and the mail of tomorrow leaves all the same
                log.exception("Background work stopped; it starts again in %s seconds", RESTART_SECONDS)
                self._stopping.wait(RESTART_SECONDS)

    def _work(self) -> None:
        self._worker = Worker(
            queue_names=["*"],
            interval=1,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        self._worker.run()

    def _tick(self) -> None:
        rounds = 0
        while not self._stopping.wait(CLOCK_SECONDS if rounds else 1):
            close_old_connections()
            wake_forgotten()
            remind(clock.now())
            if settings.OPTIONS["imap_host"] and rounds % FETCH_EVERY == 0:
                self._fetch()
            rounds += 1

    def _fetch(self) -> None:
        try:
            for _message in fetch_mail():
                time.sleep(0)  # let the worker send between two messages
        except CannotFetch as error:
            log.warning("%s", error)

"""The present moment. Everything that needs it asks here, so that a test or the demo can live at another one."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_set_to: ContextVar[dt.datetime | None] = ContextVar("clock", default=None)


def now() -> dt.datetime:
    """The moment it is, aware, in UTC."""
    return _set_to.get() or timezone.now()


def today() -> dt.date:
    """The day it is in the zone that is active."""
    return timezone.localdate(now())


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Within it, this is the present moment."""
    token = _set_to.set(moment.astimezone(dt.UTC))
    try:
        yield
    finally:
        _set_to.reset(token)

"""Fixtures for all tests. Helpers are imported late: a test of a pure package must not need Django."""

import pytest

USES_DATABASE = {"db", "transactional_db", "live_server", "cast"}


def pytest_collection_modifyitems(items):
    for item in items:
        if USES_DATABASE & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)


@pytest.fixture(autouse=True)
def no_attempts_counted():
    """Wrong passwords of one test do not slow down the next."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def cast(db):
    from tests.cast import make_cast

    return make_cast()


@pytest.fixture
def practice(cast):
    return cast.practice


@pytest.fixture
def desk(cast):
    """A browser in which Maud is signed in."""
    from tests.cast import signed_in

    return signed_in(cast.owner)


@pytest.fixture
def browser():
    """A stranger's browser."""
    from django.test import Client

    return Client(enforce_csrf_checks=True)


@pytest.fixture
def inquiry(practice):
    from tests.cast import inquire

    return inquire(practice)


@pytest.fixture
def invitation(inquiry):
    from tests.cast import invite_to

    return invite_to(inquiry)

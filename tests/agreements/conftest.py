"""Documents at each point of their life. What happens to them in between is in papers.py."""

import pytest


@pytest.fixture
def letterhead(practice):
    from rendezvous.agreements.models import Letterhead

    return Letterhead.objects.create(
        practice=practice, legal_name="Maud Estève", siret="73282932000074", address="12 rue des Lilas\n13001 Marseille",
        iban="FR7630006000011234567890189", trade="copywriter",
    )  # fmt: skip


@pytest.fixture
def proposal(inquiry, letterhead):
    """A proposal of hers that they may read."""
    from tests.agreements.papers import sent

    return sent(inquiry, "proposal")


@pytest.fixture
def quote(inquiry, letterhead):
    from tests.agreements.papers import sent

    return sent(inquiry, "quote")


@pytest.fixture
def contract(inquiry, letterhead):
    from tests.agreements.papers import sent

    return sent(inquiry)


@pytest.fixture
def open_options(inquiry, letterhead):
    """A contract with an option that they may tick: 300 € beside 2 400 €."""
    from tests.agreements.papers import WITH_OPTION, sent

    return sent(inquiry, lines=WITH_OPTION)


@pytest.fixture
def english(cast):
    """Maud's desk in English, the language of the code."""
    from tests.cast import signed_in

    cast.owner.user.language = "en"
    cast.owner.user.save()
    return signed_in(cast.owner)

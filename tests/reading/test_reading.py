"""Reading any text at all: it never fails, and claims nothing that is not there."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rendezvous.reading import KINDS, LANGUAGES, SIGNALS, SLOTS, TEXT_LIMIT, read

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
PIECES = st.sampled_from(
    ["Bonjour, ", "Hello, ", "Nous sommes une librairie à Brest. ", "budget : 4 à 5 k€ HT ", "avant le 15 mars ", "un site de 20 pages ",
     "Merci d'avance\n", "> cité\n", "Le 3 mars, Ana a écrit :\n", "\n\n", "-- \nAna", "on peut se voir à Lyon ? ", "gratuit ", "\x00", "😀", "’"]
)  # fmt: skip


def claims(reading):
    yield from (*reading.amounts, *reading.dates, *reading.durations)
    for slot in reading.brief.values():
        yield from slot.evidence
    for signal in reading.signals:
        yield from signal.evidence


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
@settings(max_examples=300)
def test_whatever_is_written_every_claim_quotes_it(text):
    reading = read(text, NOW)
    assert all(claim.text == text[claim.start : claim.end] != "" for claim in claims(reading))
    assert reading.language in LANGUAGES
    assert reading.kind in KINDS
    assert list(reading.brief) == list(SLOTS)
    assert {signal.name for signal in reading.signals} <= set(SIGNALS)


@given(st.lists(PIECES).map("".join))
def test_a_slot_is_stated_exactly_when_it_has_evidence(text):
    assert all(slot.stated == bool(slot.evidence) for slot in read(text, NOW).brief.values())


@given(st.lists(PIECES).map("".join))
def test_the_same_message_is_always_read_the_same(text):
    assert read(text, NOW) == read(text, NOW)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n", "\x00", "😀😀", "…", "?" * 1000, "a" * 5000, "1" * 5000, "1 " * 5000, "> " * 3000, "(" * 3000],
)
def test_odd_texts_state_nothing(text):
    assert not any(slot.stated for slot in read(text, NOW).brief.values())


def test_a_text_beyond_the_limit_says_that_its_end_was_not_read():
    reading = read("Bonjour. " * (TEXT_LIMIT // 9 + 10), NOW)
    assert reading.truncated
    assert reading.as_dict()["truncated"] is True


def test_without_a_date_what_needs_one_is_left_open():
    deadline = read("Il nous faut un site pour vendredi prochain.").brief["deadline"]
    assert deadline.values.get("date") is None


def test_what_is_no_request_claims_nothing_of_a_need():
    reading = read("Boostez vos ventes ! Cliquez ici pour une démo gratuite. Se désabonner de cette newsletter.", NOW)
    assert reading.kind == "not_a_request"
    assert reading.signals == ()
    assert not any(slot.stated for slot in reading.brief.values())


def test_several_addressees_are_a_sign_of_shopping_around():
    reading = read("Bonjour, un site de 12 pages ? Merci, Luc", NOW, recipients=4)
    assert "shopping_around" in [signal.name for signal in reading.signals]


def test_what_is_quoted_of_an_earlier_mail_is_not_read():
    text = (
        "D'accord pour mardi.\n\nLe 1 mars 2026, Maud a écrit :\n> Votre budget est-il de 3 000 € ?\n> Pour le 15 mai ?"
    )
    assert not read(text, NOW).brief["budget"].stated


def test_the_row_is_what_json_can_carry():
    import json

    row = read("Budget de 0,12 € le mot, pour le 15 mai.", NOW).as_dict()
    assert json.loads(json.dumps(row)) == row
    assert (row["brief"]["budget"]["min"], row["brief"]["budget"]["per"]) == (0.12, "word")

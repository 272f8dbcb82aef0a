"""Whole messages, each read as a careful reader would read it."""

import pytest

from rendezvous.reading import SIGNALS, SLOT_VALUES, SLOTS, read
from tests.reading import corpus_en, corpus_fr, corpus_odd

MESSAGES = (*corpus_fr.MESSAGES, *corpus_en.MESSAGES, *corpus_odd.MESSAGES)
every_message = pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.name)


def reading_of(message):
    return read(message.text, message.when, subject=message.subject, recipients=message.recipients)


def overlap(found, wanted):
    """Shared words over all words of the shorter passage: 1.0 where one lies within the other."""
    a, b = ({word.strip(".,;:!?()") for word in text.lower().split()} for text in (found, wanted))
    return len(a & b) / max(1, min(len(a), len(b)))


def differences(message):
    """What is read otherwise than it should be, by the name of the slot or signal."""
    reading, wanted = reading_of(message), message.slots
    wrong = {name for name in SLOTS if reading.brief[name].stated != (name in wanted)}
    wrong |= set(message.signals.split()) ^ {signal.name for signal in reading.signals}
    for name in set(wanted) - wrong:
        wrong |= _other_values(reading.as_dict()["brief"][name], name, wanted[name])
    if reading.kind != message.kind:
        wrong.add("kind")
    return wrong


def _other_values(row, name, wanted):
    evidence = wanted["evidence"] if isinstance(wanted, dict) else wanted
    wrong = {name} if overlap(" ".join(row["evidence"]), evidence) < 0.5 else set()
    return wrong | {
        key if key == "place" else name
        for key in SLOT_VALUES.get(name, ())
        if _plain(row[key]) != _plain(wanted.get(key) if isinstance(wanted, dict) else None)
    }


def _plain(value):
    return float(value) if isinstance(value, int | float) else value


@every_message
def test_it_is_read_as_a_careful_reader_reads_it(message):
    assert differences(message) == set(message.missed.split())


@every_message
def test_its_language_is_told(message):
    assert reading_of(message).language == message.language


@every_message
def test_every_claim_quotes_the_message_letter_for_letter(message):
    reading = reading_of(message)
    claims = [*reading.amounts, *reading.dates, *reading.durations]
    claims += [piece for slot in reading.brief.values() for piece in slot.evidence]
    claims += [piece for signal in reading.signals for piece in signal.evidence]
    assert [claim.text for claim in claims] == [message.text[claim.start : claim.end] for claim in claims]


def test_the_corpus_speaks_of_every_slot_and_signal():
    assert {name for message in MESSAGES for name in message.slots} == set(SLOTS)
    assert {name for message in MESSAGES for name in message.signals.split()} == set(SIGNALS)

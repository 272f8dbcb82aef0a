"""A chain of evidence: whatever is altered, removed, slipped in or moved is found, at its first trace."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendezvous.agreements.evidence import NotEvidence, broken_at, from_json, next_step, to_json

AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
DATA = st.dictionaries(st.text(max_size=8), VALUES, max_size=4)


def chain_of(datas):
    steps = []
    for number, data in enumerate(datas):
        at = AT + dt.timedelta(minutes=number)
        steps.append(next_step(steps[-1] if steps else None, at, "noted", data))
    return steps


CHAINS = st.lists(DATA, min_size=2, max_size=6).map(chain_of)


@given(CHAINS)
def test_a_chain_holds_and_comes_back_from_its_file_as_it_was(steps):
    back = from_json(to_json(steps, document="C-2026-001"))
    assert back == steps
    assert broken_at(back) is None


def test_no_steps_are_no_broken_ones():
    assert broken_at([]) is None


@pytest.mark.parametrize(
    "change",
    [
        {"what": "refused"}, {"data": {"name": "Somebody"}}, {"at": AT + dt.timedelta(microseconds=1)}, {"number": 9},
        {"previous": "1" * 64}, {"hash": "1" * 64},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_altered_step_is_found(change, place):
    steps = chain_of([{"name": "Anne"}, {"name": "Maud"}, {}])
    steps[place] = replace(steps[place], **change)
    assert broken_at(steps) == place + 1


@given(CHAINS, st.data())
def test_a_removed_step_is_found_where_it_was(steps, data):
    place = data.draw(st.integers(0, len(steps) - 2))  # the last one: what follows cannot tell, the seal does
    assert broken_at(steps[:place] + steps[place + 1 :]) == place + 1


@given(CHAINS, st.data())
def test_a_step_slipped_in_is_found(steps, data):
    place = data.draw(st.integers(1, len(steps) - 1))
    before = steps[place - 1]
    slipped = next_step(before, before.at, "noted", {"slipped": True})
    assert broken_at([*steps[:place], slipped, *steps[place:]]) == place + 2


@given(CHAINS, st.data())
def test_two_steps_that_changed_places_are_found(steps, data):
    first = data.draw(st.integers(0, len(steps) - 2))
    second = data.draw(st.integers(first + 1, len(steps) - 1))
    moved = list(steps)
    moved[first], moved[second] = moved[second], moved[first]
    assert broken_at(moved) == first + 1


def test_a_forged_step_with_a_digest_that_fits_breaks_the_next():
    steps = chain_of([{"name": "Anne"}, {"name": "Maud"}])
    steps[0] = next_step(None, steps[0].at, "noted", {"name": "Somebody"})
    assert broken_at(steps) == 2


def test_the_zone_in_which_a_moment_is_told_does_not_matter():
    paris = dt.timezone(dt.timedelta(hours=1))
    [step] = chain_of([{}])
    assert next_step(None, AT.astimezone(paris), "noted", {}).hash == step.hash


def rows(**changes):
    [row] = json.loads(to_json(chain_of([{}])))["steps"]
    return json.dumps({"steps": [{**row, **changes}]}).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"[]", b"{}", b"null", b'{"steps": 3}', b'{"steps": [3]}', b'{"steps": [{}]}', b"\xff\xfe", b"[" * 90_000,
        b'{"steps": [' + b"[" * 5000, b"x" * 1_000_001, rows(number="x"), rows(data=[]), rows(at="today"), rows(at=3),
        rows(at="2026-11-24T09:30:00"), rows(at="0001-01-01T00:00:00+14:00"), rows(number="9" * 5000),
        rows().replace(b'"number": 1', b'"number": 1e999'),
    ],
    ids=range(20),
)  # fmt: skip
def test_what_is_no_chain_is_told_so(data):
    with pytest.raises(NotEvidence):
        from_json(data)


@given(st.binary(max_size=200) | VALUES.map(lambda value: json.dumps({"steps": value}).encode()))
def test_any_file_at_all_is_a_chain_or_told_not_to_be(data):
    try:
        steps = from_json(data)
    except NotEvidence:
        return
    assert broken_at(steps) in {None, *range(1, len(steps) + 1)}

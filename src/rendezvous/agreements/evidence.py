"""A chain of evidence: each step holds the digest of the one before; none can be altered, removed or slipped in.

Pure values. The digest is SHA-256 (FIPS 180-4) over a canonical JSON text: keys sorted, no spaces, UTF-8, as RFC 8785
has it (figures here are whole numbers, where both agree).
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

FIRST = "0" * 64
# A contract's life is a few dozen steps of a few hundred bytes.
MOST_BYTES = 1_000_000


class NotEvidence(ValueError):
    """It is no chain of evidence."""


@dataclass(frozen=True, slots=True)
class Step:
    """`at` is in UTC; `data` is JSON; `previous` is the hash of the step before (of zeros for the first)."""

    number: int
    at: dt.datetime
    what: str
    data: Mapping[str, Any]
    previous: str
    hash: str


def next_step(previous: Step | None, at: dt.datetime, what: str, data: Mapping[str, Any]) -> Step:
    """The step that follows: numbered, dated, bound to the one before."""
    number, before = (previous.number + 1, previous.hash) if previous else (1, FIRST)
    return Step(number, at, what, dict(data), before, digest(number, at, what, data, before))


def digest(number: int, at: dt.datetime, what: str, data: Mapping[str, Any], previous: str) -> str:
    row = {"at": _moment(at), "data": data, "number": number, "previous": previous, "what": what}
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def broken_at(steps: Sequence[Step]) -> int | None:
    """The number (from 1) of the first step that does not hold, or None where all do."""
    before = FIRST
    for number, step in enumerate(steps, 1):
        if (step.number, step.previous) != (number, before):
            return number
        if step.hash != digest(step.number, step.at, step.what, step.data, step.previous):
            return number
        before = step.hash
    return None


def to_json(steps: Sequence[Step], **about: str) -> bytes:
    """The chain as a file, readable by a person too; `about` says of what."""
    rows = [
        {
            "number": s.number,
            "at": _moment(s.at),
            "what": s.what,
            "data": s.data,
            "previous": s.previous,
            "hash": s.hash,
        }
        for s in steps
    ]
    return json.dumps({**about, "steps": rows}, ensure_ascii=False, indent=1).encode()


def from_json(data: bytes) -> list[Step]:
    """The steps of such a file, whether they hold or not. `NotEvidence` for anything else."""
    if len(data) > MOST_BYTES:
        raise NotEvidence("larger than any chain of evidence")
    try:
        return [_step(row) for row in json.loads(data)["steps"]]
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise NotEvidence("not a chain of evidence") from error


def _step(row: Mapping[str, Any]) -> Step:
    at, data = dt.datetime.fromisoformat(row["at"]), row["data"]
    if at.tzinfo is None or not isinstance(data, dict):
        raise NotEvidence("a step has no zone, or no data")
    number, at = int(row["number"]), at.astimezone(dt.UTC)
    return Step(number, at, str(row["what"]), data, str(row["previous"]), str(row["hash"]))


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")

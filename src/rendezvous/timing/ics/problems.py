"""What could not be read, named for the person whose calendar it is."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_PROBLEMS = 100
"""Named one by one; the rest are counted. A file with more is broken as a whole, and nobody reads further."""

_MOST_SHOWN = 60


class ReadingError(ValueError):
    """A value of the file that cannot be used; its text says which and why, as part of a sentence."""


@dataclass(slots=True)
class Problems:
    """Sentences about what was left out, in the order it was met."""

    sentences: list[str] = field(default_factory=list)
    uncounted: int = 0

    def add(self, sentence: str, line: int | None = None, uid: str = "") -> None:
        """Note a problem, with the line of the file and the UID of the event where they are known."""
        if len(self.sentences) == MOST_PROBLEMS:
            self.uncounted += 1
            return
        where = f"line {line}" if line else ""
        if uid:
            where = f"{where}, event {shown(uid)}".removeprefix(", ")
        self.sentences.append(f"{where}: {sentence}" if where else sentence)

    def listed(self) -> list[str]:
        """All of them, the last line counting those that are not named."""
        return [*self.sentences, f"And {self.uncounted} more like these."] if self.uncounted else self.sentences


def shown(text: str) -> str:
    """Text of the file between quotes, short and on one line, whatever it holds."""
    clean = "".join(character if character.isprintable() else "�" for character in text[:_MOST_SHOWN])
    return f'"{clean}…"' if len(text) > _MOST_SHOWN else f'"{clean}"'

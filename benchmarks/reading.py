"""How fast messages are read: one at a time, warm, in one process. Prints figures.

The messages are those of tests/reading, from a line to a page, in French and English.
"""

import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from rendezvous.reading import read
from tests.reading import corpus_en, corpus_fr, corpus_odd

MESSAGES = (*corpus_fr.MESSAGES, *corpus_en.MESSAGES, *corpus_odd.MESSAGES)
ROUNDS = 20


def main() -> None:
    started = time.perf_counter()
    for message in MESSAGES:
        read(message.text, message.when)
    first = time.perf_counter() - started
    times = [seconds(message) for _round in range(ROUNDS) for message in MESSAGES]
    long = "\n\n".join(message.text for message in MESSAGES if message.language == "fr")
    length = statistics.mean(len(message.text) for message in MESSAGES)
    print(f"messages                    {len(MESSAGES)}, {length:.0f} characters on average")
    print(
        f"one message, warm           median {statistics.median(times) * 1000:.2f} ms, worst {max(times) * 1000:.1f} ms"
    )
    print(f"messages a second           {len(times) / sum(times):.0f}")
    print(f"the first time through      {first * 1000:.0f} ms for all")
    print(f"one of {len(long):,} characters   {seconds_of(long) * 1000:.0f} ms")
    print(f"import                      {import_seconds() * 1000:.0f} ms")
    print(f"memory, reader loaded       {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def seconds(message) -> float:
    return seconds_of(message.text, message.when)


def seconds_of(text, when=None) -> float:
    started = time.perf_counter()
    read(text, when)
    return time.perf_counter() - started


def import_seconds() -> float:
    command = [
        sys.executable,
        "-c",
        "import time; t = time.perf_counter(); import rendezvous.reading; print(time.perf_counter() - t)",
    ]
    return float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


if __name__ == "__main__":
    main()

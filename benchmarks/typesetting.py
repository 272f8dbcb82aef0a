"""How fast documents are set as PDF: a one-page proposal, a quote with its lines, a contract. Prints figures.

Each round has other words, since typst remembers what it has laid out: these are the times of documents seen for the
first time by a worker that is warm.
"""

import datetime as dt
import statistics
import time
from pathlib import Path

from rendezvous.agreements.typesetting import Row, Sheet, Signature, Table, overflow, pictures, press, typeset

ROUNDS = 20
SENTENCE = (
    "Le client {word} remet en temps utile les textes, images et accès dont elle a besoin ; un retard décale tout. "
)
TOTALS = (("Total HT", "4 320,00 €", False), ("TVA à 20 %", "864,00 €", False), ("Total TTC", "5 184,00 €", True))


def sheet(articles: int, lines: int, word: str) -> Sheet:
    article = (
        "## Article {number}\n\n" + SENTENCE * 8 + "\n\n- **{word}**, puis\n- deux allers-retours.\n\n" + SENTENCE * 4
    )
    return Sheet(
        language="fr",
        kind="contract",
        title=f"Contrat {word}",
        number="C-2026-003",
        date="24 novembre 2026",
        sender=("Claire Moreau", "12 rue des Lilas, 35000 Rennes", "claire@example.fr"),
        recipient=("Librairie des Quais", "44000 Nantes"),
        text="\n\n".join(article.format(number=number, word=word) for number in range(1, articles + 1)),
        table=Table(("Quoi", "Quantité", "Prix", "Montant"), tuple(row(n, word) for n in range(lines)), TOTALS),
        foot="Claire Moreau · C-2026-003",
        signatures=(Signature("Claire Moreau", ("24 novembre 2026 à 10:12",)), Signature("")),
        at=dt.datetime(2026, 11, 24, tzinfo=dt.UTC),
    )


def row(number: int, word: str) -> Row:
    return Row((f"Illustration {word} {number}", "2 pages", "120,00 €", "240,00 €"), "option" if number % 3 else "")


def main() -> None:
    started = time.perf_counter()
    typeset(sheet(1, 1, "first"))
    print(f"the first document, worker started   {(time.perf_counter() - started) * 1000:.0f} ms")
    for name, articles, lines in (
        ("proposal", 1, 0),
        ("quote of 8 lines", 1, 8),
        ("contract", 6, 8),
        ("long contract", 20, 12),
    ):
        sheets = [sheet(articles, lines, f"mot{number}{articles}") for number in range(ROUNDS)]
        printed = typeset(sheets[0])
        print(
            f"{name}, {printed.pages} pages, {len(printed.pdf) / 1000:.0f} kB".ljust(36), figures(typeset, sheets[1:])
        )
    sheets = [sheet(6, 8, f"autre{number}") for number in range(ROUNDS)]
    print("how much too long, contract".ljust(36), figures(overflow, sheets))
    print("pictures, one page".ljust(36), figures(pictures, [sheet(1, 0, f"vu{number}") for number in range(ROUNDS)]))
    print("pictures, contract".ljust(36), figures(pictures, [sheet(6, 8, f"vu{number}") for number in range(ROUNDS)]))
    print(f"memory of the worker                 {resident_megabytes():.0f} MB")


def figures(function, sheets) -> str:
    times = [seconds(function, one) * 1000 for one in sheets]
    return f"median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms"


def seconds(function, one) -> float:
    started = time.perf_counter()
    function(one)
    return time.perf_counter() - started


def resident_megabytes() -> float:
    status = Path(f"/proc/{press._worker._process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()

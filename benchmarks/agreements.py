"""From words to a sealed contract: setting as PDF, sealing, verifying. Prints figures, and what other tools say.

Each round has other words, since typst remembers what it has laid out: these are the times of documents seen for the
first time by a worker that is warm.
"""

import datetime as dt
import shutil
import statistics
import subprocess
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from rendezvous.agreements import evidence, sealing
from rendezvous.agreements.typesetting import (
    Attachment,
    Row,
    Sheet,
    Signature,
    Table,
    drawings,
    overflow,
    press,
    typeset,
)

ROUNDS = 20
NOW = dt.datetime.now(dt.UTC)
SENTENCE = (
    "Le client {word} remet en temps utile les textes, images et accès dont elle a besoin ; un retard décale tout. "
)
TOTALS = (("Total HT", "4 320,00 €", False), ("TVA à 20 %", "864,00 €", False), ("Total TTC", "5 184,00 €", True))


def sheet(articles: int, lines: int, word: str, files: tuple[Attachment, ...] = ()) -> Sheet:
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
        signatures=(Signature("Claire Moreau", ("24 novembre 2026 à 10:12",)), Signature("Sami Haddad")),
        attachments=files,
        at=NOW,
    )


def row(number: int, word: str) -> Row:
    return Row((f"Illustration {word} {number}", "2 pages", "120,00 €", "240,00 €"), "option" if number % 3 else "")


def main() -> None:
    started = time.perf_counter()
    typeset(sheet(1, 1, "first"))
    say("the first document, worker started", f"{(time.perf_counter() - started) * 1000:.0f} ms")
    for name, articles, lines in (
        ("proposal", 1, 0),
        ("quote of 8 lines", 1, 8),
        ("contract", 4, 8),
        ("contract", 6, 8),
        ("long contract", 10, 12),
        ("longer than any", 20, 12),
    ):
        sheets = [sheet(articles, lines, f"mot{number}{articles}") for number in range(ROUNDS)]
        printed = typeset(sheets[0])
        say(f"{name}, {printed.pages} pages, {len(printed.pdf) / 1000:.0f} kB", figures(typeset, sheets[1:]))
    sheets = [sheet(6, 8, f"autre{number}") for number in range(ROUNDS)]
    say("how much too long, contract", figures(overflow, sheets))
    say("drawings, one page", figures(drawings, [sheet(1, 0, f"vu{number}") for number in range(ROUNDS)]))
    say("drawings, contract", figures(drawings, [sheet(6, 8, f"vu{number}") for number in range(ROUNDS)]))
    say("memory of the worker", f"{resident_megabytes():.0f} MB")
    seals()


def seals() -> None:
    identity = sealing.make_identity("Claire Moreau", "claire@example.fr", at=NOW)
    say("key and certificate", figures(lambda n: sealing.make_identity(f"N{n}", "n@x.example", at=NOW), range(ROUNDS)))
    unsealed = [signed_contract(f"scelle{number}") for number in range(ROUNDS)]
    say("sealing", figures(lambda pdf: sealing.seal(pdf, *identity, reason="C-2026-003"), unsealed))
    sealed = [sealing.seal(pdf, *identity, reason="C-2026-003") for pdf in unsealed]
    say(f"verifying, {len(sealed[0]) / 1000:.0f} kB", figures(sealing.verify, sealed))
    changed = [with_byte(sealed[0], place) for place in range(0, len(sealed[0]), len(sealed[0]) // 400)]
    say("unchanged", f"rdv verify: {whole(sealed[0])}; pdfsig: {pdfsig(sealed[0])}")
    unseen = sum(sealing.verify(pdf).whole for pdf in changed)
    say("one byte changed", f"rdv verify: {len(changed) - unseen} of {len(changed)} told; pdfsig: {pdfsig(changed[9])}")
    say("conformance (page-validation)", conformance(sealed[0]))


def signed_contract(word: str) -> bytes:
    """A contract as it is sealed: set again with who signed, the copy that was signed and the evidence."""
    copy = typeset(sheet(4, 8, word)).pdf
    steps: list[evidence.Step] = []
    for what in ("sent", "opened", "code_sent", "signed", "countersigned"):
        data = {"document_sha256": sha256(copy).hexdigest()}
        steps.append(evidence.next_step(steps[-1] if steps else None, NOW, what, data))
    files = (
        Attachment("document.pdf", "application/pdf", copy, "The document as it was signed", "source"),
        Attachment("preuves.json", "application/json", evidence.to_json(steps), "The chain of evidence"),
    )
    return typeset(sheet(4, 8, word, files)).pdf


def with_byte(pdf: bytes, place: int) -> bytes:
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def whole(pdf: bytes) -> str:
    found = sealing.verify(pdf)
    return f"whole, evidence {found.evidence}" if found.whole else found.changed


def pdfsig(pdf: bytes) -> str:
    """The verdict of Debian's poppler-utils."""
    if not shutil.which("pdfsig"):
        return "not installed"
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(pdf)
        run = subprocess.run(["pdfsig", "-nocert", file.name], capture_output=True, text=True, check=False)
    wanted = ("Signature Validation:", "Total document signed", "does not contain any signatures")
    said = [line.strip("- ") for line in run.stdout.splitlines() if any(words in line for words in wanted)]
    return ", ".join(said) or "cannot read it"


def conformance(pdf: bytes) -> str:
    try:
        import page
    except ImportError:
        return "not installed"
    profiles = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)
    reports = [page.validate_pdf_bytes(pdf, profile=profile) for profile in profiles]
    return ", ".join(
        f"{report.profile}: {report.rules.failed} of {report.rules.total} rules failed" for report in reports
    )


def say(what: str, figure: str) -> None:
    print(f"{what:<36} {figure}")


def figures(function, values) -> str:
    times = [seconds(function, one) * 1000 for one in values]
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

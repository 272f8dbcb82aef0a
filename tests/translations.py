"""The French catalogue beside the code: `python -m tests.translations` checks it, `--update` brings it up to date.

English is in the code. Every string must be in the catalogue, translated, not fuzzy, with the same placeholders, and in
French typography.
"""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import polib

SOURCES = Path(__file__).parent.parent / "src" / "rendezvous"
CATALOGUE = Path("site/locale/fr/LC_MESSAGES/django.po")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|\|")


def main(arguments: list[str]) -> int:
    if arguments == ["--update"]:
        update()
        return 0
    problems = check(polib.pofile(SOURCES / CATALOGUE), extracted())
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def extracted() -> polib.POFile:
    """The catalogue as it would be after `make messages`, from a copy of the sources."""
    with tempfile.TemporaryDirectory(prefix="rendezvous-messages-") as name:
        copy = Path(name) / "rendezvous"
        shutil.copytree(SOURCES, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        _extract(copy)
        return polib.pofile(copy / CATALOGUE)


def _extract(sources: Path) -> None:
    from django.core.management import call_command
    from django.test.utils import override_settings

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    here = Path.cwd()
    os.chdir(sources)
    try:
        with override_settings(LOCALE_PATHS=[str(sources / "site" / "locale")]):
            call_command("makemessages", locale=["fr"], no_location=True, no_obsolete=True, verbosity=0)
    finally:
        os.chdir(here)


def update() -> None:
    from rendezvous.practice.typography import french

    _extract(SOURCES)
    catalogue = polib.pofile(SOURCES / CATALOGUE, wrapwidth=100)
    for entry in catalogue:
        entry.msgstr = french(entry.msgstr)
        entry.msgstr_plural = {number: french(text) for number, text in entry.msgstr_plural.items()}
    catalogue.metadata.pop("POT-Creation-Date", None)
    catalogue.save()
    catalogue.save_as_mofile(SOURCES / CATALOGUE.with_suffix(".mo"))
    left = [entry.msgid for entry in catalogue if "fuzzy" in entry.flags or not entry.translated()]
    print("\n".join(["Still to translate:", *left] if left else ["All is translated."]))


def check(catalogue: polib.POFile, fresh: polib.POFile) -> list[str]:
    """What is wrong, one sentence each."""
    problems = []
    known, wanted = ({_key(entry) for entry in po} for po in (catalogue, fresh))
    problems += [f"Not in the French catalogue (run make messages): {key[1]!r}" for key in sorted(wanted - known)]
    problems += [f"In the catalogue, and no longer in the code: {key[1]!r}" for key in sorted(known - wanted)]
    for entry in catalogue:
        problems += [f"{problem}: {entry.msgid!r}" for problem in _wrong(entry)]
    return problems


def _key(entry: polib.POEntry) -> tuple[str, str, str]:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def _wrong(entry: polib.POEntry) -> list[str]:
    from rendezvous.practice.typography import french

    texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
    problems = []
    if "fuzzy" in entry.flags:
        problems.append("Fuzzy")
    if not all(texts):
        problems.append("Untranslated")
    if any(french(text) != text for text in texts):
        problems.append("Not in French typography (no-break spaces)")
    if any(re.search(r"\w'\w|\.\.\.|\"", re.sub(r"<[^>]*>", "", text)) for text in texts):
        problems.append("Straight quotes or dots in French")
    originals = [entry.msgid, *([entry.msgid_plural] if entry.msgid_plural else [])]
    allowed = {mark for text in originals for mark in PLACEHOLDER.findall(text)}
    if any(set(PLACEHOLDER.findall(text)) - allowed for text in texts) or (
        not entry.msgid_plural and sorted(PLACEHOLDER.findall(entry.msgstr)) != sorted(PLACEHOLDER.findall(entry.msgid))
    ):
        problems.append("Other placeholders than the English")
    return problems


if __name__ == "__main__":
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    raise SystemExit(main(sys.argv[1:]))

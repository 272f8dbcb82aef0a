"""Documents are true: what they list is what there is."""

import re
import tomllib
from pathlib import Path

import pytest

HERE = Path(__file__).parent.parent
PROJECT = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DOCUMENTS = sorted(path for path in [*HERE.glob("*.md"), *HERE.glob("docs/**/*.md")])


def bare(requirement):
    return re.match(r"[\w.-]+", requirement)[0]


def test_every_dependency_has_its_line():
    listed = (HERE / "docs" / "decisions" / "0009-dependencies.md").read_text(encoding="utf-8")
    optional = [name for extra in PROJECT["optional-dependencies"].values() for name in extra]
    wanted = {bare(name) for name in [*PROJECT["dependencies"], *optional]} - {"editables"}
    missing = {name for name in wanted if name not in listed and name.removeprefix("pytest") not in listed}
    assert missing == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(HERE)))
def test_every_link_between_documents_leads_somewhere(document):
    text = document.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text) + re.findall(r'src="([^"]+)"', text)
    broken = [link for link in links if "://" not in link and not (document.parent / link).exists()]
    assert broken == []


def test_every_target_of_the_makefile_that_documents_name_exists():
    targets = set(re.findall(r"^([a-z-]+):", (HERE / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        target for path in DOCUMENTS for target in re.findall(r"`make ([a-z-]+)`", path.read_text(encoding="utf-8"))
    }
    assert named <= targets


def test_the_locks_hold_hashes_and_no_address():
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (HERE / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert text.count("--hash=sha256:") > text.count("==")

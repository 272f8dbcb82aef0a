"""The package as a whole: light to load, and complete."""

import subprocess
import sys

from rendezvous import judging


def loaded_by(code: str) -> set[str]:
    run = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(run.stdout.split())


def test_numpy_is_loaded_only_when_learning():
    asked = "from rendezvous.judging import Case, advise, learn, read_table, validate"
    assert "numpy" not in loaded_by(asked)
    assert "numpy" in loaded_by(f"{asked}; learn([])")


def test_nothing_of_the_web_is_loaded():
    loaded = loaded_by("from rendezvous.judging import learn, validate, read_table; learn([])")
    assert not {name for name in loaded if name.split(".")[0] == "django"}
    others = {name for name in loaded if name.startswith("rendezvous.")}
    assert {name.split(".")[1] for name in others} == {"judging"}


def test_every_promised_name_is_there_with_its_guarantees():
    for name in judging.__all__:
        found = getattr(judging, name)
        assert name[0].islower() or not isinstance(found, type) or found.__doc__
        assert not callable(found) or found.__doc__ or name in {"Action", "Feature"}


def test_an_unknown_name_is_an_attribute_error():
    assert not hasattr(judging, "lead_score")


def test_the_example_of_the_package_runs():
    import doctest

    assert doctest.testmod(judging).failed == 0

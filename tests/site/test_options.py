"""Settings: found in the environment or a file, and a wrong one stops the start with a sentence that names it."""

from pathlib import Path

import pytest

from rendezvous.site.options import OPTIONS, SettingError, load

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "rdv.md"


def value(name, environ):
    return load(environ)[name].value


def test_without_anything_set_the_defaults_stand(tmp_path):
    environ = {"RDV_DATA_DIR": str(tmp_path)}
    assert value("port", environ) == 8000
    assert load(environ)["port"].source == "default"


def test_the_environment_prevails_over_the_file(tmp_path):
    (tmp_path / "rendezvous.toml").write_text('port = 8001\nsmtp_host = "mail.example.org"\n')
    environ = {"RDV_DATA_DIR": str(tmp_path), "RDV_PORT": "8002"}
    assert value("port", environ) == 8002
    assert value("smtp_host", environ) == "mail.example.org"


def test_the_file_can_be_named(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('allowed_hosts = ["a.example.org", "b.example.org"]')
    assert value("allowed_hosts", {"RDV_CONFIG": str(file)}) == ("a.example.org", "b.example.org")


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"RDV_PORT": "eighty"}, "The setting RDV_PORT must be a whole number, not 'eighty'."),
        ({"RDV_PORT": "70000"}, "The setting RDV_PORT must lie between 1 and 65535, not 70000."),
        ({"RDV_SMTP_SECURITY": "ssl"}, "The setting RDV_SMTP_SECURITY must be one of tls, starttls, none, not 'ssl'."),
        ({"RDV_BEHIND_PROXY": "maybe"}, "The setting RDV_BEHIND_PROXY must be yes or no, not 'maybe'."),
        (
            {"RDV_BASE_URL": "rdv.example.org"},
            "The setting RDV_BASE_URL must be an address such as https://rdv.example.org, not 'rdv.example.org'.",
        ),
        (
            {"RDV_DATABASE_URL": "mysql://x"},
            "The setting RDV_DATABASE_URL must be empty (SQLite in the data folder) or an address such as postgresql://user@host/name.",
        ),
        ({"RDV_MAIL_FROM": "maud"}, "The setting RDV_MAIL_FROM must be an e-mail address, not 'maud'."),
        ({"RDV_PROT": "80"}, "The setting RDV_PROT does not exist; did you mean RDV_PORT?"),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(environ, sentence):
    with pytest.raises(SettingError) as told:
        load(environ)
    assert str(told.value) == sentence


@pytest.mark.parametrize(
    ("written", "named"),
    [("port = 'x'", "port"), ("prot = 1", "prot"), ("port = ", "valid TOML"), ("port = true", "port")],
)
def test_a_wrong_file_is_named_in_one_sentence(tmp_path, written, named):
    file = tmp_path / "rendezvous.toml"
    file.write_text(written)
    with pytest.raises(SettingError) as told:
        load({"RDV_DATA_DIR": str(tmp_path)})
    assert named in str(told.value)
    assert str(file) in str(told.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SettingError, match="cannot be read"):
        load({"RDV_CONFIG": str(tmp_path / "none.toml")})


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_every_setting_is_documented(option):
    assert f"`{option.variable}`" in DOCUMENT.read_text(encoding="utf-8")

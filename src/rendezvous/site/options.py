"""The settings of an installation: where each comes from, what it may be, what is wrong with it.

A value is looked for in the environment (`RDV_PORT`), then in the TOML file (`port`), then the default stands.
The file is the one named by `RDV_CONFIG`, else `rendezvous.toml` in the data folder.
No Django here: a wrong setting must be told before anything is imported.
"""

import difflib
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "RDV_"


class SettingError(ValueError):
    """One sentence that names the setting and says how to mend it."""


@dataclass(frozen=True, slots=True)
class Option:
    name: str
    parse: Callable[[object], object]
    default: object
    help: str
    secret: bool = False

    @property
    def variable(self) -> str:
        return PREFIX + self.name.upper()


@dataclass(frozen=True, slots=True)
class Value:
    option: Option
    value: object
    source: str


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise ValueError("must be text")  # noqa: TRY004 (one kind of error for all that is wrong)
    return raw.strip()


def _number(low: int, high: int) -> Callable[[object], int]:
    def parse(raw: object) -> int:
        try:
            value = int(str(raw))
        except ValueError:
            raise ValueError(f"must be a whole number, not {raw!r}") from None
        if not low <= value <= high:
            raise ValueError(f"must lie between {low} and {high}, not {value}")
        return value

    return parse


def _yes_or_no(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().lower()
    if word in {"1", "true", "yes", "on"}:
        return True
    if word in {"0", "false", "no", "off", ""}:
        return False
    raise ValueError(f"must be yes or no, not {raw!r}")


def _one_of(*words: str) -> Callable[[object], str]:
    def parse(raw: object) -> str:
        word = str(raw).strip().lower()
        if word not in words:
            raise ValueError(f"must be one of {', '.join(words)}, not {raw!r}")
        return word

    return parse


def _names(raw: object) -> tuple[str, ...]:
    parts = raw if isinstance(raw, list) else str(raw).split(",")
    return tuple(str(part).strip() for part in parts if str(part).strip())


def _web_address(raw: object) -> str:
    address = _text(raw).rstrip("/")
    parts = urlsplit(address)
    if address and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ValueError(f"must be an address such as https://rdv.example.org, not {raw!r}")
    return address


def _database(raw: object) -> str:
    address = _text(raw)
    if address and urlsplit(address).scheme not in {"postgresql", "postgres"}:
        raise ValueError("must be empty (SQLite in the data folder) or an address such as postgresql://user@host/name")
    return address


def _email(raw: object) -> str:
    address = _text(raw)
    if address and ("@" not in address or any(c.isspace() for c in address)):
        raise ValueError(f"must be an e-mail address, not {raw!r}")
    return address


def _file(raw: object) -> str:
    name = _text(raw)
    if name and not Path(name).expanduser().is_file():
        raise ValueError(f"must be the name of a file, not {raw!r}")
    return name


SECURITY = _one_of("tls", "starttls", "none")

OPTIONS: tuple[Option, ...] = (
    Option("data_dir", _text, "~/.local/share/rendezvous", "folder of the database, the secret key and the files"),
    Option("config", _text, "", "a TOML file of settings (default: rendezvous.toml in the data folder)"),
    Option("host", _text, "127.0.0.1", "address to listen on"),
    Option("port", _number(1, 65535), 8000, "port to listen on"),
    Option("workers", _number(1, 64), 1, "processes that answer pages"),
    Option("base_url", _web_address, "", "public address of the site, for links in mail (default: host and port)"),
    Option("allowed_hosts", _names, (), "further host names under which the site is asked for"),
    Option("behind_proxy", _yes_or_no, False, "trust X-Forwarded-For and X-Forwarded-Proto of a reverse proxy"),
    Option("database_url", _database, "", "postgresql://… ; empty for SQLite in the data folder", secret=True),
    Option("smtp_host", _text, "", "server for outgoing mail; empty: mail is kept, and readable in the site"),
    Option("smtp_port", _number(1, 65535), 587, "its port"),
    Option("smtp_user", _text, "", "its user"),
    Option("smtp_password", _text, "", "its password", secret=True),
    Option("smtp_security", SECURITY, "starttls", "tls, starttls or none"),
    Option("mail_from", _email, "", "sender address of all mail, where the server imposes one"),
    Option(
        "mail_plus",
        _yes_or_no,
        False,
        "answers come back to name+link@domain (only if your mail provider delivers such addresses)",
    ),
    Option("imap_host", _text, "", "server for incoming mail, read by rdv fetch-mail and every five minutes"),
    Option("imap_port", _number(1, 65535), 993, "its port"),
    Option("imap_user", _text, "", "its user"),
    Option("imap_password", _text, "", "its password", secret=True),
    Option("imap_security", SECURITY, "tls", "tls, starttls or none"),
    Option("imap_folder", _text, "INBOX", "the one folder that is read; nothing in it is ever deleted"),
    Option("max_file_mb", _number(1, 100), 10, "largest file that a correspondent may attach, in megabytes"),
    Option("timestamp_url", _web_address, "", "time-stamp authority (RFC 3161) for sealed contracts; empty: none"),
    Option("timestamp_roots", _file, "", "PEM file of that authority's root certificates: its stamps stay provable"),
    Option("code_by_sms", _text, "", "module:function(number, text) that sends signing codes; empty: by mail only"),
    Option("payment_link", _text, "", "module:function(deposit) that gives a payment page's address; empty: none"),
    Option("log_level", _one_of("debug", "info", "warning", "error"), "info", "how much is written to the log"),
)
BY_NAME = {option.name: option for option in OPTIONS}


def load(environ: Mapping[str, str] | None = None) -> dict[str, Value]:
    """Every setting with its value and where it came from; `SettingError` for the first wrong one."""
    environ = os.environ if environ is None else environ
    asked = [name[len(PREFIX) :].lower() for name in environ if name.startswith(PREFIX)]
    _refuse_unknown(asked, "", lambda name: PREFIX + name.upper())
    values = {name: _from_environment(option, environ) for name, option in BY_NAME.items()}
    file = _config_file(values)
    if file is not None:
        written = _read_toml(file)
        _refuse_unknown(list(written), f"{file}: ", str)
        for name, raw in written.items():
            if values[name] is None:
                values[name] = Value(BY_NAME[name], _parse(BY_NAME[name], raw, f"{name} in {file}"), str(file))
    return {name: value or Value(BY_NAME[name], BY_NAME[name].default, "default") for name, value in values.items()}


def _from_environment(option: Option, environ: Mapping[str, str]) -> Value | None:
    if option.variable not in environ:
        return None
    return Value(option, _parse(option, environ[option.variable], option.variable), "environment")


def _parse(option: Option, raw: object, where: str) -> object:
    try:
        return option.parse(raw)
    except ValueError as error:
        raise SettingError(f"The setting {where} {error}.") from None


def _config_file(values: Mapping[str, Value | None]) -> Path | None:
    named = values["config"]
    if named is not None and named.value:
        return Path(str(named.value)).expanduser()
    folder = values["data_dir"]
    place = Path(str(folder.value if folder else BY_NAME["data_dir"].default)).expanduser()
    file = place / "rendezvous.toml"
    return file if file.exists() else None


def _read_toml(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingError(f"The settings file {file} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"The settings file {file} is not valid TOML: {error}.") from None


def _refuse_unknown(names: list[str], prefix: str, show: Callable[[str], str]) -> None:
    for name in names:
        if name not in BY_NAME:
            near = difflib.get_close_matches(name, BY_NAME, n=1)
            hint = f"; did you mean {show(near[0])}?" if near else "; rdv settings lists those that do."
            raise SettingError(f"The setting {prefix}{show(name)} does not exist{hint}")

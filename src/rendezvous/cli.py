"""The `rdv` command. Each subcommand is documented in docs/rdv.md."""

import argparse
import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rendezvous.judging import Table
    from rendezvous.reading import Reading

# `read`, `forecast` and `slots` need no database: each imports only its own package, so that it starts at once.


def main(arguments: list[str] | None = None) -> int:
    """Runs one subcommand; its exit status is 0, 1 (something could not be done) or 2 (asked wrongly)."""
    options = build_parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rdv", description="Rendez-vous: from the first message to the signed contract."
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    serve = commands.add_parser("serve", help="set up on first use, and serve the site")
    serve.add_argument("--demo", action="store_true", help="with a demo practice, in a folder of its own")
    serve.add_argument("--host")
    serve.add_argument("--port", type=int)
    serve.add_argument("--workers", type=int)
    serve.set_defaults(run=run_serve)

    read = commands.add_parser("read", help="say what messages say (.eml or .txt; - for standard input)")
    read.add_argument("files", nargs="*", metavar="FILE")
    read.add_argument("--lines", action="store_true", help='JSON lines {"id", "text", "date"} on standard input')
    read.add_argument("--json", action="store_true")
    read.set_defaults(run=run_read)

    forecast = commands.add_parser("forecast", help="chance of signing, learned from a table of past inquiries")
    forecast.add_argument("history", metavar="HISTORY.csv")
    forecast.add_argument("--outcome", required=True, metavar="COLUMN")
    forecast.add_argument("--positive", metavar="VALUE")
    forecast.add_argument("--ignore", nargs="+", default=[], metavar="COLUMN")
    forecast.add_argument("--predict", metavar="NEW.csv")
    forecast.add_argument("--json", action="store_true")
    forecast.set_defaults(run=run_forecast)

    slots = commands.add_parser("slots", help="all free slots by rules and calendars")
    slots.add_argument("--rules", required=True, metavar="RULES.json")
    slots.add_argument("--busy", nargs="+", default=[], metavar="FILE.ics")
    slots.add_argument("--from", dest="start", required=True, type=_date, metavar="DATE")
    slots.add_argument("--days", required=True, type=int, metavar="N")
    slots.add_argument("--now", type=_moment, metavar="TIME")
    slots.add_argument("--json", action="store_true")
    slots.set_defaults(run=run_slots)

    verify = commands.add_parser("verify", help="say whether a signed agreement is whole, and by whom it was sealed")
    verify.add_argument("files", nargs="+", metavar="FILE.pdf")
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(run=run_verify)

    deliver = commands.add_parser("deliver", help="take in one mail from standard input")
    deliver.add_argument("--json", action="store_true")
    deliver.set_defaults(run=run_deliver)

    fetch = commands.add_parser("fetch-mail", help="take in what is new in the mailbox (IMAP)")
    fetch.add_argument("--json", action="store_true")
    fetch.set_defaults(run=run_fetch_mail)

    link = commands.add_parser("password-link", help="print a one-time link to choose a new password")
    link.add_argument("email")
    link.add_argument("--json", action="store_true")
    link.set_defaults(run=run_password_link)

    settings = commands.add_parser("settings", help="list every setting, its value and where it comes from")
    settings.add_argument("--json", action="store_true")
    settings.set_defaults(run=run_settings)
    return parser


def _date(text: str) -> dt.date:
    try:
        date = dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date: write it as 2026-03-15") from None
    if not 1900 <= date.year <= 9900:  # zones and calendars say nothing sensible beyond
        raise argparse.ArgumentTypeError(f"{text!r} is too far away")
    return date


def _moment(text: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time: write it as 2026-03-15T09:30:00+01:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def emit(row: Mapping[str, Any], as_json: bool, table: Callable[[Mapping[str, Any]], str]) -> None:
    """One result: a JSON object on its line, or readable."""
    print(json.dumps(row, ensure_ascii=False) if as_json else table(row))


def complain(name: str, reason: object) -> None:
    print(f"{name}: {reason}", file=sys.stderr)


# --- read ---------------------------------------------------------------------------------------------------------


def run_read(options: argparse.Namespace) -> int:
    if options.lines == bool(options.files):
        complain("rdv read", "name files to read, or give --lines alone")
        return 2
    status = 0
    for key, name, reading in (
        _readings_of_lines(sys.stdin.buffer) if options.lines else _readings_of_files(options.files)
    ):
        if isinstance(reading, str):
            complain(str(name), reading)
            status = 1
        else:
            emit({key: name, **reading.as_dict()}, options.json or options.lines, _reading_text)
    return status


def _readings_of_files(names: list[str]) -> "Iterator[tuple[str, Any, Reading | str]]":
    from rendezvous.reading import UnreadableMessage, parse_message, read, read_mail

    for name in names:
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
            if name.endswith(".txt"):
                yield "file", name, read(decode(data))
            else:
                yield "file", name, read_mail(parse_message(data))
        except OSError as error:
            yield "file", name, error.strerror or str(error)
        except UnreadableMessage as error:
            yield "file", name, str(error)


def _readings_of_lines(lines: Iterable[bytes]) -> "Iterator[tuple[str, Any, Reading | str]]":
    from rendezvous.reading import read

    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"line {number}"
        try:
            row = json.loads(line)
            text, date = row["text"], row.get("date")
            when = dt.datetime.fromisoformat(date) if date else None
        except (ValueError, RecursionError):
            yield "id", where, 'not a JSON object {"id", "text", "date"} with an ISO date'
        except (KeyError, TypeError, AttributeError):
            yield "id", where, 'a line needs a "text"'
        else:
            if isinstance(text, str):
                yield "id", row.get("id"), read(text, when)
            else:
                yield "id", where, '"text" must be text'


def decode(data: bytes) -> str:
    """A text file as people have them: UTF-8, else what Windows writes."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _reading_text(row: Mapping[str, Any]) -> str:
    lines = [f"{row.get('file', row.get('id'))}: {row['kind']} ({row['language']})"]
    for name, slot in row["brief"].items():
        values = ", ".join(f"{k} {v}" for k, v in slot.items() if k not in {"stated", "evidence"} and v is not None)
        words = " … ".join(slot["evidence"]) if slot["stated"] else "–"
        lines.append(f"  {name:<12} {words}" + (f"   [{values}]" if slot["stated"] and values else ""))
    if row["signals"]:
        lines.append("  signals      " + ", ".join(signal["name"] for signal in row["signals"]))
    return "\n".join(lines)


# --- forecast -----------------------------------------------------------------------------------------------------


def run_forecast(options: argparse.Namespace) -> int:
    from rendezvous.judging import ANY_TABLE, cases_from, learn, validate

    try:
        past = _table(options.history)
        history = cases_from(past, options.outcome, options.positive, options.ignore)
        if not options.predict:
            measured = validate(history, prior=ANY_TABLE)
            emit({**asdict(measured), "better": measured.better}, options.json, _validation_text)
            return 0
        new = cases_from(_table(options.predict), ignore=options.ignore, like=past)
    except OSError as error:
        complain(str(error.filename), error.strerror or error)
        return 1
    except ValueError as error:  # a TableError among them: a sentence that names the file
        complain("rdv forecast", error)
        return 1
    forecasts = learn(history, prior=ANY_TABLE).forecast_many(new)
    for number, forecast in enumerate(forecasts, 1):
        row = {"row": number, "probability": forecast.probability, "low": forecast.low, "high": forecast.high}
        emit(row, options.json, _forecast_text)
    return 0


def _table(name: str) -> "Table":
    from rendezvous.judging import read_table

    return read_table(Path(name).read_bytes(), name)


def _forecast_text(row: Mapping[str, Any]) -> str:
    return f"{row['row']:>6}  {row['probability']:6.1%}   {row['low']:6.1%} to {row['high']:6.1%}"


def _validation_text(row: Mapping[str, Any]) -> str:
    return "\n".join(f"{key.replace('_', ' '):<28} {value}" for key, value in row.items())


# --- slots --------------------------------------------------------------------------------------------------------


def run_slots(options: argparse.Namespace) -> int:
    from rendezvous.timing import Rules, RulesError, slots

    if not 0 <= options.days <= 3660:
        complain("rdv slots", f"--days must lie between 0 and 3660, not {options.days}")
        return 2
    try:
        rules = Rules.from_bytes(Path(options.rules).read_bytes())
    except (OSError, RulesError) as error:
        complain(options.rules, getattr(error, "strerror", None) or error)
        return 1
    now = options.now or dt.datetime.now(dt.UTC)
    busy, status = _busy(options, rules)
    for slot in slots(rules, busy, options.start, options.days, now):
        emit({"start": slot.start.isoformat(), "end": slot.end.isoformat()}, options.json, _slot_text)
    return status


def _busy(options: argparse.Namespace, rules: Any) -> tuple[list[Any], int]:
    """The busy times of all calendars that can be read, and 1 where something in one could not."""
    from rendezvous.timing import UnreadableCalendar, busy_from_ics

    margin = dt.timedelta(days=2)  # buffers reach beyond the days asked for
    start = dt.datetime.combine(options.start, dt.time(), dt.UTC) - margin
    end = start + dt.timedelta(days=options.days) + 2 * margin
    busy: list[Any] = []
    status = 0
    for name in options.busy:
        try:
            found = busy_from_ics(Path(name).read_bytes(), rules.timezone, start, end)
        except (OSError, UnreadableCalendar) as error:
            complain(name, getattr(error, "strerror", None) or error)
            status = 1
            continue
        busy += found.intervals
        for problem in found.problems:
            complain(name, problem)
            status = 1
    return busy, status


def _slot_text(row: Mapping[str, Any]) -> str:
    start, end = (dt.datetime.fromisoformat(row[key]) for key in ("start", "end"))
    return f"{start:%a %Y-%m-%d  %H:%M}–{end:%H:%M}  {start:%z}"


# --- verify -------------------------------------------------------------------------------------------------------


def run_verify(options: argparse.Namespace) -> int:
    from rendezvous.agreements.sealing import MOST_BYTES, verify

    status = 0
    for name in options.files:
        try:
            with Path(name).open("rb") as file:
                found = verify(file.read(MOST_BYTES + 1))  # what is larger is told, not read to its end
        except OSError as error:
            complain(name, error.strerror or error)
            status = 1
            continue
        row = {
            "file": name,
            **asdict(found),
            "sealed_at": found.sealed_at and found.sealed_at.isoformat(),
            "timestamped_at": found.timestamped_at and found.timestamped_at.isoformat(),
        }
        emit(row, options.json, _verification_text)
        if not found.whole or found.evidence == "broken":
            status = 1
    return status


def _verification_text(row: Mapping[str, Any]) -> str:
    if not row["whole"]:
        return f"{row['file']}: not whole. {row['changed']}"
    short = " ".join(row["fingerprint"][start : start + 4] for start in range(0, 20, 4))
    stamp = f", time-stamped {row['timestamped_at']} by {row['timestamped_by']}" if row["timestamped_at"] else ""
    evidence = {"none": "no evidence inside", "whole": f"evidence whole ({row['evidence_steps']} steps)"}
    about = evidence.get(row["evidence"], "its evidence is broken: it does not fit the document, or was altered")
    remark = f". {row['remark']}" if row["remark"] else ""
    return (
        f"{row['file']}: whole, sealed by {row['sealed_by']} (fingerprint {short}) on {row['sealed_at']}{stamp}; "
        f"{about}{remark}"
    )


# --- what needs the installation ----------------------------------------------------------------------------------


def with_installation(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """A wrong setting is told in one sentence, before anything starts."""

    def guarded(options: argparse.Namespace) -> int:
        from rendezvous.site.options import SettingError

        try:
            return run(options)
        except SettingError as error:
            complain("rdv", error)
            return 2

    return guarded


@with_installation
def run_serve(options: argparse.Namespace) -> int:
    from rendezvous.site import options as settings
    from rendezvous.site.serve import serve

    for name in ("host", "port", "workers"):
        if getattr(options, name) is not None:
            os.environ[f"RDV_{name.upper()}"] = str(getattr(options, name))
    if options.demo:
        os.environ["RDV_DATA_DIR"] = str(Path(str(settings.load()["data_dir"].value)).expanduser() / "demo")
    serve(demo=options.demo)
    return 0


@with_installation
def run_deliver(options: argparse.Namespace) -> int:
    from rendezvous.site.serve import prepare

    prepare()
    from rendezvous.inquiries.channels.email.deliver import Undeliverable, deliver
    from rendezvous.reading import UnreadableMessage

    try:
        delivery = deliver(sys.stdin.buffer.read())
    except (UnreadableMessage, Undeliverable) as error:
        complain("rdv deliver", error)
        return 1
    row = {"result": str(delivery.result), "inquiry": delivery.inquiry.pk if delivery.inquiry else None}
    emit(
        row,
        options.json,
        lambda row: f"{row['result']}: inquiry {row['inquiry']}" if row["inquiry"] else row["result"],
    )
    return 0


@with_installation
def run_fetch_mail(options: argparse.Namespace) -> int:
    from rendezvous.site.serve import prepare

    prepare()
    from tqdm import tqdm

    from rendezvous.inquiries.channels.email.fetch import CannotFetch, fetch_mail

    status = 0
    try:
        for fetched in tqdm(fetch_mail(), unit=" messages", disable=None, leave=False):
            row = {"uid": fetched.uid, "result": fetched.result, "reason": fetched.reason or None}
            emit(row, options.json, lambda row: f"{row['uid']}: {row['result']}")
            if fetched.result == "refused":
                complain(f"message {fetched.uid}", fetched.reason)
                status = 1
    except CannotFetch as error:
        complain("rdv fetch-mail", error)
        return 1
    return status


@with_installation
def run_password_link(options: argparse.Namespace) -> int:
    from rendezvous.site.serve import prepare

    prepare()
    from django.conf import settings

    from rendezvous.practice import one_time
    from rendezvous.practice.models import OneTimeLink, User

    user = User.objects.filter(email__iexact=options.email).first()
    if user is None:
        complain("rdv password-link", f"nobody here signs in as {options.email}")
        return 1
    link = f"{settings.BASE_URL}/mot-de-passe/{one_time.make(OneTimeLink.Purpose.PASSWORD, user)}/"
    emit({"link": link}, options.json, lambda row: f"Open this link within a day, once:\n  {row['link']}")
    return 0


@with_installation
def run_settings(options: argparse.Namespace) -> int:
    from rendezvous.site import options as settings

    for value in settings.load().values():
        shown = "(set)" if value.option.secret and value.value else value.value
        row = {
            "name": value.option.name,
            "variable": value.option.variable,
            "value": list(shown) if isinstance(shown, tuple) else shown,
            "default": value.option.default if not isinstance(value.option.default, tuple) else [],
            "source": value.source,
            "help": value.option.help,
        }
        emit(
            row,
            options.json,
            lambda row: f"{row['variable']:<20} {row['value']!s:<34} {row['source']:<12} {row['help']}",
        )
    return 0

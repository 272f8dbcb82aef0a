"""The `rdv` command: what it prints, how it fails, with which status."""

import datetime as dt
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rendezvous.cli import build_parser, main

DOCUMENT = Path(__file__).parent.parent / "docs" / "rdv.md"
TEXT = "Bonjour,\n\nNous sommes une librairie à Brest. Budget : 1 200 € HT, pour le 3 mai.\n\nMerci, Ana"
MAIL = b"From: Ana <ana@librairie.example>\r\nTo: maud@esteve.example\r\nDate: Mon, 2 Mar 2026 09:00:00 +0100\r\nSubject: Affiche\r\n\r\n"
RULES = {"timezone": "Europe/Paris", "length": 60, "step": 60, "weekly": {"monday": [["09:00", "12:00"]]}}
BUSY = b"""BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//\r\nBEGIN:VEVENT\r\nUID:1@x.example\r\nDTSTAMP:20260301T000000Z\r
DTSTART:20260302T090000Z\r\nDTEND:20260302T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def rows(count):
    return "source,signed\n" + "".join(f"{'blog' if n % 3 else 'ad'},{int(n % 3 == 0)}\n" for n in range(count))


@pytest.fixture
def stdin(monkeypatch):
    def put(data):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))

    return put


@pytest.mark.parametrize("name", sorted(build_parser()._subparsers._group_actions[0].choices))
def test_every_subcommand_is_documented(name):
    assert re.search(rf"^#+ .*`rdv {name}`", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE) or name == "settings"


# --- read


def test_read_says_what_a_text_says(tmp_path, capsys):
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    assert main(["read", "--json", str(file)]) == 0
    [row] = lines(capsys)
    assert list(row) == ["file", "language", "kind", "brief", "signals", "mentions"]
    assert (row["file"], row["language"], row["kind"]) == (str(file), "fr", "prospect")
    assert row["brief"]["budget"] == {
        "stated": True, "evidence": ["1 200 € HT"], "min": 1200, "max": 1200, "currency": "EUR", "tax": "excluded", "per": "project",
    }  # fmt: skip
    assert list(row["brief"]) == [
        "who",
        "deliverable",
        "objectives",
        "audiences",
        "competitors",
        "deadline",
        "budget",
        "meeting",
    ]
    assert set(row["mentions"]) == {"amounts", "dates", "durations"}


def test_read_takes_the_date_of_a_mail(tmp_path, capsys):
    file = tmp_path / "a.eml"
    file.write_bytes(MAIL + b"Bonjour, une affiche pour le 3 mai ? Merci")
    main(["read", "--json", str(file)])
    assert lines(capsys)[0]["brief"]["deadline"]["date"] == "2026-05-03"


def test_read_takes_standard_input(stdin, capsys):
    stdin(MAIL + b"Bonjour, une affiche ? Merci")
    assert main(["read", "--json", "-"]) == 0
    assert lines(capsys)[0]["file"] == "-"


def test_read_takes_lines(stdin, capsys):
    stdin(json.dumps({"id": 7, "text": TEXT, "date": "2026-03-02T09:00:00+01:00"}).encode() + b"\n\n")
    assert main(["read", "--lines"]) == 0
    [row] = lines(capsys)
    assert (row["id"], row["brief"]["deadline"]["date"]) == (7, "2026-05-03")


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[]",
        b"{}",
        b'{"text": 3}',
        b'{"text": "x", "date": "soon"}',
        b'"text"',
        b"\xff",
        b'{"text": "x", "date": 5}',
        b"[" * 5000,
    ],
)
def test_a_bad_line_is_named_and_the_others_are_done(stdin, capsys, line):
    stdin(line + b'\n{"id": 2, "text": "Bonjour"}\n')
    assert main(["read", "--lines"]) == 1
    told = capsys.readouterr()
    assert "line 1:" in told.err
    assert json.loads(told.out)["id"] == 2


def test_a_bad_file_is_named_and_the_others_are_done(tmp_path, capsys):
    good, empty = tmp_path / "a.txt", tmp_path / "b.eml"
    good.write_text(TEXT, encoding="utf-8")
    empty.write_bytes(b"")
    assert main(["read", "--json", str(tmp_path / "none.txt"), str(empty), str(tmp_path), str(good)]) == 1
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 1
    assert [line.partition(": ")[0] for line in told.err.splitlines()] == [
        str(tmp_path / "none.txt"),
        str(empty),
        str(tmp_path),
    ]


def test_read_without_json_is_a_readable_table(tmp_path, capsys):
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    main(["read", str(file)])
    assert "1 200 € HT" in capsys.readouterr().out


def test_read_of_nothing_says_how_to_ask(capsys):
    assert main(["read"]) == 2
    assert "name files" in capsys.readouterr().err


# --- forecast


@pytest.fixture
def history(tmp_path):
    file = tmp_path / "history.csv"
    file.write_text(rows(60))
    return file


def test_forecast_gives_each_row_its_chance_and_interval(history, tmp_path, capsys):
    new = tmp_path / "new.csv"
    new.write_text("source\nblog\nad\nelsewhere\n\n")
    assert main(["forecast", str(history), "--outcome", "signed", "--predict", str(new), "--json"]) == 0
    found = lines(capsys)
    assert [row["row"] for row in found] == [1, 2, 3]
    assert all(0 <= row["low"] <= row["probability"] <= row["high"] <= 1 for row in found)
    assert found[0]["probability"] < found[1]["probability"]


def test_forecast_alone_measures_itself_beside_the_base_rate(history, capsys):
    assert main(["forecast", str(history), "--outcome", "signed", "--positive", "1", "--json"]) == 0
    [row] = lines(capsys)
    assert row["cases"] == 60
    assert row["log_loss"] < row["base_log_loss"]
    assert {"calibration_error", "calibration_noise", "bias", "better"} <= set(row)


def test_what_is_ignored_is_not_learned_from(history, tmp_path, capsys):
    new = tmp_path / "new.csv"
    new.write_text("source\nblog\nad\n")
    main(["forecast", str(history), "--outcome", "signed", "--ignore", "source", "--predict", str(new), "--json"])
    blog, ad = lines(capsys)
    assert blog["probability"] == ad["probability"]


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        ("", "signed"),
        ("a,b\n1,2\n", "signed"),
        ("a\0b", "signed"),
        ("source,signed\nblog,1\n", "sgined"),
        (None, "signed"),
    ],
)
def test_a_table_that_cannot_be_used_is_told_in_a_sentence(tmp_path, capsys, content, outcome):
    file = tmp_path / "h.csv"
    if content is not None:
        file.write_text(content)
    assert main(["forecast", str(file), "--outcome", outcome]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert "h.csv" in line


# --- slots


@pytest.fixture
def rules(tmp_path):
    file = tmp_path / "rules.json"
    file.write_text(json.dumps(RULES))
    return file


def slots(rules, *more):
    return main(
        [
            "slots",
            "--rules",
            str(rules),
            "--from",
            "2026-03-02",
            "--days",
            "1",
            "--now",
            "2026-02-01T00:00:00Z",
            "--json",
            *more,
        ]
    )


def test_slots_lists_free_times_in_order(rules, capsys):
    assert slots(rules) == 0
    assert lines(capsys) == [
        {"start": f"2026-03-02T{hour:02}:00:00+01:00", "end": f"2026-03-02T{hour + 1:02}:00:00+01:00"}
        for hour in (9, 10, 11)
    ]


def test_what_calendars_say_is_busy_is_left_out(rules, tmp_path, capsys):
    (tmp_path / "busy.ics").write_bytes(BUSY)
    assert slots(rules, "--busy", str(tmp_path / "busy.ics")) == 0
    assert [row["start"][11:13] for row in lines(capsys)] == ["09", "11"]


def test_a_bad_calendar_is_named_and_the_others_count(rules, tmp_path, capsys):
    (tmp_path / "busy.ics").write_bytes(BUSY)
    (tmp_path / "bad.ics").write_bytes(b"no calendar")
    assert (
        slots(rules, "--busy", str(tmp_path / "bad.ics"), str(tmp_path / "none.ics"), str(tmp_path / "busy.ics")) == 1
    )
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 2
    assert "bad.ics" in told.err
    assert "none.ics" in told.err


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"timezone": "Mars/Olympus"}', json.dumps({**RULES, "lenght": 3}), "[" * 5000]
)
def test_bad_rules_are_named(tmp_path, capsys, content):
    file = tmp_path / "rules.json"
    file.write_text(content)
    assert slots(file) == 1
    assert capsys.readouterr().err.startswith(str(file))


@pytest.mark.parametrize(
    "wrong",
    [
        ["--from", "monday"],
        ["--from", "0001-01-01"],
        ["--from", "9999-12-30"],
        ["--days", "-1"],
        ["--days", "x"],
        ["--now", "soon"],
    ],
)
def test_a_wrong_option_is_named(rules, capsys, wrong):
    with pytest.raises(SystemExit) if wrong != ["--days", "-1"] else pytest.MonkeyPatch.context():
        assert slots(rules, *wrong) == 2
    assert wrong[0] in capsys.readouterr().err


# --- verify


@pytest.fixture(scope="module")
def contract(tmp_path_factory):
    """A sealed contract as its client keeps it."""
    from rendezvous.agreements.sealing import make_identity, seal
    from rendezvous.agreements.typesetting import Sheet, typeset

    now = dt.datetime.now(dt.UTC)
    pdf = typeset(Sheet("fr", "agreement", "Contrat", "Un accord.", at=now)).pdf
    file = tmp_path_factory.mktemp("contract") / "contrat.pdf"
    file.write_bytes(seal(pdf, *make_identity("Maud Estève", "maud@esteve.example", at=now), reason="contrat"))
    return file


def tampered(contract, tmp_path):
    file, pdf = tmp_path / "tampered.pdf", bytearray(contract.read_bytes())
    pdf[2000] ^= 1
    file.write_bytes(pdf)
    return file


def test_verify_says_in_one_line_that_a_contract_is_whole_and_who_sealed_it(contract, capsys):
    assert main(["verify", str(contract)]) == 0
    [line] = capsys.readouterr().out.splitlines()
    assert re.fullmatch(
        re.escape(f"{contract}: whole, sealed by Maud Estève <maud@esteve.example> (fingerprint ")
        + r"([0-9a-f]{4} ){4}[0-9a-f]{4}\) on \d{4}-\d\d-\d\dT\S+; no evidence inside",
        line,
    )


def test_verify_says_in_one_line_what_was_changed(contract, tmp_path, capsys):
    file = tampered(contract, tmp_path)
    assert main(["verify", str(file)]) == 1
    assert capsys.readouterr().out == (
        f"{file}: not whole. Something within the sealed part was altered after the sealing.\n"
    )


def test_verify_in_json_has_the_same_keys_for_every_file(contract, tmp_path, capsys):
    (tmp_path / "none.pdf").write_bytes(b"no PDF")
    assert main(["verify", "--json", str(contract), str(tampered(contract, tmp_path)), str(tmp_path / "none.pdf")]) == 1
    found = lines(capsys)
    assert [(row["sealed"], row["whole"]) for row in found] == [(True, True), (True, False), (False, False)]
    documented = re.search(r"`(\{\"file\", \"sealed\".*?\})`", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)[1]
    assert {tuple(row) for row in found} == {tuple(re.findall(r"\"(\w+)\"", documented))}
    assert found[0]["fingerprint"].startswith(found[1]["fingerprint"])
    assert dt.datetime.fromisoformat(found[0]["sealed_at"]).tzinfo


def test_verify_names_what_cannot_be_read_and_does_the_others(contract, tmp_path, capsys):
    assert main(["verify", str(tmp_path / "absent.pdf"), str(tmp_path), str(contract)]) == 1
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 1
    assert [line.partition(": ")[0] for line in told.err.splitlines()] == [str(tmp_path / "absent.pdf"), str(tmp_path)]


def test_verify_reads_no_file_without_end(tmp_path, capsys):
    file = tmp_path / "large.pdf"
    with file.open("wb") as large:
        large.write(b"%PDF-1.7\n")
        large.truncate(60_000_000)
    assert main(["verify", str(file)]) == 1
    assert capsys.readouterr().out == f"{file}: not whole. It is larger than 50 MB: no sealed document is.\n"


def test_verify_needs_no_installation_and_no_django(contract, tmp_path):
    program = (
        "import sys; from rendezvous.cli import main; status = main(['verify', sys.argv[1]]);"
        "sys.exit(status or ('django' in sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(contract)], cwd=tmp_path, env={"HOME": str(tmp_path)}, check=False
    )  # fmt: skip
    assert run.returncode == 0
    assert list(tmp_path.iterdir()) == []


# --- settings


def test_settings_lists_each_with_where_it_comes_from(monkeypatch, capsys):
    monkeypatch.setenv("RDV_PORT", "8001")
    monkeypatch.setenv("RDV_SMTP_PASSWORD", "very secret")
    assert main(["settings", "--json"]) == 0
    found = {row["name"]: row for row in lines(capsys)}
    assert (found["port"]["value"], found["port"]["source"]) == (8001, "environment")
    assert found["smtp_password"]["value"] == "(set)"

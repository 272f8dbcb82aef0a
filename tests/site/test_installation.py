"""The real command on a fresh data folder: first start, second start, mail in, what stops it."""

import json
import socket
import sqlite3
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.inquiries.email.mails import mail
from tests.installation import link_in, rdv, serving

WRONG = "rdv: The setting RDV_PORT must be a whole number, not 'eighty'.\n"


@pytest.mark.parametrize(
    "command", [["settings"], ["serve"], ["deliver"], ["fetch-mail"], ["password-link", "x@example.org"]]
)
def test_a_wrong_setting_stops_with_one_sentence(tmp_path, command):
    ran = rdv(tmp_path / "data", *command, port="eighty")
    assert (ran.returncode, ran.stderr.decode(), ran.stdout) == (2, WRONG, b"")
    assert not (tmp_path / "data").exists()


def test_a_port_in_use_is_told_in_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = rdv(tmp_path / "data", "serve", port=taken.getsockname()[1])
    assert ran.returncode == 2
    assert "RDV_PORT" in ran.stderr.decode()
    assert len(ran.stderr.splitlines()) == 1


def test_a_database_that_cannot_be_reached_is_told_in_one_sentence(tmp_path):
    ran = rdv(tmp_path / "data", "serve", database_url="postgresql://nobody@127.0.0.1:1/none")
    assert ran.returncode == 2
    assert "RDV_DATABASE_URL" in ran.stderr.decode()
    assert len(ran.stderr.splitlines()) == 1


def test_a_data_folder_that_cannot_be_used_is_told_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("no folder")
    ran = rdv(tmp_path / "file", "serve")
    assert ran.returncode == 2
    assert "RDV_DATA_DIR" in ran.stderr.decode()
    assert len(ran.stderr.splitlines()) == 1


def test_the_first_start_prints_a_link_and_the_second_keeps_what_there_was(tmp_path):
    with serving(tmp_path / "data") as (address, printed):
        link = link_in(printed, "premiers-pas")
        with urlopen(address + link) as page:
            assert page.status == 200
        with pytest.raises(HTTPError) as refused:
            urlopen(address)
        assert refused.value.code == 503
        refused.value.close()
    key = (tmp_path / "data" / "secret.key").read_text()
    with serving(tmp_path / "data") as (_address, printed):
        assert "premiers-pas" in printed
    assert (tmp_path / "data" / "secret.key").read_text() == key
    assert (tmp_path / "data" / "rendezvous.sqlite3").stat().st_mode & 0o077 == 0 or (
        (tmp_path / "data").stat().st_mode & 0o077 == 0
    )


def test_links_written_on_the_first_start_open_their_pages(tmp_path):
    with serving(tmp_path / "data", "--demo") as (address, _printed):
        database = sqlite3.connect(tmp_path / "data" / "demo" / "rendezvous.sqlite3")
        [(text,)] = database.execute("SELECT text FROM inquiries_outgoingmail WHERE text LIKE '%/d/%' LIMIT 1")
        database.close()
        with urlopen(address + link_in(text, "d")) as page:
            assert page.status == 200


@pytest.fixture(scope="module")
def practice(tmp_path_factory):
    """A folder in which Maud has a practice."""
    folder = tmp_path_factory.mktemp("practice") / "data"
    rdv(folder, "deliver", data=b"")  # makes the database
    ran = rdv(folder, "deliver", "--json", data=mail().as_bytes())
    assert ran.returncode == 1
    from tests.site.setting_up import set_up_in

    set_up_in(folder)
    return folder


def test_a_mail_is_delivered(practice):
    ran = rdv(practice, "deliver", "--json", data=mail(message_id="<cli@x.example>").as_bytes())
    assert (ran.returncode, json.loads(ran.stdout)["result"]) == (0, "new")
    again = rdv(practice, "deliver", "--json", data=mail(message_id="<cli@x.example>").as_bytes())
    assert json.loads(again.stdout)["result"] == "known"


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\0\0"])
def test_what_is_no_mail_is_refused_in_one_sentence(practice, data):
    ran = rdv(practice, "deliver", data=data)
    assert ran.returncode == 1
    assert ran.stderr.startswith(b"rdv deliver: ")
    assert len(ran.stderr.splitlines()) == 1


def test_fetching_without_a_mailbox_names_what_to_set(practice):
    ran = rdv(practice, "fetch-mail")
    assert ran.returncode == 1
    assert b"RDV_IMAP_HOST" in ran.stderr


def test_a_link_for_a_new_password_is_printed(practice):
    ran = rdv(practice, "password-link", "MAUD@esteve.example", "--json")
    assert "/mot-de-passe/" in json.loads(ran.stdout)["link"]


def test_nobody_gets_a_link_who_does_not_sign_in_here(practice):
    ran = rdv(practice, "password-link", "x@example.org")
    assert (ran.returncode, ran.stdout) == (1, b"")


def test_the_database_of_an_installation_refuses_a_raw_overlap(practice):
    database = sqlite3.connect(practice / "rendezvous.sqlite3")
    triggers = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    database.close()
    assert triggers >= {"appointments_never_overlap_insert", "appointments_never_overlap_update"}

"""Mail as it travels: every encoding, every odd header, and one error only."""

import contextlib
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendezvous.reading import UnreadableMessage, parse_message

HEADERS = "From: Ana Rey <ana@librairie.example>\nTo: maud@esteve.example\nDate: Mon, 2 Mar 2026 09:00:00 +0100\nSubject: Affiche\n"


def parsed(head="", body="Bonjour"):
    return parse_message(f"{HEADERS}{head}\n{body}".encode())


def test_the_envelope_is_read():
    mail = parsed("Message-ID: <a@librairie.example>\nReferences: <x@y.example> <z@y.example>\n")
    assert (mail.sender.name, mail.sender.address) == ("Ana Rey", "ana@librairie.example")
    assert mail.to == ("maud@esteve.example",)
    assert mail.subject == "Affiche"
    assert mail.date.isoformat() == "2026-03-02T09:00:00+01:00"
    assert mail.message_id == "<a@librairie.example>"
    assert mail.references == ("<x@y.example>", "<z@y.example>")


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        (
            "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n",
            b"d=E9j=E0",
            "déjà",
        ),
        ("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n", b"ZMOpasOg", "déjà"),
        ("Content-Type: text/plain; charset=windows-1252\n", b"l\x92\x9cuf", "l’œuf"),
        ("Content-Type: text/plain; charset=no-such-thing\n", "déjà".encode(), "déjà"),
        ("", "déjà".encode("cp1252"), "déjà"),
        ("Content-Type: text/html; charset=utf-8\n", "<p>déjà<br>vu</p><script>x</script>".encode(), "déjà\nvu"),
    ],
)
def test_the_text_is_read_whatever_its_encoding(head, body, text):
    mail = parse_message(HEADERS.encode() + head.encode() + b"\n" + body)
    assert mail.text.strip() == text


def test_the_plain_text_is_preferred_to_the_html():
    message = EmailMessage()
    message["From"], message["To"] = "ana@librairie.example", "maud@esteve.example"
    message.set_content("en clair")
    message.add_alternative("<p>en couleurs</p>", subtype="html")
    assert parse_message(message.as_bytes()).text.strip() == "en clair"


def test_attachments_come_with_their_names_and_contents():
    message = EmailMessage()
    message["From"], message["To"] = "ana@librairie.example", "maud@esteve.example"
    message.set_content("ci-joint")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="été.pdf")
    [file] = parse_message(message.as_bytes()).attachments
    assert (file.name, file.content_type, file.content) == ("été.pdf", "application/pdf", b"%PDF-1.7")


@pytest.mark.parametrize(
    "head",
    [
        "Auto-Submitted: auto-replied\n",
        "Precedence: bulk\n",
        "List-Unsubscribe: <mailto:x@y.example>\n",
        "List-Id: <x.y.example>\n",
    ],
)
def test_what_no_person_sent_by_hand_is_told(head):
    assert parsed(head).automatic
    assert not parsed().automatic


@pytest.mark.parametrize("data", [b"", b"   \n", b"\x00\x00\x00\x00", b"\x89PNG\r\n\x1a\n\x00\x00"])
def test_what_is_no_mail_is_refused_in_a_sentence(data):
    with pytest.raises(UnreadableMessage) as refusal:
        parse_message(data)
    assert len(str(refusal.value)) > 10


@given(st.binary(max_size=2000))
def test_whatever_comes_there_is_a_mail_or_a_sentence(data):
    with contextlib.suppress(UnreadableMessage):
        parse_message(data)


@given(
    st.binary(max_size=500),
    st.sampled_from(
        ["text/plain", "text/html", "multipart/mixed; boundary=x", "message/rfc822", "text/plain; charset=utf-7"]
    ),
)
def test_whatever_the_body_is_a_mail_with_headers_is_read(body, kind):
    mail = parse_message(HEADERS.encode() + f"Content-Type: {kind}\n\n".encode() + body)
    assert mail.sender.address == "ana@librairie.example"


@given(st.text(alphabet="<>pdivbr /script\n&;a=\"'", max_size=400))
def test_html_of_any_shape_leaves_no_markup(html):
    mail = parse_message(
        HEADERS.encode() + b"Content-Type: text/html; charset=utf-8\n\n" + f"<html><body>{html}</body></html>".encode()
    )
    assert "<script" not in mail.text

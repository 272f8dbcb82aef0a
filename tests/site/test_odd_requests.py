"""Whatever is asked, in whatever shape, is answered without a failure: by 2xx to 4xx, never by 500."""

from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rendezvous.appointments.booking import book
from rendezvous.appointments.slots import free_slots
from tests.agreements.papers import WITH_OPTION, sent
from tests.cast import signed_in

HUGE = 2**63
ODD = [
    "",
    " ",
    "\x00",
    "0",
    "-1",
    "9" * 30,
    "é" * 300,
    "' OR 1=1 --",
    "../../etc/passwd",
    "<script>",
    "{{ 7*7 }}",
    "%00",
    "\ud7ff",
    "🙂",
    "2026-02-30",
    "NaN",
    "[]",
]
FIELDS = [
    "words", "reach", "website", "stamp", "start", "cancel", "renew", "reason", "probability", "skip", "action", "text", "subject", "mode",
    "minutes", "place", "draft", "send", "result", "why", "insisted", "amount", "date", "time", "travel", "name", "email", "phone", "note",
    "version", "paragraph", "option", "ticks", "code", "client_name", "client_country", "client_vat_number", "title", "number", "tone", "after",
    "about", "kind", "what", "remark", "because", "line-0-text", "line-0-price", "line-0-quantity", "line-0-rate", "line-0-discount", "line-0-key",
    "line-0-optional", "line-9999-text", "currency", "regime", "discount", "deposit_percent", "deposit_amount", "payment_days", "valid_until",
    "legal_name", "legal_form", "siret", "iban", "bic", "vat_rate", "country", "trade", "works", "observation", "agreed", "notes", "file",
    "language", "present", "back", "page", "monday", "exceptions", "holidays", "step", "timezone", "hourly_worth", "accent", "promise_days",
]  # fmt: skip
values = st.sampled_from(ODD) | st.text(max_size=40)


def paths(practice, invitation, appointment, document):
    """Every address of the site, with the keys of Maud's own things."""
    inquiry = invitation.inquiry
    keys = {
        "pk": inquiry.pk,
        "inquiry_pk": inquiry.pk,
        "file_pk": 1,
        "slug": practice.slug,
        "name": "budget",
        "action": "ask",
        "kind": "agreement",
        "number": 1,
        "language": "fr",
    }
    tokens = {"i/": invitation.token, "rdv/": appointment.token, "p/": document.token}
    found = []
    for resolver in get_resolver().url_patterns:
        for pattern in getattr(resolver, "url_patterns", []):
            route = f"{resolver.pattern}{pattern.pattern}"
            if "2fa/" in route:
                continue
            token = next((token for start, token in tokens.items() if route.startswith(start)), inquiry.token)
            of_document = {"pk": document.pk} if "documents/<int:pk>" in route else {}
            for name, key in {**keys, **of_document, "token": token}.items():
                for kind in ("int", "str", "slug"):
                    route = route.replace(f"<{kind}:{name}>", str(key))
            found.append(f"/{route}")
    assert len(found) > 80
    assert not [path for path in found if "<" in path]
    return found


@pytest.fixture
def site(cast, invitation):
    appointment = book(invitation, free_slots(invitation)[0].start)
    client = signed_in(cast.owner)
    client.raise_request_exception = False
    document = sent(invitation.inquiry, "proposal", lines=WITH_OPTION)
    return client, paths(cast.practice, invitation, appointment, document)


@contextmanager
def undone():
    """Each request finds the practice as the first one did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def refuse_failures(answer, path, sent):
    if answer.streaming:
        b"".join(answer.streaming_content)
    assert answer.status_code < 500 or answer.status_code == 503, f"{path} {sent}"


@given(data=st.data())
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_odd_forms(site, data):
    client, addresses = site
    path = data.draw(st.sampled_from([a for a in addresses if "logout" not in a and "password" not in a]))
    sent = data.draw(st.dictionaries(st.sampled_from(FIELDS), values, max_size=6))
    with undone():
        refuse_failures(client.post(path, sent), path, sent)


@given(data=st.data())
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_odd_questions(site, data):
    client, addresses = site
    path = data.draw(st.sampled_from(addresses))
    asked = data.draw(
        st.dictionaries(st.sampled_from(["q", "page", "folder", "jour", "lang", "next", "added"]), values, max_size=3)
    )
    with undone():
        refuse_failures(client.get(path, asked), path, asked)


@pytest.mark.parametrize("key", [0, HUGE - 1, HUGE, 10**40])
@pytest.mark.parametrize(
    "path",
    ["/bureau/demandes/{}/", "/bureau/rendez-vous/{}/", "/bureau/envois/{}/", "/bureau/contacts/{}/", "/bureau/documents/{}/",
     "/bureau/documents/{}/ecrire/", "/bureau/demandes/{}/travail/", "/bureau/demandes/{}/documents/quote/"],
)  # fmt: skip
def test_numbers_that_no_row_can_have_are_not_found(site, path, key):
    client, _paths = site
    assert client.get(path.format(key)).status_code == 404


@pytest.mark.parametrize("token", ["", "x", "é" * 32, "A" * 32, "A" * 5000, "%00" * 10, "..%2f..", "\x00"])
@pytest.mark.parametrize("kind", ["d", "i", "rdv", "p", "premiers-pas", "mot-de-passe"])
def test_tokens_of_any_shape_open_nothing(site, browser, kind, token):
    browser.raise_request_exception = False
    assert browser.get(f"/{kind}/{token}/").status_code in {301, 404, 410}


@pytest.mark.parametrize("name", ["x.txt", "\x00.txt", "a/b.txt", "é" * 200 + ".txt", ""])
@pytest.mark.parametrize("data", [b"", b"\x00", b"texte", b"\xff\xfe" * 100])
def test_odd_files(site, browser, inquiry, name, data):
    browser.raise_request_exception = False
    file = SimpleUploadedFile(name or "x", data)
    refuse_failures(browser.post(f"/d/{inquiry.token}/", {"words": "Voici", "files": file}), name, data[:4])


@pytest.mark.parametrize("body", [b"", b"\xff" * 100, b"words=%ff%fe&reach=%00", b"a=" * 2000])
@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "application/json",
        "text/plain; charset=nonsense",
    ],
)
def test_bodies_of_any_shape(practice, browser, body, kind):
    browser.raise_request_exception = False
    answer = browser.generic("POST", "/", body, content_type=kind)
    refuse_failures(answer, kind, body[:10])


@pytest.mark.parametrize(
    "header",
    ["accept-language", "x-forwarded-for", "origin", "referer", "hx-target", "hx-request", "user-agent", "cookie"],
)
@pytest.mark.parametrize("value", ["", "x" * 5000, "é", ",,,;;q=z", "\t"])
def test_headers_of_any_shape(practice, browser, header, value):
    browser.raise_request_exception = False
    refuse_failures(browser.get("/", headers={header: value}), header, value[:5])

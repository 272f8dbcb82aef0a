"""From a proposal to a sealed contract, through the pages, as the two of them would."""

import re

import pytest

from rendezvous.agreements import proof, sealing
from rendezvous.agreements.models import Deposit, Document, DocumentStatus, Letterhead, Outcome
from tests.cast import ANNE, let_pass, mails_to, run_tasks


@pytest.fixture
def letterhead(practice):
    return Letterhead.objects.create(
        practice=practice, legal_name="Maud Estève", siret="73282932000074", address="12 rue des Lilas\n13001 Marseille",
        iban="FR7630006000011234567890189", trade="copywriter",
    )  # fmt: skip


def first_form(page):
    """The fields of the editor as they stand, to be sent back."""
    text = page.content.decode()
    import html

    fields = {}
    for tag, name, value in re.findall(r'(<input[^>]*name="([\w-]+)"[^>]*?value="([^"]*)"[^>]*>)', text):
        if "checkbox" not in tag or " checked" in tag:
            fields[name] = html.unescape(value)
    for name, value in re.findall(r'<textarea[^>]*name="([\w-]+)"[^>]*>\n?(.*?)</textarea>', text, re.DOTALL):
        fields[name] = html.unescape(value)
    for name, options in re.findall(r'<select[^>]*name="([\w-]+)"[^>]*>(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    fields.pop("csrfmiddlewaretoken", None)
    fields.pop("send", None)
    return fields


def test_from_yes_to_the_seal(desk, browser, inquiry, letterhead):
    base = f"/bureau/demandes/{inquiry.pk}/documents"
    page = desk.get(f"{base}/proposal/")
    assert page.status_code == 200, page.content
    fields = first_form(page)
    answer = desk.post(f"{base}/proposal/", {**fields, "send": "1"})
    proposal = Document.objects.get()
    assert answer["Location"] == f"/bureau/documents/{proposal.pk}/"
    assert proposal.number.startswith("P-")
    assert desk.get(answer["Location"]).status_code == 200

    link = f"/doc/{proposal.token}/"
    read = browser.get(link)
    assert read.status_code == 200
    proposal.refresh_from_db()
    assert proposal.opened_at is None
    assert (
        browser.post(
            f"{link}accepter/",
            {"version": "1", "name": "Pharmacie des Lilas", "address": "1 place de l’Exemple\n69001 Lyon"},
        ).status_code
        == 302
    )

    page = desk.get(f"{base}/agreement/")
    assert "Pharmacie des Lilas" in page.content.decode()
    answer = desk.post(f"{base}/agreement/", {**first_form(page), "send": "1"})
    contract = Document.objects.get(kind="agreement")
    assert contract.status == DocumentStatus.SENT
    link = f"/doc/{contract.token}/"
    assert browser.get(link).status_code == 200
    assert browser.post(f"{link}code/", {"version": "1", "name": "Anne Vidal"}).status_code == 302
    code = re.search(r"\d{6}", mails_to(ANNE)[-1].text)[0]
    assert (
        browser.post(f"{link}signer/", {"version": "1", "code": "000000" if code != "000000" else "111111"}).status_code
        == 422
    )
    assert browser.post(f"{link}signer/", {"version": "1", "code": f" {code[:3]} {code[3:]}"}).status_code == 302
    assert desk.post(f"/bureau/documents/{contract.pk}/signer/", {"version": 1}).status_code == 302
    let_pass(1)
    run_tasks()
    contract.refresh_from_db()
    assert contract.status == DocumentStatus.SEALED
    assert Outcome.objects.get().result == "signed"
    assert Deposit.objects.get().amount > 0
    assert proof.broken_at(contract) is None
    seal = contract.sent_version.seal
    with seal.pdf.open("rb") as file:
        data = file.read()
    found = sealing.verify(data)
    assert found.whole
    assert found.evidence == "whole"

    assert desk.get(f"/bureau/documents/{contract.pk}/").status_code == 200
    assert browser.get(link).status_code == 200
    assert desk.get("/bureau/regard/").status_code == 200
    assert desk.get("/bureau/documents/").status_code == 200
    assert desk.get(f"/bureau/demandes/{inquiry.pk}/travail/").status_code == 200

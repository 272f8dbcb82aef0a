"""What both are told by mail: subject, text and HTML, in French and in English, each whole and in its own words."""

import datetime as dt
import re
from email import message_from_bytes, policy
from html import unescape
from pathlib import Path

import pytest

from rendezvous.agreements import deposits, documents, letters, signing
from rendezvous.agreements.models import Deposit
from rendezvous.practice import clock
from tests.agreements.papers import fresh, link, next_version, sealed, sent, signed
from tests.cast import ANNE, inquire, mails_to

OWNER = "maud@esteve.example"
ENGLISH = "Hello,\n\nWe need the texts of our website rewritten, 20 pages. Budget: £4,000.\n\nKate Lilac"


@pytest.fixture(params=["fr", "en"])
def language(request, practice, letterhead):
    practice.language = request.param
    practice.save()
    return request.param


@pytest.fixture
def asker(practice, language):
    inquiry = inquire(practice) if language == "fr" else inquire(practice, ENGLISH, ANNE)
    assert inquiry.language == language
    inquiry.person.name = "Anne Vidal"
    inquiry.person.save()
    return inquiry


def parts(mail):
    """Subject, text and HTML of a mail, as a mail program reads them."""
    message = message_from_bytes(bytes(mail.content), policy=policy.default)
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    return message["Subject"], text, html


def plain(text):
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def read(address, language, number=-1):
    """A mail to that address, the last one, proved whole: its subject and its text, without special spaces."""
    subject, text, html = parts(mails_to(address)[number])
    body = unescape(re.sub(r"<[^>]+>", " ", html.partition("<body")[2]))
    for words in (subject, text, body):
        assert not re.search(r"None|\(\s*\)|\[\s*\]|“\s*”|«\s*»|\{\{|\{%|&amp;amp;|  \S+\(\)", words)
        assert not re.search(r"\s[,.](?:\s|$)", words)
    assert f'lang="{language}"' in html
    for line in plain(text).split(". "):
        assert line in plain(body).replace(" ,", ",") or line[:30] in plain(body)
    return plain(subject), plain(text)


def by(language, fr, en):
    return fr if language == "fr" else en


@pytest.mark.parametrize("kind", ["proposal", "quote", "agreement"])
def test_a_document_that_is_sent(language, asker, kind):
    document = sent(asker, kind)
    subject, text = read(ANNE, language)
    assert subject == plain(f"{document.sent_version.title} ({document.number})")
    first = {
        "proposal": by(
            language, "Voici, en une page, ce que je vous propose.", "Here, on one page, is what I propose."
        ),
        "quote": by(language, "Voici le devis.", "Here is the quote."),
        "agreement": by(language, "Voici le contrat.", "Here is the contract."),
    }
    assert text.startswith(by(language, "Bonjour Anne, ", "Hello Anne, ") + first[kind])
    assert link(document) in text
    until = by(language, "Offre valable jusqu’au ", "It is valid until ")
    assert until in text


def test_a_new_version_says_that_the_one_before_holds_no_more(language, asker):
    document = sent(asker)
    next_version(document, title="Autrement", because="délais précisés")
    subject, text = read(ANNE, language)
    assert subject.startswith(by(language, "Nouvelle version : Autrement", "New version: Autrement"))
    assert "(délais précisés)" in text
    assert by(language, "ne vaut plus", "no longer holds") in text


def test_a_new_version_without_a_word_has_no_empty_brackets(language, asker):
    next_version(sent(asker), title="Autrement")
    assert by(language, "Voici une nouvelle version ; elle", "Here is a new version; it") in read(ANNE, language)[1]


def test_without_a_last_day_none_is_told(language, asker):
    sent(asker, "proposal", valid_until=None)
    assert by(language, "Offre valable", "It is valid") not in read(ANNE, language)[1]


def test_the_code(language, asker):
    document = sent(asker)
    signing.ask_code(document.sent_version, "Anne Vidal")
    subject, text = read(ANNE, language)
    code = re.search(r"\d{6}", text)[0]
    assert subject == by(language, f"Votre code pour signer : {code}", f"Your code to sign: {code}")
    assert document.number in text
    assert "15 minutes" in text
    assert link(document) not in text


def test_her_answer_to_a_remark(language, asker):
    document = sent(asker)
    documents.remark(document.sent_version, "Oui, en mars.", None, by_owner=True)
    subject, text = read(ANNE, language)
    assert subject == plain(document.sent_version.title) + by(language, " : ma réponse", ": my answer")
    assert "Oui, en mars." in text
    assert link(document) in text


def test_their_remark_to_her(language, asker):
    document = sent(asker)
    documents.remark(document.sent_version, "Et en mars ?", 0)
    subject, text = read(OWNER, language)
    assert subject.startswith(by(language, "Anne Vidal : une remarque sur", "Anne Vidal: a remark on"))
    assert document.number in subject
    assert "Et en mars ?" in text
    assert f"/bureau/documents/{document.pk}/" in text


def test_their_yes_to_her(language, asker):
    document = sent(asker, "proposal")
    documents.accept(document.sent_version)
    subject, text = read(OWNER, language)
    assert subject.startswith(by(language, "Anne Vidal dit oui à", "Anne Vidal says yes to"))
    assert f"/bureau/documents/{document.pk}/" in text


@pytest.mark.parametrize("reason", ["Trop cher", ""])
def test_their_no_to_her(language, asker, reason):
    document = sent(asker, "proposal")
    documents.refuse(document.sent_version, reason)
    subject, text = read(OWNER, language)
    assert subject.startswith(by(language, "Anne Vidal dit non à", "Anne Vidal says no to"))
    expected = by(language, "« Trop cher »", "“Trop cher”") if reason else by(language, "Sans dire", "Without saying")
    assert text.startswith(expected)


def test_their_signature_to_her(language, asker):
    with clock.at(dt.datetime(2026, 7, 1, 12, 30, tzinfo=dt.UTC)):
        document = signed(sent(asker, valid_until=dt.date(2026, 7, 31)))
        subject, text = read(OWNER, language)
    assert subject.startswith(by(language, "Anne Vidal a signé", "Anne Vidal has signed"))
    assert document.number in subject
    assert by(language, "mercredi 1er juillet à 14 h 30", "Wednesday 1 July at 14:30") in text


def test_the_sealed_copy_to_both(cast, language, asker):
    document = sealed(sent(asker), cast.owner)
    subject, text = read(ANNE, language, -2)  # the letter of the deposit follows it
    assert document.number in subject
    assert by(language, "L’exemplaire scellé est joint", "The sealed copy is attached") in text
    subject, text = read(OWNER, language)
    assert by(language, "Anne Vidal l’a reçu aussi.", "Anne Vidal has it too.") in text


def test_who_has_no_address_has_received_nothing(cast, language, asker):
    document = signed(sent(asker))
    asker.person.email, asker.person.phone = "", "+33639981422"
    asker.person.save()
    before = len(mails_to(ANNE))
    sealed(document, cast.owner)
    _subject, text = read(OWNER, language)
    assert by(language, "l’a reçu aussi", "has it too") not in text
    assert len(mails_to(ANNE)) == before
    assert asker.messages.last().channel == "phone"


def test_the_deposit_that_is_asked_for(cast, language, asker):
    sealed(sent(asker), cast.owner)
    deposit = Deposit.objects.get()
    mail = next(mail for mail in mails_to(ANNE) if deposit.reference in mail.text)
    subject, text, _html = parts(mail)
    assert deposit.document.number in subject
    assert by(language, "720 €", "€720") in plain(text)
    assert by(language, "L’IBAN, et un code", "The IBAN, and a code") in plain(text)


def test_without_an_iban_none_is_promised(cast, language, asker):
    type(asker.practice.letterhead).objects.update(iban="")
    sealed(sent(asker), cast.owner)
    mail = next(mail for mail in mails_to(ANNE) if Deposit.objects.get().reference in mail.text)
    assert "IBAN" not in mail.text


TONES = {
    "kind": ("Un petit mot pour l’acompte", "S’il est en route", "A word about the deposit", "If it is on its way"),
    "firm": ("je n’ai rien reçu", "Le calendrier convenu court à partir de son arrivée", "nothing has come", "runs from the day it is here"),
    "formal": ("mise en demeure", "Je vous mets en demeure", "formal notice", "Please pay it within eight days"),
}  # fmt: skip


@pytest.mark.parametrize("tone", TONES)
def test_a_reminder(cast, language, asker, tone):
    sealed(sent(asker), cast.owner)
    deposit = Deposit.objects.get()
    deposits.send_reminder(deposit, *letters.deposit_reminder(deposit, tone))
    subject, text = read(ANNE, language)
    fr_subject, fr_text, en_subject, en_text = TONES[tone]
    assert by(language, fr_subject, en_subject) in subject
    assert by(language, fr_text, en_text) in text
    assert by(language, "720 €", "€720") in text
    assert link(fresh(deposit.document)) in text


def test_who_gave_no_first_name_is_greeted_all_the_same(language, asker):
    asker.person.name = ""
    asker.person.save()
    sent(asker)
    assert read(ANNE, language)[1].startswith(by(language, "Bonjour, ", "Hello, "))


@pytest.mark.parametrize(
    "name",
    [
        "Anne\r\nBcc: x@ailleurs.example",
        "Anne <b>Vidal</b>",
        "أحمد الحسن",
        "Zoé 🌻 Lambert",
        '"Anne", Vidal <x@y.example>',
    ],
)
def test_a_name_adds_no_header_and_no_tag(practice, letterhead, name):
    inquiry = inquire(practice)
    inquiry.person.name = name
    inquiry.person.save()
    documents.remark(sent(inquiry).sent_version, "Un mot", None)
    for address in (ANNE, OWNER):
        message = message_from_bytes(bytes(mails_to(address)[-1].content), policy=policy.default)
        assert message["Bcc"] is None
        assert [str(a.addr_spec) for a in message["To"].addresses] == [address]
        assert "<b>" not in message.get_body(("html",)).get_content().partition("<body")[2]


def test_a_title_adds_no_header(practice, letterhead):
    sent(inquire(practice), title="Titre\r\nBcc: x@ailleurs.example")
    message = message_from_bytes(bytes(mails_to(ANNE)[-1].content), policy=policy.default)
    assert message["Bcc"] is None


def test_a_document_in_english_is_told_of_in_english_and_to_her_in_french(practice, letterhead):
    document = sent(inquire(practice, ENGLISH, ANNE))
    assert "Here is the contract." in mails_to(ANNE)[-1].text
    documents.remark(document.sent_version, "In March", 0)
    assert "Pour répondre" in mails_to(OWNER)[-1].text


def test_every_letter_is_there_in_both_languages():
    folder = Path(letters.__file__).parent / "templates/agreements/mail"
    names = {path.name.split(".")[0] for path in folder.iterdir()}
    assert {path.name for path in folder.iterdir()} == {f"{name}.{code}.txt" for name in names for code in ("fr", "en")}

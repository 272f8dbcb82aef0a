"""From a booked appointment to a signed contract and its deposit, on a phone, as the two of them live it."""

import re
import shutil
import subprocess

import pytest

from rendezvous.agreements.sealing import attachments_of, verify
from tests.installation import rdv
from tests.journey import steps
from tests.journey.touches import apart, count_in, counted

MAUD = "maud@esteve.example"
IBAN = "FR7630006000011234567890189"
REASON = "Elle a peur de manquer Noël"
STATEMENT = "Date;Libellé;Débit;Crédit\n{day};VIR PHARMACIE DES LILAS {reference};;{amount}\n"


@pytest.fixture
def look(accessible):
    """Nothing scrolls sideways, nothing is there for axe to find, in light and dark."""

    def look(page):
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} scrolls sideways"
        accessible(page)

    return look


def fill_letterhead(page, site):
    """What her documents say of her, once and for all."""
    page.goto(f"{site}/bureau/reglages/documents/")
    page.locator("[name=legal_name]").fill("Maud Estève")
    page.locator("[name=siret]").fill("732 829 320 00074")
    page.locator("[name=address]").fill("12 rue des Lilas\n13001 Marseille")
    page.locator("[name=iban]").fill(IBAN)
    page.locator("[name=trade]").select_option("copywriter")
    page.locator("main form button.primary").first.click()
    page.wait_for_load_state()
    assert page.locator(".error").count() == 0


def book_a_call(theirs, hers, site, smtp, anne):
    """The stranger writes, the owner says what she feels and invites, a time is chosen."""
    steps.write(theirs, site, anne)
    steps.last_mail(smtp, anne, 0)
    hers.goto(f"{site}/bureau/")
    steps.open_inquiry(hers, anne)
    steps.feel(hers)
    steps.decide(hers, "Appeler")
    hers.get_by_role("button", name=f"Envoyer à {anne}").click()
    theirs.goto(steps.link_in(steps.last_mail(smtp, anne, 1), "i"))
    theirs.locator("button[name=start]").first.click()
    theirs.wait_for_url("**/rdv/*/")
    steps.last_mail(smtp, anne, 2)


def meet(hers, site, look):
    """The page for the way, then the meeting, with the network gone in the middle of it."""
    hers.goto(f"{site}/bureau/agenda/")
    hers.locator("a[href*='/bureau/rendez-vous/']").last.click()
    appointment = re.search(r"/rendez-vous/(\d+)/", hers.url)[1]
    hers.goto(f"{site}/bureau/rendez-vous/{appointment}/avant/")
    look(hers)
    hers.goto(f"{site}/bureau/rendez-vous/{appointment}/sur-place/")
    look(hers)
    hers.locator("button[name=minutes][value='60']").click()
    hers.locator("#clock").wait_for()
    look(hers)
    notes = hers.locator("textarea[name=notes]")
    notes.press_sequentially("Elle veut rassurer ses clients âgés. ")
    hers.context.set_offline(True)
    notes.press_sequentially("Budget confirmé : 4 500 € HT. ")
    hers.wait_for_timeout(1500)
    hers.context.set_offline(False)
    notes.press_sequentially("On signe avant Noël.")
    hers.get_by_text("Gardé", exact=False).first.wait_for()
    hers.locator("button[name=seen][value=courteous]").click()
    hers.locator("button[aria-pressed=true]").first.wait_for()
    hers.locator("#over").click()
    hers.locator("form[action$='/intuition/']").wait_for()
    assert hers.locator("textarea[name=notes]").input_value().strip() == (
        "Elle veut rassurer ses clients âgés. Budget confirmé : 4 500 € HT. On signe avant Noël."
    )
    look(hers)
    hers.locator("form[action$='/intuition/'] button[value='75']").click()
    hers.wait_for_load_state()
    assert hers.locator("form[action$='/intuition/']").count() == 0


def propose(hers, look):
    """One page from what was said; a second page is refused, and what was written stays."""
    hers.locator("a[href$='/documents/proposal/']").first.click()
    hers.wait_for_url("**/documents/proposal/")
    look(hers)
    words = hers.locator("textarea[name=text]").input_value()
    hers.locator("textarea[name=text]").fill(words + "\n\nEt encore une chose. " * 120)
    hers.locator("button[name=send]").first.click()
    hers.wait_for_url("**/ecrire/")
    assert hers.locator(".error", has_text="une page").first.is_visible()
    assert hers.locator("textarea[name=text]").input_value().count("Et encore une chose.") == 120
    look(hers)
    hers.locator("textarea[name=text]").fill(words)
    hers.locator("button[name=send]").first.click()
    hers.wait_for_url(re.compile(r"/bureau/documents/\d+/$"))
    look(hers)


def remark_on(theirs, words, look):
    """She scrolls, reads, and writes beside a paragraph."""
    look(theirs)
    paragraph = theirs.locator("section.paragraph").nth(1)
    paragraph.locator("summary").click()
    paragraph.locator("textarea").fill(words)
    paragraph.locator("form button").click()
    theirs.locator(".remark", has_text=words).wait_for()
    look(theirs)


def answer_with_another_version(hers, look):
    hers.locator("a[href$='/ecrire/']").first.click()
    hers.wait_for_url("**/ecrire/")
    text = hers.locator("textarea[name=text]")
    text.fill(text.input_value().replace("2 séries", "3 séries"))
    hers.locator("[name=because]").fill("une série de corrections de plus")
    look(hers)
    hers.locator("button[name=send]").first.click()
    hers.wait_for_url(re.compile(r"/bureau/documents/\d+/$"))
    look(hers)


def accept(theirs, look):
    theirs.reload()
    look(theirs)
    theirs.locator("#answer summary").click()
    theirs.locator("#answer [name=name]").fill("Pharmacie des Lilas")
    theirs.locator("#answer [name=address]").fill("1 place de l’Exemple, 69001 Lyon")
    theirs.locator("#answer button.primary").click()
    theirs.wait_for_load_state()
    assert theirs.locator("#answer").count() == 0
    look(theirs)


def sign(theirs, smtp, anne, look):
    """The name, a wrong code, the right one."""
    look(theirs)
    theirs.locator("#name").fill("Anne Vidal")
    before = len(steps.mails(smtp, anne))
    theirs.locator("form[action$='/code/'] button").first.click()
    theirs.wait_for_load_state()
    code = re.search(r"\b\d{6}\b", steps.text_of(steps.last_mail(smtp, anne, before)))[0]
    theirs.locator("#code").fill("000000" if code != "000000" else "111111")
    theirs.locator("form[action$='/signer/'] button").click()
    theirs.locator("#sign .error").wait_for()
    look(theirs)
    theirs.locator("#code").fill(f"{code[:3]} {code[3:]}")
    theirs.locator("form[action$='/signer/'] button").click()
    theirs.wait_for_load_state()
    assert theirs.locator("#sign").count() == 0
    look(theirs)


def sealed_file(mail):
    return next(
        part.get_payload(decode=True) for part in mail.iter_attachments() if part.get_filename().endswith(".pdf")
    )


def check_seal(pdf, tmp_path):
    """Whole for us and for poppler; altered by one byte, for neither."""
    found = verify(pdf)
    assert (found.whole, found.evidence, found.changed) == (True, "whole", "")
    assert "document.pdf" in attachments_of(pdf)
    whole, altered = tmp_path / "whole.pdf", tmp_path / "altered.pdf"
    whole.write_bytes(pdf)
    altered.write_bytes(pdf[:2000] + bytes([pdf[2000] ^ 1]) + pdf[2001:])
    for file, status, words in ((whole, 0, b"whole, sealed by"), (altered, 1, b"not whole")):
        answer = rdv(tmp_path, "verify", file)
        assert (answer.returncode, words in answer.stdout) == (status, True), answer
    told = [subprocess.run([shutil.which("pdfsig"), file], capture_output=True).stdout for file in (whole, altered)]
    assert [b"Signature is Valid" in words for words in told] == [True, False]


def find_deposit(hers, site, theirs, look):
    """The deposit comes: the bank's own file says so."""
    words = theirs.locator("main").inner_text()
    reference = re.search(r"RF\d{2}[A-Z0-9]+", words)[0]
    amount = re.search(r"([\d\u202f\u00a0 ]+(?:,\d\d)?)\s*€", theirs.locator("#deposit").inner_text())[1]
    assert theirs.locator(".qr svg").is_visible()
    hers.goto(f"{site}/bureau/documents/")
    look(hers)
    statement = STATEMENT.format(day="24/11/2026", reference=reference, amount=re.sub(r"[\s\u202f\u00a0]", "", amount))
    hers.locator("#statement").set_input_files(
        {"name": "releve.csv", "mimeType": "text/csv", "buffer": statement.encode()}
    )
    hers.locator("form[action$='/banque/'] button").click()
    hers.wait_for_load_state()
    assert hers.locator("#deposits").count() == 0
    theirs.reload()
    assert theirs.locator(".qr svg").count() == 0


def try_the_gate(hers, site, inquiry, look):
    """Nothing is signed: a file of work is refused, until she says why she begins all the same."""
    hers.goto(f"{site}{inquiry}travail/")
    look(hers)
    hers.locator("[name=kind]").select_option("work")
    hers.locator("input[name=file]").set_input_files(
        {"name": "textes.txt", "mimeType": "text/plain", "buffer": b"Le travail."}
    )
    hers.locator("form[action$='/fichier/'] button").click()
    hers.locator("p.doubt[role=alert]").wait_for()
    look(hers)
    hers.locator("[name=reason]").fill(REASON)
    hers.locator("form[action$='/sans-signature/'] button").click()
    hers.locator("[name=what]").fill("Un premier jet")
    hers.locator("[name=minutes]").fill("40")
    hers.locator("form[action$='/heures/'] button").click()
    hers.get_by_text("Un premier jet, 40").wait_for()
    look(hers)


def quote_with_an_option(hers, theirs, site, inquiry, smtp, anne, look):
    """A quote whose second line they may take; they do, and the total follows."""
    hers.goto(site + inquiry)
    hers.locator("a[href$='/documents/quote/']").first.click()
    hers.wait_for_url("**/documents/quote/")
    line = hers.locator("fieldset.priced").last
    line.locator("[name$=-text]").fill("Une relecture de plus")
    line.locator("[name$=-price]").fill("300")
    line.locator("summary").click()
    line.locator("[name$=-optional]").check()
    look(hers)
    before = len(steps.mails(smtp, anne))
    hers.locator("button[name=send]").first.click()
    hers.wait_for_url(re.compile(r"/bureau/documents/\d+/$"))
    theirs.goto(steps.link_in(steps.last_mail(smtp, anne, before), "doc"))
    look(theirs)
    total = theirs.locator("#totals").inner_text()
    theirs.locator("input[name=option]").check()
    theirs.wait_for_function("was => document.getElementById('totals').innerText !== was", arg=total)
    look(theirs)


def test_from_the_appointment_to_the_deposit(site, smtp, open_browser, look, tmp_path):
    anne = "anne.signe@pharmacie.example"
    theirs, hers = open_browser("phone"), open_browser("phone")
    steps.sign_in(hers, site)
    fill_letterhead(hers, site)
    look(hers)
    book_a_call(theirs, hers, site, smtp, anne)
    meet(hers, site, look)

    # One page, a remark, a second version, a yes.
    propose(hers, look)
    mail = steps.last_mail(smtp, anne, 3)
    theirs.goto(steps.link_in(mail, "doc"))
    remark_on(theirs, "Une série de corrections de plus ?", look)
    document = hers.url
    hers.goto(document)
    answer_with_another_version(hers, look)
    steps.last_mail(smtp, anne, 4)
    inquiry = re.search(
        r"/bureau/demandes/\d+/", hers.locator("a[href*='/bureau/demandes/']").first.get_attribute("href")
    )[0]
    try_the_gate(hers, site, inquiry, look)
    accept(theirs, look)
    quote_with_an_option(hers, theirs, site, inquiry, smtp, anne, look)

    # From her yes to the contract: she gave her address with it, so nothing is typed.
    hers.goto(site + inquiry)
    count_in(hers)
    look(hers)
    hers.locator("a[href$='/documents/agreement/']").first.tap()
    hers.wait_for_url("**/documents/agreement/")
    assert hers.locator("[name=line-1-text]").input_value() == "Une relecture de plus"
    look(hers)
    before = len(steps.mails(smtp, anne))
    hers.locator("button[name=send]").first.tap()
    hers.wait_for_url(re.compile(r"/bureau/documents/\d+/$"))
    assert counted(hers) == (2, 0)

    # Signed, countersigned, sealed.
    theirs.goto(steps.link_in(steps.last_mail(smtp, anne, before), "doc"))
    sign(theirs, smtp, anne, look)
    hers.reload()
    look(hers)
    before = len(steps.mails(smtp, anne))
    hers.locator("form[action$='/signer/'] button").click()
    hers.wait_for_load_state()
    assert hers.locator("form[action$='/signer/']").count() == 0
    steps.last_mail(smtp, anne, before + 1)
    mail = next(m for m in reversed(steps.mails(smtp, anne)) if list(m.iter_attachments()))
    check_seal(sealed_file(mail), tmp_path)
    hers.reload()
    look(hers)

    # The deposit, and what the whole of it says in the end.
    theirs.reload()
    look(theirs)
    find_deposit(hers, site, theirs, look)
    hers.goto(site + inquiry)
    assert hers.get_by_role("heading", name="Signé").is_visible()
    look(hers)
    hers.goto(f"{site}/bureau/regard/")
    assert hers.locator("#ledger").is_visible()
    assert hers.get_by_text(REASON).is_visible()
    look(hers)


def test_a_yes_by_phone_becomes_a_contract_in_few_touches(site, smtp, open_browser):
    """What is usually right is filled in; only who the client is, and where, is typed, letter by letter."""
    who, anne, address = "Pharmacie des Lilas", "anne.dit.oui@pharmacie.example", "1 place de l’Exemple, 69001 Lyon"
    theirs, hers = open_browser("phone"), open_browser("phone")
    steps.sign_in(hers, site)
    fill_letterhead(hers, site)
    steps.write(theirs, site, anne)
    steps.last_mail(smtp, anne, 0)
    hers.goto(f"{site}/bureau/")
    count_in(hers)

    hers.locator("[data-line]", has_text=anne).get_by_role("link").first.tap()
    hers.wait_for_url("**/bureau/demandes/*/")
    hers.locator("a[href$='/documents/agreement/']").tap()
    hers.wait_for_url("**/documents/agreement/")
    for name, words in (("client_name", who), ("client_address", address)):
        hers.locator(f"[name={name}]").tap()
        hers.locator(f"[name={name}]").press_sequentially(words)
    hers.locator("button[name=send]").first.tap()
    hers.wait_for_url(re.compile(r"/bureau/documents/\d+/$"))

    touches, characters = counted(hers)
    assert "/doc/" in steps.text_of(steps.last_mail(smtp, anne, 1))
    six = apart(
        who=who, address=address, email=anne, title="Textes de notre site, 20 pages",
        price="4500", iban=IBAN, reference="RF18539007547034",
    )  # fmt: skip
    many, long = (sum(column) for column in zip(*six.values(), strict=True))
    print(
        f"\nfrom yes to a contract sent: {touches} touches and {characters} characters; in six steps {many} and {long}"
    )
    assert (touches <= 25, characters <= 60) == (True, True), (touches, characters)
    assert (touches < many, characters < long) == (True, True), (touches, characters)

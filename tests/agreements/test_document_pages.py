"""The pages of documents: what they fill in, what they show open, whose turn it is, and that no tick is lost."""

import datetime as dt
import re

import pytest

from rendezvous.agreements import documents
from rendezvous.agreements.beginning import first_content
from rendezvous.agreements.models import Document, DocumentKind, DocumentStatus, Letterhead
from rendezvous.agreements.paragraphs import paragraphs
from rendezvous.practice import clock
from tests.cast import ANNE, inquire, mails_to

OPTION = {
    "key": "2", "text": "Une lettre chaque mois", "quantity": "6", "unit": "piece", "price": "100", "rate": "",
    "discount": "", "optional": True,
}  # fmt: skip
PROPOSAL, QUOTE, AGREEMENT = DocumentKind.PROPOSAL, DocumentKind.QUOTE, DocumentKind.AGREEMENT


@pytest.fixture
def letterhead(practice):
    return Letterhead.objects.create(
        practice=practice, legal_name="Maud Estève", siret="73282932000074", address="12 rue des Lilas\n13001 Marseille"
    )


def sent(inquiry, kind=PROPOSAL, *more_lines, **changes):
    content = first_content(inquiry, kind)
    content.client |= {"name": "Pharmacie des Lilas", "address": "1 place de l’Exemple\n69001 Lyon"}
    content.lines += [dict(line) for line in more_lines]
    for name, value in changes.items():
        setattr(content, name, value)
    document = documents.write(inquiry, kind, content)
    documents.send(document)
    document.refresh_from_db()
    return document


def typed(kind="quote", **changes):
    """The editor's fields as she sends them."""
    return {
        "title": "Les textes du site", "text": "Vingt pages.", "regime": "exempt", "currency": "EUR",
        "client_name": "Pharmacie des Lilas", "client_address": "1 place de l’Exemple", "client_country": "FR",
        "line-0-text": "Les textes", "line-0-quantity": "1", "line-0-unit": "package", "line-0-price": "4 500",
        "payment_days": "30", "valid_until": f"{clock.today() + dt.timedelta(days=30):%Y-%m-%d}", **changes,
    }  # fmt: skip


def part(page, name):
    """Whether a part of the editor stands open."""
    return re.search(rf'<details id="part-{name}"( open)?>', page.content.decode())[1] == " open"


def sections(page):
    """{heading's id: titles of its documents} of the documents' page."""
    html = page.content.decode()
    found = re.findall(r'<section aria-labelledby="(hers|draft|theirs|over)">(.*?)</section>', html, re.DOTALL)
    return {name: re.findall(r"<h3><a [^>]*>([^<]*)</a>", inside) for name, inside in found}


# The editor.


def test_a_contract_that_lacks_the_clients_address_opens_on_the_client(desk, inquiry, letterhead):
    page = desk.get(f"/bureau/demandes/{inquiry.pk}/documents/agreement/")
    assert [part(page, name) for name in ("client", "terms", "rights")] == [True, False, False]


def test_a_proposal_that_lacks_nothing_opens_on_its_words(desk, inquiry, letterhead):
    page = desk.get(f"/bureau/demandes/{inquiry.pk}/documents/proposal/")
    assert [part(page, name) for name in ("client", "terms")] == [False, False]


def test_enter_in_a_field_keeps_and_never_sends(desk, inquiry, letterhead):
    html = desk.get(f"/bureau/demandes/{inquiry.pk}/documents/proposal/").content.decode()
    form = html[html.index('<form method="post" id="document"') :]
    first = re.search(r"<button[^>]*>", form)[0]
    assert "name=" not in first


def test_without_vat_no_rate_is_kept(desk, inquiry, letterhead):
    fields = typed(**{"line-0-rate": "20"})
    desk.post(f"/bureau/demandes/{inquiry.pk}/documents/quote/", fields)
    assert Document.objects.get().draft.lines[0]["rate"] == ""


def test_with_vat_the_rate_is_kept(desk, inquiry, letterhead):
    fields = typed(regime="vat", **{"line-0-rate": "5,5"})
    desk.post(f"/bureau/demandes/{inquiry.pk}/documents/quote/", fields)
    assert Document.objects.get().draft.lines[0]["rate"] == "5.5"


def test_the_next_line_has_the_unit_and_the_rate_of_the_one_before(desk, inquiry, letterhead):
    line = {"line-0-unit": "page", "line-0-rate": "10"}
    desk.post(f"/bureau/demandes/{inquiry.pk}/documents/quote/", typed(regime="vat", **line))
    html = desk.get(f"/bureau/documents/{Document.objects.get().pk}/ecrire/").content.decode()
    assert re.search(r'name="line-1-rate"[^>]*value="([^"]*)"', html)[1] == "10"
    assert re.search(r'name="line-1-unit">.*?value="(\w+)" selected', html, re.DOTALL)[1] == "page"


def test_one_more_line_without_scripts_keeps_what_is_typed_and_comes_back_to_the_lines(desk, inquiry, letterhead):
    answer = desk.post(f"/bureau/demandes/{inquiry.pk}/documents/quote/", typed(more="1"))
    assert answer["Location"] == f"/bureau/documents/{Document.objects.get().pk}/ecrire/#lines"


def test_what_her_letterhead_lacks_is_mended_on_the_way_and_leads_back(desk, inquiry):
    here = f"/bureau/demandes/{inquiry.pk}/documents/agreement/"
    way = re.search(r'href="(/bureau/reglages/documents/\?back=[^"]*)"', desk.get(here).content.decode())[1]
    told = {
        "legal_name": "Maud Estève", "legal_form": "EI", "siret": "73282932000074", "address": "12 rue des Lilas",
        "country": "FR", "regime": "exempt", "vat_rate": "20", "trade": "general", "deposit_percent": "30",
        "payment_days": "30", "valid_days": "30",
    }  # fmt: skip
    assert desk.post(way, told)["Location"] == here
    assert (
        desk.post("/bureau/reglages/documents/?back=//ailleurs.example/", told)["Location"]
        == "/bureau/reglages/documents/"
    )


def test_the_live_page_says_beside_it_what_is_missing(desk, inquiry, letterhead):
    way = f"/bureau/demandes/{inquiry.pk}/documents/quote/apercu/"
    whole = desk.post(way, typed(), headers={"HX-Request": "true"}).content.decode()
    lacking = desk.post(way, typed(client_address=""), headers={"HX-Request": "true"}).content.decode()
    assert [html.count('class="error"') for html in (whole, lacking)] == [0, 1]
    assert whole.count("data:image/svg+xml,") == 1
    assert not Document.objects.exists()


# Her list.


def test_documents_stand_by_whose_turn_it_is(desk, practice, letterhead):
    def made(title, email):
        return sent(inquire(practice, email=email), title=title)

    made("Chez eux", "a@lecteur.example")
    documents.remark(made("Une remarque", "b@lecteur.example").sent_version, "Moins de pages ?", 1)
    answered = made("Une réponse", "c@lecteur.example").sent_version
    documents.remark(answered, "Moins de pages ?", 1)
    documents.remark(answered, "Oui.", 1, by_owner=True)
    documents.accept(made("Un oui", "d@lecteur.example").sent_version)
    documents.refuse(made("Un non", "e@lecteur.example").sent_version, "")
    draft = first_content(inquire(practice, email="f@lecteur.example"), PROPOSAL)
    draft.title = "Un brouillon"
    documents.write(inquire(practice, email="g@lecteur.example"), PROPOSAL, draft)
    assert sections(desk.get("/bureau/documents/")) == {
        "hers": ["Un oui", "Une remarque"],
        "draft": ["Un brouillon"],
        "theirs": ["Une réponse", "Chez eux"],
        "over": ["Un non"],
    }


def test_a_proposal_that_a_contract_follows_waits_no_more_and_shows_the_way_to_it(desk, inquiry, letterhead):
    proposal = sent(inquiry, title="La proposition")
    documents.accept(proposal.sent_version)
    contract = sent(inquiry, AGREEMENT, title="Le contrat")
    assert sections(desk.get("/bureau/documents/")) == {"theirs": ["Le contrat"], "over": ["La proposition"]}
    page = desk.get(f"/bureau/documents/{proposal.pk}/").content.decode()
    assert f'class="button primary" href="/bureau/documents/{contract.pk}/"' in page
    assert "/documents/agreement/" not in page


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_the_database_as_often_for_one_as_for_many(
    desk, practice, letterhead, django_assert_num_queries, many
):
    for number in range(many):
        document = sent(inquire(practice, email=f"lecteur{number}@lecteur.example"))
        documents.remark(document.sent_version, "Moins de pages ?", 1)
    with django_assert_num_queries(7):
        desk.get("/bureau/documents/")


def test_a_remark_stands_with_the_words_that_it_is_about(desk, inquiry, letterhead):
    document = sent(inquiry, text="## Le besoin\n\nVingt pages, **relues**.")
    documents.remark(document.sent_version, "Quinze suffisent.", 1)
    page = desk.get(f"/bureau/documents/{document.pk}/").content.decode()
    assert '<p class="quoted">Vingt pages, relues.</p>' in page


# The reader's page.


def test_the_first_step_of_signing_is_a_name_and_then_the_code(browser, inquiry, letterhead):
    way = f"/doc/{sent(inquiry, AGREEMENT).token}/"
    before = browser.get(way).content.decode()
    browser.post(f"{way}code/", {"version": "1", "name": "Anne Vidal"})
    after = browser.get(way).content.decode()
    assert ['id="code"' in page for page in (before, after)] == [False, True]
    assert ANNE in after


def test_an_option_ticked_counts_when_they_say_yes_without_reckoning_again(browser, inquiry, letterhead):
    document = sent(inquiry, PROPOSAL, OPTION)
    browser.post(f"/doc/{document.token}/accepter/", {"version": "1", "ticks": "1", "option": "2"})
    document.refresh_from_db()
    assert (document.status, document.chosen) == (DocumentStatus.ACCEPTED, ["2"])


def test_an_option_ticked_counts_when_the_code_is_asked_for_without_reckoning_again(browser, inquiry, letterhead):
    document = sent(inquiry, QUOTE, OPTION)
    browser.post(f"/doc/{document.token}/code/", {"version": "1", "ticks": "1", "option": "2", "name": "Anne Vidal"})
    document.refresh_from_db()
    assert document.chosen == ["2"]
    assert len(mails_to(ANNE)) == 3  # their message acknowledged, the quote, the code


def test_a_yes_from_a_page_without_options_changes_none(browser, inquiry, letterhead):
    document = sent(inquiry, PROPOSAL, OPTION)
    documents.choose(document.sent_version, ["2"])
    browser.post(f"/doc/{document.token}/accepter/", {"version": "1"})
    document.refresh_from_db()
    assert document.chosen == ["2"]


def test_options_can_be_ticked_while_there_is_an_answer_to_give(browser, inquiry, letterhead):
    document = sent(inquiry, PROPOSAL, OPTION)
    way, field = f"/doc/{document.token}/", 'name="option"'
    asked = browser.get(way).content.decode().count(field)
    documents.accept(document.sent_version)
    assert (asked, browser.get(way).content.decode().count(field)) == (1, 0)


def test_what_changed_is_shown_as_the_reader_reads_it(browser, inquiry, letterhead):
    document = sent(inquiry, text="## Combien\n\n{price}.")
    content = first_content(inquiry, PROPOSAL)
    content.text, content.lines[0]["price"] = "## Combien\n\n{price}.", "3600.00"
    documents.rewrite(document, content)
    documents.send(document)
    page = browser.get(f"/doc/{document.token}/").content.decode()
    changed = page[page.index('id="changed"') : page.index("<article")]
    assert "<del>" in changed
    assert "{price}" not in changed
    assert "##" not in changed


def test_a_remark_that_says_nothing_is_told_beside_its_paragraph(browser, inquiry, letterhead):
    document = sent(inquiry)
    page = browser.post(f"/doc/{document.token}/remarque/", {"version": "1", "paragraph": "1", "words": " "})
    beside = re.search(r'<section class="paragraph" id="p1">.*?</section>', page.content.decode(), re.DOTALL)[0]
    assert page.status_code == 422
    assert beside.count('class="error"') == 1
    assert "autofocus" in beside


def test_headings_go_down_from_the_title_without_a_gap():
    found = paragraphs("### Un\n\n# Deux\n\n#### Trois\n\n#### Quatre")
    assert [re.match(r"<h(\d)>", html)[1] for html in found] == ["2", "2", "3", "4"]

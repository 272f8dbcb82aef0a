"""The page that one link opens: read, discussed, answered in one step. Robots that open links change nothing."""

import datetime as dt
import re
from html import unescape

import pytest

from rendezvous.agreements import documents, signing
from rendezvous.agreements.models import Document, SigningCode
from rendezvous.agreements.printing import reading_copy, sheet_of
from rendezvous.practice import clock
from tests.agreements.papers import (
    WITH_OPTION,
    bytes_of,
    code_sent_to,
    fresh,
    line,
    link,
    next_version,
    other_than,
    sealed,
    sent,
    signature_of,
    signed,
    steps,
)
from tests.cast import inquire

POSTED = ("vu/", "remarque/", "accepter/", "refuser/", "options/", "code/", "signer/")


def page_of(browser, document, step="?lang=en"):
    return browser.get(link(document, step)).content.decode()


def act(browser, document, step, **fields):
    return browser.post(link(document, f"{step}?lang=en"), {"version": document.sent_version.number, **fields})


def state(document):
    return Document.objects.values().get(pk=document.pk), steps(document), document.sent_version.remarks.count()


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("step", ["", "document.pdf", *POSTED])
def test_a_robot_that_opens_every_address_changes_nothing(browser, contract, method, step):
    signing.ask_code(contract.sent_version, "Anne Vidal")
    before = state(contract)
    answer = getattr(browser, method)(link(contract, step))
    assert answer.status_code in ({405} if step in POSTED or method == "options" else {200})
    assert state(contract) == before


def test_nobody_has_opened_it_before_a_touch(browser, contract):
    page_of(browser, contract)
    assert fresh(contract).opened_at is None
    assert browser.post(link(contract, "vu/"), {"version": 1}).status_code == 204
    assert fresh(contract).opened_at


def test_a_touch_on_an_older_page_opens_nothing(browser, contract):
    next_version(contract, title="Une autre offre")
    assert browser.post(link(contract, "vu/"), {"version": 1}).status_code == 204
    assert fresh(contract).opened_at is None


@pytest.mark.parametrize("step", ["", "document.pdf", *POSTED])
def test_a_link_that_is_altered_opens_nothing(browser, contract, step):
    token = contract.token[:-1] + ("A" if contract.token[-1] != "A" else "B")
    address = f"/doc/{token}/{step}"
    assert (browser.post(address) if step in POSTED else browser.get(address)).status_code == 404


@pytest.mark.parametrize("step", ["", "document.pdf", *POSTED])
def test_an_inquirys_link_does_not_open_its_documents(browser, contract, step):
    address = f"/doc/{contract.inquiry.token}/{step}"
    assert (browser.post(address) if step in POSTED else browser.get(address)).status_code == 404


def test_it_stays_in_no_cache_and_no_search_engine(browser, contract):
    answer = browser.get(link(contract))
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert answer.cookies == {}


def test_all_that_is_printed_is_on_the_page(browser, open_options):
    page = page_of(browser, open_options)
    sheet = sheet_of(open_options.sent_version, open_options, at=open_options.sent_version.sent_at)
    assert sheet.small
    for words in (*sheet.small, *(cell for row in sheet.table.rows for cell in row.cells)):
        assert words in unescape(page)


def test_beyond_four_hundred_paragraphs_the_rest_still_stands_on_the_page(browser, inquiry, letterhead):
    document = sent(inquiry, text="\n\n".join(f"Point {n}" for n in range(450)))
    page = page_of(browser, document)
    assert all(f"Point {n}<" in page for n in range(450))


def test_what_is_nested_deep_stands_on_the_page_as_in_the_print(browser, inquiry, letterhead):
    document = sent(inquiry, text=f"{'> ' * 30}tout au fond")
    assert "tout au fond" in page_of(browser, document)


HOSTILE = """<script>alert(1)</script>

[un](javascript:alert(1)) [deux](JaVaScRiPt:alert(1)) [trois](data:text/html,x) <javascript:alert(1)>

![image](https://ailleurs.example/pixel.png) [quatre]( vbscript:x ) [cinq]: javascript:x

| a | b |
|:--|--:|
| <img src=x onerror=alert(1)> | <style>*{display:none}</style> |

# <iframe src="https://ailleurs.example"></iframe>"""


def test_hostile_markdown_is_words(browser, inquiry, letterhead):
    page = page_of(browser, sent(inquiry, text=HOSTILE, title="<b>Titre</b>", lines=[line(text="<i>x</i>")]))
    paper = page[page.index("<article") : page.index("</article")]
    assert re.findall(r"<(?:script|img|iframe|style|i|b)\b", paper) == []
    assert re.findall(r'(?:style|on\w+)="', paper) == []
    links = re.findall(r'href="([^"]*)"', paper)
    assert {address for address in links if not address.startswith("https://ailleurs.example")} <= {"#"}


def test_a_remark_stands_beside_its_paragraph(browser, english, contract):
    answer = act(browser, contract, "remarque/", words="Et <b>les</b> délais ?", paragraph="1", stamp="s")
    assert answer["Location"].endswith("#p1")
    page = page_of(browser, contract)
    beside = page[page.index('id="p1"') : page.index('id="p2"')]
    assert "Et &lt;b&gt;les&lt;/b&gt; délais ?" in beside


@pytest.mark.parametrize("paragraph", ["", "9999", "-1", "x", "²", "1e3"])
def test_a_remark_on_no_paragraph_is_about_the_whole(browser, contract, paragraph):
    act(browser, contract, "remarque/", words="Et les délais ?", paragraph=paragraph)
    assert contract.sent_version.remarks.get().paragraph is None
    assert "Et les délais" in page_of(browser, contract)


@pytest.mark.parametrize("words", ["", "  ", "…", "mot " * 20_000])
def test_a_remark_that_cannot_be_kept_comes_back_with_a_sentence(browser, contract, words):
    answer = act(browser, contract, "remarque/", words=words)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write a few words, and not more than a book." in page
    assert words in page
    assert not contract.sent_version.remarks.exists()


def test_a_remark_on_a_version_just_replaced_comes_back_on_the_new_one(browser, contract):
    next_version(contract, title="Un autre titre")
    answer = browser.post(link(contract, "remarque/?lang=en"), {"version": "1", "words": "Et les délais ?"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "A newer version has come meanwhile" in page
    assert page.count("Et les délais ?") == 1
    assert "Un autre titre" in page


def test_of_too_many_remarks_the_words_come_back(browser, contract):
    version = contract.sent_version
    version.remarks.bulk_create([version.remarks.model(version=version, text="Non") for _ in range(200)])
    answer = act(browser, contract, "remarque/", words="Une de plus")
    assert answer.status_code == 429
    assert "Une de plus" in answer.content.decode()


def test_yes_in_one_step_with_who_they_are(browser, proposal):
    answer = act(browser, proposal, "accepter/", name="Pharmacie du Port", address="3 quai de l’Exemple")
    assert answer.status_code == 302
    assert fresh(proposal).status == "accepted"
    assert "You said yes" in page_of(browser, proposal)


def test_no_in_one_step_with_a_word(browser, proposal):
    assert act(browser, proposal, "refuser/", words="Trop <cher>").status_code == 302
    document = fresh(proposal)
    assert (document.status, document.refused_because) == ("refused", "Trop <cher>")


@pytest.mark.parametrize(("step", "status"), [("accepter/", "accepted"), ("refuser/", "refused")])
def test_answering_twice_is_once_and_no_error(browser, proposal, step, status):
    assert act(browser, proposal, step).status_code == 302
    assert act(browser, proposal, step).status_code == 302
    assert fresh(proposal).status == status
    assert steps(proposal).count(status) == 1


def test_yes_to_a_version_just_replaced_is_not_yes_to_the_new_one(browser, proposal):
    next_version(proposal, lines=[line(price="4800")])
    fields = {"version": "1", "name": "Pharmacie du Port"}
    answer = browser.post(link(proposal, "accepter/?lang=en"), fields)
    assert answer.status_code == 409
    assert "Something has changed meanwhile" in answer.content.decode()
    assert "Pharmacie du Port" in answer.content.decode()
    assert fresh(proposal).status == "sent"


def test_no_to_a_version_just_replaced_gives_the_words_back(browser, proposal):
    next_version(proposal, title="Autrement")
    answer = browser.post(link(proposal, "refuser/?lang=en"), {"version": "1", "words": "Trop cher"})
    assert answer.status_code == 409
    assert "Trop cher" in answer.content.decode()


def test_words_for_what_was_taken_back_come_back(browser, proposal):
    documents.take_back(proposal)
    answer = act(browser, proposal, "refuser/", words="Trop cher")
    assert answer.status_code == 409
    assert "Trop cher" in answer.content.decode()


@pytest.mark.parametrize("version", ["", "0", "2", "-1", "x", "1 ", "1" * 400])
def test_an_answer_to_no_version_is_none(browser, proposal, version):
    assert browser.post(link(proposal, "accepter/"), {"version": version}).status_code == 409
    assert fresh(proposal).status == "sent"


def test_after_its_last_day_it_says_so_and_nothing_can_be_answered(browser, proposal):
    later = clock.now() + dt.timedelta(days=31)
    with clock.at(later):
        assert "The time for which this stood is over" in page_of(browser, proposal)
        assert act(browser, proposal, "accepter/").status_code == 409
    assert fresh(proposal).status == "sent"


def test_a_quote_cannot_be_accepted_without_signing(browser, quote):
    assert act(browser, quote, "accepter/").status_code == 422
    assert fresh(quote).status == "sent"


def test_an_option_that_is_ticked_is_in_the_total(browser, open_options):
    assert act(browser, open_options, "options/", option=["2"]).status_code == 302
    page = page_of(browser, open_options).replace("\u202f", " ")
    assert "2 700\u00a0€" in page


def test_a_code_is_for_the_options_that_stood_ticked(browser, open_options):
    assert act(browser, open_options, "code/", name="Anne Vidal", ticks="1", option=["2"]).status_code == 302
    assert fresh(open_options).chosen == ["2"]
    page = page_of(browser, open_options)
    form = page[page.index("/signer/") :]
    assert '<input type="hidden" name="option" value="2">' in form
    assert act(browser, open_options, "signer/", code=code_sent_to(), option=["2"]).status_code == 302
    assert bytes_of(signature_of(open_options).pdf) == reading_copy(fresh(open_options).sent_version, ["2"])


def test_who_has_another_total_before_their_eyes_signs_nothing(browser, open_options):
    act(browser, open_options, "code/", name="Anne Vidal", ticks="1", option=["2"])
    answer = act(browser, open_options, "signer/", code=code_sent_to())
    assert answer.status_code == 409
    assert fresh(open_options).status == "sent"


def test_what_was_accepted_is_what_stood_ticked(browser, inquiry, letterhead):
    document = sent(inquiry, "proposal", lines=WITH_OPTION)
    act(browser, document, "accepter/", ticks="1", option=["2"])
    assert (fresh(document).status, fresh(document).chosen) == ("accepted", ["2"])


def test_the_pdf_is_the_one_that_was_sent_then_signed_then_sealed(cast, browser, contract):
    def printed():
        answer = browser.get(link(contract, "document.pdf"))
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == f'inline; filename="{contract.number}.pdf"'
        return answer.content

    assert printed() == bytes_of(contract.sent_version.pdf)
    document = signed(contract)
    assert printed() == bytes_of(signature_of(document).pdf)
    document = sealed(document, cast.owner)
    assert printed() == bytes_of(document.sent_version.seal.pdf)


@pytest.mark.parametrize("name", ["", " ", "A", "12", "…!", "\u202e\u202e"])
def test_a_name_that_is_none_gets_a_sentence_and_no_code(browser, contract, name):
    answer = act(browser, contract, "code/", name=name)
    assert answer.status_code == 422
    assert "Type your first and last name, as you would sign." in answer.content.decode()
    assert not SigningCode.objects.exists()


def test_a_wrong_code_gets_a_sentence(browser, contract):
    act(browser, contract, "code/", name="Anne Vidal")
    answer = act(browser, contract, "signer/", code=other_than(code_sent_to()))
    assert answer.status_code == 422
    assert "This is not the code that was sent" in answer.content.decode()


def test_a_code_that_ran_out_gets_a_sentence_and_the_way_to_another(browser, contract):
    act(browser, contract, "code/", name="Anne Vidal")
    SigningCode.objects.update(attempts=5)
    answer = act(browser, contract, "signer/", code=code_sent_to())
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "This code has run out: ask for another one." in page
    assert "/signer/" not in page


def test_a_sixth_code_within_the_hour_gets_a_sentence(browser, contract):
    for _code in range(5):
        assert act(browser, contract, "code/", name="Anne Vidal").status_code == 302
    answer = act(browser, contract, "code/", name="Anne Vidal")
    assert answer.status_code == 429
    assert "Several codes were sent" in answer.content.decode()


def test_without_an_address_there_is_a_sentence_in_place_of_a_code(browser, contract):
    person = contract.inquiry.person
    person.email, person.phone = "", "+33639981422"
    person.save()
    answer = act(browser, contract, "code/", name="Anne Vidal")
    assert answer.status_code == 422
    assert "There is no e-mail address to send you a code" in answer.content.decode()


def test_the_typed_name_comes_back_when_something_changed(browser, contract):
    next_version(contract, title="Autrement")
    answer = browser.post(link(contract, "code/?lang=en"), {"version": "1", "name": "Bruno Typé"})
    assert answer.status_code == 409
    assert "Bruno Typé" in answer.content.decode()


def test_signing_twice_from_the_page_is_once_and_no_error(browser, contract):
    act(browser, contract, "code/", name="Anne Vidal")
    code = code_sent_to()
    assert act(browser, contract, "signer/", code=code).status_code == 302
    assert act(browser, contract, "signer/", code=code).status_code == 302
    assert "You have signed." in page_of(browser, contract)
    assert steps(contract).count("signed") == 1


def test_from_where_they_signed_is_kept_with_the_signature(browser, contract):
    act(browser, contract, "code/", name="Anne Vidal")
    version = contract.sent_version.number
    browser.post(
        link(contract, "signer/"), {"version": version, "code": code_sent_to()},
        REMOTE_ADDR="203.0.113.9", headers={"user-agent": "Navigateur\x00 de test" + "é" * 400},
    )  # fmt: skip
    signature = signature_of(fresh(contract))
    assert signature.ip == "203.0.113.9"
    assert signature.browser.startswith("Navigateur de test")
    data = contract.evidence.get(what="signed").data
    assert (data["ip"], data["name"], data["document_sha256"]) == ("203.0.113.9", "Anne Vidal", signature.sha256)


def test_a_forged_forwarded_address_is_not_believed(browser, contract):
    act(browser, contract, "code/", name="Anne Vidal")
    browser.post(
        link(contract, "signer/"), {"version": "1", "code": code_sent_to()},
        REMOTE_ADDR="203.0.113.9", headers={"x-forwarded-for": "198.51.100.1"},
    )  # fmt: skip
    assert signature_of(fresh(contract)).ip == "203.0.113.9"


def test_what_changed_and_whose_remark_caused_it_stands_on_the_page(browser, contract):
    documents.remark(contract.sent_version, "Et les délais ?", 0)
    said = contract.sent_version.remarks.get()
    next_version(contract, title="Site et journal", because="délais précisés", remark=said)
    page = page_of(browser, contract)
    assert "délais précisés" in page
    assert "after “Et les délais" in page
    assert re.search(r"<ins>[^<]*journal", page)


def test_an_english_inquiry_in_a_french_practice_is_read_in_english(browser, desk, practice, letterhead):
    inquiry = inquire(practice, "Hello,\n\nWe need the texts of our website rewritten, 20 pages. Budget: £4,000.",
                      "kate@lilas.example")  # fmt: skip
    document = sent(inquiry)
    assert document.language == "en"
    page = browser.get(link(document), headers={"accept-language": "fr"}).content.decode()
    assert '<html lang="en"' in page
    assert "Read it whole; then sign below" in page
    assert '<html lang="fr"' in desk.get(f"/bureau/documents/{document.pk}/").content.decode()


def test_another_practices_colour_or_name_is_never_on_it(cast, browser, contract):
    assert "Sacha" not in page_of(browser, contract)


def test_a_document_of_an_inquiry_that_is_gone_is_gone(browser, contract):
    address = link(contract)
    contract.inquiry.delete()
    assert browser.get(address).status_code == 404


def test_a_document_of_an_inquiry_that_ended_is_still_read(desk, browser, contract):
    desk.post(f"/bureau/demandes/{contract.inquiry_id}/issue/", {"result": "silent"})
    assert browser.get(link(contract)).status_code == 200


@pytest.mark.parametrize("remarks", [1, 3])
def test_it_is_read_with_a_constant_number_of_queries(browser, contract, remarks, django_assert_num_queries):
    for n in range(remarks):
        documents.remark(contract.sent_version, f"Remarque {n}", n)
    with django_assert_num_queries(15):
        assert browser.get(link(contract)).status_code == 200


def test_ten_megabytes_of_remark_get_a_sentence(browser, contract):
    browser.raise_request_exception = False
    answer = act(browser, contract, "remarque/", words="mot " * 2_600_000)
    assert answer.status_code in {400, 413}
    assert "<h1>" in answer.content.decode()
    assert not contract.sent_version.remarks.exists()

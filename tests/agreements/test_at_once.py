"""Several people at the same moment, each with a connection of their own: one is first, nobody gets a failure."""

import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from django.db import connection

from rendezvous.agreements import documents, proof, signing
from rendezvous.agreements.documents import TooLate
from rendezvous.agreements.models import Deposit, Document, Letterhead
from rendezvous.agreements.outlines import keep_outline
from tests.agreements.papers import code_sent_to, content_for, fresh, link, sent, signed, steps, written
from tests.cast import inquire, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


@pytest.fixture
def people():
    cast = make_cast()
    Letterhead.objects.create(
        practice=cast.practice, legal_name="Maud Estève", siret="73282932000074", address="12 rue des Lilas\nMarseille"
    )
    return cast


@pytest.fixture
def contract(people):
    return sent(inquire(people.practice))


def at_once(*doings):
    """What each of them gives, or the exception it ends with; all start together."""
    ready = threading.Barrier(len(doings))

    def one(doing):
        try:
            ready.wait(10)
            return doing()
        except Exception as error:  # noqa: BLE001 (what it ended with is the answer)
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(one, doings))


def post(address, **fields):
    try:
        with urlopen(address, urlencode(fields, doseq=True).encode(), timeout=60) as answer:
            return answer.status
    except HTTPError as refusal:
        return refusal.code


def test_documents_sent_at_once_have_numbers_that_follow_each_other(people):
    drafts = [written(inquire(people.practice, email=f"p{n}@lilas.example"), "quote") for n in range(AT_ONCE)]
    failed = written(inquire(people.practice, email="q@lilas.example"), "quote", lines=[])
    at_once(*[lambda d=d: documents.send(d) for d in [*drafts, failed]])
    numbers = sorted(Document.objects.exclude(number="").values_list("number", flat=True))
    assert [number[-3:] for number in numbers] == [f"{n:03}" for n in range(1, AT_ONCE + 1)]


def test_words_kept_at_once_are_a_version_each(people):
    at_once(*[lambda n=n: keep_outline(people.practice, "quote", "fr", f"Mots {n}") for n in range(AT_ONCE)])
    numbers = people.practice.outlines.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, AT_ONCE + 1))


def test_a_document_sent_twice_at_once_leaves_once(people):
    draft = written(inquire(people.practice), "quote")
    answers = at_once(*[lambda: documents.send(draft)] * 4)
    assert sum(isinstance(answer, TooLate) for answer in answers) == 3
    assert (steps(draft), fresh(draft).number[-3:]) == (["sent"], "001")


def test_a_form_sent_twice_at_once_is_one_document(people):
    inquiry = inquire(people.practice)
    made = at_once(*[lambda: documents.write(inquiry, "quote", content_for(inquiry, "quote"))] * 4)
    assert len({document.pk for document in made}) == 1


def test_what_is_sent_while_it_is_rewritten_stays_as_it_was_sent(people):
    draft = written(inquire(people.practice), "quote")
    other = content_for(draft.inquiry, "quote", title="Autrement")
    at_once(lambda: documents.send(draft), lambda: documents.rewrite(draft, other))
    for version in fresh(draft).versions.exclude(sent_at=None):
        assert version.sha256
        assert version.terms["parties"]


def test_of_many_who_sign_with_the_same_code_at_once_one_signs(live_server, contract):
    signing.ask_code(contract.sent_version, "Anne Vidal")
    code = code_sent_to()
    answers = at_once(
        *[lambda: post(live_server.url + link(contract, "signer/"), version="1", code=code)] * (signing.ATTEMPTS - 1)
    )
    assert set(answers) <= {200, 409}
    assert steps(contract).count("signed") == 1
    assert fresh(contract).sent_version.signatures.count() == 1


def test_of_two_people_with_the_link_who_sign_at_once_one_has_signed(live_server, contract):
    signing.ask_code(contract.sent_version, "Anne Vidal")
    first = code_sent_to()
    signing.ask_code(contract.sent_version, "Bruno Vidal")
    second = code_sent_to()
    address = live_server.url + link(contract, "signer/")
    answers = at_once(
        lambda: post(address, version="1", code=first), lambda: post(address, version="1", code=second)
    )  # fmt: skip
    assert answers[1] == 200
    assert answers[0] in ({409, 422} if first != second else {200})
    assert [s.name for s in fresh(contract).sent_version.signatures.all()] == ["Bruno Vidal"]


def test_signing_while_a_new_version_leaves_signs_one_of_the_two(contract):
    signing.ask_code(contract.sent_version, "Anne Vidal")
    code = code_sent_to()
    version = contract.sent_version
    documents.rewrite(contract, content_for(contract.inquiry, title="Autrement"))
    signed_it, _sent = at_once(
        lambda: signing.sign(version, code, ip=None, browser=""), lambda: documents.send(fresh(contract))
    )
    document = fresh(contract)
    assert document.sent_version.number == 2
    assert not document.sent_version.signatures.exists()
    assert document.status == "sent"
    assert isinstance(signed_it, TooLate) or signed_it.version == version


def test_ticking_an_option_while_signing_signs_what_was_read(people):
    from tests.agreements.papers import WITH_OPTION

    document = sent(inquire(people.practice), lines=WITH_OPTION)
    signing.ask_code(document.sent_version, "Anne Vidal")
    code, version = code_sent_to(), document.sent_version
    at_once(
        lambda: signing.sign(version, code, ip=None, browser=""),
        lambda: documents.choose(version, ["2"]),
    )
    document = fresh(document)
    signature = document.sent_version.signatures.first()
    assert signature is None or (document.chosen, signature.sha256) == ([], version.sha256)


def test_she_signs_once_however_often_she_clicks(people, contract):
    document = signed(contract)
    answers = at_once(*[lambda: signing.countersign(document, people.owner)] * 4)
    assert sum(isinstance(answer, TooLate) for answer in answers) == 3
    assert (Deposit.objects.count(), steps(document).count("countersigned")) == (1, 1)


def test_signing_and_taking_back_at_once_is_one_of_the_two(people, contract):
    document = signed(contract)
    at_once(lambda: signing.countersign(document, people.owner), lambda: documents.take_back(document))
    ends = [what for what in steps(document) if what in {"countersigned", "withdrawn"}]
    assert ends == [{"sealed": "countersigned", "withdrawn": "withdrawn"}[fresh(document).status]]


def test_remarks_at_once_are_all_kept_and_the_chain_of_evidence_whole(live_server, contract):
    address = live_server.url + link(contract, "remarque/")
    answers = at_once(
        *[lambda n=n: post(address, version="1", words=f"Remarque {n}", stamp="x") for n in range(AT_ONCE)]
    )
    assert answers == [200] * AT_ONCE
    assert contract.sent_version.remarks.count() == AT_ONCE
    assert proof.broken_at(contract) is None


def test_a_remark_sent_twice_at_once_is_kept_once(live_server, contract):
    address = live_server.url + link(contract, "remarque/")
    at_once(*[lambda: post(address, version="1", words="Et les délais ?", stamp="x")] * 4)
    assert contract.sent_version.remarks.count() == 1


def test_touches_at_once_open_it_once(live_server, contract):
    answers = at_once(*[lambda: post(live_server.url + link(contract, "vu/"), version="1")] * AT_ONCE)
    assert answers == [204] * AT_ONCE
    assert steps(contract).count("opened") == 1


def test_yes_and_no_at_once_is_one_of_the_two(live_server, people):
    proposal = sent(inquire(people.practice), "proposal")
    yes, no = at_once(
        lambda: post(live_server.url + link(proposal, "accepter/"), version="1"),
        lambda: post(live_server.url + link(proposal, "refuser/"), version="1"),
    )
    assert {yes, no} <= {200, 409}
    assert fresh(proposal).status in {"accepted", "refused"}
    assert proof.broken_at(proposal) is None

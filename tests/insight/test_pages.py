"""What was written or worked before anybody had signed, counted by hand."""

import datetime as dt
from decimal import Decimal

from rendezvous.agreements.models import Breach, Outcome, Work
from rendezvous.insight.pages import breaches_of, pages_of
from rendezvous.practice import clock
from tests.insight.cases import case, send, signed_by_both


def shown(practice):
    return {
        row.kind.value: (len(row.documents), row.pages, len(row.inquiries), len(row.signed))
        for row in pages_of(practice).kinds
    }


def test_nothing_was_sent_yet(practice):
    written = pages_of(practice)
    assert (written.kinds, written.pages, written.inquiries, written.amount) == ([], 0, 0, 0)


def test_every_version_counts_by_kind_with_what_it_brought(practice):
    signed, lost = case(practice, "signed", amount=900), case(practice, "lost")
    send(signed, versions=2)
    contract = send(signed, "agreement", pages=3)
    signed_by_both(contract)
    send(lost, versions=3)
    send(lost)
    assert shown(practice) == {"proposal": (3, 6, 2, 1), "agreement": (1, 3, 1, 1)}
    written = pages_of(practice)
    assert (written.pages, written.inquiries, written.signed, written.amount) == (9, 2, 1, Decimal(900))


def test_what_was_sent_after_the_signature_does_not_count(practice):
    inquiry = case(practice, "signed", amount=900)
    signed_by_both(
        send(inquiry, "agreement", pages=3, sent_at=clock.now() - dt.timedelta(days=9)),
        clock.now() - dt.timedelta(days=5),
    )
    send(inquiry, "agreement", pages=4, sent_at=clock.now() - dt.timedelta(days=2))
    assert shown(practice) == {"agreement": (1, 3, 1, 1)}


def test_a_signature_on_paper_is_one_too(practice):
    inquiry = case(practice, "signed")
    send(inquiry)
    Outcome.objects.update(recorded_at=clock.now() - dt.timedelta(days=3))
    assert shown(practice) == {}


def test_of_a_signature_on_paper_and_one_here_the_first_counts(practice):
    inquiry = case(practice, "signed")
    contract = send(inquiry, "agreement", sent_at=clock.now() - dt.timedelta(days=3))
    signed_by_both(contract, clock.now() - dt.timedelta(days=1))
    Outcome.objects.update(recorded_at=clock.now() - dt.timedelta(days=5))
    assert shown(practice) == {}


def test_the_client_alone_has_not_signed_for_both(practice):
    inquiry = case(practice)
    contract = send(inquiry, "agreement", pages=3)
    signed_by_both(contract, clock.now() - dt.timedelta(days=5))
    contract.sent_version.signatures.filter(party="practice").delete()
    send(inquiry)
    assert shown(practice) == {"proposal": (1, 1, 1, 0), "agreement": (1, 3, 1, 0)}


def test_a_draft_that_nobody_saw_is_not_counted(practice):
    document = send(case(practice))
    document.versions.update(sent_at=None)
    assert shown(practice) == {}


def test_friends_and_another_practice_are_in_no_figure(cast):
    for inquiry in (case(cast.practice, friend=True), case(cast.practice, stage="aside"), case(cast.stranger.practice)):
        send(inquiry)
        Breach.objects.create(inquiry=inquiry, reason="pressé")
    assert shown(cast.practice) == {}
    assert breaches_of(cast.practice) == []
    assert shown(cast.stranger.practice) == {"proposal": (1, 1, 1, 0)}


def test_each_breach_keeps_its_reason_its_minutes_and_what_came_of_it(practice):
    old, new = case(practice, "lost"), case(practice)
    first = Breach.objects.create(inquiry=old, reason="Elle avait l’air sûre", at=clock.now() - dt.timedelta(days=9))
    for minutes in (90, 30):
        Work.objects.create(inquiry=old, what="Un premier jet", minutes=minutes, breach=first)
    Breach.objects.create(inquiry=new, reason="Une urgence")
    assert [
        (b.reason, b.minutes, getattr(b.inquiry, "outcome", None) and b.inquiry.outcome.result)
        for b in breaches_of(practice)
    ] == [
        ("Une urgence", None, None),
        ("Elle avait l’air sûre", 120, "lost"),
    ]

"""What may be quoted to the sender: never the words that the owner noted for herself."""

from rendezvous.agreements.beginning import first_content
from rendezvous.inquiries.models import Channel
from rendezvous.inquiries.receiving import Words, add_words
from rendezvous.inquiries.understanding import brief_of, correct_slot, quotable_brief
from tests.cast import inquire

NOTED = "Elle est pingre et pressée. Ils voudraient surtout 35 pages en plus. Budget : 6 000 €. Pour le 20 juin."


def noted(inquiry):
    add_words(inquiry, Words(NOTED, Channel.MEETING))
    return inquiry


def test_what_her_notes_say_stays_out_and_what_they_wrote_before_stands(practice):
    inquiry = inquire(practice)
    theirs = quotable_brief(inquiry)["deliverable"].words
    assert "35 pages" in brief_of(noted(inquiry))["deliverable"].words
    assert quotable_brief(inquiry)["deliverable"].words == theirs


def test_a_figure_that_her_notes_give_is_taken_without_their_words(practice):
    inquiry = inquire(practice)
    theirs = quotable_brief(inquiry)["budget"].words
    budget = quotable_brief(noted(inquiry))["budget"]
    assert (budget.values["max"], budget.words) == (6000, theirs)


def test_what_she_corrected_is_quoted_as_she_wrote_it(practice):
    inquiry = noted(inquire(practice))
    correct_slot(inquiry, "deliverable", "trente pages de textes")
    assert quotable_brief(inquiry)["deliverable"].words == "trente pages de textes"


def test_a_proposal_begins_without_a_word_of_her_notes(practice):
    content = first_content(noted(inquire(practice)), "proposal")
    assert [word in content.title + content.text for word in ("pingre", "35 pages")] == [False, False]
    assert content.lines[0]["price"] == "6000.00"

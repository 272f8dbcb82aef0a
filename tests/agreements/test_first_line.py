"""What the page of an inquiry says first: what is to be done now, not what will have to be asked one day."""

import datetime as dt
import re
from html import unescape

from rendezvous.agreements import documents
from rendezvous.inquiries.judgement import record_gut
from rendezvous.practice import clock
from tests.agreements.papers import fresh, sent


def first_line(desk, inquiry):
    page = desk.get(f"/bureau/demandes/{inquiry.pk}/").content.decode()
    return unescape(re.search(r'<p class="next">\s*(.*?)\s*</p>', page, re.DOTALL)[1])


def test_a_document_just_sent_is_with_them_then_its_end_is_asked(english, inquiry, letterhead):
    record_gut(inquiry, 0.5)
    sent(inquiry, "proposal")
    assert first_line(english, inquiry) == "Nothing to do for now: it is with them."
    with clock.at(clock.now() + dt.timedelta(days=60)):
        assert first_line(english, inquiry) == "Your document no longer stands. What came of it?"


def test_a_refusal_is_not_called_a_meeting(english, inquiry, letterhead):
    record_gut(inquiry, 0.5)
    document = sent(inquiry, "quote")
    documents.refuse(fresh(document).sent_version, "")
    assert first_line(english, inquiry) == "They said no to your document: say how it ended."

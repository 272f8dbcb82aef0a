"""She corrects a slot or a sign in one step; the reading stays beside her word."""

import pytest

from rendezvous.inquiries.models import BriefSlot
from rendezvous.inquiries.understanding import brief_of, present_signals
from tests.cast import inquire


def correct(desk, inquiry, name, **fields):
    return desk.post(f"/bureau/demandes/{inquiry.pk}/brief/{name}/", fields)


def fresh(inquiry):
    return type(inquiry).objects.get(pk=inquiry.pk)


def test_her_word_prevails_and_the_reading_is_kept(desk, inquiry):
    correct(desk, inquiry, "who", words="La pharmacie du Vieux-Lyon")
    assert brief_of(fresh(inquiry))["who"].words == "La pharmacie du Vieux-Lyon"
    assert BriefSlot.objects.get(name="who", source="reading").words == "une pharmacie à Lyon"


def test_a_corrected_budget_is_read_as_figures(desk, inquiry):
    correct(desk, inquiry, "budget", words="plutôt 3 000 €")
    assert brief_of(fresh(inquiry))["budget"].values["min"] == 3000


def test_a_corrected_deadline_is_read_as_a_day(desk, inquiry):
    correct(desk, inquiry, "deadline", words="avant le 1er juin")
    assert brief_of(fresh(inquiry))["deadline"].values["date"].endswith("-06-01")


def test_emptying_a_slot_says_that_it_is_not_stated(desk, inquiry):
    correct(desk, inquiry, "budget", words="")
    assert brief_of(fresh(inquiry))["budget"].stated is False


def test_a_correction_can_be_withdrawn(desk, inquiry):
    correct(desk, inquiry, "budget", words="")
    correct(desk, inquiry, "budget", back="1")
    assert brief_of(fresh(inquiry))["budget"].values["max"] == 5000


@pytest.mark.parametrize("present", ["yes", "no"])
def test_a_sign_is_turned_on_or_off(desk, inquiry, present):
    desk.post(f"/bureau/demandes/{inquiry.pk}/signes/courteous/", {"present": present})
    assert ("courteous" in present_signals(fresh(inquiry))) is (present == "yes")


def test_a_slot_that_does_not_exist_is_not_found(desk, inquiry):
    assert correct(desk, inquiry, "nonsense", words="x").status_code == 404


def test_the_evidence_is_marked_in_the_message(desk, inquiry):
    shown = desk.get(f"/bureau/demandes/{inquiry.pk}/").content.decode()
    assert '<mark class="slot-who">une pharmacie à Lyon</mark>' in shown


def test_html_in_a_message_is_never_markup(desk, practice):
    inquiry = inquire(practice, "Bonjour <b>nous</b> sommes une <img src=x onerror=alert(1)> pharmacie, budget 4 000 €")
    shown = desk.get(f"/bureau/demandes/{inquiry.pk}/").content.decode()
    assert "<img src=x" not in shown
    assert "&lt;b&gt;nous&lt;/b&gt;" in shown


def test_what_was_said_by_phone_is_noted_and_read(desk, practice):
    inquiry = inquire(practice, "Bonjour, rappelez-moi pour un site de 12 pages.")
    desk.post(f"/bureau/demandes/{inquiry.pk}/note/", {"words": "Budget 2 000 € HT", "channel": "phone"})
    assert brief_of(fresh(inquiry))["budget"].values["min"] == 2000


def test_an_empty_note_is_asked_again(desk, inquiry):
    assert desk.post(f"/bureau/demandes/{inquiry.pk}/note/", {"words": "…"}).status_code == 422

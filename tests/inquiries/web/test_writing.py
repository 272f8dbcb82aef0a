"""The public page: one field for everything, one for how to answer."""

import pytest

from rendezvous.inquiries.models import Inquiry, Message
from tests.cast import ANNE, WORDS, mails_to, old_stamp, write

NOTHING_SAID = {
    "empty": "",
    "spaces only": "  \n\t ",
    "control characters only": "\x00\x01\x02\x07\x1b",
    "emoji only": "😀🎉🙏",
}


def test_a_message_is_kept_and_opens_the_personal_page(practice, browser):
    answer = write(browser)
    inquiry = Inquiry.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/d/{inquiry.token}/"
    assert inquiry.messages.get().text == WORDS
    assert inquiry.person.email == ANNE
    assert inquiry.stage == "new"


def test_the_answer_on_screen_says_what_was_understood(practice, browser):
    page = browser.get(write(browser)["Location"]).content.decode()
    assert "4–5\N{NO-BREAK SPACE}k€" in page
    assert "pharmacie à Lyon" in page
    assert "Maud Estève" in page


def test_the_sender_gets_a_mail_in_the_senders_own_words_with_the_link(practice, browser):
    write(browser)
    [mail] = mails_to(ANNE)
    assert f"/d/{Inquiry.objects.get().token}/" in mail.text
    assert "pharmacie à Lyon" in mail.text


def test_the_owner_is_told_by_mail(practice, browser):
    write(browser)
    assert len(mails_to(practice.email)) == 1


def test_a_message_in_english_is_answered_in_english(practice, browser):
    words = "Hello,\n\nWe run a small museum and need a brochure of 12 pages by June. Could you help us?\n\nThank you,\nRuth"
    write(browser, words)
    assert mails_to(ANNE)[0].text.startswith("Hello")


def test_a_phone_number_alone_is_enough(practice, browser):
    answer = write(browser, reach="06 39 98 14 22")
    assert answer.status_code == 302
    assert Inquiry.objects.get().person.phone == "+33639981422"


@pytest.mark.parametrize("words", NOTHING_SAID.values(), ids=NOTHING_SAID)
def test_a_message_that_says_nothing_comes_back_with_a_sentence(practice, browser, words):
    answer = write(browser, words)
    assert answer.status_code == 422
    assert "Dites-moi en quelques mots" in answer.content.decode()
    assert not Inquiry.objects.exists()


def test_a_message_of_one_megabyte_comes_back_whole_with_a_sentence(practice, browser):
    words = "Bonjour à tous. " * 65_536
    answer = write(browser, words)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "50\N{NARROW NO-BREAK SPACE}000" in page
    assert words.strip() in page


@pytest.mark.parametrize(
    "reach", ["anne@", "@pharmacie.example", "anne pharmacie.example", "12", "anne@phar macie.example"]
)
def test_a_wrong_address_comes_back_beside_its_field_with_the_message_still_there(practice, browser, reach):
    answer = write(browser, reach=reach)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'aria-invalid="true" aria-describedby="id_reach_error"' in page
    assert "pharmacie à Lyon" in page
    assert f'value="{reach}"' in page
    assert not Inquiry.objects.exists()


def test_the_same_form_sent_twice_is_one_inquiry(practice, browser):
    stamp = old_stamp()
    first, second = write(browser, stamp=stamp), write(browser, stamp=stamp)
    assert first["Location"] == second["Location"]
    assert Message.objects.count() == 1
    assert len(mails_to(ANNE)) == 1


def test_control_characters_in_a_message_are_left_out(practice, browser):
    write(browser, "Bonjour,\x00 un site\x07 de 12 pages\r\npour juin.")
    assert Message.objects.get().text == "Bonjour, un site de 12 pages\npour juin."


def test_html_in_a_message_is_shown_as_it_was_typed(practice, browser):
    page = browser.get(write(browser, "<script>alert(1)</script> un site de 12 pages")["Location"])
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.content.decode()
    assert "<script>alert" not in page.content.decode()


def test_the_page_sets_no_cookie(practice, browser):
    browser.get("/")
    write(browser)
    assert not browser.cookies


def test_a_practice_has_its_own_page_by_its_name(cast, browser):
    page = browser.get(f"/p/{cast.stranger.practice.slug}/").content.decode()
    assert "Sacha Ailleurs" in page
    assert "Maud" not in page


def test_before_the_first_set_up_the_page_says_so(db, browser):
    assert browser.get("/").status_code == 503

"""The sender's own page: see where it stands, add things, attach files, withdraw."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rendezvous.inquiries.models import Attachment, Inquiry, Message
from tests.cast import inquire

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def add(browser, inquiry, words="", *files):
    return browser.post(f"/d/{inquiry.token}/", {"words": words, "files": list(files)})


def test_it_shows_what_was_written_and_what_happens_next(browser, inquiry):
    page = browser.get(f"/d/{inquiry.token}/").content.decode()
    assert "20 pages" in page
    assert "Maud" in page


def test_words_can_be_added(browser, inquiry):
    assert add(browser, inquiry, "J’oubliais : il y a aussi une boutique en ligne.").status_code == 302
    assert inquiry.messages.count() == 2
    assert "boutique en ligne" in browser.get(f"/d/{inquiry.token}/").content.decode()


def test_what_is_added_is_read(browser, inquiry):
    from rendezvous.inquiries.understanding import brief_of

    add(browser, inquiry, "Nos concurrents sont les parapharmacies en ligne.")
    assert brief_of(Inquiry.objects.get())["competitors"].stated


def test_a_file_can_be_attached_and_fetched_again(browser, inquiry):
    add(browser, inquiry, "", SimpleUploadedFile("brief.pdf", PDF))
    file = Attachment.objects.get()
    answer = browser.get(f"/d/{inquiry.token}/fichiers/{file.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="brief.pdf"'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("facture.exe", b"MZ\x90\x00\x03"),
        ("page.html", b"<html><script>alert(1)</script>"),
        ("dessin.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("brief.pdf", b"MZ\x90\x00 not what it says"),
        ("archive.zip", b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + b"\x00" * 40),
        ("vide.txt", b""),
    ],
)
def test_a_file_of_a_wrong_kind_is_told_in_a_sentence_and_the_words_stay(browser, inquiry, name, data):
    answer = add(browser, inquiry, "Voici le brief.", SimpleUploadedFile(name, data))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert name in page
    assert "Voici le brief." in page
    assert not Attachment.objects.exists()


def test_a_file_too_large_is_told_in_a_sentence_and_the_words_stay(browser, inquiry, settings):
    settings.OPTIONS = {**settings.OPTIONS, "max_file_mb": 1}
    answer = add(browser, inquiry, "Voici le brief.", SimpleUploadedFile("gros.pdf", PDF + b"0" * 1_100_000))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "1\N{NO-BREAK SPACE}Mo" in page
    assert "Voici le brief." in page


def test_more_files_than_can_be_taken_are_told_in_a_sentence(browser, inquiry):
    files = [SimpleUploadedFile(f"{number}.txt", b"texte") for number in range(11)]
    answer = add(browser, inquiry, "", *files)
    assert answer.status_code == 422
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "..\\..\\boot.txt", "a\0b.txt", "x" * 300 + ".txt"])
def test_the_name_of_a_file_is_only_a_name(browser, inquiry, name):
    add(browser, inquiry, "", SimpleUploadedFile(name, b"texte"))
    file = Attachment.objects.get()
    assert "/" not in file.name
    assert "\\" not in file.name
    assert len(file.name) <= 120


def test_nothing_at_all_is_asked_again(browser, inquiry):
    assert add(browser, inquiry, " ").status_code == 422


def test_adding_twice_with_one_form_adds_once(browser, inquiry):
    for _click in range(2):
        browser.post(f"/d/{inquiry.token}/", {"words": "Encore ceci.", "stamp": "the same form"})
    assert Message.objects.count() == 2


def test_withdrawing_ends_it_with_a_word_if_one_likes(browser, inquiry):
    browser.post(f"/d/{inquiry.token}/retirer/", {"reason": "Nous reportons le projet."})
    inquiry.refresh_from_db()
    assert (inquiry.stage, inquiry.outcome.result) == ("ended", "withdrawn")
    assert inquiry.messages.last().text == "Nous reportons le projet."


def test_withdrawing_twice_is_once(browser, inquiry):
    for _click in range(2):
        browser.post(f"/d/{inquiry.token}/retirer/", {"reason": "Non merci."})
    assert inquiry.messages.count() == 2


@pytest.mark.parametrize("place", range(0, 32, 5))
def test_a_link_altered_by_one_character_opens_nothing(browser, inquiry, place):
    token = inquiry.token
    altered = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
    answer = browser.get(f"/d/{altered}/")
    assert answer.status_code == 404
    assert "harmacie" not in answer.content.decode()


def test_the_link_of_one_kind_of_page_opens_no_other(browser, inquiry, invitation):
    assert browser.get(f"/i/{inquiry.token}/").status_code == 404
    assert browser.get(f"/d/{invitation.token}/").status_code == 404


def test_the_link_is_not_in_the_database(inquiry):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM inquiries_inquiry")
        assert inquiry.token not in str(cursor.fetchall())


def test_the_page_is_for_no_cache_and_no_search_engine(browser, inquiry):
    answer = browser.get(f"/d/{inquiry.token}/")
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert answer["Referrer-Policy"] == "same-origin"


def test_it_never_shows_what_the_owner_feels_or_is_advised(browser, desk, inquiry):
    desk.post(f"/bureau/demandes/{inquiry.pk}/intuition/", {"probability": "5"})
    page = browser.get(f"/d/{inquiry.token}/").content.decode()
    assert "conseil" not in page
    assert "5\N{NO-BREAK SPACE}%" not in page


def test_it_never_shows_what_the_owner_noted_for_herself(browser, desk, inquiry):
    desk.post(
        f"/bureau/demandes/{inquiry.pk}/note/",
        {"words": "Hésitante ; nos concurrents sont, dit-elle, des requins.", "channel": "phone"},
    )
    desk.post(f"/bureau/demandes/{inquiry.pk}/brief/who/", {"words": "Une bavarde"})
    assert inquiry.messages.count() == 2
    page = browser.get(f"/d/{inquiry.token}/").content.decode()
    assert "Hésitante" not in page
    assert "requins" not in page
    assert "bavarde" not in page
    assert "textes de notre site" in page


def test_it_speaks_the_language_of_the_message(browser, practice):
    inquiry = inquire(practice, "Hello, we are a small museum and need a brochure of 12 pages. Thank you, Ruth")
    assert '<html lang="en"' in browser.get(f"/d/{inquiry.token}/").content.decode()

"""Documents as PDF: all that was typed is printed, as it was typed, and nothing typed can do anything."""

import datetime as dt
import io
import os
import re
import struct
import subprocess
import sys
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader

from rendezvous.agreements.typesetting import (
    Attachment,
    CannotTypeset,
    Row,
    Sheet,
    Signature,
    Table,
    drawings,
    overflow,
    press,
    typeset,
)
from rendezvous.agreements.typesetting.characters import words
from rendezvous.agreements.typesetting.markdown import tree

AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
SHEET = Sheet(
    language="fr",
    kind="proposal",
    title="Une affiche pour la rentrée",
    number="P-2026-014",
    date="24 novembre 2026",
    sender=("Claire Moreau", "12 rue des Lilas, 35000 Rennes", "claire@example.fr"),
    recipient=("Librairie des Quais", "44000 Nantes"),
    text="Bonjour,\n\nvoici **ma** proposition.",
    small=("TVA non applicable, article 293 B du CGI.",),
    foot="Claire Moreau · P-2026-014",
    at=AT,
)
HEAD = ("Quoi", "Quantité", "Prix", "Montant")
TOTALS = (("Total HT", "2 400,00 €", False), ("TVA à 20 %", "480,00 €", False), ("Total TTC", "2 880,00 €", True))
SETTINGS = settings(max_examples=60, deadline=None)


# What a reader of the PDF gets.


def read(pdf):
    return PdfFileReader(io.BytesIO(pdf))


def text_of(sheet):
    return [squeezed("".join(_said(page))) for page in _pages(read(typeset(sheet).pdf).root["/Pages"])]


def squeezed(text):
    """Without spaces and breaks: where a line ends is no matter."""
    return re.sub(r"[\s\u200b]", "", text)


def _pages(node):
    return [page for kid in _each(node["/Kids"]) for page in _pages(kid)] if "/Kids" in node else [node]


def _each(array):
    """What an array holds, references followed."""
    return [array[index] for index in range(len(array))]


def _fonts(page):
    fonts = page["/Resources"]["/Font"]
    return {name: fonts[name] for name in fonts}


PLAIN = rb"[^()\\]|\\."
# A string of a PDF, which may hold brackets in pairs.
LITERAL = rb"\(((?:" + PLAIN + rb"|\((?:" + PLAIN + rb"|\((?:" + PLAIN + rb")*\))*\))*)\)"


def _said(page):
    fonts = {name: _meaning(font["/ToUnicode"].data) for name, font in _fonts(page).items()}
    meaning = {}
    for font, literal in re.findall(rb"(/f\d+) [\d.]+ Tf|" + LITERAL, page["/Contents"].data, re.DOTALL):
        if font:
            meaning = fonts[font.decode()]
            continue
        yield "".join(meaning.get(code, "") for (code,) in struct.iter_unpack(">H", _bytes(literal)))


def _bytes(literal):
    named = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
    return re.sub(
        rb"\\([0-7]{1,3}|.)",
        lambda match: bytes([int(match[1], 8)]) if match[1].isdigit() else named.get(match[1], match[1]),
        literal,
        flags=re.DOTALL,
    )


def _meaning(cmap):
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", cmap)
    return {int(code, 16): bytes.fromhex(value.decode()).decode("utf-16-be") for code, value in pairs}


def fonts_of(pdf):
    kinds = [font for page in _pages(read(pdf).root["/Pages"]) for font in _fonts(page).values()]
    return [font["/DescendantFonts"][0]["/FontDescriptor"] for font in kinds]


# The page.


def test_all_parts_of_a_sheet_are_printed():
    sheet = replace(
        SHEET,
        table=Table(HEAD, (Row(("Esquisses", "3 jours", "100,00 €", "300,00 €"), "remise de 5 %"),), TOTALS),
        after="Le délai court à partir de l’acompte.",
        signatures=(Signature("Sami Haddad", ("24 novembre 2026 à 11:40",)),),
    )
    (page,) = text_of(sheet)
    for part in (
        *sheet.sender, *sheet.recipient, sheet.title, sheet.number, sheet.date, "voici ma proposition.", *HEAD,
        "Esquisses", "remise de 5 %", "Total TTC", "2 880,00 €", sheet.after, "Sami Haddad", "à 11:40",
        *sheet.small, sheet.foot, "1 / 1",
    ):  # fmt: skip
        assert squeezed(part) in page


def test_the_same_sheet_gives_the_same_bytes():
    first = typeset(SHEET).pdf
    typeset(replace(SHEET, text="Another one."))
    assert typeset(SHEET).pdf == first


def test_the_same_bytes_come_from_another_worker_too():
    first = typeset(SHEET).pdf
    press._worker.stop()
    assert typeset(SHEET).pdf == first


def test_documents_asked_for_at_once_are_each_their_own():
    names = [f"Document{number}." for number in range(12)]
    with ThreadPoolExecutor(4) as threads:
        pages = list(threads.map(lambda name: text_of(replace(SHEET, title=name))[0], names))
    assert [[name for name in names if name in page] for page in pages] == [[name] for name in names]


@pytest.mark.parametrize(("language", "word"), [("fr", "PROJET"), ("en", "DRAFT")])
def test_a_draft_says_so(language, word):
    assert word in text_of(replace(SHEET, language=language, draft=True))[0]
    assert word not in text_of(replace(SHEET, language=language))[0]


def test_no_break_spaces_stay_as_they_were_given():
    (page,) = _pages(read(typeset(replace(SHEET, text="«\u00a0Oui\u00a0»")).pdf).root["/Pages"])
    assert "«\u00a0Oui\u00a0»" in "".join(_said(page))


def test_narrow_spaces_are_narrow():
    assert drawings(replace(SHEET, text="Oui\u202f?")) != drawings(replace(SHEET, text="Oui\u00a0?"))


def test_the_totals_are_never_parted_from_the_last_row():
    for count in range(18, 36):
        rows = tuple(Row((f"Ligne {number}.", "1", "2", "3")) for number in range(1, count + 1))
        pages = text_of(replace(SHEET, table=Table(HEAD, rows, TOTALS)))
        last = next(page for page in pages if f"Ligne{count}." in page)
        assert "TotalHT" in last
        assert "TotalTTC" in last


def test_the_head_of_a_table_is_repeated_on_the_next_page():
    rows = tuple(Row(("Ligne", "1", "2", "3")) for _ in range(60))
    assert all("QuoiQuantité" in page for page in text_of(replace(SHEET, table=Table(HEAD, rows, TOTALS))))


def test_a_row_with_too_few_or_too_many_cells_is_printed_under_the_head():
    page = text_of(replace(SHEET, table=Table(HEAD, (Row(("Seul",)), Row(("a", "b", "c", "d", "de trop"))))))[0]
    assert "Seul" in page
    assert "detrop" not in page


def test_words_in_the_columns_of_figures_leave_room_for_the_first():
    row = Row(("Illustration de la couverture", *["des mots à la place des chiffres"] * 3))
    assert "Illustrationdelacouverture" in text_of(replace(SHEET, table=Table(HEAD, (row,))))[0]


def test_a_colour_that_is_none_does_not_lose_the_document():
    assert typeset(replace(SHEET, accent="rouge")).pages == 1


def test_an_empty_sheet_is_a_page():
    assert typeset(Sheet(language="en", kind="", title="", text="")).pages == 1


# Markdown.


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# Title\n\ntext", "Title text"),
        ("a *b* **c** ~~d~~ `e`", "a b c d e"),
        ("- a\n  - b\n    1. c\n", "–a ·b 1.c"),
        ("7. seven\n8. eight", "7.seven 8.eight"),
        ("> quoted", "quoted"),
        ("```\ndef f():\n    pass\n```", "def f(): pass"),
        ("[words](https://example.org)", "words"),
        ("![a picture](https://example.org/a.png)", "a picture"),
        ("|a|b|\n|-|-|\n|c|d|", "a b c d"),
        ("a\\\nb", "a b"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("|" + "a|" * 12 + "\n|" + "-|" * 12, "a · a · a"),
    ],
)
def test_markdown_is_printed(text, shown):
    assert squeezed(shown) in text_of(replace(SHEET, text=text))[0]


@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/passwd")', "$x$", '#import "@preview/cetz:0.3.0"', "#set page(width: 1pt)", "@nobody", "a // b",
        "/* a */", "-- --- ...", '"quoted" \'so\'', "#{", "]", '"); panic("',
    ],
)  # fmt: skip
def test_what_looks_like_typst_is_printed_as_it_is(text):
    everywhere = replace(
        SHEET, title=text, text="a\n\n" + text, small=(text,), foot=text, recipient=(text,),
        table=Table((text,), (Row((text,), text),)), signatures=(Signature(text, (text,)),),
    )  # fmt: skip
    assert text_of(everywhere)[0].count(squeezed(text)) == 10


@pytest.mark.parametrize("href", ["https://example.org/a", "http://example.org", "mailto:claire@example.fr"])
def test_links_to_the_web_and_to_mail_can_be_followed(href):
    (page,) = _pages(read(typeset(replace(SHEET, text=f"[here]({href})")).pdf).root["/Pages"])
    assert [note["/A"]["/URI"] for note in _each(page["/Annots"])] == [href]


@pytest.mark.parametrize("href", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "/desk/"])
def test_other_links_are_words_only(href):
    (page,) = _pages(read(typeset(replace(SHEET, text=f"[here]({href})")).pdf).root["/Pages"])
    assert "/Annots" not in page


@pytest.mark.parametrize("text", [">" * 55 + " deep", "\n".join("  " * i + "- deep" for i in range(50))])
def test_what_is_nested_too_deep_is_set_flat(text):
    assert "deep" in text_of(replace(SHEET, text=text))[0]


def test_emphasis_without_end_is_printed_as_it_was_typed():
    assert tree("*a " * 3000 + "b* " * 3000) == [{"t": "p", "c": [{"t": "x", "v": "*a " * 3000 + "b* " * 3000}]}]


def test_headings_skip_no_level():
    levels = [block["l"] for block in tree("# a\n\n#### b\n\n##### c\n\n# d\n\n## e") if block["t"] == "h"]
    assert levels == [2, 3, 4, 2, 2]


MARKS = st.sampled_from(
    [
        "# ",
        "## ",
        "- ",
        "1. ",
        "> ",
        "```\n",
        "*",
        "**",
        "~~",
        "`",
        "|",
        "|-|-|\n",
        "[",
        "](http://a.example)",
        "![",
        "\n",
        "\n\n",
        "    ",
        "---\n",
        "<b>",
        "&nbsp;",
        "\\",
        "#",
        "$",
        "@",
        "a",
        "é",
        " ",
        "م",
        "👩\u200d👧",
        "漢",
        "\u202e",
        "\x07",
    ]
)


@SETTINGS
@given(st.lists(MARKS, max_size=60).map("".join))
def test_any_markdown_is_set(text):
    assert typeset(replace(SHEET, text=text, after=text)).pages >= 1


@SETTINGS
@given(st.text(st.characters(), max_size=80))
def test_any_text_is_set_anywhere(text):
    sheet = replace(
        SHEET, title=text, number=text, text=text, sender=(text, text), recipient=(text,), small=(text,), foot=text,
        table=Table((text, "b"), (Row((text, text), text),), ((text, text, True),)), signatures=(Signature(text, (text,)),),
    )  # fmt: skip
    assert typeset(sheet).pages >= 1


# Characters.


LATIN = frozenset(range(0x20, 0x17F)) | {0x200B, 0x25A1}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("漢", "[cjk unified ideograph-6f22]"),
        ("👩‍👧", "[woman girl]"),
        ("👍🏽", "[thumbs up sign emoji modifier fitzpatrick type-4]"),
        ("🇫🇷", "[FR]"),
        ("1️⃣", "1"),
        ("\ue000", "□"),
        ("a\x00\x07b", "ab"),
        ("a\u202eb", "ab"),
        ("a\u2028b", "a b"),
        ("e\u0301", "é"),
        ("oui\u202f?", "oui\u202f?"),
    ],
)
def test_a_character_without_a_font_is_named(typed, shown):
    assert words(typed, LATIN) == shown


@given(st.characters(exclude_categories=("C", "Z", "M")))
def test_no_visible_character_vanishes(character):
    assert words(character, LATIN).strip()


def test_a_word_longer_than_a_line_may_break():
    assert max(map(len, words("x" * 300, LATIN).split("\u200b"))) <= 12


def test_an_address_of_the_web_can_be_copied():
    address = "https://example.fr/a/long/way/to/go?with=this&and=that&more=other"
    assert words(f"See {address}", LATIN) == f"See {address}"


def test_names_written_from_right_to_left_are_printed():
    (page,) = _pages(read(typeset(replace(SHEET, sender=("محمد أمين",), recipient=("שרה לוי",))).pdf).root["/Pages"])
    glyphs = {character for run in _said(page) for character in run}
    assert set("محمد") | set("שרה") <= {part for glyph in glyphs for part in unicodedata.normalize("NFKC", glyph)}


# The file.


def test_it_is_an_archive_that_can_be_read_aloud():
    root = read(typeset(SHEET).pdf).root
    said = root["/Metadata"].data.decode()
    assert "<pdfaid:part>3</pdfaid:part>" in said
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in said
    assert "<pdfuaid:part>1</pdfuaid:part>" in said
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert "/StructTreeRoot" in root
    assert "/OutputIntents" in root


def test_it_says_its_title_and_when_it_was_made():
    said = read(typeset(SHEET).pdf)
    assert said.trailer["/Info"]["/Title"] == SHEET.title
    assert said.trailer["/Info"]["/CreationDate"].startswith("D:20261124093000")


def test_all_fonts_are_inside():
    fonts = fonts_of(typeset(replace(SHEET, text="a **b** *c* `d` ☎ محمد ไทย")).pdf)
    assert len({font["/FontName"] for font in fonts}) >= 5
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_a_contract_is_small():
    article = "## Article\n\n" + "Le client remet en temps utile les textes dont elle a besoin. " * 40
    printed = typeset(replace(SHEET, text="\n\n".join([article] * 7)))
    assert 4 <= printed.pages <= 7
    assert len(printed.pdf) <= 120_000


def test_attachments_are_inside_with_what_they_are():
    data = os.urandom(1000)
    file = Attachment("evidence.json", "application/json", data, "The chain of evidence", "source")
    (spec,) = _each(read(typeset(replace(SHEET, attachments=(file,))).pdf).root["/AF"])
    assert (spec["/UF"], spec["/Desc"], spec["/AFRelationship"]) == ("evidence.json", file.description, "/Source")
    assert spec["/EF"]["/F"]["/Subtype"] == "/application/json"
    assert spec["/EF"]["/F"].data == data


def test_attachments_of_one_name_are_all_kept():
    files = tuple(Attachment(name, "text", b"x", "") for name in ("a.txt", "a.txt", "../a.txt", ""))
    specs = _each(read(typeset(replace(SHEET, attachments=files)).pdf).root["/AF"])
    assert {spec["/UF"] for spec in specs} == {"a.txt", "2-a.txt", "-a.txt", "file"}


def test_an_attachment_of_one_document_is_not_in_the_next():
    typeset(replace(SHEET, attachments=(Attachment("a.txt", "text/plain", b"x", ""),)))
    assert "/AF" not in read(typeset(SHEET).pdf).root


# Drawings, and how long it is.


def test_drawings_end_with_the_tenth_page():
    assert len(drawings(replace(SHEET, text="line\n\n" * 4000))) == 10


def lines(count):
    return replace(SHEET, text="\\\n".join(["ligne"] * count), small=())


def test_the_lines_too_many_for_one_page_are_counted():
    fits = next(count for count in range(60, 20, -1) if typeset(lines(count)).pages == 1)
    assert [overflow(lines(fits + more)) for more in (-5, 0)] == [0, 0]
    assert [overflow(lines(fits + more)) for more in (3, 10, 60)] == [3, 10, 60]


@pytest.mark.parametrize(
    "sheet",
    [
        replace(SHEET, text="a" * 200_001),
        replace(SHEET, text="line\n\n" * 3000),
        replace(SHEET, small=("a" * 500_000,)),
        replace(SHEET, attachments=(Attachment("a", "text/plain", bytes(50_000_001), ""),)),
    ],
)
def test_what_is_too_long_is_refused(sheet):
    with pytest.raises(CannotTypeset) as refused:
        typeset(sheet)
    assert refused.value.code == "too_long"


# The walls around the worker: raw typst, which no document can be.


def hostile(source):
    with pytest.raises(CannotTypeset) as refused:
        press.ask({"want": "source", "source": source})
    return refused.value.code


@pytest.mark.parametrize(
    "source",
    [
        "#while true {}",
        "#let f(x) = f(x + 1)\n#f(0)",
        "#let all = range(500000000)",
        '#let a = "x" * 1000000\n#range(100000).map(i => a + str(i)).join()',
        '#read("/etc/passwd")',
        '#read("../fonts/figo.ttf", encoding: none)',
        '#read("/../../../../../etc/passwd")',
        '#import "@preview/cetz:0.3.0"',
        "#panic()",
    ],
)
def test_hostile_typst_fails_and_the_next_document_is_set(source):
    assert hostile(source) == "failed"
    assert typeset(SHEET).pages == 1


def test_typst_that_never_ends_is_stopped_and_the_next_document_is_set(monkeypatch):
    typeset(SHEET)
    monkeypatch.setattr(press, "TIME_LIMIT", 1.0)
    assert hostile("#for a in range(1000000) { for b in range(1000000) {} }") == "too_slow"
    monkeypatch.undo()
    assert typeset(SHEET).pages == 1


def test_a_worker_that_died_is_replaced():
    typeset(SHEET)
    press._worker._process.kill()
    press._worker._process.wait()
    assert typeset(SHEET).pages == 1


def test_the_worker_leaves_with_who_started_it():
    code = (
        "import os; from rendezvous.agreements.typesetting import Sheet, press, typeset;"
        "typeset(Sheet('en', '', '', ''));"
        "print(press._worker._process.pid, press._worker._folder, flush=True); os._exit(0)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    pid, folder = told.split()
    deadline = time.monotonic() + 20
    while (_alive(pid) or Path(folder).exists()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _alive(pid)
    assert not Path(folder).exists()


def _alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_stopped_worker_leaves_no_folder():
    typeset(SHEET)
    folder = press._worker._folder
    press._worker.stop()
    assert not Path(folder).exists()


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_forked_process_has_a_worker_of_its_own():
    typeset(SHEET)
    ours = press._worker._process.pid
    child = os.fork()
    if child == 0:
        try:
            typeset(SHEET)
            os._exit(0 if press._worker._process.pid != ours else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert (typeset(SHEET).pages, press._worker._process.pid) == (1, ours)

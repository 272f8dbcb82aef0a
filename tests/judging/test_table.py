"""Tables as people have them: read whatever the dialect, or refused in one sentence that says where."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rendezvous.judging import Case, TableError, cases_from, read_table
from rendezvous.judging.table import MOST_COLUMNS

TEXT = "canal;budget;issue\nblog;1 200,50;gagné\nannonce;;perdu\n"
TABLE = ("canal", "budget", "issue"), (("blog", "1 200,50", "gagné"), ("annonce", "", "perdu"))


def read(text: str, name: str = "history.csv"):
    return read_table(text.encode(), name)


def contents(data: bytes):
    table = read_table(data, "history.csv")
    return table.columns, table.rows


def refusal(data: bytes) -> str:
    with pytest.raises(TableError) as caught:
        read_table(data, "history.csv")
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_any_usual_encoding_is_read(encoding):
    assert contents(TEXT.encode(encoding)) == TABLE


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_usual_delimiter_is_seen(delimiter):
    text = "canal;budget;issue\nblog;1200;gagné\n".replace(";", delimiter)
    assert contents(text.encode()) == (("canal", "budget", "issue"), (("blog", "1200", "gagné"),))


def test_a_semicolon_table_with_commas_in_its_cells_is_cut_at_semicolons():
    table = read("a;b;c\nun, deux, trois;1,5;x\nquatre;2,5;y, z\n")
    assert table.rows == (("un, deux, trois", "1,5", "x"), ("quatre", "2,5", "y, z"))


def test_an_announced_delimiter_is_believed():
    assert contents(b"sep=|\na|b\n1;2;3|x\n") == (("a", "b"), (("1;2;3", "x"),))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_is_read(end):
    assert contents(TEXT.replace("\n", end).encode()) == TABLE


def test_a_quoted_cell_may_hold_line_breaks_delimiters_and_quotes():
    table = read('note,x\n"first line\nsecond, with ""quotes""",1\n')
    assert table.rows == (('first line\nsecond, with "quotes"', "1"),)


def test_empty_lines_are_passed_over():
    assert contents(b"\n\na,b\n\n1,2\n,\n3,4\n\n") == (("a", "b"), (("1", "2"), ("3", "4")))


def test_delimiters_at_line_ends_make_no_column():
    assert contents(b"a;b;\n1;2;\n3;4;\n") == (("a", "b"), (("1", "2"), ("3", "4")))


def test_a_column_without_name_is_called_by_its_place():
    assert read("a,,c\n1,2,3\n").columns == ("a", "column 2", "c")


def test_a_header_alone_is_a_table_without_rows():
    assert contents(b"a,b\n") == (("a", "b"), ())


def test_an_empty_file_is_refused():
    assert refusal(b"") == "history.csv: it is empty; its first row must name the columns."


def test_two_columns_of_one_name_are_refused_with_their_places():
    assert refusal(b"a,b, a\n1,2,3\n") == 'history.csv, row 1: columns 1 and 3 are both called "a".'


def test_a_short_row_is_refused_with_the_first_column_it_lacks():
    assert refusal(b"a,b,c\n1,2,3\n\n4,5\n") == (
        'history.csv, row 4: 2 cells where the header has 3 columns; "c" is missing.'
    )


def test_a_long_row_is_refused_with_its_last_cell():
    assert refusal(b"a,b\n1,2\n3,4,5\n") == (
        'history.csv, row 3: 3 cells where the header has 2 columns; its last is "5".'
    )


def test_a_spreadsheet_or_picture_is_refused():
    assert refusal(b"PK\x03\x04\x00\x00") == "history.csv: it is not a text file; save the table as CSV first."


def test_an_endless_cell_is_refused():
    assert refusal(b"a,b\n" + b"x" * 200_000 + b",2\n").startswith("history.csv: it cannot be read as a table")


def test_too_many_columns_are_refused_and_the_most_are_read():
    def names(count: int) -> bytes:
        return ",".join(f"c{place}" for place in range(count)).encode()

    assert len(read_table(names(MOST_COLUMNS), "history.csv").columns) == MOST_COLUMNS
    assert "more than the 500" in refusal(names(MOST_COLUMNS + 1))


mangled = st.one_of(
    st.binary(max_size=200),
    st.text(alphabet='ab;,\t"\n\r\0é1.=| \ufeff', max_size=80).map(lambda text: text.encode()),
    st.text(alphabet='ab;,\t"\n\r1.|', max_size=80).map(lambda text: b"x;y\n" + text.encode("utf-16")),
)


@settings(max_examples=300, deadline=None)
@given(mangled)
def test_mangled_bytes_are_read_or_refused_and_never_more(data):
    said = ""
    try:
        table = read_table(data, "f")
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert len(cases_from(table)) == len(table.rows)
        cases_from(table, outcome=table.columns[0])
    except TableError as error:
        said = str(error)
    assert len(said.splitlines()) <= 1


# From a table to cases


def outcomes(*cells: str, positive: str | None = None) -> list[bool | None]:
    table = read("issue,x\n" + "".join(f"{cell},1\n" for cell in cells))
    return [case.outcome for case in cases_from(table, "issue", positive)]


def unread(*cells: str, positive: str | None = None) -> str:
    with pytest.raises(TableError) as caught:
        outcomes(*cells, positive=positive)
    return str(caught.value)


def test_a_row_becomes_a_case_of_numbers_words_and_outcome():
    table = read(TEXT)
    assert cases_from(table, "issue") == [
        Case({"canal": "blog", "budget": 1200.5}, outcome=True),
        Case({"canal": "annonce", "budget": None}, outcome=False),
    ]


def test_ignored_columns_are_left_out():
    assert cases_from(read(TEXT), "issue", ignore=["budget"])[0].features == {"canal": "blog"}


def test_without_outcome_column_all_cases_are_open():
    assert [case.outcome for case in cases_from(read(TEXT))] == [None, None]


def test_an_empty_outcome_is_an_open_case():
    assert outcomes("oui", "", "non", "n/a") == [True, None, False, None]


@pytest.mark.parametrize(
    ("signed", "lost"),
    [("1", "0"), ("Yes", "No"), ("TRUE", "FALSE"), ("Won", "Lost"), ("oui", "non"), ("Gagnée", "Perdue")],
)
def test_common_words_for_signed_are_guessed(signed, lost):
    assert outcomes(signed, lost, signed) == [True, False, True]


def test_the_one_value_beside_a_common_word_for_lost_is_signed():
    assert outcomes("affaire faite", "perdu") == [True, False]


def test_the_one_common_word_for_signed_among_many_values_is_it():
    assert outcomes("signed", "silent", "too dear") == [True, False, False]


@pytest.mark.parametrize(("cell", "expected"), [("oui", True), ("non", False)])
def test_outcomes_all_of_one_known_word_are_read(cell, expected):
    assert outcomes(cell, cell) == [expected, expected]


def test_values_that_say_nothing_are_refused_by_name():
    assert unread("red", "blue", "blue") == (
        'history.csv, column "issue": say which value means signed (--positive); its values are "blue", "red".'
    )


def test_a_stated_positive_is_matched_in_any_case_of_letters():
    assert outcomes("Blue", "red", positive="blue") == [True, False]


def test_a_mistyped_positive_is_refused_with_the_values():
    assert unread("Won", "Lost", positive="Wonn") == (
        'history.csv, column "issue": no cell says "Wonn"; its values are "Lost", "Won".'
    )


def test_a_positive_that_never_happened_yet_is_no_mistake():
    assert outcomes("silent", "too dear", positive="signed") == [False, False]


def test_an_unknown_outcome_column_is_refused_with_what_was_meant():
    with pytest.raises(TableError) as caught:
        cases_from(read(TEXT), "isue")
    assert str(caught.value) == 'history.csv: there is no column "isue"; did you mean "issue"?'


def test_an_unknown_column_to_ignore_is_refused_with_the_columns():
    with pytest.raises(TableError) as caught:
        cases_from(read(TEXT), "issue", ignore=["zzz"])
    assert str(caught.value) == ('history.csv: there is no column "zzz"; its columns are "canal", "budget", "issue".')


def test_new_cases_are_read_like_the_history():
    history = read("code,x\nA1,1\nB2,2\n7,3\n")
    new = read("code,x,extra\n7,4,0\n")
    assert cases_from(history)[2].features["code"] == "7"
    assert cases_from(new, like=history)[0].features == {"code": "7", "x": 4.0, "extra": 0.0}


# Cells


def column(*cells: str, delimiter: str = ";") -> list[object]:
    text = "v" + delimiter + "x\n" + "".join(f'"{cell}"{delimiter}1\n' for cell in cells)
    return [case.features["v"] for case in cases_from(read(text))]


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (("1,5", "2"), [1.5, 2.0]),
        (("1.5", "-2"), [1.5, -2.0]),
        (("1 234,5", "12"), [1234.5, 12.0]),
        (("1\u202f234,5 €", "12 €"), [1234.5, 12.0]),
        (("1.234,56", "2,5"), [1234.56, 2.5]),
        (("1,234.56", "2.5"), [1234.56, 2.5]),
        (("1,234,567", "5"), [1234567.0, 5.0]),
        (("30 %", "5%"), [30.0, 5.0]),
        (("1e3", ".5"), [1000.0, 0.5]),
        (("1’200 CHF", "300 EUR"), [1200.0, 300.0]),
    ],
)
def test_numbers_are_read_as_people_write_them(cells, numbers):
    assert column(*cells) == numbers


def test_a_comma_before_three_digits_groups_thousands_where_commas_separate_cells():
    assert column("1,234", "5,678", delimiter=",") == [1234.0, 5678.0]
    assert column("1,234", "5,678", delimiter=";") == [1.234, 5.678]


def test_postcodes_with_a_leading_zero_are_words():
    assert column("01000", "06100", "75011") == ["01000", "06100", "75011"]


def test_a_stray_word_in_a_column_of_numbers_stays_a_word():
    assert column("1", "2", "3", "4", "à voir") == [1.0, 2.0, 3.0, 4.0, "à voir"]


def test_a_stray_number_in_a_column_of_words_stays_a_word():
    assert column("blog", "ad", "404") == ["blog", "ad", "404"]


@pytest.mark.parametrize("cell", ["", " ", "NA", "n/a", "NaN", "null"])
def test_cells_that_say_nothing_are_missing(cell):
    assert column(cell, "blog", "ad")[0] is None


def test_dates_are_days_in_a_row():
    iso = column("2026-03-01", "2026-03-02T10:00")
    assert iso[1] - iso[0] == 1
    assert column("01/03/2026", "13/03/2026") == [iso[0], iso[0] + 12]
    assert column("3/1/2026", "3/13/2026") == [iso[0], iso[0] + 12]
    assert column("1.3.26", "13.3.26") == [iso[0], iso[0] + 12]


def test_impossible_dates_are_words():
    assert column("31/02/2026", "45/45/2026") == ["31/02/2026", "45/45/2026"]

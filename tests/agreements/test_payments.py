"""What a payer's bank needs: a right IBAN, a reference that comes back, a QR code that any bank reads."""

import contextlib
import re
from decimal import Decimal

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from rendezvous.agreements.money import EU
from rendezvous.agreements.payments import (
    LENGTHS,
    CannotEncode,
    WrongBic,
    WrongIban,
    clean_bic,
    clean_iban,
    creditor_reference,
    epc_payload,
    epc_qr_svg,
    is_creditor_reference,
)

# Made up: FR, a bank that is none, and check digits such that the whole is 1 modulo 97.
IBAN = "FR7030001000010000000000123"
D = Decimal


class TestIban:
    @pytest.mark.parametrize(
        "text", [IBAN, "fr70 3000 1000 0100 0000 0000 123", " FR70\u00a03000-1000.010000000000123\n"]
    )
    def test_it_is_read_however_it_is_typed(self, text):
        assert clean_iban(text) == IBAN

    @pytest.mark.parametrize(
        "text",
        ["", "FR", IBAN[:-1], IBAN + "0", "XX" + IBAN[2:], "FR٧٠" + IBAN[4:], "FR70" + "!" * 23, "US" + IBAN[2:]],
    )
    def test_what_is_none_is_refused(self, text):
        with pytest.raises(WrongIban):
            clean_iban(text)

    @given(st.integers(2, 26), st.integers(1, 9))
    def test_one_wrong_digit_is_seen(self, place, more):
        wrong = IBAN[:place] + str((int(IBAN[place]) + more) % 10) + IBAN[place + 1 :]
        with pytest.raises(WrongIban):
            clean_iban(wrong)

    @given(st.integers(2, 25))
    def test_two_digits_exchanged_are_seen(self, place):
        if IBAN[place] != IBAN[place + 1]:
            with pytest.raises(WrongIban):
                clean_iban(IBAN[:place] + IBAN[place + 1] + IBAN[place] + IBAN[place + 2 :])

    @given(st.text(max_size=40))
    def test_any_text_is_an_iban_or_refused(self, text):
        with contextlib.suppress(WrongIban):
            assert re.fullmatch("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,27}", clean_iban(text))

    def test_the_whole_union_can_be_paid_to(self):
        assert {"GR" if state == "EL" else state for state in EU} <= set(LENGTHS)


class TestBic:
    @pytest.mark.parametrize(("text", "bic"), [("exmpfrpp", "EXMPFRPP"), ("EXMP FR PP XXX", "EXMPFRPPXXX")])
    def test_it_is_read_however_it_is_typed(self, text, bic):
        assert clean_bic(text) == bic

    @pytest.mark.parametrize("text", ["", "EXMPFRP", "EXMPFRPPX", "1XMPFRPP", "EXMPFRPPXXXX"])
    def test_what_is_none_is_refused(self, text):
        with pytest.raises(WrongBic):
            clean_bic(text)


class TestReference:
    def test_its_check_digits_are_those_of_the_standard(self):
        # 539007547034 then RF00 as digits: 539007547034 27 15 00 modulo 97 is 80; 98 − 80 = 18.
        assert creditor_reference("5390 0754 7034") == "RF18539007547034"

    @given(st.text(max_size=60))
    def test_any_text_gives_one(self, text):
        reference = creditor_reference(text)
        assert is_creditor_reference(reference)
        assert 5 <= len(reference) <= 25

    def test_two_long_numbers_that_end_differently_differ(self):
        assert creditor_reference("D-2026-0000000000000000001") != creditor_reference("D-2026-0000000000000000002")

    @pytest.mark.parametrize("text", ["RF19539007547034", "RF18", "18539007547034", "RF١٨539007547034"])
    def test_a_slip_is_seen(self, text):
        assert not is_creditor_reference(text)


class TestPayload:
    def test_each_line_is_its_field(self):
        payload = epc_payload("Maud Exemple", IBAN, D("480"), bic="exmpfrpp", reference="RF18 5390 0754 7034")
        assert payload.split("\n") == [
            "BCD", "002", "1", "SCT", "EXMPFRPP", "Maud Exemple", IBAN, "EUR480.00", "", "RF18539007547034",
        ]  # fmt: skip

    def test_words_stand_in_the_eleventh(self):
        lines = epc_payload("Maud Exemple", IBAN, D("0.01"), remittance="Acompte du devis 12").split("\n")
        assert lines[7:] == ["EUR0.01", "", "", "Acompte du devis 12"]

    def test_nothing_follows_the_last_field(self):
        assert epc_payload("Maud Exemple", IBAN, D("5")).split("\n")[-1] == "EUR5.00"

    @pytest.mark.parametrize("amount", ["0", "0.009", "-5", "1000000000", "1.001", "NaN", "Infinity"])
    def test_the_amount_is_in_cents_and_in_bounds(self, amount):
        with pytest.raises(CannotEncode, match="amount"):
            epc_payload("Maud", IBAN, D(amount))

    def test_the_largest_amount_fits(self):
        assert "EUR999999999.99" in epc_payload("Maud", IBAN, D("999999999.99"))

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"name": ""}, "name"),
            ({"name": "x" * 71}, "name"),
            ({"bic": "EXMP"}, "BIC"),
            ({"reference": "RF19539007547034"}, "reference"),
            ({"remittance": "x" * 141}, "140"),
            ({"remittance": "x", "reference": "RF18539007547034"}, "not both"),
            ({"name": "é" * 70, "remittance": "é" * 140}, "too long"),
        ],
    )
    def test_what_does_not_fit_is_refused_in_words(self, change, says):
        fields = {"name": "Maud", "iban": IBAN, "amount": D(5)} | change
        with pytest.raises(CannotEncode, match=says):
            epc_payload(**fields)

    @given(st.text(min_size=1, max_size=70), st.text(max_size=140))
    def test_no_text_adds_a_field(self, name, words):
        try:
            payload = epc_payload(name, IBAN, D(5), remittance=words)
        except CannotEncode:
            return
        lines = payload.split("\n")
        assert lines[:5] == ["BCD", "002", "1", "SCT", ""]
        assert lines[6:8] == [IBAN, "EUR5.00"]
        assert len(lines) <= 11
        assert "\r" not in payload
        assert len(payload.encode()) <= 331


def modules_of(svg):
    """The dark squares as the picture draws them: runs of its one stroked path, in squares, the border taken off."""
    path = etree.fromstring(svg).findall("{*}path")[-1].get("d")
    dark, x, y = set(), 0, D(0)
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", path):
        if command == "M":
            x, y = int(first), D(second)
        elif command == "m":
            x, y = x + int(first), y + D(second)
        else:
            dark |= {(int(y), column) for column in range(x, x + int(first))}
            x += int(first)
    return {(row - 4, column - 4) for row, column in dark}


class TestPicture:
    payload = epc_payload("Maud Exemple", IBAN, D("480"), reference="RF18539007547034")

    def test_it_shows_the_payload_at_level_m(self):
        code = segno.make(self.payload, error="m", micro=False, boost_error=False, encoding="utf-8")
        assert code.error == "M"
        expected = {(y, x) for y, row in enumerate(code.matrix) for x, dark in enumerate(row) if dark & 1}
        assert modules_of(epc_qr_svg(self.payload)) == expected

    def test_the_longest_payload_is_of_version_13_at_most(self):
        longest = epc_payload("é" * 70, IBAN, D(5), remittance="x" * 137)
        assert len(longest.encode()) == 331
        assert etree.fromstring(epc_qr_svg(longest)).get("viewBox") == "0 0 77 77"  # 69 squares and twice 4 of border

    def test_more_is_refused(self):
        with pytest.raises(CannotEncode):
            epc_qr_svg("x" * 400)

    def test_it_stands_in_a_page_that_allows_no_style(self):
        svg = epc_qr_svg(self.payload)
        assert svg.startswith("<svg ")
        assert "style" not in svg
        assert "<?xml" not in svg

    def test_a_screen_reader_says_what_it_is(self):
        picture = etree.fromstring(epc_qr_svg(self.payload, "Pay <480 €>"))
        assert (picture.get("role"), picture.findtext("{*}title")) == ("img", "Pay <480 €>")

"""Bank files as people download them, and the awaited payments in them: each found once, or left to a person."""

import contextlib
import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendezvous.agreements import statements
from rendezvous.agreements.statements import Awaited, Entry, UnreadableStatement, match, read_statement

D = Decimal
DAY = dt.date(2026, 5, 4)


def read(text, encoding="utf-8"):
    return read_statement(text.encode(encoding), "releve.csv")


def only(statement):
    assert (len(statement.entries), statement.skipped) == (1, [])
    return statement.entries[0]


def refused(data):
    with pytest.raises(UnreadableStatement) as error:
        read_statement(data, "releve")
    return error.value.code


class TestTables:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
    @pytest.mark.parametrize("delimiter", [";", "\t"])
    def test_one_signed_amount(self, encoding, delimiter):
        rows = ["Date;Libellé;Montant", "04/05/2026;VIR REÇU MAUD;+1 234,56", "05/05/2026;LOYER;-800,00"]
        found = only(read("\n".join(rows).replace(";", delimiter), encoding))
        assert found == Entry(DAY, D("1234.56"), "EUR", "VIR REÇU MAUD")

    def test_commas_between_and_points_within(self):
        found = only(read('Date,Description,Amount\r\n2026-05-04,"Transfer, Maud","1,234.56 €"\r\n'))
        assert (found.amount, found.text) == (D("1234.56"), "Transfer, Maud")

    def test_two_columns(self):
        rows = "Date;Libellé;Débit euros;Crédit euros\n04/05/2026;VIR MAUD;;480,00\n05/05/2026;LOYER;800,00;\n"
        assert only(read(rows)).amount == D("480.00")

    def test_lines_before_the_header_are_passed_over(self):
        before = "Compte n° 00012;;\nSolde au 04/05/2026;1 000,00;EUR\n\n"
        assert only(read(before + "Date;Libellé;Montant\n04/05/2026;VIR;12,00\n")).amount == D("12.00")

    @pytest.mark.parametrize(
        "header",
        [
            "Date;Libellé;Montant(EUROS)",
            "Date de l'opération;Libellé;Montant de l'opération",
            "Date d’opération;Intitulé;Crédit",
            "dateOp;label;amount",
            "Booking date;Description;Amount",
            "DATE COMPTABLE;MOTIF;MONTANT",
            "Date;Communication;Money in",
        ],
    )
    def test_banks_name_their_columns_as_they_like(self, header):
        assert only(read(f"{header}\n04/05/2026;VIR MAUD;12,00\n")) == Entry(DAY, D("12.00"), "EUR", "VIR MAUD")

    def test_the_day_of_the_operation_goes_before_the_value_date(self):
        for header in ("Date;Date de valeur", "Date valeur;Date opération"):
            first, second = ("04", "09") if header.startswith("Date;") else ("09", "04")
            assert only(read(f"{header};Montant\n{first}/05/2026;{second}/05/2026;12,00\n")).date == DAY

    def test_a_currency_column_is_heeded(self):
        assert only(read("Date;Libellé;Montant;Devise\n04/05/2026;VIR;12,00;chf\n")).currency == "CHF"

    def test_words_on_several_lines_stay_apart(self):
        assert only(read('Date;Libellé;Crédit\n04/05/2026;"VIR\nMAUD";12,00\n')).text == "VIR MAUD"

    @pytest.mark.parametrize(
        ("cell", "amount"),
        [
            ("1 234,56", "1234.56"), ("1\u202f234,56", "1234.56"), ("1\u00a0234,56 €", "1234.56"), ("+1.234,56", "1234.56"),
            ("1,234.56 €", "1234.56"), ("EUR 1234.5", "1234.5"), ("1.234.567,00", "1234567"), ("1.234.567", "1234567"),
            ("1'234.50", "1234.5"), ("12", "12"), ("0,125", "0.125"),
        ],
    )  # fmt: skip
    def test_amounts_are_read_as_banks_write_them(self, cell, amount):
        assert only(read(f"Date\tMontant\n04/05/2026\t{cell}\n")).amount == D(amount)

    @pytest.mark.parametrize("cell", ["-12,00", "12,00-", "−12,00", "0,00", ""])
    def test_what_is_not_received_is_no_payment(self, cell):
        assert read(f"Date;Montant\n04/05/2026;{cell}\n").entries == []

    @pytest.mark.parametrize("cell", ["1.234", "1,234", "douze", "1,2,3.4.5", "NaN", "1e5", "١٢"])
    def test_an_amount_that_may_be_two_things_is_not_guessed(self, cell):
        statement = read(f"Date\tMontant\n04/05/2026\t{cell}\n04/05/2026\t7,00\n")
        assert ([e.amount for e in statement.entries], statement.skipped) == ([D("7.00")], ["line 2"])

    def test_an_amount_cut_at_its_comma_is_not_taken(self):
        assert read("Date,Libellé,Montant\n04/05/2026,VIR,12,50\n").skipped == ["line 2"]

    @pytest.mark.parametrize("cell", ["04/05/2026", "2026-05-04", "04-05-26", "04.05.2026", "4/5/26", "20260504", "2026-05-04T09:12:00Z"])  # fmt: skip
    def test_dates_are_read_as_banks_write_them(self, cell):
        assert only(read(f"Date;Montant\n{cell};12,00\n")).date == DAY

    @pytest.mark.parametrize("cell", ["31/02/2026", "13-13-26", "hier", "", "٠٤/٠٥/٢٠٢٦"])
    def test_a_day_that_is_none_skips_its_line_only(self, cell):
        statement = read(f"Date;Montant\n{cell};12,00\n04/05/2026;7,00\n")
        assert ([e.amount for e in statement.entries], statement.skipped) == ([D("7.00")], ["line 2"])


def camt(entries, version="08"):
    space = f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"
    return f'<?xml version="1.0"?><Document xmlns="{space}"><BkToCstmrStmt><Stmt>{entries}</Stmt></BkToCstmrStmt></Document>'.encode()


def entry(details="", amount="480.00", way="CRDT", more="", status="<Sts><Cd>BOOK</Cd></Sts>"):
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd>{more}{status}'
        f"<BookgDt><Dt>2026-05-04</Dt></BookgDt><NtryDtls>{details}</NtryDtls></Ntry>"
    )


def part(amount, words="", way="CRDT", more=""):
    return (
        f'<TxDtls><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd>{more}'
        f"<RmtInf><Ustrd>{words}</Ustrd></RmtInf></TxDtls>"
    )


class TestCamt:
    @pytest.mark.parametrize("version", ["02", "04", "06", "08", "13"])
    def test_every_version_is_read(self, version):
        payer = (
            "<Dbtr><Nm>Maud Exemple</Nm></Dbtr>" if version < "08" else "<Dbtr><Pty><Nm>Maud Exemple</Nm></Pty></Dbtr>"
        )
        status = "<Sts>BOOK</Sts>" if version < "08" else "<Sts><Cd>BOOK</Cd></Sts>"
        structured = (
            "<RmtInf><Ustrd>Acompte</Ustrd><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>"
        )
        data = camt(entry(f"<TxDtls><RltdPties>{payer}</RltdPties>{structured}</TxDtls>", status=status), version)
        assert only(read_statement(data, "releve.xml")) == Entry(
            DAY, D("480.00"), "EUR", "Acompte", "RF18539007547034", "Maud Exemple"
        )

    @pytest.mark.parametrize(
        "left_out",
        [
            entry(way="DBIT"),
            entry(more="<RvslInd>true</RvslInd>"),
            entry(more="<RvslInd>1</RvslInd>"),
            entry(status="<Sts><Cd>PDNG</Cd></Sts>"),
            entry(status="<Sts>PDNG</Sts>"),
            entry("<TxDtls><RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls>"),
        ],
        ids=["debit", "reversal", "reversal as 1", "pending", "pending, old", "own transfer that came back"],
    )
    def test_only_what_was_paid_to_her_counts(self, left_out):
        assert read_statement(camt(left_out + entry(amount="7.00")), "").entries == [Entry(DAY, D("7.00"), "EUR", "")]

    def test_payments_booked_as_one_are_told_apart(self):
        found = read_statement(camt(entry(part("300.00", "un") + part("180.00", "deux"))), "").entries
        assert [(e.amount, e.text) for e in found] == [(D("300.00"), "un"), (D("180.00"), "deux")]

    def test_a_debit_within_a_batch_is_left_out(self):
        found = read_statement(camt(entry(part("490.00", "un") + part("10.00", "frais", "DBIT"))), "").entries
        assert [e.amount for e in found] == [D("490.00")]

    def test_one_bad_entry_does_not_stop_the_others(self):
        found = read_statement(camt(entry(amount="beaucoup") + entry(amount="7.00")), "")
        assert ([e.amount for e in found.entries], found.skipped) == ([D("7.00")], ["entry 1"])


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    + "]>"
)
FILE = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


class TestHostileFiles:
    @pytest.mark.parametrize("data", [b"", b" \n\t "])
    def test_nothing_is_said_to_be_nothing(self, data):
        assert refused(data) == "empty"

    def test_five_megabytes_and_no_more(self):
        assert refused(b"a" * (statements.MOST_BYTES + 1)) == "too_large"
        assert refused(b"a" * 1000) == "no_header"

    @pytest.mark.parametrize(
        "data",
        [
            BOMB.encode() + b"<d>&a9;</d>",
            BOMB.encode() + b'<d x="&a9;"/>',
            (BOMB + "<d>&a9;</d>").encode("utf-16"),
            FILE.encode() + camt(entry("<TxDtls><RmtInf><Ustrd>&x;</Ustrd></RmtInf></TxDtls>")).partition(b"?>")[2],
            b'<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd"><d/>',
        ],
        ids=["laughs", "laughs in an attribute", "laughs in UTF-16", "a file of the server", "a DTD elsewhere"],
    )
    def test_entities_are_refused(self, data):
        assert refused(data) in {"not_xml", "not_camt", "no_header"}

    def test_a_deep_tree_is_refused(self):
        assert refused(b"<a>" * 100_000) == "not_xml"

    @pytest.mark.parametrize("data", [b"<html><body/></html>", camt("").replace(b"Stmt", b"Else")])
    def test_other_xml_is_no_statement(self, data):
        assert refused(data) == "not_camt"

    @pytest.mark.parametrize(
        "data", [b"%PDF-1.7\n%\xe2\xe3", b"PK\x03\x04\0\0\0", bytes(range(256)) * 50, b"\xff\xfe" * 500]
    )
    def test_binary_is_refused(self, data):
        assert refused(data) in {"no_header", "not_xml"}

    def test_quotes_that_never_close_are_refused(self):
        assert refused(b'date;montant\n"' + b"a" * 200_000) == "no_header"
        assert refused(b'"' + b"a" * 200_000) == "no_header"

    def test_twenty_thousand_entries_and_no_more(self, monkeypatch):
        assert statements.MOST_ENTRIES == 20_000
        monkeypatch.setattr(statements, "MOST_ENTRIES", 3)
        assert len(read_statement(camt(entry() * 3), "").entries) == 3
        assert refused(camt(entry() * 4)) == "too_many"
        assert refused(b"Date;Montant\n" + b"04/05/2026;1,00\n" * (4 + statements.HEADER_WITHIN)) == "too_many"

    @given(
        st.binary(max_size=200)
        | st.text(max_size=200).map(lambda text: ("Date;Libellé;Montant\n" + text).encode("utf-8", "replace"))
    )
    def test_any_bytes_are_read_or_refused(self, data):
        with contextlib.suppress(UnreadableStatement):
            assert all(e.amount > 0 for e in read_statement(data, "x").entries)


def paid(amount="480", text="", reference="", counterpart="", currency="EUR"):
    return Entry(DAY, D(amount), currency, text, reference, counterpart)


def awaited(key="a", amount="480", reference="RF18539007547034", name="Maud Exemple"):
    return Awaited(key, D(amount), "EUR", reference, name)


def pairs(entries, wanted):
    return [(found.key, found.why) for found in match(entries, wanted)]


class TestMatch:
    @pytest.mark.parametrize(
        "text",
        ["VIR RF18539007547034", "vir rf18 5390 0754 7034 merci", "RF18-5390-0754-7034", "VIRRF18539007547034NOTPROVIDED", "RF185390\n07547034"],
    )  # fmt: skip
    def test_a_reference_is_found_whatever_spaces_or_case(self, text):
        assert pairs([paid(text=text, counterpart="Somebody")], [awaited()]) == [("a", "reference")]

    def test_the_structured_reference_counts(self):
        assert pairs([paid(reference="RF18539007547034")], [awaited()]) == [("a", "reference")]

    def test_a_longer_number_is_another_reference(self):
        assert pairs([paid(text="D2026110")], [awaited(reference="D202611")]) == []

    def test_more_than_awaited_is_enough_and_less_is_not(self):
        assert pairs([paid("500", "RF18539007547034")], [awaited()]) == [("a", "reference")]
        assert pairs([paid("479.99", "RF18539007547034")], [awaited()]) == []

    def test_another_currency_is_another_amount(self):
        assert pairs([paid(text="RF18539007547034", currency="CHF")], [awaited()]) == []

    @pytest.mark.parametrize("entry", [paid(counterpart="EXEMPLE MAUD"), paid(text="VIR SEPA DE M. MAUD EXEMPLE")])
    def test_else_the_exact_amount_and_the_name(self, entry):
        assert pairs([entry], [awaited()]) == [("a", "amount and name")]

    def test_accents_do_not_matter_in_a_name(self):
        assert pairs([paid(counterpart="HELENE EXEMPLE")], [awaited(name="Hélène Exemple")]) == [
            ("a", "amount and name")
        ]

    @pytest.mark.parametrize("entry", [paid("480.01", counterpart="Maud Exemple"), paid(counterpart="Maud"), paid(counterpart="Maude Exemples")])  # fmt: skip
    def test_nearly_is_not_enough(self, entry):
        assert pairs([entry], [awaited()]) == []

    def test_one_payment_never_counts_for_two(self):
        two = [awaited("a", reference=""), awaited("b", reference="")]
        assert pairs([paid(counterpart="Maud Exemple")], two) == []

    def test_two_payments_that_could_be_one_are_left_to_a_person(self):
        assert pairs([paid(counterpart="Maud Exemple")] * 2, [awaited()]) == []

    def test_a_payment_that_names_two_references_is_left_to_a_person(self):
        text = "RF18539007547034 et RF45G72UUR"
        assert pairs([paid("960", text)], [awaited("a"), awaited("b", reference="RF45G72UUR")]) == []

    def test_a_reference_goes_before_a_name(self):
        entries = [paid(text="RF18539007547034", counterpart="Her Bank"), paid(counterpart="Maud Exemple")]
        assert pairs(entries, [awaited()]) == [("a", "reference")]

    def test_an_empty_reference_and_an_empty_name_match_nothing(self):
        assert pairs([paid(text="anything")], [awaited(reference="", name="")]) == []

    @given(st.lists(st.sampled_from([paid(text="RF18539007547034"), paid(counterpart="Maud Exemple"), paid("7", "RF45G72UUR Maud Exemple")]), max_size=5),
           st.lists(st.sampled_from("abcd"), unique=True))  # fmt: skip
    def test_each_payment_and_each_awaited_one_is_found_once_at_most(self, entries, keys):
        references = dict(zip("abcd", ["RF18539007547034", "RF18539007547034", "RF45G72UUR", ""], strict=True))
        found = match(entries, [awaited(key, reference=references[key]) for key in keys])
        assert len({one.key for one in found}) == len(found)
        assert len(found) <= len(entries)

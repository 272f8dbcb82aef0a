"""What a quote adds up to, to the cent, and what must be mended before it leaves."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rendezvous.agreements import money
from rendezvous.agreements.money import Line, Terms, is_vat_number, problems, total

D = Decimal


def line(key="a", price="100", quantity="1", rate="20", **others):
    others = {"text": "Rédaction", "unit": "piece"} | others
    return Line(key=key, quantity=D(quantity), unit_price=D(price), rate=None if rate is None else D(rate), **others)


def terms(regime="vat", currency="EUR", **others):
    return Terms(currency, regime, **{name: D(value) for name, value in others.items()})


def taxes(found):
    return [(tax.rate, tax.base, tax.tax) for tax in found.taxes]


def codes(lines=None, of=None, **buyer):
    return [problem.code for problem in problems([line()] if lines is None else lines, of or terms(), **buyer)]


class TestByHand:
    def test_one_rate(self):
        # 3 × 450.00 = 1,350.00; 20 % of it 270.00; together 1,620.00.
        found = total([line(quantity="3", price="450", unit="day")], terms())
        assert taxes(found) == [(D(20), D("1350.00"), D("270.00"))]
        assert (found.net, found.gross) == (D("1350.00"), D("1620.00"))

    def test_the_tax_of_a_rate_is_rounded_once_on_the_sum_of_its_lines(self):
        # Three lines of 0.33: each alone has 0.066 → 0.07 of tax, 0.21 in all; together 0.99 × 20 % = 0.198 → 0.20.
        found = total([line(key, "0.33") for key in "abc"], terms())
        assert (found.net, found.tax, found.gross) == (D("0.99"), D("0.20"), D("1.19"))

    def test_the_taxes_of_the_lines_are_shares_of_it(self):
        # 0.20 over three equal lines: 0.06 each is sure, two cents are left, and go to the first keys.
        found = total([line(key, "0.33") for key in "abc"], terms())
        assert [one.tax for one in found.lines] == [D("0.07"), D("0.07"), D("0.06")]

    def test_half_a_cent_is_rounded_up(self):
        # 0.125 → 0.13 (banker's rounding would say 0.12); 20 % of 0.13 = 0.026 → 0.03.
        found = total([line(quantity="0.125", price="1")], terms())
        assert (found.net, found.tax) == (D("0.13"), D("0.03"))

    def test_several_rates(self):
        # 10 %: 200.00 → 20.00. 5.5 %: 49.90 → 2.7445 → 2.74. 2.1 %: 33.33 → 0.69993 → 0.70. 20 %: 1,000.00 → 200.00.
        rates = [("a", "200", "10"), ("b", "49.90", "5.5"), ("c", "33.33", "2.1"), ("d", "1000", "20")]
        found = total([line(key, price, rate=rate) for key, price, rate in rates], terms())
        assert sorted(taxes(found)) == [
            (D("2.1"), D("33.33"), D("0.70")),
            (D("5.5"), D("49.90"), D("2.74")),
            (D("10"), D("200.00"), D("20.00")),
            (D("20"), D("1000.00"), D("200.00")),
        ]
        # 1,283.23 + 223.44
        assert (found.net, found.gross) == (D("1283.23"), D("1506.67"))

    @pytest.mark.parametrize(
        ("rate", "tax"),
        # Of 1,234.56: 8.5 % = 104.9376; 1.05 % = 12.96288; 1.75 % = 21.6048; 0.9 % = 11.11104; 13 % = 160.4928.
        [("8.5", "104.94"), ("1.05", "12.96"), ("1.75", "21.60"), ("0.9", "11.11"), ("13", "160.49")],
    )
    def test_overseas_and_corsican_rates(self, rate, tax):
        assert total([line(price="1234.56", rate=rate)], terms()).tax == D(tax)

    def test_a_rate_of_nought_has_its_row(self):
        assert taxes(total([line(rate="0")], terms())) == [(D(0), D("100.00"), D("0.00"))]

    def test_one_rate_written_in_two_ways_is_one(self):
        assert taxes(total([line("a"), line("b", rate="20.00")], terms())) == [(D(20), D("200.00"), D("40.00"))]

    @pytest.mark.parametrize("regime", ["exempt", "reverse_charge", "outside_eu"])
    def test_without_french_vat_the_gross_is_the_net(self, regime):
        # 2 × 333.335 = 666.67; nothing is added to it.
        found = total([line(quantity="2", price="333.335", rate=None)], terms(regime))
        assert (found.net, found.taxes, found.gross) == (D("666.67"), (), D("666.67"))

    def test_the_discount_of_a_line_is_its_own(self):
        # 10 h × 80 = 800, less 12.5 % = 700.00; tax 140.00.
        found = total([line(quantity="10", price="80", unit="hour", discount=D("12.5"))], terms())
        assert (found.subtotal, found.discount, found.tax) == (D("700.00"), 0, D("140.00"))

    def test_the_global_discount_is_spread_over_the_rates(self):
        # 5 % of 1,000.00 + 100.01 = 1,100.01 is 55.0005 → 55.00. Exact shares: 49.9995… and 5.0004…; 49.99 and 5.00 are
        # sure, and the odd cent goes to the greater remainder, the first: 50.00 and 5.00.
        # 950.00 × 20 % = 190.00; 95.01 × 5.5 % = 5.22555 → 5.23.
        found = total([line("a", "1000"), line("b", "100.01", rate="5.5")], terms(discount="5"))
        assert (found.subtotal, found.discount, found.net) == (D("1100.01"), D("55.00"), D("1045.01"))
        assert sorted(taxes(found)) == [(D("5.5"), D("95.01"), D("5.23")), (D(20), D("950.00"), D("190.00"))]
        assert [(one.discount, one.base) for one in found.lines] == [(D("50.00"), D("950.00")), (D("5.00"), D("95.01"))]

    def test_many_lines_do_not_bend_the_base_of_their_rate(self):
        # 10 % of 60 × 0.05 + 3.00 = 6.00 is 0.60, half of it from each rate: not a cent from each small line.
        found = total([line(f"{i}", "0.05") for i in range(60)] + [line("x", "3", rate="10")], terms(discount="10"))
        assert sorted(taxes(found)) == [(D(10), D("2.70"), D("0.27")), (D(20), D("2.70"), D("0.54"))]

    def test_an_odd_cent_goes_the_same_way_in_any_order(self):
        # 10 % of 0.05 + 0.05 is a cent, and both rates have the same claim to it.
        lines = [line("a", "0.05", rate="20"), line("b", "0.05", rate="10")]
        assert taxes(total(lines, terms(discount="10"))) == taxes(total(lines[::-1], terms(discount="10")))

    def test_a_price_by_the_word_is_finer_than_a_cent(self):
        # 12,345 words × 0.0835 = 1,030.8075 → 1,030.81; tax 206.162 → 206.16.
        found = total([line(quantity="12345", price="0.0835", unit="word")], terms())
        assert (found.net, found.tax) == (D("1030.81"), D("206.16"))

    @pytest.mark.parametrize(
        ("currency", "net", "tax"),
        # 1.5 × 1,333.333 = 1,999.9995, which rounds up in all three; 20 % of it.
        [("JPY", "2000", "400"), ("EUR", "2000.00", "400.00"), ("TND", "2000.000", "400.000")],
    )
    def test_each_currency_has_its_decimals(self, currency, net, tax):
        found = total([line(quantity="1.5", price="1333.333")], terms(currency=currency))
        assert (str(found.net), str(found.tax)) == (net, tax)


class TestOptions:
    def test_an_option_counts_only_when_chosen(self):
        lines = [line("a"), line("b", "50", optional=True)]
        assert total(lines, terms()).gross == D("120.00")
        assert total(lines, terms(), ["b"]).gross == D("180.00")

    def test_an_option_that_is_not_chosen_still_says_what_it_costs(self):
        # 50.00 less 10 % = 45.00; tax 9.00.
        option = total([line("a"), line("b", "50", optional=True)], terms(discount="10")).lines[1]
        assert (option.counted, option.net, option.base, option.gross) == (False, D("50.00"), D("45.00"), D("54.00"))

    def test_choosing_what_is_not_offered_changes_nothing(self):
        assert total([line("a")], terms(), ["z"]) == total([line("a")], terms())


class TestDeposit:
    def test_a_percentage_is_of_the_gross(self):
        # 99.99 + 20.00 = 119.99; 30 % of it is 35.997 → 36.00, and 83.99 remain.
        found = total([line(price="99.99")], terms(deposit_percent="30"))
        assert (found.gross, found.deposit, found.balance) == (D("119.99"), D("36.00"), D("83.99"))

    def test_an_amount_is_asked_as_it_is(self):
        found = total([line()], terms(deposit_amount="50"))
        assert (found.deposit, found.balance) == (D("50.00"), D("70.00"))

    def test_without_one_all_is_the_balance(self):
        assert total([line()], terms()).deposit == 0


def figures(most, places):
    return st.decimals(0, most, places=places, allow_nan=False, allow_infinity=False)


@st.composite
def quotes(draw):
    keys = draw(st.lists(st.text("abcdef", min_size=1, max_size=3), unique=True, max_size=8))
    lines = [
        Line(
            key=key,
            text="Rédaction",
            quantity=draw(figures(5000, 3)),
            unit="hour",
            unit_price=draw(figures(2, 2) | figures(20000, 2)),
            rate=draw(st.sampled_from([None, *sorted(money.FRENCH_RATES)])),
            discount=draw(st.just(D(0)) | figures(100, 1)),
            optional=draw(st.booleans()),
        )
        for key in keys
    ]
    of = Terms(
        currency=draw(st.sampled_from(["JPY", "EUR", "TND"])),
        regime=draw(st.sampled_from(["vat", "vat", "vat", "exempt"])),
        discount=draw(st.just(D(0)) | figures(100, 2)),
        deposit_percent=draw(st.none() | figures(100, 1)),
    )
    return lines, of, draw(st.sets(st.sampled_from(keys))) if keys else set()


def amounts(found):
    own = [found.subtotal, found.discount, found.net, found.tax, found.gross, found.deposit, found.balance]
    rows = [x for one in found.lines for x in (one.net, one.discount, one.base, one.tax, one.gross)]
    return own + rows + [x for tax in found.taxes for x in (tax.base, tax.tax)]


class TestAlways:
    @given(quotes())
    def test_everything_adds_up(self, quote):
        found = total(*quote)
        counted = [one for one in found.lines if one.counted]
        assert sum(one.net for one in counted) == found.subtotal
        assert sum(one.discount for one in counted) == found.discount
        assert sum(one.base for one in counted) == found.net == found.subtotal - found.discount
        assert sum(one.gross for one in counted) == found.gross == found.net + sum(tax.tax for tax in found.taxes)
        assert found.deposit + found.balance == found.gross

    @given(quotes())
    def test_each_rate_is_the_sum_of_its_lines_taxed_once(self, quote):
        found = total(*quote)
        unit = D(1).scaleb(-money.MINOR_UNITS[found.currency])
        for tax in found.taxes:
            rows = [one for one in found.lines if one.counted and one.rate == tax.rate]
            assert (sum(one.base for one in rows), sum(one.tax for one in rows)) == (tax.base, tax.tax)
            assert abs(tax.tax - tax.base * tax.rate / 100) * 2 <= unit

    @given(quotes())
    def test_each_rate_bears_its_part_of_the_discount_to_the_cent(self, quote):
        found = total(*quote)
        assume(found.subtotal)
        unit = D(1).scaleb(-money.MINOR_UNITS[found.currency])
        for tax in found.taxes:
            net = sum(one.net for one in found.lines if one.counted and one.rate == tax.rate)
            assert abs((net - tax.base) - net * found.discount / found.subtotal) <= unit

    @given(quotes())
    def test_nothing_is_negative_nor_finer_than_the_currency_nor_a_float(self, quote):
        found = total(*quote)
        unit = D(1).scaleb(-money.MINOR_UNITS[found.currency])
        for amount in amounts(found):
            assert type(amount) is Decimal
            assert amount >= 0
            assert amount == amount.quantize(unit)

    @given(quotes(), st.randoms())
    def test_the_order_of_the_lines_changes_nothing(self, quote, random):
        lines, of, chosen = quote
        mixed = list(lines)
        random.shuffle(mixed)
        first, second = total(lines, of, chosen), total(mixed, of, chosen)
        assert {one.line.key: one for one in first.lines} == {one.line.key: one for one in second.lines}
        assert (first.taxes, first.gross, first.deposit) == (second.taxes, second.gross, second.deposit)


class TestProblemsOfLines:
    @pytest.mark.parametrize("unit", ["hour", "day", "half_day", "page", "word", "piece", "package", "month", "km"])  # fmt: skip
    def test_each_unit_is_known(self, unit):
        assert codes([line(unit=unit)]) == []

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"text": " \n"}, "line_without_words"),
            ({"unit": "fortnight"}, "unit"),
            ({"quantity": "0"}, "quantity"),
            ({"quantity": "-1"}, "quantity"),
            ({"quantity": "1000000.01"}, "quantity"),
            ({"price": "-12"}, "price"),
            ({"price": "10000000.01"}, "price"),
            ({"price": "12.345"}, "price_too_fine"),
            ({"price": "0.08351", "unit": "word"}, "price_too_fine"),
            ({"discount": D("-1")}, "discount"),
            ({"discount": D("100.5")}, "discount"),
            ({"rate": None}, "rate_missing"),
            ({"rate": "19.6"}, "rate_unknown"),
        ],
    )
    def test_each_is_named_with_its_line(self, change, code):
        assert [(problem.code, problem.key) for problem in problems([line(**change)], terms())] == [(code, "a")]

    def test_what_is_at_the_limit_is_allowed(self):
        assert codes([line(price="10000000"), line("b", quantity="1000000", price="1")]) == []

    def test_a_yen_has_no_decimals(self):
        assert codes([line(price="12.5")], terms(currency="JPY")) == ["price_too_fine"]

    @pytest.mark.parametrize("regime", ["exempt", "reverse_charge", "outside_eu"])
    def test_a_rate_fits_only_french_vat(self, regime):
        assert codes([line(rate="20")], terms(regime))[0] == "rate_without_vat"

    def test_every_french_rate_is_known(self):
        assert codes([line(str(rate), rate=rate) for rate in money.FRENCH_RATES]) == []


class TestProblemsOfTheWhole:
    def test_two_hundred_lines_and_no_more(self):
        lines = [line(str(i)) for i in range(201)]
        assert codes(lines[:200]) == []
        assert codes(lines) == ["too_many_lines"]

    def test_the_whole_is_at_most_a_hundred_million_options_included(self):
        lines = [line(str(i), "10000000", rate="0", optional=i > 8) for i in range(11)]
        assert codes(lines[:10]) == []
        assert codes(lines) == ["too_much_in_all"]

    def test_currency_and_regime_are_known(self):
        assert codes(of=terms("vta", "XYZ"), lines=[line(rate=None)]) == ["currency", "regime"]

    def test_a_discount_is_a_part(self):
        assert codes(of=terms(discount="101")) == ["discount"]

    @pytest.mark.parametrize(
        ("deposit", "code"),
        [
            ({"deposit_percent": "101"}, "deposit"),
            ({"deposit_percent": "-1"}, "deposit"),
            ({"deposit_amount": "-1"}, "deposit"),
            ({"deposit_amount": "120.01"}, "deposit_above_total"),
            ({"deposit_amount": "10", "deposit_percent": "10"}, "deposit_twice"),
        ],
    )
    def test_a_deposit_is_part_of_the_whole_said_in_one_way(self, deposit, code):
        assert codes(of=terms(**deposit)) == [code]

    def test_a_deposit_holds_when_no_option_is_chosen(self):
        lines = [line("a"), line("b", "1000", optional=True)]
        assert codes(lines, terms(deposit_amount="500")) == ["deposit_above_total"]


# Made-up numbers with right check digits: BE 97 − 01234567 mod 97 (= 48) = 49; FR (12 + 3 × 123456782) mod 97 = 11.
BELGIAN, FRENCH = "BE 0123.456.749", "FR11 123 456 782"


class TestRegimes:
    def untaxed(self, regime, **buyer):
        return codes([line(rate=None)], terms(regime), **buyer)

    def test_reverse_charge_suits_a_business_of_another_member_state(self):
        assert self.untaxed("reverse_charge", buyer_country="BE", buyer_vat_number=BELGIAN) == []

    @pytest.mark.parametrize("country", ["FR", "RE", "MC", "CH", "GB"])
    def test_reverse_charge_needs_another_member_state(self, country):
        assert self.untaxed("reverse_charge", buyer_country=country) == ["reverse_charge_at_home"]

    @pytest.mark.parametrize(
        ("number", "code"),
        [("", "reverse_charge_needs_number"), ("BE0123456748", "vat_number"), ("0123456749", "vat_number"), (FRENCH, "vat_number")],
    )  # fmt: skip
    def test_reverse_charge_needs_a_number_that_can_be(self, number, code):
        assert self.untaxed("reverse_charge", buyer_country="BE", buyer_vat_number=number) == [code]

    @pytest.mark.parametrize("country", ["CH", "US", "GB", "GF", "YT", "NC"])
    def test_outside_the_union_is_what_has_no_european_vat(self, country):
        assert self.untaxed("outside_eu", buyer_country=country) == []

    @pytest.mark.parametrize("country", ["FR", "BE", "MC", "MQ"])
    def test_inside_is_not_outside(self, country):
        assert self.untaxed("outside_eu", buyer_country=country) == ["inside_eu"]

    @pytest.mark.parametrize("country", ["RE", "GP", "MQ", "MC"])
    def test_overseas_and_monaco_pay_french_vat(self, country):
        assert codes(buyer_country=country) == []

    def test_a_business_of_another_member_state_pays_its_own_vat(self):
        assert codes(buyer_country="BE", buyer_vat_number=BELGIAN) == ["reverse_charge_expected"]

    def test_so_it_does_where_the_seller_is_exempt(self):
        assert self.untaxed("exempt", buyer_country="BE", buyer_vat_number=BELGIAN) == ["reverse_charge_expected"]

    def test_a_private_person_of_another_member_state_pays_french_vat(self):
        assert codes(buyer_country="BE") == []

    def test_at_home_there_is_nothing_to_reverse(self):
        assert codes(buyer_country="FR", buyer_vat_number=FRENCH) == []

    def test_there_are_twenty_seven_states(self):
        assert len(money.EU) == 27
        assert not money.EU & {"GB", "XI", "CH", "NO", "MC"}


class TestVatNumbers:
    @pytest.mark.parametrize(
        ("country", "number"),
        [("BE", BELGIAN), ("FR", FRENCH), ("FR", "fr-ab 123456782"), ("GR", "EL123456789"), ("NL", "NL123456782B01")],
    )
    def test_each_country_has_its_shape(self, country, number):
        assert is_vat_number(number, country)

    @pytest.mark.parametrize("number", ["BE0123456748", "FR12123456782", "FR11١٢٣٤٥٦٧٨٢", "DE12345", ""])
    def test_a_slip_is_seen(self, number):
        assert not is_vat_number(number, number[:2] or "FR")

    @given(st.text(max_size=20), st.sampled_from(sorted(money.EU)))
    def test_any_text_is_answered(self, number, country):
        assert is_vat_number(number, country) in {True, False}
        assert is_vat_number(country + number, country) in {True, False}

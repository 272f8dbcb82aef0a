"""Rules: what their JSON says, and what is said of wrong ones."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rendezvous.timing import Opening, Rules, RulesError
from rendezvous.timing.rules import OPTIONAL, REQUIRED, WEEKDAYS

LEAST = {"timezone": "Europe/Paris", "length": 60, "weekly": {"monday": [["09:00", "12:00"]]}}
WHOLE = {
    "timezone": "Europe/Paris",
    "length": 60,
    "step": 15,
    "buffer_before": 0,
    "buffer_after": 15,
    "notice_hours": 24,
    "weekly": {
        "monday": [["09:00", "12:00"], ["14:00", "18:00"]],
        "tuesday": [],
        "wednesday": [["00:00", "24:00"]],
        "thursday": [],
        "friday": [],
        "saturday": [],
        "sunday": [],
    },
    "exceptions": {"2026-05-02": [["10:00", "12:00"]], "2026-08-15": []},
    "holidays": "FR-57",
}


WHOLE_MINUTES = "is not a whole number; write whole minutes such as 60, without quotes."
NEXT_DAY = "write the earlier hour first, and hours past midnight under the next day"
NO_HOUR = 'is not an hour; write it as "09:00", from "00:00" to "24:00".'
NO_OPENING = 'is not an opening; write a start and an end, ["09:00", "12:00"].'


def refusal(**changed):
    with pytest.raises(RulesError) as caught:
        Rules.from_json(LEAST | changed)
    return str(caught.value)


class TestReading:
    def test_every_key_is_read(self):
        assert Rules.from_json(WHOLE) == Rules(
            timezone="Europe/Paris",
            length=60,
            step=15,
            buffer_before=0,
            buffer_after=15,
            notice_hours=24,
            weekly=((Opening(540, 720), Opening(840, 1080)), (), (Opening(0, 1440),), (), (), (), ()),
            exceptions=((date(2026, 5, 2), (Opening(600, 720),)), (date(2026, 8, 15), ())),
            holidays="FR-57",
        )

    def test_what_is_left_out_has_its_default(self):
        assert Rules.from_json(LEAST).to_json() == {
            "timezone": "Europe/Paris",
            "length": 60,
            "step": 60,
            "buffer_before": 0,
            "buffer_after": 0,
            "notice_hours": 0,
            "weekly": {"monday": [["09:00", "12:00"]]} | {day: [] for day in WEEKDAYS[1:]},
            "exceptions": {},
            "holidays": None,
        }

    def test_every_key_is_written_as_it_was_read(self):
        assert Rules.from_json(WHOLE).to_json() == WHOLE

    def test_exceptions_alone_are_hours_enough(self):
        only = Rules.from_json({"timezone": "UTC", "length": 30, "exceptions": {"2026-05-02": [["10:00", "12:00"]]}})
        assert only.hours(date(2026, 5, 2)) == (Opening(600, 720),)
        assert only.hours(date(2026, 5, 4)) == ()

    def test_openings_may_come_in_any_order(self):
        unordered = LEAST | {"weekly": {"monday": [["14:00", "18:00"], ["09:00", "12:00"]]}}
        assert Rules.from_json(unordered).weekly[0] == (Opening(540, 720), Opening(840, 1080))

    def test_openings_may_touch(self):
        touching = LEAST | {"weekly": {"monday": [["09:00", "12:00"], ["12:00", "14:00"]]}}
        assert Rules.from_json(touching).weekly[0] == (Opening(540, 720), Opening(720, 840))

    def test_a_whole_number_may_have_a_point(self):
        assert Rules.from_json(LEAST | {"length": 45.0}).length == 45

    def test_the_address_of_the_schema_is_passed_over(self):
        assert Rules.from_json(LEAST | {"$schema": "rules.schema.json"}) == Rules.from_json(LEAST)

    def test_no_holidays_may_be_said(self):
        assert Rules.from_json(LEAST | {"holidays": None}).holidays is None

    @pytest.mark.parametrize("place", ["FR-67", "FR-68", "FR-6AE"])
    def test_the_two_departments_of_alsace_are_known(self, place):
        saint_stephen = date(2026, 12, 26)
        assert (
            Rules.from_json(LEAST | {"weekly": {"saturday": [["09:00", "12:00"]]}, "holidays": place}).hours(
                saint_stephen
            )
            == ()
        )

    def test_rules_can_be_kept_in_a_set(self):
        assert {Rules.from_json(WHOLE), Rules.from_json(WHOLE)} == {Rules.from_json(WHOLE)}


class TestRefusing:
    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"timezone": "Europe/Pari"}, '"Europe/Pari" is no known zone; did you mean "Europe/Paris"?'),
            ({"timezone": "Mars"}, '"Mars" is no known zone; write one such as Europe/Paris.'),
            ({"timezone": ""}, '"" is no known zone; write one such as Europe/Paris.'),
            ({"timezone": 2}, '2 is not a text; write a zone such as "Europe/Paris".'),
            ({"length": 0}, "0 is out of range; write whole minutes from 1 to 1440."),
            ({"length": 1441}, "1441 is out of range; write whole minutes from 1 to 1440."),
            ({"length": 10**5000}, "such a number is out of range; write whole minutes from 1 to 1440."),
            ({"length": 60.5}, f"60.5 {WHOLE_MINUTES}"),
            ({"length": "60"}, f'"60" {WHOLE_MINUTES}'),
            ({"length": True}, f"true {WHOLE_MINUTES}"),
            ({"step": None}, f"null {WHOLE_MINUTES}"),
            ({"step": float("nan")}, f"nan {WHOLE_MINUTES}"),
            ({"step": [10**5000]}, f"such a value {WHOLE_MINUTES}"),
            ({"step": 0}, "0 is out of range; write whole minutes from 1 to 1440."),
            ({"buffer_before": -1}, "-1 is out of range; write whole minutes from 0 to 1440."),
            ({"buffer_after": 1441}, "1441 is out of range; write whole minutes from 0 to 1440."),
            ({"notice_hours": 8761}, "8761 is out of range; write whole hours from 0 to 8760."),
            (
                {"notice_hours": [24]},
                "[24] is not a whole number; write whole hours such as 60, without quotes.",
            ),
            ({"holidays": "XX"}, '"XX" is no known country; write its two capital letters, such as "FR".'),
            ({"holidays": "de"}, '"de" is no known country; write its two capital letters, such as "DE".'),
            ({"holidays": "IS-1"}, '"IS-1" is no known part of IS; write IS alone.'),
            ({"holidays": ["FR"]}, '[\'FR\'] is not a text; write a country such as "FR" or "FR-57".'),
        ],
    )
    def test_a_wrong_value_is_named_with_its_mend(self, changed, sentence):
        assert refusal(**changed) == f"{next(iter(changed))}: {sentence}"

    def test_the_parts_of_a_country_are_listed(self):
        assert refusal(holidays="FR-75").startswith(
            'holidays: "FR-75" is no known part of FR; write FR or one of FR-57, FR-6AE, FR-971, '
        )

    @pytest.mark.parametrize(
        ("openings", "sentence"),
        [
            ([["18:00", "09:00"]], f"the opening 18:00-09:00 ends before it starts; {NEXT_DAY}."),
            (
                [["09:00", "09:00"]],
                "the opening 09:00-09:00 has no length; give it a later end, or take it out.",
            ),
            (
                [["09:00", "12:00"], ["11:00", "13:00"]],
                "the openings 09:00-12:00 and 11:00-13:00 overlap; merge them, or move one.",
            ),
            ([["9:00", "12:00"]], f'"9:00" {NO_HOUR}'),
            ([["09:00", "24:01"]], f'"24:01" {NO_HOUR}'),
            ([["09:00", "١٢:٠٠"]], f'"١٢:٠٠" {NO_HOUR}'),
            ([["09:00", "12:00\n"]], f'"12:00\n" {NO_HOUR}'),
            ([[9, 12]], f"9 {NO_HOUR}"),
            ([["09:00"]], f"['09:00'] {NO_OPENING}"),
            (["09:00-12:00"], f'"09:00-12:00" {NO_OPENING}'),
            ("09:00-12:00", '"09:00-12:00" is not a list; write openings such as [["09:00", "12:00"]].'),
        ],
    )
    def test_a_wrong_opening_is_named_with_its_mend(self, openings, sentence):
        assert refusal(weekly={"monday": openings}) == f"weekly.monday: {sentence}"
        assert refusal(exceptions={"2026-05-04": openings}) == f"exceptions.2026-05-04: {sentence}"

    @pytest.mark.parametrize("day", ["2026-02-30", "20260502", "2026-W18-6", "2 May", "2026-5-2", ""])
    def test_a_wrong_date_is_named_with_its_mend(self, day):
        assert refusal(exceptions={day: []}) == (f'exceptions: "{day}" is not a date; write it as "2026-05-02".')

    def test_a_misspelt_key_is_named_with_the_right_one(self):
        assert refusal(buffer_befor=5) == ('buffer_befor: this key is unknown; did you mean "buffer_before"?')

    def test_an_unknown_key_is_named_with_those_there_are(self):
        assert refusal(colour="blue") == (
            "colour: this key is unknown; the keys are timezone, length, step, buffer_before, buffer_after, "
            "notice_hours, weekly, exceptions, holidays."
        )

    def test_a_misspelt_day_is_named_with_the_right_one(self):
        assert refusal(weekly={"Monday": []}) == 'weekly: "Monday" is not a day; did you mean "monday"?'

    @pytest.mark.parametrize("key", ["timezone", "length"])
    def test_a_missing_key_is_named(self, key):
        with pytest.raises(RulesError) as caught:
            Rules.from_json({name: value for name, value in LEAST.items() if name != key})
        assert str(caught.value) == (f'{key}: it is missing; add it, such as "timezone": "Europe/Paris", "length": 60.')

    def test_rules_without_any_hours_are_refused(self):
        with pytest.raises(RulesError, match="weekly: it is missing; add the open hours"):
            Rules.from_json({"timezone": "UTC", "length": 60})

    @pytest.mark.parametrize("value", [[], "weekly", 5, None])
    def test_hours_that_are_no_object_are_refused(self, value):
        assert "is not an object" in refusal(weekly=value)
        assert "is not an object" in refusal(exceptions=value)

    @pytest.mark.parametrize("value", [[], "rules", 5, None])
    def test_rules_that_are_no_object_are_refused(self, value):
        with pytest.raises(RulesError, match="are not rules; write one JSON object"):
            Rules.from_json(value)

    def test_the_key_is_given_apart_for_a_form(self):
        with pytest.raises(RulesError) as caught:
            Rules.from_json(LEAST | {"weekly": {"friday": [["10:00", "09:00"]]}})
        assert caught.value.key == "weekly.friday"

    def test_a_long_value_is_shown_short(self):
        assert len(refusal(timezone="x" * 100_000)) < 120

    def test_impossible_rules_cannot_be_made_without_json_either(self):
        with pytest.raises(RulesError, match="overlap"):
            Rules(timezone="UTC", length=60, step=60, weekly=((Opening(0, 60), Opening(30, 90)),) + ((),) * 6)
        with pytest.raises(RulesError, match="seven days"):
            Rules(timezone="UTC", length=60, step=60, weekly=())
        with pytest.raises(RulesError, match="in order of date"):
            Rules(
                timezone="UTC",
                length=60,
                step=60,
                exceptions=((date(2026, 5, 2), ()), (date(2026, 5, 1), ())),
            )


class TestFile:
    def said(self, data):
        with pytest.raises(RulesError) as caught:
            Rules.from_bytes(data)
        return str(caught.value)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
    def test_it_may_be_written_in_any_of_json_s_encodings(self, encoding):
        assert Rules.from_bytes(json.dumps(WHOLE).encode(encoding)) == Rules.from_json(WHOLE)

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (b"", "there is nothing in it; write one JSON object, {...}."),
            (b" \r\n", "there is nothing in it; write one JSON object, {...}."),
            (b'{"length": 60,\n "step" 15}', "it is no JSON at line 2, column 9: expecting ':' delimiter."),
            (b'{"timezone": "Europe/P\xe9ris"}', "it is no text; save it as JSON in UTF-8."),
            (b"\xff\xfe{", "it is no text; save it as JSON in UTF-8."),
            (b"PK\x03\x04", "it is no JSON at line 1, column 1: expecting value."),
            (b"[" * 200_000, "its brackets are nested too deep; write them as the schema shows."),
            (
                b'{"length": 1' + b"0" * 5000 + b"}",
                "it holds a number that is too long to be read; write a shorter one.",
            ),
            (b"[1, 2]", "[1, 2] are not rules; write one JSON object, {...}."),
        ],
    )
    def test_what_is_no_json_object_is_refused_in_one_sentence(self, data, sentence):
        assert self.said(data) == f"rules: {sentence}"

    def test_a_key_that_comes_twice_is_named(self):
        twice = (
            b'{"timezone": "UTC", "length": 60, "exceptions": {"2026-05-02": [], "2026-05-02": [["09:00", "10:00"]]}}'
        )
        assert self.said(twice) == "2026-05-02: this key comes twice; keep one of them."

    def test_what_its_keys_hold_is_checked_as_ever(self):
        assert self.said(b'{"timezone": "UTC", "length": NaN, "weekly": {}}') == f"length: nan {WHOLE_MINUTES}"


@given(st.binary(max_size=60) | st.text(alphabet='{}[]":,01 lengthmUTC\\', max_size=60).map(str.encode))
def test_whatever_the_bytes_they_are_refused_in_a_sentence(data):
    with pytest.raises(RulesError, match=r"^[^:]*: .+[.?]$"):
        Rules.from_bytes(data)


@st.composite
def hours(draw):
    bounds = sorted(draw(st.lists(st.integers(0, 1440), max_size=6, unique=True)))
    return [[f"{one // 60:02}:{one % 60:02}" for one in pair] for pair in zip(bounds[::2], bounds[1::2], strict=False)]


stated = st.fixed_dictionaries(
    {
        "timezone": st.sampled_from(["Europe/Paris", "UTC", "America/New_York", "Australia/Lord_Howe"]),
        "length": st.integers(1, 1440),
        "weekly": st.dictionaries(st.sampled_from(WEEKDAYS), hours()),
    },
    optional={
        "step": st.integers(1, 1440),
        "buffer_before": st.integers(0, 1440),
        "buffer_after": st.integers(0, 1440),
        "notice_hours": st.integers(0, 8760),
        "exceptions": st.dictionaries(st.dates().map(date.isoformat), hours(), max_size=4),
        "holidays": st.sampled_from([None, "FR", "FR-57", "US-CA"]),
    },
)


@given(stated)
def test_rules_come_back_the_same_from_their_json(mapping):
    rules = Rules.from_json(mapping)
    assert Rules.from_json(json.loads(json.dumps(rules.to_json()))) == rules


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(stated, st.sampled_from([*REQUIRED, *OPTIONAL]), anything)
def test_whatever_a_key_holds_rules_are_made_or_refused_by_name(mapping, key, value):
    error = None
    try:
        Rules.from_json(mapping | {key: value})
    except RulesError as refused:
        error = refused
    assert error is None or error.key.split(".")[0] == key
    assert error is None or str(error).endswith((".", "?"))


class TestSchema:
    """`docs/rules.schema.json` says what the code does."""

    schema = json.loads((Path(__file__).parents[2] / "docs" / "rules.schema.json").read_text(encoding="utf-8"))

    def test_it_has_every_key_and_no_other(self):
        assert set(self.schema["properties"]) == {*REQUIRED, *OPTIONAL, "$schema"}
        assert self.schema["required"] == list(REQUIRED)
        assert self.schema["additionalProperties"] is False
        assert list(self.schema["properties"]["weekly"]["properties"]) == list(WEEKDAYS)

    def test_every_key_is_described(self):
        assert [key for key, value in self.schema["properties"].items() if not value.get("description")] == []

    @pytest.mark.parametrize("key", ["length", "step", "buffer_before", "buffer_after", "notice_hours"])
    def test_its_bounds_are_those_of_the_rules(self, key):
        bounds = self.schema["properties"][key]
        for value in (bounds["minimum"], bounds["maximum"]):
            assert getattr(Rules.from_json(LEAST | {key: value}), key) == value
        for value in (bounds["minimum"] - 1, bounds["maximum"] + 1):
            assert "is out of range" in refusal(**{key: value})

    @pytest.mark.parametrize("key", ["buffer_before", "buffer_after", "notice_hours", "holidays"])
    def test_its_defaults_are_those_of_the_rules(self, key):
        assert Rules.from_json(LEAST).to_json()[key] == self.schema["properties"][key]["default"]

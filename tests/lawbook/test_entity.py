"""A plant's ledger: each kind of cell, what is missing, and how names meet."""

import copy

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lawbook.content import ContentError, load
from lawbook.entity import LedgerDictionary, name_key
from services.kit.settings import ROOT
from tests.examples import dictionary, entity_values

CONTENT = load(ROOT / "content" / "ledger" / "dictionary.toml")
DICTIONARY = dictionary()
GOOD = entity_values()


def faults(**changes: str) -> list[tuple[str, str]]:
    return [(f.field, f.code) for f in DICTIONARY.check({**GOOD, **changes})]


def test_there_are_eleven_mandatory_items_and_they_await_confirmation():
    """运应急发〔2022〕53号 二（一）3; the annex that names them is not public."""
    assert len(DICTIONARY.mandatory) == 11
    assert DICTIONARY.status == "待确认"


def test_a_complete_plant_has_no_fault():
    assert faults() == []
    assert DICTIONARY.missing(GOOD) == []


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("ent_name", "无", "placeholder"),
        ("ent_name", "长" * 201, "too-long"),
        ("uscc", "91140882MADEM00019", "credit-code"),
        ("uscc", "91140882MADEM0001", "credit-code-length"),
        ("uscc", "９1140882MADEM00019", "full-width"),
        ("uscc", "91٣40882MADEM00019", "credit-code"),
        ("division_code", "140899001", "unknown-division"),
        ("contact_phone", "11111111111", "placeholder-phone"),
        ("contact_phone", "０359-5121234", "full-width"),
        ("contact_phone", "电话", "phone"),
        ("principal_mobile", "0359-5121234", "mobile"),
        ("principal_mobile", "11111111111", "placeholder-phone"),
        ("reg_category", "其它行业", "choice"),
        ("reg_category", "冶金、其它行业", "choice"),
        ("reg_category", "、", "choice"),
        ("op_status", "营业", "choice"),
        ("postcode", "04330", "postcode"),
        ("postcode", "²²²²²²", "postcode"),
    ],
)
def test_a_cell_that_is_filled_wrongly_says_how(field, value, code):
    assert faults(**{field: value}) == [(field, code)]


def of_kind(kind: str) -> str:
    return next(field.code for field in DICTIONARY.fields if field.kind == kind)


@pytest.mark.parametrize(
    ("kind", "value", "good"),
    [
        ("integer", "120", True), ("integer", "-1", False), ("integer", "１２", False),
        ("integer", "1.5", False), ("integer", "1" * 10, False),
        ("date", "2018-06-30", True), ("date", "2018/6/3", True), ("date", "2018年6月3日", True),
        ("date", "2018-06-30 00:00:00", True), ("date", "2018-02-30", False), ("date", "去年", False),
        ("date", "٢٠١٨-٠٦-٣٠", False),
        ("number", "110.71", True), ("number", "-1", False), ("number", "180", False),
        ("number", "nan", False), ("number", "inf", False), ("number", "1_10", False),
        ("postcode", "043300", True),
    ],
)  # fmt: skip
def test_a_value_of_each_kind_is_held_to_its_form(kind, value, good):
    field = of_kind(kind)
    assert faults(**{field: value}) == ([] if good else [(field, faults(**{field: value})[0][1])])


def test_a_number_says_which_bound_it_breaks():
    field = of_kind("number")
    low, high = (DICTIONARY.check({**GOOD, field: v})[0].reason for v in ("1", "999"))
    assert ("不应小于" in low, "不应大于" in high) == (True, True)


def test_a_number_without_bounds_may_be_any():
    body = copy.deepcopy(CONTENT)
    for field in body["field"]:
        if field["kind"] == "number":
            field.pop("min"), field.pop("max")
    free = LedgerDictionary.from_content(body)
    assert free.check({**GOOD, of_kind("number"): "-999999"}) == []


def test_a_long_text_may_begin_with_a_word_that_stands_for_nothing():
    long = next(f for f in DICTIONARY.fields if f.kind == "text" and (f.maximum or 0) > 200)
    assert faults(**{long.code: "无"}) == []
    assert faults(**{long.code: "长" * (int(long.maximum or 0) + 1)}) == [(long.code, "too-long")]


@pytest.mark.parametrize("code", [code for item in DICTIONARY.mandatory for code in item.fields])
def test_a_mandatory_cell_that_is_empty_is_missing_and_so_is_its_item(code):
    values = {key: value for key, value in GOOD.items() if key != code}
    assert [(f.field, f.code) for f in DICTIONARY.check(values)] == [(code, "missing")]
    assert len(DICTIONARY.missing(values)) == 1


def test_an_item_that_is_there_but_wrong_is_missing_too():
    assert DICTIONARY.missing({**GOOD, "uscc": "91140882MADEM00019"}) == ["uscc"]


def test_values_are_trimmed_and_codes_brought_into_form():
    kept = DICTIONARY.normalise(
        {"uscc": " 91140882ma0h4d5m1x", "ent_name": " 甲厂 ", "reg_addr": " "}
    )
    assert kept == {"uscc": "91140882MA0H4D5M1X", "ent_name": "甲厂"}


def test_a_plant_may_belong_to_several_trades():
    assert DICTIONARY.trades({"reg_category": "冶金、危险化学品生产；冶金"}) == [
        "hazardous_chemicals", "industry_and_trade",
    ]  # fmt: skip
    assert DICTIONARY.trades({}) == []


def test_without_a_table_of_divisions_any_plausible_code_will_do():
    free = LedgerDictionary.from_content(CONTENT)
    known = {code: not free.check({**GOOD, "division_code": code}) for code in
             ("110101", "110101001", "110101001001", "1101", "1101ab", "１１０１０１")}  # fmt: skip
    assert known == {
        "110101": True, "110101001": True, "110101001001": True, "1101": False, "1101ab": False,
        "１１０１０１": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("河津市青禾铝业有限公司", "河津市青禾铝业"), ("甲（河津）厂", "甲(河津)厂"),
        ("Ａ Ｂ 公司", "ab"), ("甲，乙厂", "甲乙"), ("ABC", "abc"),
    ],
)  # fmt: skip
def test_two_spellings_of_one_name_meet(one, other):
    assert name_key(one) == name_key(other)


def test_two_names_do_not_meet():
    assert name_key("河津市青禾铝业有限公司") != name_key("河津市青禾铸造有限公司")


@example({"uscc": "A´"})
@given(st.dictionaries(st.sampled_from(sorted(DICTIONARY.by_code)), st.text(max_size=40)))
def test_whatever_is_typed_a_row_without_fault_misses_nothing(values):
    kept = DICTIONARY.normalise(values)
    assert DICTIONARY.normalise(kept) == kept
    if not DICTIONARY.check(kept):
        assert DICTIONARY.missing(kept) == []


def without(key: str, **where: str):
    body = copy.deepcopy(CONTENT)
    if not where:
        body.pop(key)
    for table, code in where.items():
        next(row for row in body[table] if row["code"] == code).pop(key)
    return body


@pytest.mark.parametrize(
    "body",
    [
        without("version"), without("code"), without("status"), without("field"), without("item"),
        without("use", field="uscc"), without("label", field="uscc"), without("fields", item="uscc"),
    ],
)  # fmt: skip
def test_a_dictionary_that_lacks_what_it_needs_is_an_error(body):
    with pytest.raises(ContentError):
        LedgerDictionary.from_content(body)


def test_an_item_of_a_column_that_is_not_there_is_an_error():
    body = copy.deepcopy(CONTENT)
    body["item"][0]["fields"] = ["nothing"]
    with pytest.raises(ContentError, match="不存在的栏目"):
        LedgerDictionary.from_content(body)


def test_a_column_of_an_unknown_kind_is_an_error():
    body = copy.deepcopy(CONTENT)
    body["field"][0]["kind"] = "magic"
    with pytest.raises(ContentError, match="不认识"):
        LedgerDictionary.from_content(body)

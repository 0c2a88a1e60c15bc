"""Credit codes against GB 32100 and another implementation of it; telephones; document numbers."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn import uscc

from lawbook import identifiers as ids

VALID = (
    "91140825734037478A", "91140829660412617Y", "911408265587382238", "91140830701108065A",
    "91140882MA0H4D5M1X", "91140800MA0TE5T00E", "91140882MA0DEM001Q", "92140802MA0DEM002W",
    "93140821MA0DEM003D",
)  # fmt: skip
letters = st.sampled_from(ids.ALPHABET)
bodies = st.tuples(
    st.text(letters, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(letters, min_size=9, max_size=9),
).map("".join)


@pytest.mark.parametrize("code", VALID)
def test_a_credit_code_with_the_right_check_digit_is_one(code):
    assert ids.credit_code_fault(code) is None


@pytest.mark.parametrize("code", VALID)
def test_any_other_last_character_is_wrong(code):
    others = [code[:17] + letter for letter in ids.ALPHABET if letter != code[17]]
    assert {ids.credit_code_fault(other) for other in others} == {"统一社会信用代码校验位不正确"}


def test_the_weights_are_those_of_the_standard():
    """GB 32100-2015 §4.6."""
    assert ids.WEIGHTS == (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


@given(bodies)
def test_every_body_has_one_check_digit_and_others_agree_on_it(body):
    digit = ids.credit_code_check_digit(body)
    assert ids.credit_code_fault(body + digit) is None
    assert uscc.calc_check_digit(body) == digit


@pytest.mark.parametrize("body", ["", "9" * 16, "9" * 18])
def test_a_check_digit_is_that_of_seventeen_characters(body):
    with pytest.raises(ValueError, match=f"^{body}$"):
        ids.credit_code_check_digit(body)


@given(bodies, st.integers(0, 16), letters)
def test_one_wrong_character_is_always_found(body, place, letter):
    assume(body[place] != letter)
    code = body + ids.credit_code_check_digit(body)
    assert ids.credit_code_fault(code[:place] + letter + code[place + 1 :]) is not None


@given(st.text(min_size=18, max_size=18))
def test_whatever_is_typed_is_a_code_or_has_a_fault(text):
    assert (ids.credit_code_fault(text) is None) is uscc.is_valid(text)


def test_digits_of_another_script_are_a_fault_and_no_crash():
    assert "不允许的字符" in (ids.credit_code_fault("91١40825734037478A") or "")


@pytest.mark.parametrize("letter", "IOSVZ")
def test_letters_that_look_like_digits_do_not_occur(letter):
    assert "I、O、S、V、Z" in (ids.credit_code_fault(f"91140882MA0H4D5M1{letter}") or "")


@pytest.mark.parametrize(("text", "length"), [("", 0), ("91140825734037478", 17)])
def test_a_code_of_another_length_says_how_long_it_is(text, length):
    assert str(length) in (ids.credit_code_fault(text) or "")


@pytest.mark.parametrize(
    "typed",
    [" 91140882ma0h4d5m1x ", "９１１４０８８２ＭＡ０Ｈ４Ｄ５Ｍ１Ｘ", "9114 0882 MA0H 4D5M 1X", "　91140882MA0H4D5M1X"],
)  # fmt: skip
def test_a_code_is_brought_into_form(typed):
    assert ids.normalise_code(typed) == "91140882MA0H4D5M1X"


WIDE = "".join(chr(letter + 0xFEE0) for letter in range(0x21, 0x7F))


@given(st.text(st.sampled_from(ids.ALPHABET + ids.ALPHABET.lower() + WIDE + " \u3000\t")))
def test_bringing_into_form_twice_is_bringing_into_form_once(text):
    once = ids.normalise_code(text)
    assert ids.normalise_code(once) == once


@pytest.mark.parametrize("number", ["13935912345", "19903590001", "0359-5121234", "03595121234",
                                    "0359-5121234-801", "010-66668812", "5121234"])  # fmt: skip
def test_a_telephone_number_is_one(number):
    assert ids.phone_fault(number) is None


@pytest.mark.parametrize("number", ["1234", "139359123456", "12935912345", "电话", "0359—5121234",
                                    "١٣٩٣٥٩١٢٣٤٥", "0359-5121234转801"])  # fmt: skip
def test_what_is_no_telephone_number_says_so(number):
    assert ids.phone_fault(number) == "电话号码格式不正确"


@pytest.mark.parametrize("number", ["11111111111", "00000000", "12345678901", "无", "13000000000"])
def test_a_placeholder_asks_for_the_real_number(number):
    assert ids.phone_fault(number) == "电话为占位号码，请填写真实号码"


def test_a_landline_is_no_mobile():
    assert ids.phone_fault("0359-5121234", mobile_only=True) == "手机号应为 1 开头的 11 位数字"
    assert ids.phone_fault("13935912345", mobile_only=True) is None


@pytest.mark.parametrize("text", ["无", " 暂无 ", "N/A", "0000", "-", "99999"])
def test_a_placeholder_is_seen_through(text):
    assert ids.is_placeholder(text)


@pytest.mark.parametrize("text", ["王五", "无锡路 1 号", "1234", "00", "001"])
def test_a_real_text_is_no_placeholder(text):
    assert not ids.is_placeholder(text)


@pytest.mark.parametrize("number", ["14088200001", "晋1408820001", "12345", "1" * 21, "a1234567"])
def test_a_certificate_number_is_digits_capitals_and_dashes(number):
    assert (ids.certificate_number_fault(number) is None) is (number == "14088200001")


def test_a_document_number_has_hexagonal_brackets_and_no_leading_zeros():
    """GB/T 9704."""
    made = ids.document_number(ids.DEFAULT_PATTERN, "晋运", "检记", 2022, 1)
    assert made == "（晋运）应急检记〔2022〕1号"


@given(
    st.sampled_from(["运", "河", "经开"]), st.sampled_from(["检记", "责改", "复查"]),
    st.integers(2000, 2999), st.integers(1, 10**6),
)  # fmt: skip
def test_a_number_is_read_back_as_it_was_made(region, abbreviation, year, sequence):
    made = ids.document_number(ids.DEFAULT_PATTERN, region, abbreviation, year, sequence)
    read = ids.parse_document_number(ids.DEFAULT_PATTERN, made)
    assert read == ids.DocumentNumber(region, abbreviation, year, sequence)


@pytest.mark.parametrize(
    "text",
    [
        "（河）应急检记[2026]1号",
        "（河）应急检记〔2026〕01号",
        "（河）应急检记〔2026〕第1号",
        "（河）应急检记〔２０２６〕1号",
        "",
    ],
)
def test_a_number_of_another_form_is_not_read(text):
    assert ids.parse_document_number(ids.DEFAULT_PATTERN, text) is None


CODE = "91140882MA0H4D5M1X"


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        f"https://example.gov.cn/licence?uscc={CODE.lower()}&t=1",
        f"https://example.gov.cn/%E6%89%A7%E7%85%A7?code%3D{CODE}",
        f"统一社会信用代码：{CODE}；名称：河津市星澜铸造有限公司",
        f"代码{''.join(chr(ord(one) + 0xFEE0) for one in CODE)}",
        f"{CODE}\n{CODE}",
    ],
)
def test_the_code_is_found_in_what_a_licence_s_qr_code_says(text):
    assert ids.credit_codes_in(text) == [CODE]


@pytest.mark.parametrize(
    "text", ["", "https://example.gov.cn/", CODE[:-1] + "Y", f"A{CODE}", "1" * 40]
)
def test_what_is_no_credit_code_is_not_taken_for_one(text):
    assert ids.credit_codes_in(text) == []

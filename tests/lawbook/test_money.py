"""Amounts in capitals, as a fine is written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawbook.money import DIGITS, MOST, in_capitals, in_figures, written


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (100, "壹元整"),
        (1000, "壹拾元整"),
        (20000, "贰佰元整"),
        (30005, "叁佰元零伍分"),
        (30050, "叁佰元伍角整"),
        (300000, "叁仟元整"),
        (2000000, "贰万元整"),
        (100_050_000, "壹佰万零伍佰元整"),
        (100_500_000, "壹佰万伍仟元整"),
        (10_000_100, "壹拾万零壹元整"),
        (1_000_000_000_000, "壹佰亿元整"),
        (10_000_000_500, "壹亿零伍元整"),
        (12_345_678_912, "壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元壹角贰分"),
    ],
)
def test_an_amount_is_written_as_fines_are(fen, text):
    assert in_capitals(fen) == text


def test_capitals_stand_before_figures():
    assert written(2_000_000) == "贰万元整（¥20,000.00）"
    assert in_figures(5) == "0.05"


@pytest.mark.parametrize("fen", [-1, MOST])
def test_what_cannot_be_written_out_is_refused(fen):
    with pytest.raises(ValueError, match="fen"):
        in_capitals(fen)


def spoken(text: str) -> int:
    """The fen of an amount in capitals, read by somebody else's way of reading."""
    whole, _, part = text.partition("元") if "元" in text else ("零", "", text)
    total = section = digit = 0
    for char in whole:
        if char in DIGITS:
            digit = DIGITS.index(char)
        elif char in "拾佰仟":
            section += digit * 10 ** ("拾佰仟".index(char) + 1)
            digit = 0
        else:
            section, digit = section + digit, 0
            if char == "亿":
                total, section = (total + section) * 10**8, 0
            else:
                total, section = total + section * 10**4, 0
    yuan = total + section + digit
    found = dict(re.findall(f"([角分])([{DIGITS}])", part[::-1]))
    return yuan * 100 + sum(
        DIGITS.index(found.get(u, "零")) * v for u, v in (("角", 10), ("分", 1))
    )


@given(st.integers(0, 10**14 - 1))
def test_what_is_written_reads_back(fen):
    text = in_capitals(fen)
    assert spoken(text) == fen
    assert "零零" not in text

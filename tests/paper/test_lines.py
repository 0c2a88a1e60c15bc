"""Breaking Chinese text into lines."""

from hypothesis import given
from hypothesis import strategies as st

from paper.lines import break_lines


def broken(text, width, indent=0):
    return break_lines(text, width, indent, len)


def test_any_two_characters_may_part():
    assert broken("一二三四五六七", 3) == ["一二三", "四五六", "七"]


def test_the_first_line_leaves_room_for_the_indent():
    assert broken("一二三四五六七", 4, 2) == ["一二", "三四五六", "七"]


def test_a_closing_mark_never_begins_a_line():
    assert broken("一二三，四", 3) == ["一二", "三，四"]


def test_an_opening_mark_never_ends_a_line():
    assert broken("一二《三》", 3) == ["一二", "《三》"]


def test_a_number_stays_whole():
    assert broken("证号14080200101", 12) == ["证号", "14080200101"]


def test_a_word_longer_than_the_line_is_cut():
    assert broken("a" * 7, 3) == ["aaa", "aaa", "a"]


@given(st.text(), st.integers(2, 40))
def test_no_line_is_too_long_and_nothing_but_spaces_is_lost(text, width):
    lines = broken(text, width)
    assert all(len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")

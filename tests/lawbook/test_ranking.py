"""Places of bureaus: exact, ties told (考核排名)."""

from fractions import Fraction

from lawbook.ranking import Place, fraction, mean, places


def test_a_rate_is_exact_and_nothing_is_none():
    assert fraction((99_999, 100_000)) == Fraction(99_999, 100_000)
    assert [fraction(one) for one in ((None, None), (0, 0), (3, None))] == [None] * 3


def test_the_mean_passes_over_what_there_is_nothing_of():
    assert mean([(1, 2), (None, None), (1, 1)]) == Fraction(3, 4)
    assert mean([(None, None)]) is None


def test_who_is_equal_shares_a_place_and_the_next_is_left_out():
    found = places(
        {"a": Fraction(1), "b": Fraction(1, 3), "c": Fraction(2, 6), "d": Fraction(0), "e": None}
    )
    assert found == {
        "a": Place(1, False), "b": Place(2, True), "c": Place(2, True), "d": Place(4, False),
    }  # fmt: skip

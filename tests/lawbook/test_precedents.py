"""同案同罚: what was usual, and how a sum stands to it."""

from hypothesis import given
from hypothesis import strategies as st

from lawbook.precedents import NOTHING, Standing, distribution
from tests.lawbook.penalising import WAN

FINES = [("A", 1 * WAN), ("A", 2 * WAN), ("B", 3 * WAN), ("B", 4 * WAN), ("C", 9 * WAN)]


def test_quartiles_are_sums_that_were_really_fined():
    told = distribution(FINES)
    assert (told.least, told.lower, told.median, told.upper, told.most) == (
        1 * WAN, 2 * WAN, 3 * WAN, 4 * WAN, 9 * WAN,
    )  # fmt: skip
    assert told.grades == {"A": 2, "B": 2, "C": 1}


def test_a_sum_outside_the_middle_half_wants_its_reason():
    told = distribution(FINES)
    assert told.standing(2 * WAN) is told.standing(4 * WAN) is Standing.WITHIN
    assert told.standing(2 * WAN - 1) is Standing.BELOW
    assert told.standing(4 * WAN + 1) is Standing.ABOVE
    assert told.told(5 * WAN) == (
        "以往同类案件 5 件，罚款10,000.00元至90,000.00元，中位数30,000.00元；"
        "本案拟罚款50,000.00元，高于以往多数同类案件，应当写明理由（行政处罚法 §5(2)）"
    )


def test_two_cases_are_shown_and_not_compared_with():
    assert distribution(FINES[:2]).standing(9 * WAN) is Standing.FEW
    assert distribution([]) is NOTHING
    assert NOTHING.told(1) == "以往没有同类案件"


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 10**9)), min_size=1, max_size=30))
def test_a_quarter_a_half_and_three_quarters_lie_at_or_below_their_sums(fines):
    told, sums = distribution(fines), [fine for _, fine in fines]
    for part, at in ((25, told.lower), (50, told.median), (75, told.upper)):
        assert at in sums
        assert sum(one <= at for one in sums) * 100 >= part * len(sums)
        assert sum(one < at for one in sums) * 100 < part * len(sums)
    assert sum(told.grades.values()) == told.cases == len(fines)

"""A rate is never rounded up to a hundred."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawbook.rates import hundredths, percent


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (0, 0, "—"), (None, None, "—"), (0, 6, "0.00%"), (4, 6, "66.67%"), (6, 6, "100%"),
        (99_999, 100_000, "99.99%"), (1_999_999, 2_000_000, "99.99%"), (1, 1_000_000, "<0.01%"),
    ],
)  # fmt: skip
def test_a_rate_is_shown(numerator, denominator, shown):
    assert percent(numerator, denominator) == shown


@given(st.integers(1, 10**9).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))))
def test_a_hundred_is_said_of_all_alone(figure):
    numerator, denominator = figure
    assert (percent(numerator, denominator) == "100%") == (numerator == denominator)
    told = hundredths(numerator, denominator)
    assert told is not None
    assert abs(told - 10_000 * numerator / denominator) <= 1

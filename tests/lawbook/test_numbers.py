"""Every number in exactly one state, with a reason, whatever happened to it."""

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lawbook.numbers import (
    Ended,
    Freeze,
    Leased,
    NumberState,
    account,
    counts,
    expires_on,
    last_day,
)

AT = datetime(2026, 6, 23, 3, tzinfo=UTC)
IN_JUNE, IN_MARCH = date(2026, 6, 23), date(2027, 3, 1)
LOST = Freeze("平板遗失", "王衡", AT)


def leased(first, last, freeze=None):
    return Leased(f"lease-{first}", first, last, "平板甲", "张岳", AT, freeze)


def ended(first, last, state):
    return Ended(first, last, state, "纸张损坏", "平板甲", "张岳", AT, "lease")


def told(*runs):
    return [(run.first, run.last, run.state.value) for run in runs]


def test_what_has_no_end_is_on_the_tablet():
    runs = account(5, [leased(1, 5)], [ended(2, 2, NumberState.ISSUED)], 2026, IN_JUNE)
    assert told(*runs) == [(1, 1, "leased"), (2, 2, "issued"), (3, 5, "leased")]


def test_documents_beside_one_another_are_one_run():
    ends = [ended(n, n, NumberState.ISSUED) for n in (3, 1, 2)]
    assert told(*account(3, [leased(1, 3)], ends, 2026, IN_JUNE)) == [(1, 3, "issued")]


def test_voided_neighbours_with_another_reason_stay_apart():
    other = Ended(2, 2, NumberState.VOIDED, "跨年", "平板甲", "张岳", AT, "lease")
    runs = account(2, [leased(1, 2)], [ended(1, 1, NumberState.VOIDED), other], 2026, IN_JUNE)
    assert [run.reason for run in runs] == ["纸张损坏", "跨年"]


def test_after_the_year_and_a_month_what_nobody_used_is_expired():
    assert (last_day(2026), expires_on(2026)) == (date(2026, 12, 31), date(2027, 2, 1))
    before = account(4, [leased(1, 4)], [], 2026, date(2027, 1, 31))
    after = account(4, [leased(1, 4)], [], 2026, date(2027, 2, 1))
    assert told(*before, *after) == [(1, 4, "leased"), (1, 4, "expired")]
    assert after[0].reason == "2026 年度已过，未使用"


def test_a_frozen_lease_says_why_even_after_its_year():
    (run,) = account(4, [leased(1, 4, LOST)], [], 2026, IN_MARCH)
    assert (run.state, run.reason, run.officer) == (NumberState.FROZEN, "平板遗失", "王衡")


def test_a_number_that_nobody_can_explain_is_told_apart():
    runs = account(6, [leased(3, 4)], [ended(6, 6, NumberState.ISSUED)], 2026, IN_JUNE)
    assert told(*runs) == [
        (1, 2, "unexplained"), (3, 4, "leased"), (5, 5, "unexplained"), (6, 6, "issued"),
    ]  # fmt: skip


ENDS = st.sampled_from((None, None, *list(NumberState)[1:4]))


@given(
    st.lists(st.tuples(st.integers(1, 30), st.booleans()), max_size=8),
    st.data(),
    st.sampled_from((IN_JUNE, IN_MARCH)),
)
def test_whatever_happens_each_number_is_in_one_run_and_the_counts_add_up(sizes, data, today):
    """Against the plain account: a state for each number, looked up one by one."""
    leases, ends = [], []
    plain: dict[Any, Any] = {}
    for size, frozen in sizes:
        first = len(plain) + 1
        leases.append(leased(first, first + size - 1, LOST if frozen else None))
        open_ = "frozen" if frozen else "expired" if today == IN_MARCH else "leased"
        plain |= dict.fromkeys(range(first, first + size), open_)
    for number in plain:
        if state := data.draw(ENDS):
            ends.append(ended(number, number, state))
            plain[number] = state.value
    ends = data.draw(st.permutations(ends)) if len(ends) < 9 else ends
    runs = account(len(plain), data.draw(st.permutations(leases)), ends, 2026, today)
    found = {n: run.state.value for run in runs for n in range(run.first, run.last + 1)}
    assert found == plain
    assert sum(run.count for run in runs) == sum(counts(runs).values()) == len(plain)
    assert all(run.state is NumberState.ISSUED or run.reason for run in runs)

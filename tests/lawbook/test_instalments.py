"""Payment: on the spot, deferred, by instalments; what is owed on any day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawbook.clock import Pause
from lawbook.instalments import (
    CashNotAllowed,
    Instalment,
    PaidTooMuch,
    Payment,
    ReceiptMissing,
    ScheduleNotSound,
    account,
    approvals,
    cash_ground,
    enforce_from,
    require_receipt,
)
from lawbook.late_payment import late_fine
from tests.lawbook.penalising import WAN, YUAN

DUE = date(2022, 3, 16)
FINE = 5 * WAN


def after(days):
    return DUE + timedelta(days)


ALL = [Instalment(DUE, FINE)]
THREE = [Instalment(after(30), 2 * WAN), Instalment(after(60), 2 * WAN), Instalment(after(90), WAN)]
REVIEW = Pause(after(5), after(15), "行政复议期间", "行政处罚法 §73(3)")


def test_each_instalment_has_an_approval_that_says_what_remains():
    """分期缴纳罚款批准书: one for each, with its own number."""
    told = approvals(FINE, THREE, due_on=DUE)
    assert [(one.number, one.of, one.amount, one.remaining) for one in told] == [
        (1, 3, 2 * WAN, 3 * WAN), (2, 3, 2 * WAN, WAN), (3, 3, WAN, 0),
    ]  # fmt: skip
    assert told[0].text == (
        "第1期于2022年4月15日前缴纳罚款贰万元整（¥20,000.00），尚余叁万元整（¥30,000.00）"
    )
    assert told[2].text.endswith("罚款壹万元整（¥10,000.00），全部缴清")


def test_a_deferral_is_one_day_for_all_that_is_left():
    (told,) = approvals(FINE, [Instalment(after(60), 4 * WAN)], due_on=DUE, paid=WAN)
    assert told.text == "延期至2022年5月15日前缴纳罚款肆万元整（¥40,000.00）"
    assert told.remaining == 0


@pytest.mark.parametrize(
    ("schedule", "paid"),
    [
        ([], 0),
        ([Instalment(after(30), FINE + 1)], 0),
        ([Instalment(after(30), FINE)], WAN),
        ([Instalment(after(30), FINE)], FINE),
        ([Instalment(after(0), FINE)], 0),
        ([Instalment(after(30), FINE + 1), Instalment(after(60), -1)], 0),
        ([Instalment(after(30), 4 * WAN), Instalment(after(30), WAN)], 0),
        ([Instalment(after(60), 4 * WAN), Instalment(after(30), WAN)], 0),
    ],
)
def test_instalments_that_do_not_make_up_the_fine_in_order_are_refused(schedule, paid):
    with pytest.raises(ScheduleNotSound):
        approvals(FINE, schedule, due_on=DUE, paid=paid)


@pytest.mark.parametrize("days", [0, 1, 33, 34, 100])
def test_unpaid_in_one_sum_it_grows_as_the_late_fine_does(days):
    """facts.md §5.4: 33 days late 49 500, 34 days capped at 50 000."""
    told, plain = account(FINE, ALL, [], after(days)), late_fine(FINE, DUE, after(days))
    assert (told.late, told.capped) == (plain.amount, plain.capped)
    assert told.owed == FINE + plain.amount


def test_days_of_a_review_add_nothing():
    """行政处罚法 §73(3): from the fifth day to the fourteenth."""
    assert (
        account(FINE, ALL, [], after(20), [REVIEW]).late == account(FINE, ALL, [], after(10)).late
    )


def test_of_an_instalment_in_arrears_only_what_is_unpaid_grows():
    """待确认: the reading kinder to the party."""
    told = account(FINE, THREE, [Payment(after(30), WAN)], after(40))
    assert (told.overdue, told.late) == (WAN, WAN * 3 * 10 // 100)
    assert told.fine_left == 4 * WAN


def test_paid_in_time_nothing_is_added_and_at_the_end_nothing_is_owed():
    paid = [Payment(one.due_on, one.amount) for one in THREE]
    told = account(FINE, THREE, paid, after(400))
    assert (told.owed, told.late, told.settled) == (0, 0, True)


def test_what_is_paid_goes_to_the_fine_first_and_then_to_what_was_added():
    late = account(FINE, ALL, [], after(10)).late
    told = account(FINE, ALL, [Payment(after(11), FINE + 100)], after(11))
    assert (told.fine_left, told.late_left) == (0, late - 100)
    assert account(FINE, ALL, [Payment(after(11), FINE + late)], after(50)).settled


def test_more_than_is_owed_or_nothing_is_no_payment():
    for wrong in (Payment(after(0), FINE + 1), Payment(after(0), 0)):
        with pytest.raises(PaidTooMuch):
            account(FINE, ALL, [wrong], after(1))
    with pytest.raises(ScheduleNotSound):
        account(FINE, THREE[:2], [], after(1))


def test_a_payment_of_a_later_day_is_not_known_yet():
    assert account(FINE, ALL, [Payment(after(5), FINE)], after(4)).fine_left == FINE


def test_the_term_to_apply_to_the_court_runs_from_the_last_instalment():
    """行政处罚法 §72第二款."""
    assert enforce_from(THREE) == after(90)


AMOUNTS = st.lists(st.integers(1, 10**7), min_size=1, max_size=5)


@given(AMOUNTS, st.lists(st.tuples(st.integers(0, 200), st.integers(1, 10**6)), max_size=4),
       st.integers(0, 250))  # fmt: skip
def test_what_is_owed_grows_with_time_only_and_never_past_twice_the_fine(parts, paid, days):
    fine = sum(parts)
    schedule = [Instalment(after(20 * n), part) for n, part in enumerate(parts)]
    payments = [Payment(after(on), part) for on, part in paid]
    if sum(part for _, part in paid) > fine:
        return
    told = account(fine, schedule, payments, after(days))
    assert 0 <= told.late <= fine
    assert told.owed == fine + told.late - sum(p.amount for p in payments if p.on <= after(days))
    sooner = [Payment(max(p.on - timedelta(7), DUE), p.amount) for p in payments]
    assert account(fine, schedule, sooner, after(days)).late <= told.late
    assert account(fine, schedule, payments, after(days), [REVIEW]).late <= told.late


# On the spot


@pytest.mark.parametrize(
    ("fine", "facts", "law"),
    [
        (100 * YUAN, {"summary": True}, "行政处罚法 §68(1)"),
        (3000 * YUAN, {"summary": True, "hard_to_collect": True}, "行政处罚法 §68(2)"),
        (3000 * YUAN, {"summary": True, "remote": True, "asked": True}, "行政处罚法 §69"),
        (FINE, {"summary": False, "remote": True, "asked": True}, "行政处罚法 §69"),
    ],
)
def test_cash_is_taken_on_the_spot_on_one_of_three_grounds(fine, facts, law):
    assert cash_ground(fine, "organisation", **facts) == law


@pytest.mark.parametrize(
    ("fine", "facts"),
    [
        (100 * YUAN + 1, {"summary": True}),
        (100 * YUAN, {"summary": False}),
        (3000 * YUAN + 1, {"summary": True, "hard_to_collect": True}),
        (FINE, {"summary": False, "hard_to_collect": True}),
        (FINE, {"summary": False, "remote": True}),
    ],
)
def test_on_no_other_ground_is_cash_taken(fine, facts):
    with pytest.raises(CashNotAllowed):
        cash_ground(fine, "organisation", **facts)


def test_whoever_takes_cash_hands_out_the_treasurys_receipt():
    """行政处罚法 §70."""
    require_receipt("晋财 0012345")
    with pytest.raises(ReceiptMissing):
        require_receipt(" ")

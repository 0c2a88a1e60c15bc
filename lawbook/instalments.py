"""Paying a fine (缴纳罚款): on the spot, deferred, in instalments; what is owed on a day.

行政处罚法 §66–§72. Money in whole fen. Where the law is silent the reading kinder to the party is
taken (待确认): what is paid goes to the fine first, and what is added grows on what is overdue and
unpaid, not on the whole fine.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lawbook.clock import Pause
from lawbook.late_payment import grown
from lawbook.money import in_figures, written
from lawbook.penalty_kinds import SUMMARY_CEILINGS
from lawbook.refusal import Refusal

LAW = "行政处罚法 §66(2)"
AT_ONCE = 10_000
"""行政处罚法 §68(1), in fen: one hundred yuan may be taken on the spot."""


class ScheduleNotSound(Refusal):
    """Instalments that do not make up the fine, or are out of order."""

    code = "schedule-not-sound"
    title = "分期缴纳的安排不成立"
    law = LAW
    next_step = "逐期写明日期和数额，各期合计等于未缴的罚款"


class CashNotAllowed(Refusal):
    """Cash taken on the spot where the bank is to take it (罚缴分离)."""

    code = "cash-not-allowed"
    title = "不得当场收缴罚款"
    law = "行政处罚法 §67(2)"
    next_step = "告知当事人十五日内到指定的银行或者通过电子支付系统缴纳"


class PaidTooMuch(Refusal):
    """More paid than is owed, or a payment of nothing."""

    code = "payment-not-sound"
    title = "缴款数额有误"
    law = "行政处罚法 §67、§74"
    next_step = "核对缴款凭证；多缴的，依法退还"


@dataclass(frozen=True, slots=True)
class Instalment:
    """One instalment (第几期): until when, how much. Each has an approval of its own."""

    due_on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Approval:
    """What the approval of one instalment says (批准书): 第_期 于_前缴_元，尚余_元."""

    number: int
    of: int
    due_on: date
    amount: int
    remaining: int
    text: str


def require_schedule(left: int, schedule: Sequence[Instalment], due_on: date) -> None:
    """That instalments, or the one of a deferral, make up what is left, one day after the other.

    left: what of the fine is unpaid. due_on: the last day to pay as it stands now; the last of
    them lies after it. Refuses ScheduleNotSound.
    """
    if not schedule or left <= 0:
        raise ScheduleNotSound("没有需要缴纳的罚款" if left <= 0 else "没有写明各期")
    if any(one.amount <= 0 for one in schedule):
        raise ScheduleNotSound("每期数额应当大于零")
    total = sum(one.amount for one in schedule)
    if total != left:
        raise ScheduleNotSound(
            f"各期合计{in_figures(total)}元，未缴的罚款{in_figures(left)}元", total=total, left=left
        )
    days = [one.due_on for one in schedule]
    if days != sorted(set(days)) or days[-1] <= due_on:
        raise ScheduleNotSound("各期日期应当先后相继，最后一期晚于原缴款期限")


def approvals(
    fine: int, schedule: Sequence[Instalment], *, due_on: date, paid: int = 0
) -> list[Approval]:
    """One approval for each instalment (分期), or the one of a deferral (延期: a single instalment).

    `due_on`: the last day to pay as it stands now; no instalment ends before it. `paid`: what was
    paid already. Refuses ScheduleNotSound.
    """
    left = fine - paid
    require_schedule(left, schedule, due_on)
    told = []
    for number, one in enumerate(schedule, 1):
        left -= one.amount
        deferred = len(schedule) == 1
        what = (
            f"延期至{_day(one.due_on)}前缴纳"
            if deferred
            else f"第{number}期于{_day(one.due_on)}前缴纳"
        )
        rest = "" if deferred else f"，尚余{written(left)}" if left else "，全部缴清"
        told.append(
            Approval(
                number, len(schedule), one.due_on, one.amount, left,
                f"{what}罚款{written(one.amount)}{rest}",
            )
        )  # fmt: skip
    return told


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True)
class Payment:
    """What was paid on a day (缴款), in fen."""

    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Account:
    """A fine as it stands on a day (应缴账目), in fen.

    fine_left: of the fine itself. overdue: which part of that is past its day. late: what was added
    in all, and late_left what of it is unpaid. owed: both together. capped: no more can be added.
    """

    fine_left: int
    overdue: int
    late: int
    late_left: int
    capped: bool

    @property
    def owed(self) -> int:
        """The fine and what was added, as far as unpaid."""
        return self.fine_left + self.late_left

    @property
    def settled(self) -> bool:
        """Whether nothing is owed (缴清)."""
        return self.owed == 0


def account(
    fine: int, schedule: Sequence[Instalment], payments: Iterable[Payment], on: date,
    pauses: Sequence[Pause] = (),
) -> Account:  # fmt: skip
    """What is owed at the end of a day.

    `schedule`: one entry (all of it, by the last day) or the instalments approved; together the
    fine. Each day after an instalment's own adds 3% of what is then overdue and unpaid, never more
    in all than the fine (行政处罚法 §72(1)); days of `pauses` add nothing (§73第三款). Payments of
    a day count before the day adds. Refuses PaidTooMuch; ScheduleNotSound when it is not the fine.
    """
    if fine <= 0 or sum(one.amount for one in schedule) != fine:
        raise ScheduleNotSound("各期合计不等于罚款")
    known = sorted((one for one in payments if one.on <= on), key=lambda one: one.on)
    if any(one.amount <= 0 for one in known):
        raise PaidTooMuch("缴款数额应当大于零")
    late = grown(
        fine, [(one.due_on, one.amount) for one in schedule], [(one.on, one.amount) for one in known],
        on, lambda day: any(pause.covers(day) for pause in pauses),
    ).amount  # fmt: skip
    paid = sum(one.amount for one in known)
    if paid > fine + late:
        raise PaidTooMuch(f"已缴{in_figures(paid)}元，应缴{in_figures(fine + late)}元")
    past = sum(one.amount for one in schedule if one.due_on < on)
    return Account(
        fine_left=max(fine - paid, 0),
        overdue=max(past - paid, 0),
        late=late,
        late_left=late - max(paid - fine, 0),
        capped=late >= fine,
    )


def enforce_from(schedule: Sequence[Instalment]) -> date:
    """The day from which the term to apply to the court runs when payment was put off (§72第二款)."""
    return max(one.due_on for one in schedule)


def cash_ground(
    fine: int, party_kind: str, *, summary: bool,
    hard_to_collect: bool = False, remote: bool = False, asked: bool = False,
) -> str:  # fmt: skip
    """On which article the fine may be taken on the spot (当场收缴). Refuses CashNotAllowed.

    §68: only of a summary decision, up to a hundred yuan or when it is hard to collect later. §69:
    remote, on water or hard to reach, whatever the procedure, when the party asks for it.
    """
    if summary and fine > SUMMARY_CEILINGS[party_kind]:
        raise CashNotAllowed("罚款超出当场处罚的数额")
    if summary and fine <= AT_ONCE:
        return "行政处罚法 §68(1)"
    if summary and hard_to_collect:
        return "行政处罚法 §68(2)"
    if remote and asked:
        return "行政处罚法 §69"
    if remote:
        raise CashNotAllowed("边远、水上、交通不便地区当场收缴，须由当事人提出")
    raise CashNotAllowed


class ReceiptMissing(Refusal):
    """Cash taken without the treasury's receipt."""

    code = "treasury-receipt-missing"
    title = "没有出具财政部门统一制发的专用票据"
    law = "行政处罚法 §70"
    next_step = "填写专用票据号码并交给当事人；不出具的，当事人有权拒绝缴纳"


def require_receipt(number: str) -> None:
    """Refuses ReceiptMissing."""
    if not number.strip():
        raise ReceiptMissing

"""The law on a page (案件页的计算): a case folded from what the office told of it, money by day, hearing days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from gateway.console.client import Json
from lawbook.clock import before, earliest_after
from lawbook.content import load
from lawbook.days import Calendar, UnknownYear
from lawbook.late_payment import LateDay
from lawbook.limits import AHEAD
from lawbook.penalty.act import Act, Person
from lawbook.penalty.case import Case
from lawbook.penalty.deadlines import enter_targets, limit_of
from lawbook.penalty.hearing_guards import NOTICE_AHEAD
from lawbook.penalty.kind import World
from lawbook.penalty.money import (
    SUMS,
    due_on,
    late_days,
    late_fine,
    late_fine_outstanding,
    late_fine_set,
    outstanding,
    owed_on,
    paid,
    payments,
    refunds,
    schedule,
    taken,
    to_refund,
    total_to_refund,
)
from lawbook.penalty.norms import Norms
from lawbook.penalty.remedies import open_until

NOTICE_DAYS = 15
"""For so many days of notice, back from today, the form knows the earliest day of a hearing."""
METHODS = {"bank": "银行缴纳", "electronic": "电子支付", "cash": "当场收缴"}


@lru_cache(maxsize=4)
def world(content: Path) -> World:
    """Calendars and norms of a content folder, read once."""
    calendars = (load(path) for path in sorted(content.glob("calendars/*.toml")))
    enter_targets(*(load(path) for path in sorted(content.glob("limits/*.toml"))))
    return World(
        Calendar.from_content(*calendars),
        Norms.from_content(load(content / "procedures/penalty.toml")),
    )


def folded(case: Json) -> Case:
    """The case that its timeline makes; who acted is known by number and name only."""
    return Case.of(
        Act(
            act["id"], act["kind"], datetime.fromisoformat(act["at"]),
            Person(act["by"], act["by_name"]),
            tuple(Person(one["number"], one["name"]) for one in act["officers"]),
            act["said"], act["rules"],
        )
        for act in case["timeline"]
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class CorrectionDays:
    """Days around one by which to correct (整改期限前后): until when more time is asked for, and by when
    it is looked at again; None where the year is not announced. Both 待确认."""

    ask_by: date | None
    review_by: date | None


def correction_days(content: Path, correct_by: date) -> CorrectionDays:
    """By `content/limits`: ten working days before the day, and so many after it."""
    calendar, asked, reviewed = world(content).calendar, AHEAD["ask-to-correct-later"].length, None
    try:
        ask_by: date | None = before(correct_by, asked, calendar)
    except UnknownYear:
        ask_by = None
    try:
        reviewed = limit_of("reinspect").period.ends(correct_by, calendar).due_on
    except UnknownYear:
        reviewed = None
    return CorrectionDays(ask_by, reviewed)


@dataclass(frozen=True, slots=True)
class Due:
    """One sum that falls due (应缴的一期), and how much of it is paid by then."""

    on: date
    amount: int
    paid: int

    @property
    def left(self) -> int:
        """What is still owed of it."""
        return self.amount - self.paid


@dataclass(frozen=True, slots=True)
class Money:
    """What is owed and paid in a case as of a day (截至某日的应缴、已缴): whole fen."""

    on: date
    fine: int
    paid: int
    outstanding: int
    next_on: date | None
    late_now: int
    dues: tuple[Due, ...]
    payments: tuple[Mapping[str, object], ...]
    late_set: int
    late_outstanding: int
    late_days: tuple[LateDay, ...]
    late_counted: int
    late_amount: int
    capped: bool
    unknown: str = ""
    taken: int = 0
    """Illegal gains to be paid over."""
    taken_paid: int = 0
    to_refund: int = 0
    """Collected and not owed any more, today."""
    refunds: tuple[Mapping[str, object], ...] = ()


def money(case: Json, content: Path, on: date) -> Money | None:
    """Owed, paid and late as of a day; None where nothing is owed, or to be given back."""
    whole, law = folded(case), world(content)
    back = tuple(dict(act.said) for towards in SUMS for act in refunds(whole, towards))
    if not (whole.fine or taken(whole) or total_to_refund(whole) or back):
        return None
    paid_so_far = paid(whole, until=on)
    try:
        dues, next_on = schedule(whole, law), due_on(whole, law)
        days, late = late_days(whole, law, on), late_fine(whole, law, on)
        late_now, unknown = owed_on(whole, law, on), ""
    except UnknownYear as year:
        dues, next_on, days, late, late_now, unknown = (), None, (), None, 0, year.detail
    return Money(
        on, whole.fine, paid_so_far, max(whole.fine - paid_so_far, 0), next_on, late_now,
        _covered(dues, paid_so_far),
        tuple(
            {**act.said, "by": act.by.name, "method_told": METHODS.get(str(act.said.get("method")), "")}
            for towards in SUMS for act in payments(whole, towards)
        ),
        late_fine_set(whole), late_fine_outstanding(whole), days,
        late.days if late else 0, late.amount if late else 0, bool(late and late.capped), unknown,
        taken(whole), paid(whole, "taken", until=on), total_to_refund(whole), back,
    )  # fmt: skip


def _covered(dues: tuple[tuple[date, int], ...], have: int) -> tuple[Due, ...]:
    """What was paid, counted towards the earliest due first."""
    found = []
    for on, amount in sorted(dues):
        here = min(amount, have)
        have -= here
        found.append(Due(on, amount, here))
    return tuple(found)


def remedies_until(case: Json, content: Path, on: date) -> date | None:
    """Until when the decision may still be challenged, while that day has not passed; else None."""
    return open_until(folded(case), world(content), on)


def owed(case: Json) -> int:
    """What is still owed of the fine."""
    return outstanding(folded(case))


def first_sum(case: Json, kind: str, day: date) -> Json:
    """How the form of a payment begins; of a refund, with the first sum that is to be given back."""
    if kind == "pay":
        return {"towards": "fine", "paid_on": day.isoformat()}
    whole = folded(case)
    found = ((towards, to_refund(whole, towards)) for towards in SUMS)
    first = next(({"towards": one, "amount": amount} for one, amount in found if amount), {})
    return first | {"refunded_on": day.isoformat()}


def hearing_days(content: Path, until: date) -> dict[str, str]:
    """The earliest lawful day of a hearing, by the day on which its notice is served.

    Seven whole working days lie between (行政处罚法 §64(2)). A day whose year is not announced is
    left out.
    """
    calendar, found = world(content).calendar, {}
    for back in range(NOTICE_DAYS):
        served = until - timedelta(back)
        try:
            found[served.isoformat()] = earliest_after(served, NOTICE_AHEAD, calendar).isoformat()
        except UnknownYear:
            continue
    return found


def earliest_hearing(content: Path, served: date) -> date | None:
    """The earliest lawful day of a hearing announced on a day; None where the year is not announced."""
    try:
        return earliest_after(served, NOTICE_AHEAD, world(content).calendar)
    except UnknownYear:
        return None


def instalments(amount: int, count: int, first: date) -> list[Json]:
    """A sum in equal parts by month, whole yuan; the last part takes the rest (分期计划)."""
    part = amount // count // 100 * 100
    sums = [part] * (count - 1) + [amount - part * (count - 1)]
    return [
        {"due_on": _months_on(first, n).isoformat(), "amount": one} for n, one in enumerate(sums)
    ]


def _months_on(day: date, months: int) -> date:
    """The same day so many months later; the month's last where it has none such."""
    year, month = divmod(day.month - 1 + months, 12)
    begun = date(day.year + year, month + 1, 1)
    after = date(begun.year + begun.month // 12, begun.month % 12 + 1, 1)
    return begun + timedelta(min(day.day, (after - begun).days) - 1)

"""Accounting for document numbers (文号去向): every number that was given is in one state, with a reason.

Facts in, states out: a lease says who may use a run of numbers; an end says what became of some of
them. What has no end yet follows from its lease and the day. 行政执法文书 are numbered without gaps
by unit, kind and year, so every number that no document bears must be explained.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum


class NumberState(StrEnum):
    """文号状态. `unexplained` is no state: it is what the account must never find."""

    LEASED = "leased"
    ISSUED = "issued"
    VOIDED = "voided"
    RETURNED = "returned"
    EXPIRED = "expired"
    FROZEN = "frozen"
    UNEXPLAINED = "unexplained"


ON_TABLET = "在平板上，尚未使用"
YEAR_OVER = "年度已过，未使用"


def last_day(year: int) -> date:
    """The last day on which a number of this year may be given."""
    return date(year, 12, 31)


def expires_on(year: int) -> date:
    """The day from which numbers of a year that nobody used count as expired.

    A month after the year: what a tablet issued in December and had no signal to deliver is still
    on its way. A document that comes later yet is taken all the same.
    """
    return date(year + 1, 2, 1)


@dataclass(frozen=True, slots=True)
class Freeze:
    """Why a lease may not be used any more (冻结), by whom and since when."""

    reason: str
    officer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Leased:
    """A run of numbers that one device may use (文号段), both ends included."""

    id: str
    first: int
    last: int
    device: str
    officer: str
    at: datetime
    freeze: Freeze | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a run of numbers: issued, voided or returned. For good."""

    first: int
    last: int
    state: NumberState
    reason: str
    device: str | None
    officer: str
    at: datetime
    lease: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Numbers beside one another that share a state and its reason, both ends included."""

    first: int
    last: int
    state: NumberState
    reason: str = ""
    device: str | None = None
    officer: str | None = None
    since: datetime | None = None
    lease: str | None = None

    @property
    def count(self) -> int:
        """How many numbers."""
        return self.last - self.first + 1


def account(
    last: int, leases: Iterable[Leased], ends: Iterable[Ended], year: int, today: date,
    ended: str = "",
) -> list[Run]:  # fmt: skip
    """Every number from 1 to `last`, each in exactly one run, in order.

    ended: why the unit gives no more numbers (its 职责 were taken over): what nobody used has
    expired with it, and a document of before that comes yet is taken all the same.

    `leases` and `ends` do not overlap among themselves; PostgreSQL sees to that.
    """
    held = sorted(leases, key=lambda one: one.first)
    runs: list[Run] = []
    at = 1
    for end in sorted(ends, key=lambda one: one.first):
        runs += _open(held, at, end.first - 1, year, today, ended)
        runs.append(_run(end))
        at = end.last + 1
    return _joined(runs + _open(held, at, last, year, today, ended))


def counts(runs: Iterable[Run]) -> dict[NumberState, int]:
    """How many numbers are in each state; together they are the last number given."""
    found = dict.fromkeys(NumberState, 0)
    for run in runs:
        found[run.state] += run.count
    return found


def _run(end: Ended) -> Run:
    if end.state is NumberState.ISSUED:
        # Documents tell for themselves: a run of them needs no reason.
        return Run(end.first, end.last, end.state)
    return Run(
        end.first, end.last, end.state, end.reason, end.device, end.officer, end.at, end.lease
    )


def _open(
    held: Sequence[Leased], first: int, last: int, year: int, today: date, ended: str
) -> list[Run]:
    """The numbers from `first` to `last` that have no end: what their leases make of them."""
    runs, at = [], first
    for lease in held:
        if lease.last < at:
            continue
        if lease.first > last or at > last:
            break
        if lease.first > at:
            runs.append(Run(at, lease.first - 1, NumberState.UNEXPLAINED))
            at = lease.first
        until = min(lease.last, last)
        runs.append(_unused(lease, at, until, year, today, ended))
        at = until + 1
    if at <= last:
        runs.append(Run(at, last, NumberState.UNEXPLAINED))
    return runs


def _unused(lease: Leased, first: int, last: int, year: int, today: date, ended: str) -> Run:
    if lease.freeze:
        state, reason, officer, since = (
            NumberState.FROZEN, lease.freeze.reason, lease.freeze.officer, lease.freeze.at,
        )  # fmt: skip
    elif ended:
        state, reason, officer, since = (
            NumberState.EXPIRED, f"{ended}，未使用", lease.officer, lease.at,
        )  # fmt: skip
    elif today >= expires_on(year):
        state, reason, officer, since = (
            NumberState.EXPIRED, f"{year} {YEAR_OVER}", lease.officer, lease.at,
        )  # fmt: skip
    else:
        state, reason, officer, since = NumberState.LEASED, ON_TABLET, lease.officer, lease.at
    return Run(first, last, state, reason, lease.device, officer, since, lease.id)


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Neighbours that say the same, as one."""
    joined: list[Run] = []
    for run in runs:
        before = joined[-1] if joined else None
        if before and replace(before, first=run.first, last=run.last) == run:
            joined[-1] = replace(before, last=run.last)
        else:
            joined.append(run)
    return joined

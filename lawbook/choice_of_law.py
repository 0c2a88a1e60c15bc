"""Which law governs an act (法律适用): 从旧兼从轻, 一事不二罚与择重, 追责时效.

行政处罚法 §37, §29, §36. Pure: days in, an answer with its article and its words out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lawbook.fines import Span
from lawbook.offences import CIRCUMSTANCES, Addressee, Circumstance, Offence, ProvisionUnknown, Tier
from lawbook.penalty_kinds import PenaltyKind
from lawbook.refusal import Refusal

NEW_OR_OLD = "行政处罚法 §37"
ONCE = "行政处罚法 §29"
LIMITATION = "行政处罚法 §36"
ORDINARY_YEARS, GRAVE_YEARS = 2, 5


class NoLawOnTheDay(Refusal):
    """An act on a day on which no edition of its law in the catalogue was in force."""

    code = "no-law-on-the-day"
    title = "事项库中没有行为发生时有效的规定"
    law = NEW_OR_OLD
    next_step = "核对违法行为发生的日期，或者补充当时有效的法律版本"


class NotPenalised(Refusal):
    """An act that the milder law does not penalise."""

    code = "not-penalised"
    title = "依照从旧兼从轻，不予处罚"
    law = NEW_OR_OLD
    next_step = "责令改正，不予行政处罚"


class TooLate(Refusal):
    """Found after the limitation had run out."""

    code = "limitation-past"
    title = "已超过追责时效"
    law = LIMITATION
    next_step = "不再给予行政处罚；违法行为仍在继续的，责令改正"


class FinedAlready(Refusal):
    """A second fine for the same act."""

    code = "fined-already"
    title = "同一违法行为不得给予两次以上罚款"
    law = ONCE
    next_step = "核对前一处罚决定；确属另一行为的，写明时间、地点和事实上的区别"


@dataclass(frozen=True, slots=True)
class Choice:
    """The law that governs (适用的规定), and why, as a document says it."""

    offence: Offence
    tier: Tier
    span: Span | None
    why: str
    law: str = NEW_OR_OLD


@dataclass(frozen=True, slots=True)
class Facts:
    """What the comparison rests on: of whom, in which circumstance; income and gain in fen."""

    when: Circumstance
    on: Addressee
    income: int | None = None
    gain: int | None = None


def governing(line: Sequence[Offence], act_until: date, decided_on: date, facts: Facts) -> Choice:
    """The edition that governs an act which ended on `act_until` and is decided on `decided_on`.

    The law of the day of the act; the law of the day of the decision where that is milder (从旧兼
    从轻). An act that went on until the new law was in force is under the new law alone. `line`:
    the offence in its editions (`Catalogue.line`). Refuses NoLawOnTheDay; NotPenalised when the
    milder law does not penalise it.
    """
    old = _in_force(line, act_until)
    if old is None:
        raise NoLawOnTheDay(f"{act_until} 没有有效的规定", offence=line[0].code)
    new = _in_force(line, decided_on)
    if new is old:
        return _chosen(old, facts, f"行为发生时和作出决定时有效的都是{_said(old)}")
    if new is None:
        raise NotPenalised(f"{_said(old)}已经废止，作出决定时的法律不认为是违法")
    milder = _penalty(new, facts) < _penalty(old, facts)
    if milder:
        return _chosen(
            new, facts, f"行为发生时有效的是{_said(old)}，{_said(new)}处罚较轻，适用新的规定"
        )
    return _chosen(old, facts, f"{_said(new)}处罚并不较轻，适用行为发生时的{_said(old)}")


def _in_force(line: Sequence[Offence], on: date) -> Offence | None:
    return next((one for one in line if one.in_force(on)), None)


def _said(offence: Offence) -> str:
    return offence.basis.partition(" §")[0] + f"（{offence.valid_from.isoformat()}起施行）"


Weight = tuple[int, tuple[int, int, bool], int]
LEAST: Weight = (0, (0, 0, False), 0)


def _penalty(offence: Offence, facts: Facts) -> Weight:
    """How heavy a law is on this party; LEAST when it does not penalise.

    The gravest kind beside the fine first (§9 in its order), then the fine, then how many kinds.
    """
    tier = _tier(offence, facts)
    if tier is None:
        return LEAST
    kinds = list(PenaltyKind)
    gravest = max((kinds.index(kind) for kind in tier.also), default=0)
    span = tier.fine.span(income=facts.income, gain=facts.gain) if tier.fine else None
    return gravest, span.weight if span else (0, 0, False), len(tier.also)


def _tier(offence: Offence, facts: Facts) -> Tier | None:
    try:
        tier = offence.tier(facts.when, facts.on)
    except ProvisionUnknown:
        return None
    return tier if tier.penalises else None


def _chosen(offence: Offence, facts: Facts, why: str) -> Choice:
    tier = _tier(offence, facts)
    if tier is None:
        raise NotPenalised(
            f"{why}；该规定在“{CIRCUMSTANCES[facts.when]}”情形下没有处罚", offence=offence.code
        )
    span = tier.fine.span(income=facts.income, gain=facts.gain) if tier.fine else None
    return Choice(offence, tier, span, why)


def heaviest(spans: Sequence[tuple[str, Span]]) -> tuple[str, Span]:
    """Of the provisions that one act breaks, the one with the higher fine (择重, §29).

    By the higher end, then the lower; of equals the first. ValueError without any.
    """
    return max(spans, key=lambda one: one[1].weight)


@dataclass(frozen=True, slots=True)
class FineBefore:
    """A fine already given: the decision's number, and which act it was for."""

    decision: str
    act: str


def require_once(act: str, before: Sequence[FineBefore]) -> None:
    """No second fine for the same act (一事不二罚). Refuses FinedAlready with the decision."""
    for one in before:
        if one.act == act:
            raise FinedAlready(f"该行为已由{one.decision}给予罚款", decision=one.decision)


@dataclass(frozen=True, slots=True)
class Limitation:
    """追责时效: the last day on which the act could be found, and whether it was too late."""

    years: int
    last_day: date
    past: bool
    law: str = LIMITATION


def limitation(act_until: date, found_on: date, *, grave: bool) -> Limitation:
    """Whether an act was found in time: two years, five where life or health was harmed.

    `act_until`: the day of the act, or of its end when it went on (连续或者继续状态). `grave`:
    公民生命健康安全、金融安全且有危害后果. Years end on the day of the same date, a leap day's on
    28 February; no working day is asked for: this is no step of a procedure.
    """
    years = GRAVE_YEARS if grave else ORDINARY_YEARS
    try:
        last = act_until.replace(year=act_until.year + years)
    except ValueError:
        last = date(act_until.year + years, 2, 28)
    return Limitation(years, last, found_on > last)


def require_in_time(act_until: date, found_on: date, *, grave: bool) -> None:
    """Refuses TooLate."""
    told = limitation(act_until, found_on, grave=grave)
    if told.past:
        raise TooLate(
            f"行为终了于 {act_until}，{told.years} 年的时效至 {told.last_day}，{found_on} 才发现"
        )

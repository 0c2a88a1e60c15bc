"""Judging acts (办案行为的合法性): everything that stands against one, and which are lawful now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from lawbook.days import UnknownYear
from lawbook.penalty.act import BEIJING, POWERS, Act, Person, Power
from lawbook.penalty.approvals import against
from lawbook.penalty.case import FILINGS, Case
from lawbook.penalty.kind import REGISTRY, ActKind, Guard, World
from lawbook.penalty.refusals import (
    ActIncomplete,
    ActNotNow,
    ActOutOfOrder,
    DayAhead,
    PenaltyRefusal,
)
from lawbook.penalty.refusals.acting import (
    HandlerNotCertified,
    NotAHandler,
    NotYourPower,
    OfficerRecused,
    OtherUnit,
    OwnCase,
    TooFewHandlers,
)
from lawbook.penalty.shape import faults
from lawbook.refusal import Refusal

CHIEFS = (Power.APPROVE, Power.ENDORSE)


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of act, and everything that stands against doing it now; lawful when nothing does."""

    kind: ActKind
    refusals: tuple[Refusal, ...]

    @property
    def lawful(self) -> bool:
        """Whether it may be done now."""
        return not self.refusals


def judge(case: Case, act: Act, world: World) -> tuple[Refusal, ...]:
    """Everything that the law has against this act in this case; empty when it may be done."""
    kind = REGISTRY.get(act.kind)
    if kind is None:
        return (ActNotNow(f"没有这种办案行为 {act.kind}"),)
    wrong = faults(kind.shape, act.said)
    if wrong:
        return (ActIncomplete("；".join(wrong[:8])),)
    found = [*_standing(case, act, kind, world)]
    if act.kind not in FILINGS or case.acts:
        found += _now(case, act)
    found += _days(case, act, kind)
    if not any(isinstance(one, ActNotNow) for one in found):
        found += _guarded(kind.content, case, act, world)
    return tuple(found)


def take(case: Case, act: Act, world: World) -> Case:
    """The case with this act in it. The first refusal, and nothing has changed."""
    found = judge(case, act, world)
    if found:
        raise found[0]
    return case.after(act)


def next_acts(
    case: Case, who: Person, on: date, world: World, officers: Sequence[Person] = ()
) -> tuple[Offer, ...]:
    """Every kind of act that the case's procedure knows: whether `who` may do it on a day, else why not.

    officers: the handlers as they stand on that day; without them nobody's certificate is asked.
    What an act must say is not judged here.
    """
    at = datetime.combine(on, time(23, 59, 59), BEIJING)
    if case.acts and case.acts[-1].at > at:
        at = case.acts[-1].at
    made = []
    for code, kind in REGISTRY.items():
        if code not in case.procedure.kinds:
            continue
        probe = Act("", code, at, who, tuple(officers) if kind.together else ())
        found = [*_stage(case, code), *_standing(case, probe, kind, world, probing=True)]
        made.append(Offer(kind, tuple(found)))
    return tuple(made)


def _stage(case: Case, code: str) -> Iterator[Refusal]:
    if case.procedure.may(case.stage, code):
        return
    way = case.procedure.way(case.stage, code)
    mend = way[0] if way else None
    step = f"，先办理“{REGISTRY[mend].title}”" if mend else ""
    yield ActNotNow(f"案件处于“{case.title}”阶段{step}", mend=mend)


def _now(case: Case, act: Act) -> Iterator[Refusal]:
    told = list(_stage(case, act.kind)) if case.acts else []
    if told:
        yield from told
        return
    try:
        case.after(act)
    except Refusal as refusal:
        yield refusal


def _standing(
    case: Case, act: Act, kind: ActKind, world: World, *, probing: bool = False
) -> Iterator[Refusal]:
    yield from _person(case, act, kind, world)
    # What may be done alone is offered to one; which way it is done is not known yet.
    alone = kind.alone is not None and (probing or kind.alone.holds(case, act))
    if kind.together and not alone and (act.officers or not probing):
        yield from _together(case, act)
    if refusal := against(case, act, probing=probing):
        yield refusal
    yield from _guarded(kind.standing, case, act, world)


def _guarded(guards: Sequence[Guard], case: Case, act: Act, world: World) -> Iterator[Refusal]:
    for guard in guards:
        try:
            found = guard(case, act, world)
        except UnknownYear as unknown:
            found = _however_arranged(guard, case, act, world, unknown)
        if found is not None:
            yield found


def _however_arranged(
    guard: Guard, case: Case, act: Act, world: World, unknown: UnknownYear
) -> Refusal | None:
    """What a guard says however the year that is not announced will be arranged; `unknown` where that counts.

    Every end lies between that of the calendar with the fewest days off and that of the one with the
    most: what both let be done is lawful, and nobody waits for the notice (`lawbook.days`).
    """
    told = []
    for calendar in (world.calendar.at_the_earliest(), world.calendar.at_the_latest()):
        told.append(guard(case, act, replace(world, calendar=calendar)))
    first, last = told
    if first is None and last is None:
        return None
    same = (
        first is not None
        and last is not None
        and (first.code, first.detail) == (last.code, last.detail)
    )
    return first if same else unknown


def _person(case: Case, act: Act, kind: ActKind, world: World) -> Iterator[Refusal]:
    """Who acts: of this bureau, with the capacity, not recused, not in their own case."""
    who = act.by
    ours = {case.unit, *world.successors}
    if case.acts and case.unit and who.unit not in ours:
        yield OtherUnit(f"{who.name}不是承办单位的人员")
    if kind.power not in who.powers and not delegated(case, kind.power, who.number, act.on):
        yield NotYourPower(f"“{kind.title}”由{POWERS[kind.power]}人员办理")
    if who.number in case.recused:
        yield OfficerRecused(f"{who.name}应当回避")
    if kind.power in CHIEFS and who.number in case.ever_handled:
        yield OwnCase(f"{who.name}是本案承办人")


def delegated(case: Case, power: str, number: str, on: date) -> bool:
    """Whether a capacity was delegated to somebody for that day in this case (委托、代行)."""
    return any(
        (act.said["power"], act.said["to"]) == (power, number)
        and act.day("from") <= on <= act.day("until")
        for act in case.all("delegate")
    )


def _together(case: Case, act: Act) -> Iterator[PenaltyRefusal]:
    """Two handlers at least, certified on the day, none recused (行政处罚法 §42、§43)."""
    different = {one.number: one for one in act.officers}
    if len(different) < 2:
        yield TooFewHandlers(f"参加办理的仅有 {len(different)} 名执法人员")
    for one in different.values():
        until = one.certificate_valid_until
        if until is None:
            yield HandlerNotCertified(f"{one.name or one.number}没有有效的执法证")
        elif until < act.on:
            yield HandlerNotCertified(
                f"{one.name}的执法证（{one.number}）有效期至 {until}，办理之日为 {act.on}"
            )
        if one.number in case.recused:
            yield OfficerRecused(f"{one.name}应当回避")
    if act.kind not in (*FILINGS, "assign-handlers"):
        strangers = [
            one.name or one.number for one in different.values() if one.number not in case.handlers
        ]
        if strangers:
            yield NotAHandler(f"{'、'.join(strangers)}不是本案承办人")


def _days(case: Case, act: Act, kind: ActKind) -> Iterator[Refusal]:
    if case.acts and act.at < case.acts[-1].at:
        last = case.acts[-1].at.astimezone(BEIJING)
        yield ActOutOfOrder(f"案件中最近的事项办理于 {last:%Y-%m-%d %H:%M}")
    for name in kind.past:
        if act.said.get(name) and act.day(name) > act.on:
            yield DayAhead(f"所填日期 {act.said[name]} 晚于办理之日 {act.on}")

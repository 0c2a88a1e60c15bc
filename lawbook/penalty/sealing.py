"""Sealing that could not wait (紧急查封、扣押): the head is asked within a day, and what he refuses is released.

行政强制法 §19.
"""

from dataclasses import dataclass

from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from lawbook.penalty.deadlines import open_limits
from lawbook.penalty.imposing import imposed
from lawbook.penalty.kind import World
from lawbook.penalty.refusals import ActIncomplete
from lawbook.penalty.refusals.investigating import NotConfiscated, ReleaseAtOnce
from lawbook.penalty_kinds import PenaltyKind
from lawbook.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Urgent:
    """An urgent sealing, and the head's answer to it; None while he has given none."""

    sealing: Act
    answer: Act | None


def answers(case: Case, act: Act, sealing: Act) -> bool:
    """Whether the head's answer is about this sealing: its request names this one, or none."""
    asked = case.one(act.said.get("request"))
    return (asked.said.get("of") if asked else None) in (None, sealing.id)


def urgent_sealings(case: Case) -> tuple[Urgent, ...]:
    """Every one, the earliest first; the head's next answer about sealing is the answer to it."""
    found: list[Urgent] = []
    for act in case.acts:
        if act.kind == "seal" and act.said.get("urgent"):
            found.append(Urgent(act, None))
        elif act.kind == "approve-measure" and act.said["measure"] == "seal":
            found = [
                one
                if one.answer or not answers(case, act, one.sealing)
                else Urgent(one.sealing, act)
                for one in found
            ]
    return tuple(found)


def refused(case: Case, of: object) -> bool:
    """Whether the head refused this sealing: it is released at once."""
    return any(
        one.sealing.id == of and one.answer is not None and not one.answer.said["agreed"]
        for one in urgent_sealings(case)
    )


def may_go_on(case: Case, act: Act, world: World) -> Refusal | None:
    """A sealing that the head refused is released, and nothing else is done with it."""
    released = act.kind == "dispose-sealed" and act.said["result"] == "released"
    if released or not refused(case, act.said.get("of")):
        return None
    return ReleaseAtOnce()


def confiscated_by_decision(case: Case, act: Act, world: World) -> Refusal | None:
    """Goods are confiscated by a decision in force, and by nothing else (行政处罚法 §9(2)、行政强制法 §27)."""
    if act.said.get("result") != "confiscated":
        return None
    taken = PenaltyKind.GOODS_CONFISCATION in imposed(case.decision).kinds
    return None if taken else NotConfiscated()


def destroyed_by_law(case: Case, act: Act, world: World) -> Refusal | None:
    """Things are destroyed where law or administrative regulation says so, and it is named (行政强制法 §27)."""
    if act.said.get("result") != "destroyed" or act.said.get("basis"):
        return None
    return ActIncomplete("销毁的，写明规定应当销毁的法律、行政法规条款")


def none_refused(case: Case, act: Act, world: World) -> Refusal | None:
    """Nothing that is to be released is handed on with the case."""
    if not act.said.get("sealed"):
        return None
    held = [one for one in open_limits(case) if one.name == "sealing" and refused(case, one.opener)]
    return ReleaseAtOnce() if held else None

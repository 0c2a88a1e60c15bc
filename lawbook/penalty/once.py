"""一事不二罚: no second fine for the same act (行政处罚法 §29), asked when a case is filed and a fine is told.

The same act: a hazard that was found, and the offence that it is, of the same party. An act that breaks
several provisions is two offences here; which is the heavier is the handler's to weigh (择重).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lawbook.choice_of_law import FineBefore, FinedAlready, require_once
from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from lawbook.penalty.daily import is_daily
from lawbook.penalty.kind import World
from lawbook.refusal import Refusal


def not_fined_before(case: Case, act: Act, world: World) -> Refusal | None:
    """No other case has fined this party for one of these acts; a daily fine goes on by its own article."""
    if "fine" not in act.said.get("penalties", ("fine",)):
        return None
    hazards = act.said.get("hazards") or case.told.get("hazards") or ()
    violations = act.said.get("violations") or case.violations
    try:
        for same in same_acts(hazards, (one for one in violations if not is_daily(one))):
            require_once(same, world.fined)
    except FinedAlready as refusal:
        return refusal
    return None


def fines_of(number: str, case: Case) -> tuple[FineBefore, ...]:
    """What a case has fined by a decision that stands; nothing where it fined nothing."""
    if not case.fine:
        return ()
    told = same_acts(case.told.get("hazards") or (), case.violations)
    return tuple(FineBefore(number, one) for one in told)


def same_acts(hazards: Iterable[str], violations: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Each act as it is told apart: hazard and offence, or its description."""
    told = list(violations)
    for hazard in hazards:
        for one in told:
            yield f"{hazard}/{one.get('offence') or one.get('description')}"

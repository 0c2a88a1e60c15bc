"""A penalty decided on the spot (当场处罚) as a case makes of it: what the article says of this party.

The tablet asks before anybody signs what the office asks when it makes the case: the acts are the
same, and so are the guards (`lawbook.penalty.weighing`, `lawbook.penalty_kinds`).
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from lawbook.discretion import FineOutOfRange
from lawbook.fines import GainUnknown, IncomeUnknown
from lawbook.money import in_figures
from lawbook.offences import Catalogue, Circumstance, Offence, Tier
from lawbook.penalty.act import Act, Person
from lawbook.penalty.case import Case
from lawbook.penalty.imposing import imposed
from lawbook.penalty.stages import Stage
from lawbook.penalty.tables import SUMMARY_2021
from lawbook.penalty.weighing import Scales, within_statute
from lawbook.penalty_kinds import SUMMARY_CEILINGS, require_summary
from lawbook.refusal import Refusal

LAWS = re.compile(r"、(?=《)")
"""Between provisions of several laws or articles, each with the name of its law."""


def offence_of(catalogue: Catalogue, basis: str, on: date) -> str | None:
    """The catalogue's code for a provision in force on a day; None where none or several fit."""
    found = catalogue.cited(basis, on)
    return found[0].code if len(found) == 1 else None


def penalties(said: Mapping[str, Any]) -> dict[str, Any]:
    """Kinds of penalty and the fine, as acts tell them."""
    fine = said.get("fine")
    return {"penalties": list(said.get("penalties") or ())} | ({"fine": fine} if fine else {})


def violation(
    catalogue: Catalogue, said: Mapping[str, Any], basis: str, on: date
) -> dict[str, Any]:
    """The violation that a decision on the spot punishes by a provision, as a case holds it."""
    told: dict[str, Any] = {
        "description": said.get("facts") or "", "broke": str(said.get("violated") or "")[:200],
        "basis": basis, "factors": [], "ended_on": on.isoformat(), **penalties(said),
    }  # fmt: skip
    if code := offence_of(catalogue, basis, on):
        told["offence"] = code
    if said.get("party_kind") == "person" and said.get("capacity"):
        told["on"] = said["capacity"]
    return told


def against_penalty(said: Mapping[str, Any], at: datetime, scales: Scales) -> Refusal | None:
    """Why the law knows no such penalty on the spot for this party at this moment; None when it does.

    Nothing is asked of what is not written yet, nor of a provision outside the catalogue.
    """
    kind, basis = said.get("party_kind"), str(said.get("penalty_basis") or "")
    if kind not in SUMMARY_CEILINGS or not basis or not said.get("penalties"):
        return None
    nobody = Person("", "")
    told = imposed(Act("", "notify-penalty", at, nobody, (), penalties(said)))
    try:
        require_summary(told, str(kind))
    except Refusal as refusal:
        return refusal
    parts = [violation(scales.catalogue, said, one, _day(at)) for one in LAWS.split(basis)]
    begun = {"procedure": "summary", "party": {"kind": kind}, "violations": parts}
    first = Act("", "begin-summary", at, nobody, (), begun)
    case = Case(SUMMARY_2021, Stage.ON_THE_SPOT, (first,))

    def asked(fine: int, violations: list[dict[str, Any]]) -> Refusal | None:
        said_of = penalties(said) | {"violations": violations}
        act = Act("", "notify-penalty", at, nobody, (), said_of)
        return within_statute(case, act, fine, scales)

    if len(parts) > 1:
        for part in parts:
            against = asked(0, [part])
            # How much all of them allow together is asked below.
            if against is not None and not isinstance(against, FineOutOfRange):
                return against
    return asked(told.fine, parts)


def _day(at: datetime) -> date:
    return Act("", "", at, Person("", "")).on


def punished(catalogue: Catalogue, basis: str, on: date) -> tuple[bool, str, str] | None:
    """How a provision punishes on the spot: whether it may be decided so, in words, and its citation.

    None where the catalogue does not know it, or it punishes nobody when it is found.
    """
    told = [(offence, tier) for offence in catalogue.cited(basis, on) for tier in _found(offence)]
    if not told:
        return None
    spans = [(tier, *_span(tier)) for _, tier in told]
    may = any(
        least <= SUMMARY_CEILINGS[tier.on.party_kind] for tier, least, known in spans if known
    )
    words = "；".join(dict.fromkeys(tier.told for _, tier in told))
    if may:
        whom = {tier.on.party_kind for tier, least, known in spans if known}
        ceilings = "、".join(
            f"{'单位' if kind == 'organisation' else '个人'}不超过{in_figures(most).partition('.')[0]}元"
            for kind, most in sorted(SUMMARY_CEILINGS.items())
            if kind in whom
        )
        return True, f"{words}；当场罚款{ceilings}", told[0][1].law
    return False, f"{words}；法定最低罚款超过当场处罚的限额，按普通程序立案", told[0][1].law


def _found(offence: Offence) -> Iterator[Tier]:
    return (one for one in offence.tiers if one.when is Circumstance.FOUND and one.penalises)


def _span(tier: Tier) -> tuple[int, bool]:
    """The least fine by a provision, in fen, and whether it can be told."""
    if tier.fine is None:
        return 0, False
    try:
        span = tier.span()
    except (IncomeUnknown, GainUnknown):
        return 0, False
    return (0 if span.optional else span.low), True

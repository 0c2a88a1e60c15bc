"""Earlier decisions on the same act; PostgreSQL shows those of the caller's region."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.penalty.case import Case
from lawbook.precedents import distribution
from services.case_svc.carrying_on import in_whose_name, known
from services.case_svc.cases.reading import act_rows, folded, one
from services.case_svc.cases.tables import CaseRow
from services.case_svc.precedents.schemas import (
    EarlierCase,
    FinesTold,
    Precedents,
    PrecedentsOfCase,
)
from services.case_svc.precedents.tables import PrecedentRow
from services.kit.successions import today

COMPARED = 500
"""So many of the newest cases of an offence are compared with."""
SHOWN = 10
PROPOSALS = ("conclude-investigation", "notify-penalty", "submit-decision", "approve-decision")
"""Acts that propose a penalty, the latest of which counts before there is a decision."""


async def precedents(
    session: AsyncSession, id_: UUID, *, of_unit: bool, since: date | None
) -> PrecedentsOfCase:
    """For each violation of a case, how it was decided before, newest first."""
    row = await one(session, id_)
    case = folded(await act_rows(session, id_))
    told = [one for one in case.violations if one.get("offence")]
    return PrecedentsOfCase(
        items=[
            await _of(session, row, case.party_kind, violation, _fine(case, violation),
                      of_unit, since)
            for violation in told
        ]
    )  # fmt: skip


def _fine(case: Case, violation: Mapping[str, Any]) -> int:
    """What is decided or, before that, proposed for it; of several, what each was weighed at."""
    if len(case.violations) > 1:
        return int(violation.get("fine") or 0)
    proposed = case.latest(*PROPOSALS)
    return case.fine or int((proposed.said.get("fine") if proposed else 0) or 0)


async def _of(
    session: AsyncSession, row: CaseRow, party_kind: str, violation: Mapping[str, Any], fine: int,
    of_unit: bool, since: date | None,
) -> Precedents:  # fmt: skip
    earlier = PrecedentRow
    wanted = (
        select(earlier, CaseRow.number, CaseRow.name)
        .join(CaseRow, CaseRow.id == earlier.case_id)
        .where(
            earlier.offence == violation["offence"], earlier.party_kind == party_kind,
            earlier.case_id != row.id,
        )
        .order_by(earlier.decided_on.desc(), earlier.case_id, earlier.place)
        .limit(COMPARED)
    )  # fmt: skip
    if of_unit:
        code, _ = await in_whose_name(session, row.unit)
        # What a predecessor decided is the bureau's own practice too.
        units = (await known(session)).units(code, today())
        wanted = wanted.where(earlier.unit.in_({row.unit, *units}))
    if since is not None:
        wanted = wanted.where(earlier.decided_on >= since)
    found = list(await session.execute(wanted))
    fines = distribution([(told.grade, told.fine) for told, _, _ in found])
    return Precedents(
        offence=violation["offence"], description=violation["description"],
        grade=violation.get("grade") or "", fine=fine, standing=fines.standing(fine),
        told=fines.told(fine),
        distribution=FinesTold(
            cases=fines.cases, grades=dict(fines.grades), least=fines.least, lower=fines.lower,
            median=fines.median, upper=fines.upper, most=fines.most,
        ),
        latest=[
            EarlierCase(
                case_id=told.case_id, number=number, name=name, unit=told.unit, grade=told.grade,
                fine=told.fine, decided_on=told.decided_on,
            )
            for told, number, name in found[:SHOWN]
        ],
    )  # fmt: skip

"""What the acts of a case justify among the precedents: written anew with each of them."""

from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.penalty.case import Case
from services.case_svc.cases.tables import CaseRow
from services.case_svc.precedents.tables import PrecedentRow

CHANGING = frozenset(("decide", "decide-no-penalty", "review-outcome", "revoke-decision"))
"""Acts by which a decision comes into force, changes or falls."""


def precedents_of(case: Case) -> list[tuple[str, str, int]]:
    """Offence, grade and fine of each violation that the decision in force judged.

    A decision fallen in review or court is no precedent. Of a single violation the decision's fine,
    as a review may have changed it; of several, what each was weighed at.
    """
    if case.decision is None:
        return []
    judged = [one for one in case.violations if one.get("offence")]
    if case.decision.kind == "decide-no-penalty":
        return [(str(one["offence"]), str(one.get("grade") or ""), 0) for one in judged]
    if len(case.violations) == 1:
        return [(str(one["offence"]), str(one.get("grade") or ""), case.fine) for one in judged]
    return [
        (str(one["offence"]), str(one.get("grade") or ""), int(one["fine"]))
        for one in judged
        if one.get("fine") is not None
    ]


async def keep(session: AsyncSession, row: CaseRow, case: Case) -> None:
    """Bring the precedents of a case in line with its acts; most acts change nothing of them."""
    if case.acts[-1].kind not in CHANGING:
        return
    await session.execute(delete(PrecedentRow).where(PrecedentRow.case_id == row.id))
    found = precedents_of(case)
    if not found or case.decision is None:
        return
    rows: list[dict[str, Any]] = [
        {
            "case_id": row.id, "place": place, "region": row.region, "unit": row.unit,
            "offence": offence, "party_kind": case.party_kind, "grade": grade, "fine": fine,
            "decided_on": case.decision.on,
        }
        for place, (offence, grade, fine) in enumerate(found)
    ]  # fmt: skip
    await session.execute(insert(PrecedentRow), rows)

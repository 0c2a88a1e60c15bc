"""What the acts of a case justify in its row and in its duties: told by one function, kept with each act."""

from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.penalty.case import Case
from lawbook.penalty.duties import Duty, duties
from lawbook.penalty.money import total_outstanding
from lawbook.penalty.stages import FINAL
from services.case_svc.cases.tables import CaseDutyRow, CaseRow
from services.case_svc.cases.world import Law
from services.case_svc.precedents import keeping as precedents

EARLIEST = "不早于"
"""Of a day in a year whose holidays are not announced: the period ends then or later."""


def columns(case: Case, law: Law, duties_: tuple[Duty, ...] | None = None) -> dict[str, Any]:
    """The cached columns of a case's row, its duties apart (those, where they are known already)."""
    filed = case.ever("approve-filing", "begin-summary")
    party = case.party
    found = open_duties(case, law) if duties_ is None else duties_
    due = [duty for duty in found if duty.due_on and not duty.waiting]
    return {
        "procedure": case.procedure.ref, "stage": case.stage.value,
        "name": case.told.get("name", ""), "cause": case.told.get("cause", ""),
        "source": case.told.get("source", ""), "party_kind": case.party_kind,
        "party_name": party.get("name", ""), "party_code": party.get("code"),
        "search": f"{case.told.get('name', '')} {party.get('name', '')} {party.get('code') or ''}",
        "handlers": list(case.handlers),
        "offences": sorted({str(one["offence"]) for one in case.violations if one.get("offence")}),
        "filed_on": filed.on if filed else None,
        "decided_on": case.decision.on if case.decision else None,
        "fine": case.fine, "outstanding": total_outstanding(case),
        "next_due_on": due[0].due_on if due else None, "next_due": _titled(due[0]) if due else None,
        "acts": len(case.acts), "calendar": law.calendar,
    }  # fmt: skip


def _titled(duty: Duty) -> str:
    """What is due; with a word where the day given is only the earliest that it can be."""
    return f"{duty.title}（{EARLIEST}）" if duty.unknown else duty.title


def open_duties(case: Case, law: Law) -> tuple[Duty, ...]:
    """What is due or runs; nothing once the case is over."""
    return () if case.stage in FINAL else duties(case, law.world)


def duty_columns(row: CaseRow, case: Case, found: tuple[Duty, ...]) -> list[dict[str, Any]]:
    """The rows of what is due."""
    return [
        {
            "case_id": row.id, "place": n, "region": row.region, "unit": row.unit, "name": duty.name,
            "title": duty.title, "law": duty.law, "power": duty.power, "person": duty.person,
            "handlers": list(case.handlers), "due_on": duty.due_on, "due_at": duty.due_at, "act": duty.act,
            "verified": duty.verified, "waiting": duty.waiting, "unknown": duty.unknown,
            "form": duty.form, "opener": duty.opener,
        }
        for n, duty in enumerate(found)
    ]  # fmt: skip


async def keep(session: AsyncSession, row: CaseRow, case: Case, law: Law) -> None:
    """Write what the acts justify: the row's columns, and its duties anew."""
    found = open_duties(case, law)
    for name, value in columns(case, law, found).items():
        setattr(row, name, value)
    await session.flush()
    await session.execute(delete(CaseDutyRow).where(CaseDutyRow.case_id == row.id))
    if due := duty_columns(row, case, found):
        await session.execute(insert(CaseDutyRow), due)
    await precedents.keep(session, row, case)

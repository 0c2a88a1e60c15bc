"""What a case carries over from the inspection that it comes from (由现场检查立案)."""

from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.penalty.act import BEIJING
from services.case_svc.cases.provisions import TO_BE_SETTLED, offence_of, penalty_basis
from services.case_svc.cases.refusals import SourceUnknown
from services.case_svc.cases.schemas import CaseBody
from services.case_svc.evidence.tables import EvidenceRow
from services.case_svc.inspections import queries as inspections
from services.case_svc.inspections.tables import HazardRow, InspectionRow
from services.case_svc.ledger_mirror import queries as ledger
from services.case_svc.ledger_mirror.tables import EntityRow


async def carried(
    session: AsyncSession, folder: Path, body: CaseBody
) -> tuple[dict[str, Any], InspectionRow | None, EntityRow | None]:
    """What the filing says, with all that the inspection and the ledger already know."""
    said = _as_sent(body)
    inspection = await inspections.one(session, body.inspection_id) if body.inspection_id else None
    entity_id = body.entity_id or (inspection.entity_id if inspection else None)
    entity = await ledger.entity(session, entity_id) if entity_id else None
    if inspection is not None:
        hazards = await _hazards(session, inspection, body.hazards)
        said["hazards"] = [str(hazard.id) for hazard in hazards]
        said["evidence"] += await _evidence(session, inspection.id, hazards)
        said.setdefault("source_id", str(inspection.id))
        if "violations" not in said:
            said["violations"] = [_violation(folder, one, inspection) for one in hazards]
        said.setdefault("summary", _summary(inspection, hazards))
        said.setdefault("found_on", inspection.ended_at.astimezone(BEIJING).date().isoformat())
    if entity is not None:
        said.setdefault("party", _party(entity))
        said |= {"entity_id": str(entity.id), "region": entity.region}
    cause = next((one["description"] for one in said.get("violations") or ()), "涉嫌违法")
    said.setdefault("cause", str(cause)[:60])
    said.setdefault("name", f"{(said.get('party') or {}).get('name', '')}{said['cause']}案"[:200])
    said.setdefault("summary", said["cause"])
    return said, inspection, entity


def _as_sent(body: CaseBody) -> dict[str, Any]:
    left_out = {
        "procedure",
        "at",
        "inspection_id",
        "officers",
        "hazards",
        "region",
        "entity_id",
        "late_reason",
    }
    plain: dict[str, Any] = body.model_dump(
        mode="json", by_alias=True, exclude_none=True, exclude=left_out
    )
    return plain


async def _hazards(
    session: AsyncSession, inspection: InspectionRow, chosen: list[UUID] | None
) -> list[HazardRow]:
    known = {hazard.id: hazard for hazard in await inspections.hazards_of(session, inspection.id)}
    if chosen is None:
        return list(known.values())
    if strange := [id_ for id_ in chosen if id_ not in known]:
        raise SourceUnknown(f"隐患 {strange[0]} 不是该次检查发现的")
    return [known[id_] for id_ in chosen]


async def _evidence(
    session: AsyncSession, inspection_id: UUID, hazards: list[HazardRow]
) -> list[dict[str, Any]]:
    """All evidence of the inspection but what proves hazards that were not chosen."""
    chosen = {hazard.id for hazard in hazards}
    rows = await session.scalars(
        select(EvidenceRow)
        .where(EvidenceRow.inspection_id == inspection_id)
        .order_by(EvidenceRow.captured_at, EvidenceRow.id)
    )
    return [
        {
            "name": row.caption or "现场取证", "kind": row.media_type, "sha256": row.sha256,
            "taken_on": row.captured_at.astimezone(BEIJING).date().isoformat(), "id": str(row.id),
        }
        for row in rows
        if row.hazard_id is None or row.hazard_id in chosen
    ]  # fmt: skip


def _violation(folder: Path, hazard: HazardRow, inspection: InspectionRow) -> dict[str, Any]:
    on = inspection.ended_at.astimezone(BEIJING).date()
    basis = hazard.penalty_basis or penalty_basis(
        folder, hazard.checklist or inspection.checklist, hazard.check_item
    )
    offence = offence_of(folder, basis, on)
    told = {
        "description": hazard.description, "broke": hazard.basis[:200] or TO_BE_SETTLED,
        "basis": basis, "factors": [], "penalties": [], "ended_on": on.isoformat(),
    }  # fmt: skip
    return told | ({"offence": offence} if offence else {})


def _summary(inspection: InspectionRow, hazards: list[HazardRow]) -> str:
    on = inspection.started_at.astimezone(BEIJING).date()
    found = "；".join(hazard.description for hazard in hazards)
    return f"{on.year}年{on.month}月{on.day}日，对{inspection.entity_name}进行现场检查时发现：{found}。"


def _party(entity: EntityRow) -> dict[str, Any]:
    told = {
        "kind": "organisation", "name": entity.name, "code": entity.credit_code,
        "legal_rep": entity.values.get("legal_rep"),
        "address": entity.values.get("reg_addr") or entity.values.get("prod_addr"),
        "phone": entity.values.get("contact_phone"), "postcode": entity.values.get("postcode"),
    }  # fmt: skip
    return {name: value for name, value in told.items() if value}

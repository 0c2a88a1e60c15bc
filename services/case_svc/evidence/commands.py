"""Declaring evidence (登记证据)."""

from collections.abc import Container
from pathlib import Path
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession

from services.case_svc.called_off.tables import CalledOffRow
from services.case_svc.clocks import doubted
from services.case_svc.evidence.completeness import received
from services.case_svc.evidence.schemas import EvidenceBody
from services.case_svc.evidence.tables import EvidenceRow
from services.case_svc.inspections.tables import InspectionRow
from services.case_svc.rows import announce
from services.kit.claims import Claims
from services.kit.letters import NotKnownYet
from services.kit.once import enter_once, found
from services.kit.problems import Malformed


async def declare(
    session: AsyncSession, claims: Claims, folder: Path, id_: UUID, body: EvidenceBody,
    arrived: Container[tuple[str, int]],
) -> EvidenceRow:  # fmt: skip
    """Declare a piece of evidence (登记证据); the same again changes nothing.

    `arrived`: the files that are here already, as `files.queries.arrived` tells in this transaction.
    """
    inspection = await found(session, InspectionRow, body.inspection_id)
    visit = inspection or await found(session, CalledOffRow, body.inspection_id)
    if visit is None:
        raise NotKnownYet("服务器上尚无该现场检查的记录")
    findings = inspection.findings if inspection else []
    if body.hazard_id is not None and not any(
        finding["id"] == str(body.hazard_id) for finding in findings
    ):
        raise Malformed("该隐患不是这次检查发现的")
    here = (body.sha256, body.size) in arrived
    row, made = await enter_once(
        session, EvidenceRow, id_, body,
        region=visit.region, declared_by=claims.who,
        received_at=func.now() if here else None,
        location=body.location.model_dump() if body.location else None,
        doubts=doubted(folder, body.clock),
        clock=body.clock.model_dump(mode="json") if body.clock else None,
        **body.model_dump(exclude={"id", "location", "clock"}),
    )  # fmt: skip
    if made:
        announce(
            session, claims, "evidence.declared", row.id, row.region,
            inspection_id=str(row.inspection_id), sha256=row.sha256, doubts=row.doubts,
        )  # fmt: skip
        if here:
            await received(session, claims, [row.inspection_id])
    return row

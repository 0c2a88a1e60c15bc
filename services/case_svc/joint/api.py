"""Door to the officers of other bureaus with whom one may inspect (联合检查人员)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field
from sqlalchemy import select

from services.case_svc.ledger_mirror.tables import OfficerRow, UnitRow
from services.case_svc.permissions import Permission
from services.kit.claims import Claims, requires
from services.kit.database import Transaction
from services.kit.wire import Wire

router = APIRouter(tags=["现场检查"])


class JointCertificate(Wire):
    """The certificate of an officer (执法证)."""

    number: str
    valid_until: str
    state: str


class JointOfficer(Wire):
    """What anybody who inspects with an officer of another bureau may know (联合检查人员)."""

    id: UUID
    name: str
    unit: str
    unit_name: str = Field(description="单位名称；尚不知道的为空")
    certificate: JointCertificate


class JointOfficerList(Wire):
    """Officers of superior bureaus, and those whom an inspection scheme in one's sight names."""

    items: list[JointOfficer]


@router.get("/joint-officers")
async def list_joint_officers(
    claims: Annotated[Claims, requires(Permission.INSPECTION_READ)], session: Transaction
) -> JointOfficerList:
    """Officers of other bureaus with whom the caller may inspect (联合检查人员): name, unit, certificate.

    Whom that is PostgreSQL decides: policy `together` on the table of officers.
    """
    rows = await session.execute(
        select(OfficerRow, UnitRow.name)
        .outerjoin(UnitRow, UnitRow.code == OfficerRow.unit)
        .where(~OfficerRow.region.startswith(claims.region), OfficerRow.left_at.is_(None))
        .order_by(OfficerRow.unit, OfficerRow.certificate_number)
    )
    return JointOfficerList(
        items=[
            JointOfficer(
                id=row.id, name=row.name, unit=row.unit, unit_name=unit or "",
                certificate=JointCertificate(
                    number=row.certificate_number, valid_until=row.valid_until.isoformat(),
                    state=row.certificate_state,
                ),
            )
            for row, unit in rows
        ]
    )  # fmt: skip

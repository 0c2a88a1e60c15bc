"""Doors to units (机构)."""

from typing import Annotated

from fastapi import APIRouter, Path
from sqlalchemy import select

from services.kit import pulls
from services.kit.claims import Claims, requires
from services.kit.database import TheDatabase, Transaction
from services.kit.pages import After
from services.ledger_svc.permissions import Permission
from services.ledger_svc.rows import SCHEMA
from services.ledger_svc.units import commands
from services.ledger_svc.units.schemas import Unit, UnitList, UnitRecord
from services.ledger_svc.units.tables import UnitRow

router = APIRouter(tags=["机构"])
Code = Annotated[str, Path(pattern=r"^[0-9A-Z]{4,12}$", description="单位代码")]
PULL = pulls.Pull(
    "unit",
    SCHEMA,
    """select code as id, json_build_object('id', code, 'code', code, 'name', name,
        'short_name', short_name, 'region', region, 'level', level)::text as line
    from ledger_svc.unit""",
    key="text",
)


@router.get("/units")
async def list_units(
    claims: Annotated[Claims, requires(Permission.UNIT_READ)], session: Transaction
) -> UnitList:
    """Every unit in sight (机构)."""
    rows = await session.scalars(select(UnitRow).order_by(UnitRow.code))
    return UnitList(items=[Unit.model_validate(row) for row in rows])


@router.put("/units/{code}")
async def put_unit(
    code: Code, record: UnitRecord, claims: Annotated[Claims, requires(Permission.UNIT_WRITE)],
    session: Transaction,
) -> Unit:  # fmt: skip
    """Enter a unit or change it (维护机构)."""
    return Unit.model_validate(await commands.put(session, claims, code, record))


@router.get("/pulls/units", response_class=pulls.PullResponse)
async def pull_units(
    claims: Annotated[Claims, requires(Permission.ENTITY_PULL)],
    database: TheDatabase,
    after: After = None,
) -> pulls.PullResponse:
    """Units changed since a cursor (机构数据拉取)."""
    return await pulls.respond(database, claims, PULL, after)

"""Doors to rosters (应录名单)."""

from typing import Annotated

from fastapi import APIRouter, Path

from services.kit.claims import Claims, requires
from services.kit.database import Transaction
from services.ledger_svc.permissions import Permission
from services.ledger_svc.rosters import commands
from services.ledger_svc.rosters.schemas import Roster

router = APIRouter(tags=["应录名单"])
Unit = Annotated[str, Path(pattern=r"^[0-9A-Z]{4,12}$")]
Year = Annotated[int, Path(ge=2020, le=2100)]


@router.put("/officer-rosters/{unit}/{year}")
async def put_roster(
    unit: Unit, year: Year, roster: Roster,
    claims: Annotated[Claims, requires(Permission.ROSTER_WRITE)], session: Transaction,
) -> Roster:  # fmt: skip
    """Say who is to be entered (核定应录名单). The list replaces the unit's list of that year."""
    await commands.put(session, claims, unit, year, roster)
    return await commands.read(session, unit, year)


@router.get("/officer-rosters/{unit}/{year}")
async def read_roster(
    unit: Unit,
    year: Year,
    claims: Annotated[Claims, requires(Permission.OFFICER_READ)],
    session: Transaction,
) -> Roster:
    """Who is to be entered (应录名单)."""
    return await commands.read(session, unit, year)

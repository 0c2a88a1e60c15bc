"""Standing in for a whole unit (代行职权): given, ended, and asked with every act."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.penalty.act import POWERS
from services.case_svc.delegations.refusals import DelegationUnsound
from services.case_svc.delegations.schemas import DelegationBody
from services.case_svc.delegations.tables import DelegationRow
from services.case_svc.ledger_mirror.tables import OfficerRow
from services.case_svc.rows import announce
from services.kit.claims import Claims
from services.kit.once import enter_once, entered
from services.kit.problems import Forbidden, NotFound

MOST_DAYS = 366
"""Nobody stands in for longer: then somebody else is appointed."""


async def give(
    session: AsyncSession, claims: Claims, id_: UUID, body: DelegationBody
) -> DelegationRow:
    """Give a capacity that one has (委托代行); the same again changes nothing.

    Refuses DelegationUnsound for days that are none, to oneself, or to who cannot stand in.
    """
    if not claims.unit:
        raise Forbidden("该帐号不属于任何执法单位")
    if body.power not in claims.permissions:
        raise Forbidden("只能委托自己的职权")
    if body.until < body.since or (body.until - body.since).days > MOST_DAYS:
        raise DelegationUnsound("截止日应当在起始日之后，最长一年")
    if body.to_number == claims.who:
        raise DelegationUnsound("不能委托给自己")
    if await entered(session, DelegationRow, id_, body) is None:
        await require_deputy(session, body.to_number, claims.unit, body.since, body.until)
    row, made = await enter_once(
        session, DelegationRow, id_, body, region=claims.region, unit=claims.unit, power=body.power,
        to_number=body.to_number, to_name=body.to_name, since=body.since, until=body.until,
        reason=body.reason, given_by=claims.who, given_at=datetime.now(UTC), ended_at=None,
    )  # fmt: skip
    if made:
        announce(session, claims, "delegation.given", id_, row.region, power=row.power)
    return row


async def require_deputy(
    session: AsyncSession, number: str, unit: str, since: date, until: date
) -> None:
    """Somebody of the unit, still there, who can sign in and whose certificate holds all those days.

    As the ledger last told. DelegationUnsound.
    """
    found = await session.scalars(
        select(OfficerRow).where(OfficerRow.certificate_number == number, OfficerRow.unit == unit)
    )
    people = [one for one in found if one.left_at is None]
    if not people:
        raise DelegationUnsound(f"本单位台账中没有证号为 {number} 的在任人员")
    one = people[0]
    if not one.account_active:
        raise DelegationUnsound(f"{one.name}没有可用的帐号，不能在系统中代行")
    if one.certificate_state != "valid" or one.valid_until < until:
        raise DelegationUnsound(
            f"{one.name}的执法证有效期至 {one.valid_until}，不能代行至 {until}"
            if one.certificate_state == "valid"
            else f"{one.name}的执法证不在有效状态"
        )


async def end(session: AsyncSession, claims: Claims, id_: UUID) -> DelegationRow:
    """End it before its day (提前终止); again: nothing. What was done under it stands.

    By who gave it, or who has the capacity too.
    """
    row = await session.get(DelegationRow, id_, with_for_update=True)
    if row is None or row.unit != claims.unit:
        raise NotFound("未找到该委托，或不在您的管辖范围内")
    if claims.who != row.given_by and row.power not in claims.permissions:
        raise Forbidden("只有委托人，或者同样有该职权的人，可以终止委托")
    if row.ended_at is None:
        row.ended_at = datetime.now(UTC)
        announce(session, claims, "delegation.ended", id_, row.region, power=row.power)
        await session.flush()
    return row


async def of_unit(session: AsyncSession, unit: str) -> list[DelegationRow]:
    """Every delegation of a unit, the latest first."""
    found = await session.scalars(
        select(DelegationRow)
        .where(DelegationRow.unit == unit)
        .order_by(DelegationRow.given_at.desc(), DelegationRow.id)
    )
    return list(found)


async def standing_in(session: AsyncSession, claims: Claims, on: date) -> Mapping[str, UUID]:
    """In which capacities the caller stands in for somebody on a day, by which delegation."""
    if not claims.unit:
        return {}
    found = await session.scalars(
        select(DelegationRow).where(
            DelegationRow.unit == claims.unit, DelegationRow.to_number == claims.who,
            DelegationRow.since <= on, DelegationRow.until >= on, DelegationRow.ended_at.is_(None),
        )
    )  # fmt: skip
    return {row.power: row.id for row in found if row.power in POWERS}

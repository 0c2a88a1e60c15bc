"""Asking the mirror of the ledger: a plant, officers by certificate number, a unit."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.inspection import PresentOfficer
from services.case_svc.ledger_mirror.tables import (
    EntityPastRow,
    EntityRow,
    OfficerPastRow,
    OfficerRow,
    UnitRow,
)
from services.case_svc.letter_reviews import authority
from services.case_svc.letter_reviews.authority import When, told
from services.case_svc.rows import SuccessionRow
from services.kit.claims import Claims
from services.kit.database import among
from services.kit.letters import NotKnownYet
from services.kit.problems import Malformed, NotFound
from services.kit.successions import require_reach

VALID = "valid"


async def entity(session: AsyncSession, id_: UUID) -> EntityRow:
    """The plant of this id; NotFound when none is in sight, or the mirror is not yet so far."""
    row = await session.get(EntityRow, id_)
    if row is None:
        raise NotFound("未找到该企业，或不在您的管辖范围内；刚登记的企业请稍候片刻再试")
    return row


class Visited(NamedTuple):
    """A plant as it was known where it was visited (受检企业)."""

    id: UUID
    region: str
    name: str
    values: dict[str, Any]
    missing: list[str]


async def entity_visited(
    session: AsyncSession, claims: Claims, id_: UUID, region: str, when: When
) -> Visited:
    """The plant that a tablet visited, as it was when it was of this region.

    Forbidden, Malformed where it was not; NotKnownYet when none is in sight, or not yet;
    AuthorityInDoubt when it may have left the region before the visit.
    """
    await require_reach(session, SuccessionRow, claims, region)
    row = await session.get(EntityRow, id_)
    if row is not None and row.region == region:
        return Visited(row.id, row.region, row.name, row.values, row.missing)
    past = EntityPastRow
    before = list(
        await session.scalars(
            select(past).where(past.entity_id == id_, past.region == region).order_by(past.until)
        )
    )
    if before:
        then = next((one for one in before if when.surely_before(one.until)), None)
        if then is None:
            then = before[-1]
            await authority.require_accepted(
                session, f"{then.name}已于 {told(then.until)} 划出 {region}，不能确定检查在此之前"
            )
        return Visited(id_, region, then.name, then.values, then.missing)
    if row is None:
        raise NotKnownYet("服务器上尚无该企业的台账，或不在您的管辖范围内")
    raise Malformed(f"{row.name}由 {row.region} 监管，检查登记的区划为 {region}")


async def officers_then(
    session: AsyncSession, numbers: Sequence[str], when: When
) -> list[PresentOfficer]:
    """Officers by certificate number as they stood at an act, in the order asked.

    AuthorityInDoubt for one whose certificate had been valid, or who had been of this region, and
    perhaps no longer was. Who was never known has no name, who never had a certificate none.
    """
    present = await officers_by_number(session, numbers, left_too=True)
    rows: dict[str, OfficerRow] = session.info["officer_rows"]
    changed = [
        one for one in numbers
        if (row := rows.get(one)) is None or row.changed_at or row.left_at
    ]  # fmt: skip
    if not changed:
        return present
    past = OfficerPastRow
    before: dict[str, list[OfficerPastRow]] = {one: [] for one in changed}
    for was in await session.scalars(
        select(past).where(past.certificate_number.in_(changed)).order_by(past.until, past.id)
    ):
        before[was.certificate_number].append(was)
    return [
        await _then(session, one, rows.get(one.number), before.get(one.number, []), when)
        for one in present
    ]


async def _then(
    session: AsyncSession, now: PresentOfficer, row: OfficerRow | None,
    before: Sequence[OfficerPastRow], when: When,
) -> PresentOfficer:  # fmt: skip
    """One officer as of then. `row`: as the region knows them now; None: not any more, or never."""
    if row is not None and row.left_at is not None and when.at > row.left_at:
        await authority.require_accepted(
            session, f"{row.name}（{now.number}）已于 {told(row.left_at)} 离任"
        )
    if not before:
        return now
    at = next((place for place, one in enumerate(before) if when.at < one.until), len(before))
    later = [one.certificate_state == VALID for one in before[at:]]
    # The last of them is how it is now; a region that does not see them any more sees no certificate.
    later.append(row is not None and row.certificate_state == VALID)
    known = [one for one in before if one.certificate_state == VALID]
    ever = [one.valid_until for one in known]
    if row is not None and row.certificate_state == VALID:
        ever.append(row.valid_until)
    if not ever:
        return now
    if not all(later) and not (later[0] and when.surely_before(_ended(before[at:], later))):
        name = row.name if row else before[-1].name
        await authority.require_accepted(
            session,
            f"{name}（{now.number}）的执法证或所在区划于 {told(before[-1].until)} 有变动，"
            "不能确定该行为在有效期间作出",
        )
    until = before[at].valid_until if at < len(before) and later[0] else max(ever)
    name = row.name if row else before[-1].name
    return PresentOfficer(now.number, name, max(until, now.certificate_valid_until or until))


def _ended(before: Sequence[OfficerPastRow], valid: Sequence[bool]) -> datetime:
    """When what was valid at first ended."""
    return before[valid.index(False) - 1].until


async def officers_by_number(
    session: AsyncSession, numbers: Sequence[str], *, left_too: bool = False
) -> list[PresentOfficer]:
    """Officers by certificate number (执法证号), in the order asked.

    Only a certificate in state valid counts; an officer who is not known has none. `left_too`: who
    has left since then is known as when in office, since what was done before arrives later.
    """
    # Looked up once in a transaction: the letters of a tablet name the same few officers.
    known: dict[str, tuple[PresentOfficer, bool]] = session.info.setdefault("officers", {})
    seen: dict[str, OfficerRow] = session.info.setdefault("officer_rows", {})
    if new := set(numbers).difference(known):
        rows = list(
            await session.scalars(
                select(OfficerRow)
                .where(among(OfficerRow.certificate_number, new))
                .order_by(OfficerRow.left_at.nulls_last())
            )
        )
        seen.update({row.certificate_number: row for row in rows})
        known.update({one: (PresentOfficer(one, "", None), False) for one in new})
        known.update(
            {row.certificate_number: (_present(row), row.left_at is not None) for row in rows}
        )
    return [
        PresentOfficer(one, "", None) if known[one][1] and not left_too else known[one][0]
        for one in numbers
    ]


def _present(row: OfficerRow) -> PresentOfficer:
    valid = row.certificate_state == VALID
    return PresentOfficer(row.certificate_number, row.name, row.valid_until if valid else None)


async def unit(session: AsyncSession, code: str) -> UnitRow:
    """The unit of this code; NotFound when none is in sight, or the mirror is not yet so far."""
    row = await session.get(UnitRow, code)
    if row is None:
        raise NotFound("未找到该执法单位，或不在您的管辖范围内；刚登记的单位请稍候片刻再试")
    return row

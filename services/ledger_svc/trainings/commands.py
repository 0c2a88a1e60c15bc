"""Recording trainings (登记培训)."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.claims import Claims
from services.kit.once import enter_once
from services.kit.problems import Malformed
from services.kit.successions import require_reach
from services.ledger_svc.officers.tables import OfficerRow
from services.ledger_svc.rows import SuccessionRow, announce
from services.ledger_svc.trainings.schemas import Training, TrainingRecord
from services.ledger_svc.trainings.tables import AttendanceRow, TrainingRow

MOST = 200


async def hold(
    session: AsyncSession, claims: Claims, id_: UUID, record: TrainingRecord
) -> Training:
    """Record a training (登记培训). Each attending officer's state changes with it."""
    await require_reach(session, SuccessionRow, claims, record.region)
    columns = record.model_dump(exclude={"attended"})
    _, made = await enter_once(session, TrainingRow, id_, record, **columns)
    if made:
        attended = set(record.attended)
        officers = list(
            await session.scalars(select(OfficerRow).where(OfficerRow.id.in_(attended)))
        )
        if len(officers) != len(attended):
            raise Malformed("参训名单中有未录入的执法人员")
        announce(session, claims, "training.held", id_, record.region)
        for officer in officers:
            session.add(
                AttendanceRow(training_id=id_, officer_id=officer.id, region=officer.region)
            )
            announce(session, claims, "officer.changed", officer.id, officer.region)
    return Training(id=id_, **record.model_dump())


async def every(session: AsyncSession) -> list[Training]:
    """The newest trainings in sight."""
    rows = list(
        await session.scalars(select(TrainingRow).order_by(TrainingRow.held_on.desc()).limit(MOST))
    )
    attended: dict[UUID, list[UUID]] = defaultdict(list)
    wanted = select(AttendanceRow).where(AttendanceRow.training_id.in_([row.id for row in rows]))
    for line in await session.scalars(wanted):
        attended[line.training_id].append(line.officer_id)
    return [
        Training(
            id=row.id, region=row.region, title=row.title, kind=row.kind, held_on=row.held_on,
            hours=float(row.hours), attended=attended[row.id],
        )
        for row in rows
    ]  # fmt: skip

"""When the calendar has changed (节假日临时调整): what is due in open cases is computed anew, and told.

The acts say nothing of due days, so nothing of a case changes; only the cache follows.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import structlog
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.penalty.stages import FINAL
from services.case_svc.cases import caching, reading
from services.case_svc.cases.tables import CaseDutyRow, CaseRow
from services.case_svc.cases.world import Law, law
from services.case_svc.rows import announce
from services.kit.claims import service_itself
from services.kit.database import Database

BATCH = 50
log = structlog.get_logger("cases")


async def refresh(database: Database, folder: Path) -> int:
    """Compute anew what is due in every open case by the calendars of `folder`; how many there were."""
    rules, done = law(folder), 0
    while found := await _some(database, rules):
        done += found
    return done


async def _some(database: Database, rules: Law) -> int:
    """A few of them, in a transaction of their own, so that nobody waits long."""
    async with database.transaction(service_itself("case_svc")) as session:
        rows = list(
            await session.scalars(
                select(CaseRow)
                .where(CaseRow.calendar != rules.calendar, CaseRow.stage.not_in(_OVER))
                .order_by(CaseRow.id)
                .limit(BATCH)
                .with_for_update()
            )
        )
        for row in rows:
            case = reading.folded(await reading.act_rows(session, row.id))
            before = await _due(session, row)
            await caching.keep(session, row, case, rules)
            if moved := _moved(before, await _due(session, row)):
                announce(
                    session, service_itself("case_svc"), "case.deadlines_moved", row.id, row.region,
                    moved=moved,
                )  # fmt: skip
        return len(rows)


async def _due(session: AsyncSession, row: CaseRow) -> dict[tuple[str, str], date | None]:
    found = await session.scalars(select(CaseDutyRow).where(CaseDutyRow.case_id == row.id))
    return {(one.name, one.title): one.due_on for one in found}


def _moved(
    before: Mapping[tuple[str, str], date | None], after: Mapping[tuple[str, str], date | None]
) -> list[dict[str, Any]]:
    """What is due on another day than it was, with both days."""
    return [
        {
            "name": name, "title": title, "was": was.isoformat() if was else None,
            "now": now.isoformat() if now else None,
        }
        for (name, title), was in before.items()
        if (name, title) in after and (now := after[name, title]) != was
    ]  # fmt: skip


_OVER = [stage.value for stage in FINAL]


@asynccontextmanager
async def refreshing(app: FastAPI) -> AsyncIterator[None]:
    """The service's companion: once, as it starts, beside its other work."""
    task = asyncio.create_task(_once(app))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _once(app: FastAPI) -> None:
    try:
        count = await refresh(app.state.database, app.state.settings.content)
    except Exception as error:
        log.error("duties not refreshed", error=repr(error)[:500])
        return
    if count:
        log.info("duties refreshed", cases=count)

"""When the calendar has changed (节假日临时调整): what is due in open cases is computed anew.

The acts say nothing of due days, so nothing of a case changes; only the cache follows.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import structlog
from fastapi import FastAPI
from sqlalchemy import select

from lawbook.penalty.stages import FINAL
from services.case_svc.cases import caching, reading
from services.case_svc.cases.tables import CaseRow
from services.case_svc.cases.world import Law, law
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
            await caching.keep(session, row, case, rules)
        return len(rows)


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

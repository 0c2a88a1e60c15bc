"""Freezing by itself once a due day is over (到期自动固定)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from fastapi import FastAPI

from services.kit.claims import service_itself
from services.kit.database import Database
from services.kit.successions import today
from services.kpi_svc.indicators.specs import Indicator, specs_in
from services.kpi_svc.rows import SCHEMA
from services.kpi_svc.snapshots.commands import BY_ITSELF, due_days, freeze

EVERY = 600.0
"""Seconds between two looks at the day."""
log = structlog.get_logger("snapshot")


async def freeze_what_is_over(database: Database, specs: tuple[Indicator, ...]) -> list[str]:
    """Freeze each due day that has just passed and was not frozen by hand: those days."""
    on = today()
    days = [
        day for year in (on.year - 1, on.year) for day in due_days(specs, year)
        if day < on <= day + BY_ITSELF
    ]  # fmt: skip
    claims = service_itself(SCHEMA)
    for day in days:
        async with database.transaction(claims) as session:
            await freeze(session, claims, specs, day)
    return [day.isoformat() for day in days]


@asynccontextmanager
async def freezing(app: FastAPI) -> AsyncIterator[None]:
    """The companion that looks at the day for as long as the service lives."""

    async def look() -> None:
        while True:
            try:
                await freeze_what_is_over(app.state.database, specs_in(app.state.settings.content))
            except Exception as error:
                log.error("not frozen", service=SCHEMA, exc_info=error)
            await asyncio.sleep(EVERY)

    task = asyncio.create_task(look(), name=f"{SCHEMA} freezes")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

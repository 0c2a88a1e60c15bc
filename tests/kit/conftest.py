"""A small service on ledger_svc's schema: a thing entered once, and ways to go wrong."""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

import asyncpg
import pytest
from fastapi import APIRouter
from sqlalchemy import func, select

from services.kit import pulls
from services.kit.app import create_app
from services.kit.change_feed import FeedPage
from services.kit.claims import Claims, CurrentClaims, requires
from services.kit.database import Snapshot, TheDatabase, Transaction
from services.kit.once import enter_once
from services.kit.pages import After, Limit
from services.kit.settings import ServiceSettings
from services.ledger_svc.feed import FEED
from services.ledger_svc.permissions import Permission
from services.ledger_svc.rows import announce
from services.ledger_svc.trainings.schemas import TrainingRecord
from services.ledger_svc.trainings.tables import TrainingRow

PULL = pulls.Pull(
    "training",
    "ledger_svc",
    """select id, json_build_object('id', id, 'title', title)::text as line
    from ledger_svc.training""",
)
Reader = Annotated[Claims, requires(Permission.FEED_READ)]


def things() -> APIRouter:
    """Enter a thing once, announced; count what is in sight; follow; pull."""
    router = APIRouter()

    @router.put("/things/{thing_id}")
    async def enter(
        thing_id: UUID, record: TrainingRecord, claims: CurrentClaims, session: Transaction
    ) -> dict[str, bool]:
        columns = record.model_dump(exclude={"attended"})
        _, made = await enter_once(session, TrainingRow, thing_id, record, **columns)
        if made:
            announce(session, claims, "training.held", thing_id, record.region)
        return {"made": made}

    @router.get("/things")
    async def count(claims: CurrentClaims, session: Transaction) -> dict[str, int]:
        return {"count": await session.scalar(select(func.count()).select_from(TrainingRow)) or 0}

    @router.get("/feeds/things")
    async def feed(
        claims: Reader, session: Snapshot, after: After = None, limit: Limit = 100
    ) -> FeedPage:
        return await FEED.read(session, after, limit)

    @router.get("/pulls/things", response_class=pulls.PullResponse)
    async def pull(
        claims: CurrentClaims, database: TheDatabase, after: After = None
    ) -> pulls.PullResponse:
        return await pulls.respond(database, claims, PULL, after)

    return router


@pytest.fixture
def place(new_database):
    """The database in which ledger_svc is migrated."""
    return new_database("ledger_svc")


@pytest.fixture
def settings(place, keys, folders) -> ServiceSettings:
    return ServiceSettings(
        database_url=place.url("ledger_svc"), claims_public_key=keys.public, **folders
    )


@pytest.fixture
def make_app(settings, run_app) -> Callable[..., Any]:
    """Start a small service: `await make_app(router, …, pool_size=1)`."""

    async def make(*routers: APIRouter, **changes: Any) -> Any:
        return await run_app(
            create_app("ledger_svc", "小服务", settings.replace(**changes), things(), *routers)
        )

    return make


@pytest.fixture
async def app(make_app):
    return await make_app()


@pytest.fixture
async def owner(place):
    """A connection that may do everything and sees everything."""
    connection = await asyncpg.connect(place.owner_url)
    yield connection
    await connection.close()

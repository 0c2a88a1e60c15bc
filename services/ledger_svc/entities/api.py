"""Doors to regulated entities (监管对象)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from services.kit import pulls
from services.kit.claims import Claims, requires
from services.kit.database import TheDatabase, Transaction
from services.kit.pages import After, Limit
from services.ledger_svc.dictionary import Dictionary
from services.ledger_svc.entities import commands, queries
from services.ledger_svc.entities.schemas import Entity, EntityPage, EntityRecord
from services.ledger_svc.permissions import Permission

router = APIRouter(tags=["企业台账"])


@router.put("/entities/{entity_id}")
async def enter_entity(
    entity_id: UUID, record: EntityRecord,
    claims: Annotated[Claims, requires(Permission.ENTITY_WRITE)],
    dictionary: Dictionary, session: Transaction,
) -> Entity:  # fmt: skip
    """Enter or complete a plant (填报企业台账)."""
    return queries.wire(await commands.enter(session, claims, dictionary, entity_id, record))


@router.get("/entities/{entity_id}")
async def read_entity(
    entity_id: UUID,
    claims: Annotated[Claims, requires(Permission.ENTITY_READ)],
    session: Transaction,
) -> Entity:
    """One plant (企业)."""
    return queries.wire(await queries.one(session, entity_id))


@router.get("/entities")
async def list_entities(
    claims: Annotated[Claims, requires(Permission.ENTITY_READ)],
    session: Transaction,
    q: Annotated[str | None, Query(max_length=100, description="名称或信用代码的一部分")] = None,
    complete: Annotated[bool | None, Query(description="必填项是否完整")] = None,
    trade: Annotated[str | None, Query(max_length=40, description="行业领域")] = None,
    region: Annotated[str | None, Query(max_length=12, description="行政区划代码前缀")] = None,
    after: After = None,
    limit: Limit = 50,
) -> EntityPage:
    """Plants by name (企业台账)."""
    return await queries.page(
        session, q=q, complete=complete, trade=trade, region=region, after=after, limit=limit
    )


@router.get("/pulls/entities", response_class=pulls.PullResponse)
async def pull_entities(
    claims: Annotated[Claims, requires(Permission.ENTITY_PULL)],
    database: TheDatabase,
    after: After = None,
) -> pulls.PullResponse:
    """Plants changed since a cursor, as NDJSON with a trailer (企业数据拉取)."""
    return await pulls.respond(database, claims, queries.PULL, after)

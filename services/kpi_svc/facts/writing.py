"""Keeping a fact as its publisher last told it. Repeating what was told changes nothing."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sqlalchemy import delete, inspect
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.change_feed import noun
from services.kpi_svc.rows import Row

Keep = Callable[[AsyncSession, str, Any], Awaitable[None]]
"""Keeps the state of a subject, or removes the subject when the state is None."""


async def put(session: AsyncSession, kind: type[Row], values: Mapping[str, Any]) -> None:
    """Write a fact in place of what was known of its subject."""
    key = [column.name for column in inspect(kind).primary_key]
    await session.execute(
        insert(kind).values(**values).on_conflict_do_update(index_elements=key, set_=values)
    )


async def remove(session: AsyncSession, kind: type[Row], subject: object) -> None:
    """Forget a subject that is no longer in the publisher's books."""
    (key,) = inspect(kind).primary_key
    await session.execute(delete(kind).where(key == subject))


def applying(keepers: Mapping[str, Keep]) -> Callable[[AsyncSession, dict[str, Any]], Any]:
    """What a follower calls for each change: nouns that no indicator reads are passed over."""

    async def apply(session: AsyncSession, change: dict[str, Any]) -> None:
        if keep := keepers.get(noun(change["kind"])):
            await keep(session, change["subject"], change["state"])

    return apply

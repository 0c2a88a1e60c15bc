"""The client chooses the id; entering the same thing again changes nothing."""

import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar, cast
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import ClauseElement, String
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from services.kit.problems import DifferentContent

R = TypeVar("R", bound="EnteredOnce")


class EnteredOnce:
    """Columns of a thing that is entered once and never changed by entering it again."""

    id: Mapped[UUID] = mapped_column(primary_key=True, comment="由客户端生成")
    fingerprint: Mapped[str] = mapped_column(String, comment="登记内容的 SHA-256")


def fingerprint(body: BaseModel | dict[str, Any]) -> str:
    """SHA-256 of what was sent, whatever the order of its fields."""
    plain = body.model_dump(mode="json") if isinstance(body, BaseModel) else body
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def absent(session: AsyncSession) -> set[tuple[type[Any], UUID]]:
    """Ids that this transaction has looked up, many at once, and not found: not asked for again.

    Should somebody else enter one meanwhile, `enter_once` still finds it: uniqueness is PostgreSQL's.
    """
    known: set[tuple[type[Any], UUID]] = session.info.setdefault("absent", set())
    return known


@asynccontextmanager
async def together(session: AsyncSession, *kinds: type[Any]) -> AsyncIterator[None]:
    """Rows of `kinds` entered in the block are written at its end, many with one statement.

    Only those whose ids are known as `absent`. No statement within the block sees them, and an id
    or a name that is taken is an IntegrityError at its end: undo all and enter them one by one.
    """
    session.info["together"], session.info["waiting"] = kinds, {}
    try:
        yield
        await session.flush()
    finally:
        del session.info["together"], session.info["waiting"]


async def found(session: AsyncSession, kind: type[R], id_: UUID) -> R | None:
    """The row of this id, written or waiting to be written `together` with others."""
    waiting: R | None = session.info.get("waiting", {}).get((kind, id_))
    return waiting or await session.get(kind, id_)


async def entered(
    session: AsyncSession, kind: type[R], id_: UUID, body: BaseModel | dict[str, Any]
) -> R | None:
    """The row that was made of this very content; DifferentContent when of another, else None.

    For what may be repeated after the state that it once needed has moved on.
    """
    if (kind, id_) in absent(session):
        return None
    known = await session.get(kind, id_)
    if known is not None and known.fingerprint != fingerprint(body):
        raise DifferentContent(f"编号 {id_} 已登记了不同的内容")
    return known


# Made once for each kind: making it anew took longer than PostgreSQL takes to do it.
_entering: dict[type[EnteredOnce], Any] = {}


def _statement(kind: type[EnteredOnce]) -> Any:  # noqa: ANN401
    if kind not in _entering:
        made = insert(kind).on_conflict_do_nothing().returning(kind)
        _entering[kind] = made.execution_options(render_nulls=True)
    return _entering[kind]


async def enter_once(
    session: AsyncSession,
    kind: type[R],
    id_: UUID,
    body: BaseModel | dict[str, Any],
    /,
    **columns: Any,  # noqa: ANN401
) -> tuple[R, bool]:
    """Enter `body` under `id_`: the row, and whether this call made it.

    Uniqueness is PostgreSQL's, so racing copies make one row. DifferentContent when the id holds
    another content, or a row that the caller may not see: which of the two is not told.
    """
    mark = fingerprint(body)
    unknown = (kind, id_) in absent(session)
    absent(session).discard((kind, id_))
    if kind in session.info.get("together", ()):
        if unknown:
            row = cast(type[Any], kind)(id=id_, fingerprint=mark, **columns)
            session.add(row)
            session.info["waiting"][kind, id_] = row
            return row, True
        await session.flush()  # what holds the id may be waiting to be written
    statement = _statement(kind)
    if told := {name: value for name, value in columns.items() if isinstance(value, ClauseElement)}:
        statement = statement.values(told)
    plain = {name: value for name, value in columns.items() if name not in told}
    made: R | None = await session.scalar(statement, {"id": id_, "fingerprint": mark, **plain})
    if made is not None:
        return made, True
    known = await session.get(kind, id_)
    if known is None or known.fingerprint != mark:
        raise DifferentContent(f"编号 {id_} 已登记了不同的内容")
    return known, False

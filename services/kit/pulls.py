"""The pull: snapshot and tail in one cursor space, as NDJSON with a verifiable trailer.

Without a cursor every visible row is sent, with one only the subjects that changed above it, each
in its latest state. The last line tells rows, SHA-256 of all bytes before it, and the next cursor:
a receiver that has not seen it has received nothing. PostgreSQL makes the JSON; rows never become
Python objects.
"""

import asyncio
import hashlib
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from uuid import UUID, uuid5

import asyncpg
from anyio import CancelScope
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from services.kit.change_feed import Cursor, resolve
from services.kit.claims import Claims
from services.kit.database import Database

MEDIA_TYPE = "application/x-ndjson"
WAITING = 16
# JSON text escapes control characters, so these two never occur in it and CSV never quotes a line.
PLAIN_LINES = {"format": "csv", "delimiter": "\x01", "quote": "\x02"}


@dataclass(frozen=True, slots=True)
class Pull:
    """What can be pulled: the noun of its changes, and SQL that makes its lines.

    `lines` is a select of two columns, `id` (of type `key`, bare, so that its index is used) and
    `line` (the wire shape as JSON text), from the rows that the caller may see. `schema` is where
    `change` and `feed_counter` stand.
    """

    noun: str
    schema: str
    lines: str
    key: str = "uuid"

    @property
    def everything(self) -> str:
        """All visible rows."""
        return f"select line from ({self.lines}) as pulled"

    @property
    def changed(self) -> str:
        """Subjects changed in ($1, $2], each in its latest state; one that is gone as removed.

        The subject becomes a key before it is compared: a cast in the comparison would have to
        wait for the policies of the rows, and every row would be read.
        """
        return f"""
            with changed as (
                select subject::{self.key} as subject, max(position) as position from {self.schema}.change
                where position > $1 and position <= $2 and kind like '{self.noun}.%'
                group by 1
            )
            select coalesce(pulled.line, json_build_object('id', subject, 'removed', true)::text)
            from changed left join lateral (
                select * from ({self.lines}) as visible where visible.id = changed.subject
            ) as pulled on true
            order by changed.position"""


class PullResponse(StreamingResponse):
    """A pull on the wire. However it ends, its transaction ends with it."""

    media_type = MEDIA_TYPE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        lines = self.body_iterator
        assert isinstance(lines, AsyncGenerator)
        async with aclosing(lines):
            await super().__call__(scope, receive, send)


async def respond(
    database: Database, claims: Claims, pull: Pull, after: str | None
) -> PullResponse:
    """The lines of a pull, then its trailer. A wrong cursor is refused before the first byte."""
    lines = _lines(database, claims, pull, after)
    # The first item is the proof that the cursor was good; it carries no bytes.
    await anext(lines)
    return PullResponse(lines)


async def _lines(
    database: Database, claims: Claims, pull: Pull, after: str | None
) -> AsyncGenerator[bytes, None]:
    async with database.raw(claims, "repeatable_read") as connection:
        row = await connection.fetchrow(
            f"select epoch, last, {pull.schema}.reach() as reach from {pull.schema}.feed_counter"
        )
        head = Cursor(_epoch_of(row["epoch"], row["reach"]), row["last"])
        place = resolve(after, head)
        yield b""
        digest, rows = hashlib.sha256(), 0
        # Closed here and not some time later: the copy must have ended before its transaction.
        async with aclosing(_copy(connection, pull, after, place, head)) as chunks:
            async for chunk in chunks:
                digest.update(chunk)
                rows += chunk.count(b"\n")
                # asyncpg hands out bytearrays; the servers below send bytes.
                yield bytes(chunk)
    trailer = {"end": True, "rows": rows, "sha256": digest.hexdigest(), "next": str(head)}
    yield json.dumps(trailer).encode() + b"\n"


def _epoch_of(epoch: UUID, reach: Sequence[str]) -> str:
    """The epoch in which a caller's cursors count: another from the day on which their region carries
    on for one more (承接). What came into sight then lies before every cursor, so all is sent anew.
    """
    return str(uuid5(epoch, ",".join(sorted(reach)))) if reach else str(epoch)


async def _copy(
    connection: asyncpg.Connection, pull: Pull, after: str | None, place: Cursor, head: Cursor
) -> AsyncGenerator[bytes, None]:
    # A bounded queue between COPY and the reader: a slow reader holds PostgreSQL back, and memory
    # stays at a few chunks whatever the number of rows.
    queue: asyncio.Queue[bytes | None] = asyncio.Queue(WAITING)

    async def copy() -> None:
        try:
            if after is None:
                await connection.copy_from_query(pull.everything, output=queue.put, **PLAIN_LINES)
            elif place.position < head.position:
                await connection.copy_from_query(
                    pull.changed, place.position, head.position, output=queue.put, **PLAIN_LINES
                )
        except Exception:
            await queue.put(None)
            raise
        # Not when cancelled: nobody reads any more, and a full queue would wait for ever.
        await queue.put(None)

    copying = asyncio.create_task(copy())
    try:
        while (chunk := await queue.get()) is not None:
            yield chunk
        await copying
    finally:
        if not copying.done():
            copying.cancel()
            with CancelScope(shield=True):
                await asyncio.wait([copying])
            if not copying.cancelled():
                copying.exception()  # looked at: nobody is left to tell

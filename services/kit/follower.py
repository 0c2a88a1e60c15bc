"""Follow another service's feed: in order, at least once, position kept with what was applied."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Any

import httpx
import structlog
from prometheus_client import Gauge
from sqlalchemy import DateTime, String, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from services.kit.claims import service_itself
from services.kit.database import Database

log = structlog.get_logger("follower")
behind = Gauge("zhifa_follower_failures", "Failed looks in a row", ["service", "feed"])

PAGE = 500
Apply = Callable[[AsyncSession, dict[str, Any]], Awaitable[None]]
Reset = Callable[[AsyncSession], Awaitable[None]]


class FollowedFeedColumns:
    """How far a feed has been followed (跟随进度)."""

    __tablename__ = "followed_feed"

    feed: Mapped[str] = mapped_column(String, primary_key=True, comment="变更流")
    cursor: Mapped[str | None] = mapped_column(String, comment="已应用到的游标")
    applied_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.now(), comment="最近一次应用"
    )


class Follower:
    """Follows one feed of one publisher into this service's mirror.

    `apply` takes each change in the transaction that moves the position: both, or neither.
    `reset` is called, in the same manner, when the publisher's epoch changed (410): the mirror is
    emptied of what the old epoch brought, and the feed read from its beginning.
    """

    def __init__(
        self, service: str, feed: str, publisher: httpx.AsyncClient, database: Database,
        position: type[Any], apply: Apply, reset: Reset,
    ) -> None:  # fmt: skip
        self.service, self.feed, self.publisher, self.database = service, feed, publisher, database
        self.position, self.apply, self.reset = position, apply, reset
        self._claims = service_itself(service)

    async def follow_once(self) -> int:
        """Apply one page: how many changes it held, or 0 when there is nothing new."""
        async with self.database.transaction(self._claims) as session:
            after = await session.scalar(
                select(self.position.cursor).where(self.position.feed == self.feed)
            )
        params: dict[str, str | int] = {"limit": PAGE} | ({"after": after} if after else {})
        response = await self.publisher.get(f"/v1/feeds/{self.feed}", params=params)
        if response.status_code == httpx.codes.GONE:
            async with self.database.transaction(self._claims) as session:
                if await self._move(session, after, None):
                    await self.reset(session)
            return 1
        page = response.raise_for_status().json()
        if page["next"] == after:
            return 0
        async with self.database.transaction(self._claims) as session:
            # Two processes may follow the same feed: whoever moved the position first applied it.
            if await self._move(session, after, page["next"]):
                for change in page["changes"]:
                    await self.apply(session, change)
        return len(page["changes"])

    async def _move(self, session: AsyncSession, after: str | None, to: str | None) -> bool:
        moved: str | None = await session.scalar(
            insert(self.position)
            .values(feed=self.feed, cursor=to)
            .on_conflict_do_update(
                index_elements=["feed"],
                set_={"cursor": to, "applied_at": func.now()},
                where=self.position.cursor.is_not_distinct_from(after),
            )
            .returning(self.position.feed)
        )
        return moved is not None

    async def catch_up(self) -> None:
        """Follow until there is nothing new."""
        while await self.follow_once():
            pass

    async def run(self, every: float) -> None:
        """Follow for as long as the service lives; a publisher's outage only ages the mirror."""
        failures = 0
        while True:
            try:
                while await self.follow_once():
                    failures = 0
                failures = 0
            except (httpx.HTTPError, OSError) as error:
                failures += 1
                log.warning(
                    "publisher away", service=self.service, feed=self.feed, error=repr(error)[:200]
                )
            except Exception as error:
                failures += 1
                log.error(
                    "change not applied", service=self.service, feed=self.feed, exc_info=error
                )
            behind.labels(self.service, self.feed).set(failures)
            await asyncio.sleep(min(every * 2 ** min(failures, 6), 60))

    @asynccontextmanager
    async def running(self, every: float) -> AsyncIterator[None]:
        """Follow in the background while the block lasts."""
        task = asyncio.create_task(self.run(every), name=f"{self.service} follows {self.feed}")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

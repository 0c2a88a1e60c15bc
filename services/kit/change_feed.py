"""The change feed: a fact is announced in the transaction that writes it, read in commit order.

A position is given at commit by a counter held one commit at a time (`migrations/feed.py`): no
gaps, no late arrivals, no stall behind an idle writer. On the wire a cursor carries the epoch, so
that a restore from backup forces a fresh copy instead of a silent skip.
"""

import base64
import binascii
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Identity, Index, String, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from services.kit.claims import Claims
from services.kit.problems import CursorExpired, Malformed
from services.kit.wire import Instant, Wire


class ChangeColumns:
    """One announced fact (变更). Each service has this table in its own schema."""

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True, comment="写入序")
    position: Mapped[int | None] = mapped_column(
        BigInteger, unique=True, comment="提交序，提交时给出"
    )
    kind: Mapped[str] = mapped_column(String, comment="变更种类")
    subject: Mapped[str] = mapped_column(String, comment="变更对象的编号")
    region: Mapped[str] = mapped_column(String, comment="行政区划代码")
    officer: Mapped[str] = mapped_column(String, comment="经办人")
    made_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="变更时间"
    )
    body: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"), comment="要点")

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Index, ...]:
        return (Index("change_subject", "subject", "position"),)


def announcer(change: type[Any]) -> Callable[..., None]:
    """`announce(session, claims, kind, subject, region, **body)` into a service's own feed."""

    def announce(
        session: AsyncSession, claims: Claims, kind: str, subject: object, region: str,
        **body: Any,  # noqa: ANN401
    ) -> None:  # fmt: skip
        """Announce a fact in the transaction that writes it."""
        session.add(
            change(kind=kind, subject=str(subject), region=region, officer=claims.who, body=body)
        )

    return announce


class FeedCounterColumns:
    """The one row that gives positions, and the epoch in which they count."""

    __tablename__ = "feed_counter"

    single: Mapped[bool] = mapped_column(primary_key=True, server_default=text("true"))
    last: Mapped[int] = mapped_column(BigInteger, server_default=text("0"), comment="最后的提交序")
    epoch: Mapped[UUID] = mapped_column(
        server_default=text("gen_random_uuid()"), comment="纪元；从备份恢复后更换"
    )


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in one service's feed: after `position`, in `epoch`."""

    epoch: str
    position: int

    def __str__(self) -> str:
        text_ = f"{self.epoch}:{self.position}"
        return base64.urlsafe_b64encode(text_.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, cursor: str) -> "Cursor":
        """A cursor from the wire; Malformed when it is not one of ours."""
        try:
            inner = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
            epoch, _, position = inner.partition(":")
            return cls(str(UUID(epoch)), int(position))
        except (binascii.Error, ValueError) as error:
            raise Malformed("after 不是本系统给出的游标") from error


class ChangeOut(Wire):
    """One change on the wire (变更)."""

    position: int
    kind: str
    subject: str
    region: str
    officer: str
    made_at: Instant
    body: dict[str, Any]
    state: dict[str, Any] | None


class FeedPage(Wire):
    """A page of the feed, in commit order."""

    changes: list[ChangeOut]
    next: str
    more: bool


StateReader = Callable[[AsyncSession, list[str]], Awaitable[Mapping[str, dict[str, Any]]]]
"""Reads the current wire shape of subjects by id; those not visible are left out."""


class ChangeFeed:
    """The feed of one service: its two tables, and a reader of state for each noun."""

    def __init__(
        self, change: type[Any], counter: type[Any], states: Mapping[str, StateReader]
    ) -> None:
        self.change, self.counter, self.states = change, counter, states

    async def head(self, session: AsyncSession) -> Cursor:
        """Where the feed ends now, in this transaction's snapshot."""
        row = (await session.execute(select(self.counter.epoch, self.counter.last))).one()
        return Cursor(str(row.epoch), row.last)

    async def read(self, session: AsyncSession, after: str | None, limit: int) -> FeedPage:
        """The changes above `after`, at most `limit`, with the current state of their subjects.

        Give it a `Snapshot`: changes, states and head must be of one moment.
        """
        head = await self.head(session)
        place = resolve(after, head)
        rows = list(
            await session.scalars(
                select(self.change)
                .where(self.change.position > place.position)
                .order_by(self.change.position)
                .limit(limit + 1)
            )
        )
        more, rows = len(rows) > limit, rows[:limit]
        states = await self._states(session, rows)
        # Behind the last row lie only positions of other regions: the next look starts at the head.
        last = rows[-1].position if more else head.position
        return FeedPage(
            changes=[
                ChangeOut(
                    position=row.position, kind=row.kind, subject=row.subject, region=row.region,
                    officer=row.officer, made_at=row.made_at, body=row.body,
                    state=states.get((noun(row.kind), row.subject)),
                )
                for row in rows
            ],
            next=str(Cursor(head.epoch, last)),
            more=more,
        )  # fmt: skip

    async def _states(
        self, session: AsyncSession, rows: Iterable[Any]
    ) -> dict[tuple[str, str], dict[str, Any]]:
        wanted: dict[str, dict[str, None]] = {}
        for row in rows:
            wanted.setdefault(noun(row.kind), {})[row.subject] = None
        return {
            (name, subject): state
            for name, subjects in wanted.items()
            if name in self.states
            for subject, state in (await self.states[name](session, list(subjects))).items()
        }


def noun(kind: str) -> str:
    """What a kind of change is about: `entity` of `entity.entered`."""
    return kind.partition(".")[0]


def resolve(after: str | None, head: Cursor) -> Cursor:
    """The place that `after` names. CursorExpired when it was given before a restore."""
    if after is None:
        return Cursor(head.epoch, 0)
    place = Cursor.read(after)
    if place.epoch != head.epoch or place.position > head.position:
        raise CursorExpired("该游标属于恢复备份之前的数据")
    return place

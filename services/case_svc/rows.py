"""The base of every row of case_svc, and its change feed's two tables."""

from typing import Any

from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase

from services.kit.change_feed import ChangeColumns, FeedCounterColumns
from services.kit.claims import Claims
from services.kit.follower import FollowedFeedColumns

SCHEMA = "case_svc"


class Row(DeclarativeBase):
    """A row of case_svc."""

    metadata = MetaData(schema=SCHEMA)


class ChangeRow(ChangeColumns, Row):
    """变更."""


class FeedCounterRow(FeedCounterColumns, Row):
    """提交序."""


class FollowedFeedRow(FollowedFeedColumns, Row):
    """跟随进度."""


def announce(
    session: AsyncSession,
    claims: Claims,
    kind: str,
    subject: object,
    region: str,
    **body: Any,  # noqa: ANN401
) -> None:
    """Announce a fact in the transaction that writes it."""
    session.add(
        ChangeRow(kind=kind, subject=str(subject), region=region, officer=claims.who, body=body)
    )

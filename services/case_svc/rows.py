"""The base of every row of case_svc, and its change feed's two tables."""

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from services.kit.change_feed import ChangeColumns, FeedCounterColumns, announcer
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


announce = announcer(ChangeRow)
"""Announce a fact in the transaction that writes it."""

"""The base of every row of case_svc, and columns and tables that its rooms share."""

from typing import Any

from sqlalchemy import MetaData, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from services.kit.change_feed import ChangeColumns, FeedCounterColumns, announcer
from services.kit.follower import FollowedFeedColumns
from services.kit.successions import SuccessionColumns

SCHEMA = "case_svc"


class Row(DeclarativeBase):
    """A row of case_svc."""

    metadata = MetaData(schema=SCHEMA)


class ClockColumns:
    """Of an act on a tablet: its clocks as it stated them, and why its time is doubted (时间存疑)."""

    clock: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), comment="平板的各个时钟"
    )
    doubts: Mapped[list[str]] = mapped_column(
        JSONB, server_default=text("'[]'"), comment="时间存疑的理由"
    )


class ChangeRow(ChangeColumns, Row):
    """变更."""


class FeedCounterRow(FeedCounterColumns, Row):
    """提交序."""


class FollowedFeedRow(FollowedFeedColumns, Row):
    """跟随进度."""


class SuccessionRow(SuccessionColumns, Row):
    """职责承接: the owner's data; this service only reads it."""


announce = announcer(ChangeRow)
"""Announce a fact in the transaction that writes it."""

"""The base of every row of kpi_svc, and how far it has followed. It announces nothing itself."""

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from services.kit.follower import FollowedFeedColumns

SCHEMA = "kpi_svc"


class Row(DeclarativeBase):
    """A row of kpi_svc."""

    metadata = MetaData(schema=SCHEMA)


class FollowedFeedRow(FollowedFeedColumns, Row):
    """跟随进度."""

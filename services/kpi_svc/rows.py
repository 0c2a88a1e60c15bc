"""The base of every row of kpi_svc, and how far it has followed. It announces nothing itself."""

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from services.kit.follower import FollowedFeedColumns
from services.kit.successions import SuccessionColumns

SCHEMA = "kpi_svc"


class Row(DeclarativeBase):
    """A row of kpi_svc."""

    metadata = MetaData(schema=SCHEMA)


class FollowedFeedRow(FollowedFeedColumns, Row):
    """跟随进度."""


class SuccessionRow(SuccessionColumns, Row):
    """职责承接: the owner's data; this service only reads it."""

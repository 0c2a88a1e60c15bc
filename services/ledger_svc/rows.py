"""The base of every row of ledger_svc, and its change feed's two tables."""

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from services.kit.change_feed import ChangeColumns, FeedCounterColumns, announcer
from services.kit.successions import SuccessionColumns

SCHEMA = "ledger_svc"


class Row(DeclarativeBase):
    """A row of ledger_svc."""

    metadata = MetaData(schema=SCHEMA)


class ChangeRow(ChangeColumns, Row):
    """变更."""


class FeedCounterRow(FeedCounterColumns, Row):
    """提交序."""


class SuccessionRow(SuccessionColumns, Row):
    """职责承接: the owner's data; this service only reads it."""


announce = announcer(ChangeRow)
"""Announce a fact in the transaction that writes it."""

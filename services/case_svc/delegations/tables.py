"""Rows of delegations of a unit (单位的代行职权)."""

from datetime import date, datetime

from sqlalchemy import Date, DateTime, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from services.case_svc.rows import Row
from services.kit.once import EnteredOnce


class DelegationRow(EnteredOnce, Row):
    """A capacity that somebody has for some days in every case of a unit (代行职权)."""

    __tablename__ = "delegation"
    __table_args__ = (Index("delegation_of_unit", "unit", "to_number", "until"),)

    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    unit: Mapped[str] = mapped_column(String, comment="执法单位代码")
    power: Mapped[str] = mapped_column(String, comment="职权")
    to_number: Mapped[str] = mapped_column(String, comment="代行人证号")
    to_name: Mapped[str] = mapped_column(String, comment="代行人")
    since: Mapped[date] = mapped_column(Date, comment="起始日")
    until: Mapped[date] = mapped_column(Date, comment="截止日")
    reason: Mapped[str] = mapped_column(String, comment="理由")
    given_by: Mapped[str] = mapped_column(String, comment="委托人")
    given_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="委托的时间")
    ended_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="提前终止的时间"
    )

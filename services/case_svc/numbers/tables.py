"""Rows of document numbers (文号) and their leases (文号段)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.case_svc.rows import Row
from services.kit.once import EnteredOnce


class NumberSeriesRow(Row):
    """The last number given of a unit, document and year; locked by whoever takes the next."""

    __tablename__ = "number_series"

    unit: Mapped[str] = mapped_column(String, primary_key=True, comment="单位代码")
    document: Mapped[str] = mapped_column(String, primary_key=True, comment="文书种类")
    year: Mapped[int] = mapped_column(primary_key=True, comment="年度")
    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    last: Mapped[int] = mapped_column(server_default=text("0"), comment="已取到的最后序号")


class NumberLeaseRow(EnteredOnce, Row):
    """A run of numbers given to one tablet for use without a network (文号段)."""

    __tablename__ = "number_lease"
    __table_args__ = (
        UniqueConstraint("unit", "document", "year", "first", name="number_lease_first"),
        CheckConstraint("last >= first", name="run"),
    )

    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    unit: Mapped[str] = mapped_column(String, comment="单位代码")
    document: Mapped[str] = mapped_column(String, comment="文书种类")
    year: Mapped[int] = mapped_column(comment="年度")
    device: Mapped[str] = mapped_column(String, comment="设备")
    first: Mapped[int] = mapped_column(comment="首个序号")
    last: Mapped[int] = mapped_column(comment="最后序号")
    pattern: Mapped[str] = mapped_column(String, comment="文号格式，只留序号待填")
    leased_by: Mapped[str] = mapped_column(String, comment="领用人员")
    leased_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="领用时间"
    )

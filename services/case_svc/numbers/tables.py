"""Rows of document numbers (文号), their leases (文号段), and what became of them (文号去向)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKey,
    String,
    UniqueConstraint,
    column,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.case_svc.rows import Row
from services.kit.once import EnteredOnce


def _never_twice(name: str) -> ExcludeConstraint:
    """No number of a unit, document and year stands in two rows."""
    return ExcludeConstraint(
        (column("unit"), "="), (column("document"), "="), (column("year"), "="),
        (func.int4range(column("first"), column("last"), text("'[]'")), "&&"),
        name=name, using="gist",
    )  # fmt: skip


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
        _never_twice("number_lease_apart"),
    )

    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    unit: Mapped[str] = mapped_column(String, comment="单位代码")
    document: Mapped[str] = mapped_column(String, comment="文书种类")
    year: Mapped[int] = mapped_column(comment="年度")
    device: Mapped[str] = mapped_column(String, index=True, comment="设备")
    first: Mapped[int] = mapped_column(comment="首个序号")
    last: Mapped[int] = mapped_column(comment="最后序号")
    pattern: Mapped[str] = mapped_column(String, comment="文号格式，只留序号待填")
    leased_by: Mapped[str] = mapped_column(String, comment="领用人员")
    leased_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="领用时间"
    )


class NumberEndRow(EnteredOnce, Row):
    """What became of numbers, for good (文号去向): issued, voided or returned. Never changed.

    The id is that of the document, or of the statement that voided or returned them.
    """

    __tablename__ = "number_end"
    __table_args__ = (
        CheckConstraint("last >= first", name="run"),
        _never_twice("number_end_once"),
    )

    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    unit: Mapped[str] = mapped_column(String, comment="单位代码")
    document: Mapped[str] = mapped_column(String, comment="文书种类")
    year: Mapped[int] = mapped_column(comment="年度")
    first: Mapped[int] = mapped_column(comment="首个序号")
    last: Mapped[int] = mapped_column(comment="最后序号")
    state: Mapped[str] = mapped_column(String, comment="issued 已出具，voided 作废，returned 退回")
    reason: Mapped[str] = mapped_column(String, comment="原因")
    lease_id: Mapped[UUID | None] = mapped_column(comment="文号段；空即办公室直接编号")
    device: Mapped[str | None] = mapped_column(String, comment="设备")
    officer: Mapped[str] = mapped_column(String, comment="经办人")
    ended_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="发生时间")
    received_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="登记时间"
    )


class NumberFreezeRow(EnteredOnce, Row):
    """A lease that may not be used any more (冻结文号段): its tablet is lost, wiped or cloned."""

    __tablename__ = "number_freeze"

    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    lease_id: Mapped[UUID] = mapped_column(
        ForeignKey(NumberLeaseRow.id), unique=True, comment="文号段"
    )
    reason: Mapped[str] = mapped_column(String, comment="原因")
    frozen_by: Mapped[str] = mapped_column(String, comment="经办人")
    frozen_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="冻结时间"
    )


class FencedDeviceRow(Row):
    """A device that gets no more numbers (停止领用): the ledger says that it is lost or cloned."""

    __tablename__ = "fenced_device"

    device: Mapped[str] = mapped_column(String, primary_key=True, comment="设备")
    reason: Mapped[str] = mapped_column(String, comment="原因")
    fenced_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="停止时间"
    )

"""Rows of inspection schemes (现场检查方案)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Date,
    DateTime,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.case_svc.rows import SCHEMA, Row
from services.kit.once import EnteredOnce


class InspectionSchemeRow(EnteredOnce, Row):
    """A scheme on its way: drafted, reviewed, approved, or returned (拟制、审核、批准、退回)."""

    __tablename__ = "inspection_scheme"
    __table_args__ = (
        CheckConstraint("(planned_inspection_id is null) <> (ground is null)", name="occasion"),
        UniqueConstraint("unit", "number", name="inspection_scheme_number"),
        Index("inspection_scheme_officers", "officers", postgresql_using="gin"),
    )

    region: Mapped[str] = mapped_column(String, index=True, comment="企业的行政区划代码")
    unit: Mapped[str] = mapped_column(String, comment="单位代码")
    planned_inspection_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(f"{SCHEMA}.planned_inspection.id"), index=True, comment="计划内检查"
    )
    ground: Mapped[str | None] = mapped_column(String, comment="计划外检查的事由")
    inspection_id: Mapped[UUID | None] = mapped_column(comment="补报的方案，其已先行开展的现场检查")
    entity_id: Mapped[UUID] = mapped_column(index=True, comment="企业")
    entity_name: Mapped[str] = mapped_column(String, comment="拟制时的企业名称")
    officers: Mapped[list[str]] = mapped_column(ARRAY(String), comment="执法人员的执法证号")
    inspect_on: Mapped[date] = mapped_column(Date, comment="检查日期")
    checklist: Mapped[str] = mapped_column(String, comment="检查表及版本")
    contents: Mapped[list[str]] = mapped_column(ARRAY(String), comment="检查内容")
    method: Mapped[str] = mapped_column(String, comment="检查方式")
    stage: Mapped[str] = mapped_column(
        String,
        server_default=text("'drafted'"),
        comment="阶段：drafted、reviewed、approved、returned",
    )
    drafted_by: Mapped[str] = mapped_column(String, comment="拟制人员")
    drafted_by_name: Mapped[str] = mapped_column(String, comment="拟制人员姓名")
    drafted_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="拟制时间"
    )
    reviewed_by: Mapped[str | None] = mapped_column(String, comment="审核人员")
    reviewed_by_name: Mapped[str | None] = mapped_column(String, comment="审核人员姓名")
    reviewed_on: Mapped[date | None] = mapped_column(Date, comment="审核日期")
    review_opinion: Mapped[str | None] = mapped_column(String, comment="审核意见")
    approved_by: Mapped[str | None] = mapped_column(String, comment="审批人员")
    approved_by_name: Mapped[str | None] = mapped_column(String, comment="审批人员姓名")
    approved_on: Mapped[date | None] = mapped_column(Date, comment="审批日期")
    approval_opinion: Mapped[str | None] = mapped_column(String, comment="审批意见")
    number: Mapped[str | None] = mapped_column(String, comment="文号")
    document_id: Mapped[UUID | None] = mapped_column(comment="现场检查方案文书")

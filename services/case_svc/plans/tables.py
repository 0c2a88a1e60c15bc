"""Rows of annual plans and planned inspections (年度监督检查计划、计划内检查)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, DateTime, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from services.case_svc.rows import SCHEMA, Row
from services.kit.once import EnteredOnce


class PlanRow(EnteredOnce, Row):
    """A unit's plan of a year (年度监督检查计划)."""

    __tablename__ = "plan"

    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    unit: Mapped[str] = mapped_column(String, comment="单位代码")
    year: Mapped[int] = mapped_column(comment="年度")
    title: Mapped[str] = mapped_column(String, comment="名称")
    stage: Mapped[str] = mapped_column(
        String, server_default=text("'draft'"), comment="阶段：draft 拟制，approved 已批准"
    )
    approval_number: Mapped[str | None] = mapped_column(String, comment="批准文号")
    approved_on: Mapped[date | None] = mapped_column(Date, comment="批准日期")
    approved_by: Mapped[str | None] = mapped_column(String, comment="登记批准的人员")
    drafted_by: Mapped[str] = mapped_column(String, comment="编制人员")
    recorded_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="登记时间"
    )


class PlannedInspectionRow(EnteredOnce, Row):
    """One plant in a plan (计划内检查): in which month, by which office, how often."""

    __tablename__ = "planned_inspection"
    __table_args__ = (
        CheckConstraint("month between 1 and 12", name="month"),
        CheckConstraint("times >= 1", name="times"),
        Index("planned_inspection_of_plan", "plan_id", "month"),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey(f"{SCHEMA}.plan.id"), comment="所属计划")
    region: Mapped[str] = mapped_column(String, index=True, comment="企业的行政区划代码")
    unit: Mapped[str] = mapped_column(String, comment="单位代码")
    year: Mapped[int] = mapped_column(comment="年度")
    entity_id: Mapped[UUID] = mapped_column(index=True, comment="企业")
    entity_name: Mapped[str] = mapped_column(String, comment="列入计划时的企业名称")
    month: Mapped[int] = mapped_column(comment="月份")
    office: Mapped[str] = mapped_column(String, comment="检查科室")
    trade: Mapped[str] = mapped_column(String, comment="行业领域")
    kind: Mapped[str] = mapped_column(String, comment="key 重点检查，general 一般检查")
    times: Mapped[int] = mapped_column(comment="计划次数")
    approved: Mapped[bool] = mapped_column(
        server_default=text("false"), comment="所属计划是否已批准"
    )

"""Rows of on-site inspections (现场检查) and of the hazards they found (事故隐患)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, DateTime, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.case_svc.rows import ClockColumns, Row
from services.kit.once import EnteredOnce


class InspectionRow(ClockColumns, EnteredOnce, Row):
    """An inspection as the officers recorded it on the spot (现场检查). Never changed."""

    __tablename__ = "inspection"
    __table_args__ = (Index("inspection_newest", "started_at", "id"),)

    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    unit: Mapped[str] = mapped_column(String, comment="执法单位代码")
    entity_id: Mapped[UUID] = mapped_column(index=True, comment="检查对象")
    entity_name: Mapped[str] = mapped_column(String, comment="检查时的企业名称")
    scheme_id: Mapped[UUID | None] = mapped_column(comment="现场检查方案")
    planned_inspection_id: Mapped[UUID | None] = mapped_column(index=True, comment="计划内检查")
    checklist: Mapped[str] = mapped_column(String, comment="检查表及版本")
    also_checklists: Mapped[list[str]] = mapped_column(
        ARRAY(String), server_default=text("'{}'"), comment="同一次检查所用的其他检查表及版本"
    )
    officers: Mapped[list[str]] = mapped_column(ARRAY(String), comment="执法证号")
    answers: Mapped[dict[str, Any]] = mapped_column(JSONB, comment="各检查项的结果与备注")
    place: Mapped[str] = mapped_column(String, comment="检查场所")
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="开始时间")
    ended_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="结束时间")
    present: Mapped[dict[str, Any]] = mapped_column(JSONB, comment="现场负责人")
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, comment="发现的问题")
    device: Mapped[str] = mapped_column(String, comment="平板编号")
    location: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), comment="位置"
    )
    ground_kind: Mapped[str | None] = mapped_column(String, comment="临时检查的缘由种类")
    ground: Mapped[str | None] = mapped_column(String, comment="检查缘由的说明")
    certificate_shown_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="出示执法证的时间"
    )
    also_present: Mapped[list[dict[str, Any]]] = mapped_column(
        JSONB, server_default=text("'[]'"), comment="其他在场人员"
    )
    begun_clock: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), comment="检查开始时平板的各个时钟"
    )
    present_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="在场人员最后记录的时间"
    )
    present_clock: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), comment="记录在场人员时平板的各个时钟"
    )
    present_location: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), comment="记录在场人员的位置"
    )
    shown_clock: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), comment="出示执法证时平板的各个时钟"
    )
    shown_location: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), comment="出示执法证的位置"
    )
    ended_location: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), comment="检查结束的位置"
    )
    outcome: Mapped[str] = mapped_column(String, comment="检查结果")
    recorded_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="登记时间"
    )
    recorded_by: Mapped[str] = mapped_column(String, comment="登记人")


class HazardRow(Row):
    """A hazard that an inspection found (事故隐患); a re-inspection closes it (销号)."""

    __tablename__ = "hazard"

    id: Mapped[UUID] = mapped_column(primary_key=True, comment="即所发现问题的编号")
    inspection_id: Mapped[UUID] = mapped_column(
        ForeignKey(InspectionRow.id), index=True, comment="现场检查"
    )
    inspection: Mapped[InspectionRow] = relationship(lazy="raise")
    """Never read: it tells in which order rows of one transaction are written."""
    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    entity_id: Mapped[UUID] = mapped_column(index=True, comment="检查对象")
    entity_name: Mapped[str] = mapped_column(String, comment="检查时的企业名称")
    check_item: Mapped[str] = mapped_column(String, comment="检查项；检查表以外的问题为空")
    checklist: Mapped[str | None] = mapped_column(
        String, comment="检查项所在的检查表；空的为检查记录所列的第一张"
    )
    description: Mapped[str] = mapped_column(String, comment="问题描述")
    basis: Mapped[str] = mapped_column(String, comment="违反的规定")
    penalty_basis: Mapped[str | None] = mapped_column(String, comment="处罚依据；空的依检查项")
    criterion: Mapped[str | None] = mapped_column(String, comment="重大事故隐患判定依据")
    correct_by: Mapped[date] = mapped_column(Date, index=True, comment="整改期限")
    major: Mapped[bool] = mapped_column(comment="是否重大事故隐患")
    state: Mapped[str] = mapped_column(String, comment="open 未销号，closed 已销号")
    closed_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="复查认定已整改的时间"
    )
    closed_by: Mapped[UUID | None] = mapped_column(comment="据以销号的整改复查")

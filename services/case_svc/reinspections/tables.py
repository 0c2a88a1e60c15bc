"""Rows of re-inspections (整改复查)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, String, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.case_svc.inspections.tables import InspectionRow
from services.case_svc.rows import ClockColumns, Row
from services.kit.once import EnteredOnce


class ReinspectionRow(ClockColumns, EnteredOnce, Row):
    """A re-inspection of the hazards that an inspection found (整改复查). Never changed."""

    __tablename__ = "reinspection"

    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    unit: Mapped[str] = mapped_column(String, comment="执法单位代码")
    inspection_id: Mapped[UUID] = mapped_column(
        ForeignKey(InspectionRow.id), index=True, comment="原现场检查"
    )
    inspection: Mapped[InspectionRow] = relationship(lazy="raise")
    """Never read: it tells in which order rows of one transaction are written."""
    entity_id: Mapped[UUID] = mapped_column(comment="检查对象")
    reinspected_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="复查时间")
    officers: Mapped[list[str]] = mapped_column(ARRAY(String), comment="执法证号")
    results: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, comment="各项隐患的复查结果")
    device: Mapped[str] = mapped_column(String, comment="平板编号")
    location: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), comment="位置"
    )
    recorded_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="登记时间"
    )
    recorded_by: Mapped[str] = mapped_column(String, comment="登记人")

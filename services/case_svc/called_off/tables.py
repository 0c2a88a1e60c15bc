"""Rows of visits called off (未能检查). Never changed, and no inspection of any count."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.case_svc.rows import ClockColumns, Row
from services.kit.once import EnteredOnce


class CalledOffRow(ClockColumns, EnteredOnce, Row):
    """A visit that was begun and could not be carried out (未能检查); its id is the visit's."""

    __tablename__ = "called_off_visit"
    __table_args__ = (Index("called_off_newest", "called_off_at", "id"),)

    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    unit: Mapped[str] = mapped_column(String, comment="执法单位代码")
    entity_id: Mapped[UUID] = mapped_column(index=True, comment="检查对象")
    entity_name: Mapped[str] = mapped_column(String, comment="当时的企业名称")
    scheme_id: Mapped[UUID | None] = mapped_column(comment="现场检查方案")
    planned_inspection_id: Mapped[UUID | None] = mapped_column(comment="计划内检查")
    ground_kind: Mapped[str | None] = mapped_column(String, comment="临时检查的缘由种类")
    ground: Mapped[str | None] = mapped_column(String, comment="检查缘由的说明")
    officers: Mapped[list[str]] = mapped_column(ARRAY(String), comment="执法证号")
    place: Mapped[str] = mapped_column(String, comment="检查场所")
    present: Mapped[dict[str, Any]] = mapped_column(JSONB, comment="现场负责人")
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="开始时间")
    certificate_shown_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="出示执法证的时间"
    )
    called_off_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), comment="登记未能检查的时间"
    )
    why: Mapped[str] = mapped_column(String, comment="原因")
    account: Mapped[str] = mapped_column(String, comment="经过")
    witness: Mapped[str] = mapped_column(String, comment="见证人")
    device: Mapped[str] = mapped_column(String, comment="平板编号")
    location: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), comment="登记的位置"
    )
    recorded_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="送达时间"
    )
    recorded_by: Mapped[str] = mapped_column(String, comment="报送人")

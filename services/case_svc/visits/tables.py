"""Rows of shared visits (同行检查). Nothing here is ever changed: what is said is only added to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, String, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.case_svc.rows import Row
from services.kit.once import EnteredOnce


class OpeningRow(EnteredOnce, Row):
    """A tablet that opened a visit (开启同行检查). Two may, each out of reach; the earlier one leads."""

    __tablename__ = "visit_opening"

    visit_id: Mapped[UUID] = mapped_column(index=True, comment="即现场检查的编号")
    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    entity_id: Mapped[UUID] = mapped_column(comment="检查对象")
    entity_name: Mapped[str] = mapped_column(String, comment="企业名称")
    scheme_id: Mapped[UUID | None] = mapped_column(comment="现场检查方案")
    planned_inspection_id: Mapped[UUID | None] = mapped_column(comment="计划内检查")
    checklist: Mapped[str] = mapped_column(String, comment="检查表及版本")
    officers: Mapped[list[str]] = mapped_column(ARRAY(String), comment="执法证号")
    place: Mapped[str] = mapped_column(String, comment="检查场所")
    present: Mapped[dict[str, Any]] = mapped_column(JSONB, comment="现场负责人")
    ground_kind: Mapped[str | None] = mapped_column(String, comment="临时检查的缘由种类")
    ground: Mapped[str | None] = mapped_column(String, comment="检查缘由的说明")
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="开始时间")
    officer: Mapped[str] = mapped_column(String, comment="开启人的执法证号")
    device: Mapped[str] = mapped_column(String, comment="平板编号")
    opened_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="送达时间"
    )


class PatchRow(EnteredOnce, Row):
    """One officer's word on one check item (改动): fields, and what each of them replaces."""

    __tablename__ = "visit_patch"

    visit_id: Mapped[UUID] = mapped_column(index=True, comment="即现场检查的编号")
    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    item: Mapped[str] = mapped_column(String, comment="检查项")
    fields: Mapped[dict[str, Any]] = mapped_column(JSONB, comment="各栏的内容和所替换的改动")
    officer: Mapped[str] = mapped_column(String, comment="填写人的执法证号")
    device: Mapped[str] = mapped_column(String, comment="平板编号")
    answered_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="填写时间")
    told_by: Mapped[str] = mapped_column(String, comment="报送人")
    received_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="送达时间"
    )

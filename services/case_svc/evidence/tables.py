"""Rows of evidence (证据)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.case_svc.rows import ClockColumns, Row
from services.kit.once import EnteredOnce


class EvidenceRow(ClockColumns, EnteredOnce, Row):
    """A piece of evidence (证据): declared with its hash, received when its bytes are here."""

    __tablename__ = "evidence"

    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    inspection_id: Mapped[UUID] = mapped_column(index=True, comment="现场检查")
    hazard_id: Mapped[UUID | None] = mapped_column(comment="所证明的隐患")
    sha256: Mapped[str] = mapped_column(String, index=True, comment="原件摘要")
    size: Mapped[int] = mapped_column(BigInteger, comment="字节数")
    media_type: Mapped[str] = mapped_column(String, comment="媒体类型")
    captured_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="取证时间")
    caption: Mapped[str] = mapped_column(String, comment="说明")
    location: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), comment="取证位置"
    )
    device: Mapped[str] = mapped_column(String, comment="平板编号")
    declared_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="登记时间"
    )
    declared_by: Mapped[str] = mapped_column(String, comment="登记人")
    received_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="原件收到时间；空即未收到"
    )

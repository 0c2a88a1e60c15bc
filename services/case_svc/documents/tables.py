"""Rows of legal documents (执法文书)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.case_svc.cases.tables import CaseRow
from services.case_svc.inspections.tables import InspectionRow
from services.case_svc.rows import ClockColumns, Row
from services.kit.once import EnteredOnce


class DocumentRow(ClockColumns, EnteredOnce, Row):
    """An issued document (执法文书). Nothing of it changes; only its PDF may arrive later."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("unit", "kind", "number"),
        Index(
            "document_of_unit", "unit", text("issued_at desc"), "id",
            postgresql_where=text("case_id is not null"),
        ),
    )  # fmt: skip

    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    unit: Mapped[str] = mapped_column(String, comment="执法单位代码")
    kind: Mapped[str] = mapped_column(String, comment="文书种类")
    name: Mapped[str] = mapped_column(String, comment="文书名称")
    number: Mapped[str | None] = mapped_column(String, comment="文号；空即不编文号")
    corrects: Mapped[UUID | None] = mapped_column(
        ForeignKey("case_svc.document.id"), index=True, comment="所更正的文书"
    )
    inspection_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(InspectionRow.id), index=True, comment="现场检查"
    )
    inspection: Mapped[InspectionRow | None] = relationship(lazy="raise")
    """Never read: it tells in which order rows of one transaction are written."""
    case_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(CaseRow.id), index=True, comment="案件；空即不是案件文书"
    )
    act_id: Mapped[str | None] = mapped_column(String, comment="所记载的办案行为")
    entity_id: Mapped[UUID] = mapped_column(
        index=True, comment="当事人；案件当事人不在台账的，为案件"
    )
    entity_name: Mapped[str] = mapped_column(String, comment="当事人名称")
    data: Mapped[dict[str, Any]] = mapped_column(JSONB, comment="各项内容")
    digest: Mapped[str] = mapped_column(String, index=True, comment="内容摘要，签名人所见")
    signatures: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, comment="签名")
    renderer: Mapped[str] = mapped_column(String, comment="排版组件")
    template: Mapped[str] = mapped_column(String, comment="文书样式及版本")
    pdf_sha256: Mapped[str] = mapped_column(String, index=True, comment="PDF 摘要")
    pdf_size: Mapped[int] = mapped_column(BigInteger, comment="PDF 字节数")
    pdf_received_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="PDF 收到时间；空即未收到"
    )
    issued_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="出具时间")
    issued_by: Mapped[str] = mapped_column(String, comment="出具人")
    device: Mapped[str | None] = mapped_column(String, comment="平板编号；空即在办公室出具")
    location: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), comment="位置"
    )
    lease_id: Mapped[UUID | None] = mapped_column(comment="文号段")
    proof: Mapped[str | None] = mapped_column(String, comment="验真码；空即没有")
    received_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="登记时间"
    )

"""Rows of drafts (案件文书草稿): what the handler has written so far, over what the case tells."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.case_svc.cases.tables import CaseRow
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.rows import Row
from services.kit.once import EnteredOnce


class CaseDraftRow(Row):
    """A draft (草稿). Its id becomes that of the document; issued or dropped it is no draft any more."""

    __tablename__ = "case_draft"

    id: Mapped[UUID] = mapped_column(primary_key=True, comment="由客户端生成")
    case_id: Mapped[UUID] = mapped_column(ForeignKey(CaseRow.id), index=True, comment="案件")
    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    kind: Mapped[str] = mapped_column(String, comment="文书种类")
    act_id: Mapped[str | None] = mapped_column(String, comment="所记载的办案行为")
    said: Mapped[dict[str, Any]] = mapped_column(JSONB, comment="承办人填写的内容")
    state: Mapped[str] = mapped_column(String, comment="draft 草稿，issued 已出具，dropped 已作废")
    revision: Mapped[int] = mapped_column(comment="第几稿")
    written_by: Mapped[str] = mapped_column(String, comment="最近填写人")
    changed_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="最近修改时间"
    )


class CaseDocumentVoidRow(EnteredOnce, Row):
    """A void document (作废登记). The document and its number stay; they count for nothing more."""

    __tablename__ = "case_document_void"

    id: Mapped[UUID] = mapped_column(
        ForeignKey(DocumentRow.id), primary_key=True, comment="作废的文书"
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey(CaseRow.id), index=True, comment="案件")
    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    reason: Mapped[str] = mapped_column(String, comment="作废的理由")
    voided_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="作废时间")
    voided_by: Mapped[str] = mapped_column(String, comment="作废人")

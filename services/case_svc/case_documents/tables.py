"""Rows of drafts (案件文书草稿): what the handler has written so far, over what the case tells."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Date, DateTime, ForeignKey, String, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
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


class SignedCopyRow(EnteredOnce, Row):
    """The scan of a printed and signed document, beside it (签名件). Several where it has several pages."""

    __tablename__ = "signed_copy"

    id: Mapped[UUID] = mapped_column(primary_key=True, comment="由客户端生成")
    document_id: Mapped[UUID] = mapped_column(
        ForeignKey(DocumentRow.id), index=True, comment="所签的文书"
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey(CaseRow.id), index=True, comment="案件")
    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    sha256: Mapped[str] = mapped_column(String, comment="扫描件的 SHA-256")
    size: Mapped[int] = mapped_column(BigInteger, comment="字节数")
    media_type: Mapped[str] = mapped_column(String, comment="媒体类型")
    signed_by: Mapped[list[str]] = mapped_column(ARRAY(String), comment="签名、盖章的人")
    signed_on: Mapped[date] = mapped_column(Date, comment="签名日期")
    note: Mapped[str] = mapped_column(String, comment="说明")
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="放入的时间")
    by: Mapped[str] = mapped_column(String, comment="放入的人")

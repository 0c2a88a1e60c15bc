"""Rows of archived cases (案卷) and of who read them (查阅). Never changed, never taken away."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, ForeignKey, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.case_svc.cases.tables import CaseRow
from services.case_svc.rows import Row


class CaseArchiveRow(Row):
    """An archived case (案卷): its catalogue, its seal, and the file in which the package lies."""

    __tablename__ = "case_archive"
    __table_args__ = (UniqueConstraint("unit", "number", name="case_archive_number"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey(CaseRow.id), primary_key=True, comment="案件")
    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    unit: Mapped[str] = mapped_column(String, comment="承办单位代码")
    number: Mapped[str] = mapped_column(String, comment="档号")
    cover: Mapped[dict[str, Any]] = mapped_column(JSONB, comment="案卷首页")
    catalogue: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, comment="卷内目录")
    acts: Mapped[int] = mapped_column(comment="办案行为数")
    link: Mapped[str] = mapped_column(String, comment="最后一个办案行为的链值")
    seal: Mapped[str] = mapped_column(String, comment="封印：标签清单的 SHA-256")
    signed: Mapped[dict[str, Any]] = mapped_column(JSONB, comment="签名的封印")
    package_sha256: Mapped[str] = mapped_column(String, comment="封装文件的摘要")
    package_size: Mapped[int] = mapped_column(BigInteger, comment="封装文件的字节数")
    archived_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="封卷时间")
    archived_by: Mapped[str] = mapped_column(String, comment="归档人")


class ArchiveReadingRow(Row):
    """One reading of an archived case (查阅)."""

    __tablename__ = "archive_reading"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(
        ForeignKey(CaseArchiveRow.case_id), index=True, comment="案卷"
    )
    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    read_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="查阅时间"
    )
    account: Mapped[str] = mapped_column(String, comment="查阅人帐号")
    name: Mapped[str] = mapped_column(String, comment="查阅人")
    unit: Mapped[str] = mapped_column(String, comment="查阅人单位")
    what: Mapped[str] = mapped_column(String, comment="查阅的内容：catalogue、package")
    purpose: Mapped[str] = mapped_column(String, comment="事由")

"""Rows of snapshots (考核快照) and of what was published of them (通报). Both are only added."""

from datetime import date, datetime

from sqlalchemy import Date, DateTime, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from services.kpi_svc.rows import Row


class IndicatorSnapshotRow(Row):
    """Every figure as it stood (考核快照): its bytes, and their sum."""

    __tablename__ = "indicator_snapshot"

    due_on: Mapped[date] = mapped_column(Date, primary_key=True, comment="完成时限")
    region: Mapped[str] = mapped_column(String, comment="市级行政区划代码")
    taken_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="固定的时间")
    taken_by: Mapped[str] = mapped_column(String, comment="固定人；kpi_svc 即到期自动固定")
    body: Mapped[str] = mapped_column(String, comment="全部数字，JSON，摘要所涵盖")
    sha256: Mapped[str] = mapped_column(String, comment="body 的 SHA-256")


class RankingNoticeRow(Row):
    """A published ranking (通报)."""

    __tablename__ = "ranking_notice"

    due_on: Mapped[date] = mapped_column(
        ForeignKey(IndicatorSnapshotRow.due_on), primary_key=True, comment="完成时限"
    )
    region: Mapped[str] = mapped_column(String, comment="市级行政区划代码")
    number: Mapped[str] = mapped_column(String, unique=True, comment="通报文号")
    remarks: Mapped[str] = mapped_column(String, comment="通报的意见和要求")
    published_on: Mapped[date] = mapped_column(Date, comment="印发日期")
    published_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="发布时间")
    published_by: Mapped[str] = mapped_column(String, comment="发布人")
    sha256: Mapped[str] = mapped_column(String, comment="所依据快照的 SHA-256")
    pdf_sha256: Mapped[str] = mapped_column(String, comment="通报 PDF 的 SHA-256")
    pdf_size: Mapped[int] = mapped_column(comment="通报 PDF 的字节数")

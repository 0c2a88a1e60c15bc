"""Rows of uploads (文件上传)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from services.case_svc.rows import Row


class UploadRow(Row):
    """A file on its way, or arrived (文件上传). Arrived ones say what the region holds."""

    __tablename__ = "upload"
    __table_args__ = (
        Index("upload_arrived", "sha256", postgresql_where=text("completed_at is not null")),
        Index("upload_open", "expires_at", postgresql_where=text("completed_at is null")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String, comment="上传者的行政区划代码")
    account: Mapped[str] = mapped_column(String, comment="上传者")
    sha256: Mapped[str] = mapped_column(String, comment="整个文件的摘要")
    size: Mapped[int] = mapped_column(BigInteger, comment="整个文件的字节数")
    media_type: Mapped[str] = mapped_column(String, comment="媒体类型")
    offset: Mapped[int] = mapped_column(
        BigInteger, server_default=text("0"), comment="已收到的字节数，可能落后于暂存文件"
    )
    created_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="开始时间"
    )
    expires_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), comment="未完成的失效时间"
    )
    completed_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="收齐并核对无误的时间"
    )

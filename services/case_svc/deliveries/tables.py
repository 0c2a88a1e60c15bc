"""Rows of letters (平板信件)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.case_svc.rows import Row


class LetterRow(Row):
    """A letter that was decided, with the verdict (平板信件). Kept for ever: it is evidence."""

    __tablename__ = "letter"

    id: Mapped[UUID] = mapped_column(primary_key=True, comment="由平板生成")
    device: Mapped[str] = mapped_column(String, index=True, comment="平板编号")
    region: Mapped[str] = mapped_column(String, comment="送信者的行政区划代码")
    account: Mapped[str] = mapped_column(String, comment="送信帐号")
    subject: Mapped[str] = mapped_column(String, comment="所属事项")
    kind: Mapped[str] = mapped_column(String, comment="信件种类")
    sha256: Mapped[str] = mapped_column(String, comment="内容的 SHA-256")
    written_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="写成时间")
    received_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="收到时间"
    )
    state: Mapped[str] = mapped_column(String, comment="applied 已办理，rejected 未受理")
    problem: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), comment="未受理的原因"
    )
    body: Mapped[dict[str, Any]] = mapped_column(JSONB, comment="内容")

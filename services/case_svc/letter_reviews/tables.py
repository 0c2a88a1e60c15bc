"""Rows of findings about forked journals and handovers (信件核查结论)."""

from datetime import datetime

from sqlalchemy import DateTime, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from services.case_svc.rows import Row
from services.kit.once import EnteredOnce


class LetterReviewRow(EnteredOnce, Row):
    """Who looked into a fork or a handover, when, and what was found. Never changed."""

    __tablename__ = "letter_review"
    __table_args__ = (Index("letter_review_of", "about", "subject"),)

    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    about: Mapped[str] = mapped_column(
        String, comment="fork 日志分叉，handover 移交，authority 权限存疑"
    )
    subject: Mapped[str] = mapped_column(
        String, comment="平板/日志，封装包的摘要，或者信件的所属事项"
    )
    note: Mapped[str] = mapped_column(String, comment="核查结论")
    accepted: Mapped[bool | None] = mapped_column(comment="存疑的信件是否受理；其他核查为空")
    reviewed_by: Mapped[str] = mapped_column(String, comment="核查人")
    name: Mapped[str] = mapped_column(String, comment="核查人姓名")
    reviewed_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="核查时间"
    )

"""Rows of letters (平板信件)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from services.case_svc.rows import Row
from services.kit.desk import LetterColumns


class LetterRow(LetterColumns, Row):
    """A letter that was decided, with the verdict (平板信件). Kept for ever: it is evidence."""

    __tablename__ = "letter"
    __table_args__ = (
        Index("letter_place", "device", "journal", "seq", postgresql_where=text("seq is not null")),
        Index("letter_rejected", "kind", postgresql_where=text("state = 'rejected'")),
    )


class HeldLetterRow(Row):
    """A letter that was held when it last came (暂缓的信件); gone once it is decided."""

    __tablename__ = "held_letter"

    id: Mapped[UUID] = mapped_column(primary_key=True, comment="信件编号")
    region: Mapped[str] = mapped_column(String, primary_key=True, comment="送信者的行政区划代码")
    device: Mapped[str] = mapped_column(String, comment="平板编号")
    account: Mapped[str] = mapped_column(String, comment="送信帐号")
    subject: Mapped[str] = mapped_column(String, comment="所属事项")
    kind: Mapped[str] = mapped_column(String, comment="信件种类")
    written_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="写成时间")
    held_since: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="首次暂缓的时间"
    )
    last_sent_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="最近一次送来的时间"
    )
    code: Mapped[str] = mapped_column(String, comment="原因代码")
    title: Mapped[str] = mapped_column(String, comment="原因")
    name: Mapped[str] = mapped_column(String, server_default=text("''"), comment="送信者姓名")
    detail: Mapped[str] = mapped_column(String, server_default=text("''"), comment="原因的说明")
    entity_id: Mapped[UUID | None] = mapped_column(comment="所涉企业；未知的为空")


class JournalForkRow(Row):
    """A device's journal that forked (日志分叉): both sides are kept, and the office looks into it."""

    __tablename__ = "journal_fork"

    device: Mapped[str] = mapped_column(String, primary_key=True, comment="平板编号")
    journal: Mapped[str] = mapped_column(String, primary_key=True, comment="日志的名称")
    region: Mapped[str] = mapped_column(String, primary_key=True, comment="送信者的行政区划代码")
    account: Mapped[str] = mapped_column(String, comment="送信帐号")
    seq: Mapped[int] = mapped_column(BigInteger, comment="首次发现处的序号")
    reason: Mapped[str] = mapped_column(
        String, comment="same-seq 同一序号两封信，prev-differs 与前一封不相接"
    )
    letter: Mapped[UUID] = mapped_column(comment="引起注意的信件")
    other: Mapped[UUID | None] = mapped_column(comment="占有同一序号的信件")
    letters: Mapped[int] = mapped_column(
        Integer, server_default=text("1"), comment="发现以来涉及的信件数"
    )
    noticed_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="首次发现的时间"
    )
    last_noticed_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="最近一次发现的时间"
    )
    name: Mapped[str] = mapped_column(String, server_default=text("''"), comment="送信者姓名")

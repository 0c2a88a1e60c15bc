"""Rows of proposals, and of the letters that brought them (台账补充)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from services.kit.desk import LetterColumns
from services.kit.once import EnteredOnce
from services.ledger_svc.rows import Row

MOMENT = DateTime(timezone=True)


class ProposalRow(EnteredOnce, Row):
    """A value that an officer found for one field of a plant (台账补充)."""

    __tablename__ = "proposal"
    __table_args__ = (
        Index("proposal_waiting", "recorded_at", "id", postgresql_where=text("state = 'waiting'")),
        Index("proposal_recorded", "recorded_at", "id"),
    )

    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    entity_id: Mapped[UUID] = mapped_column(index=True, comment="企业")
    entity_name: Mapped[str] = mapped_column(String, comment="企业名称")
    field: Mapped[str] = mapped_column(String, comment="栏目代码")
    old_value: Mapped[str] = mapped_column(String, comment="补充人看到的原值；空即未填")
    new_value: Mapped[str] = mapped_column(String, comment="补充的值")
    source: Mapped[str] = mapped_column(String, comment="来源")
    source_note: Mapped[str] = mapped_column(String, comment="来源的说明")
    evidence_sha256: Mapped[str | None] = mapped_column(String, comment="照片的 SHA-256")
    officer: Mapped[str] = mapped_column(String, comment="补充人：执法证号或帐号")
    officer_name: Mapped[str] = mapped_column(String, comment="补充人姓名")
    device: Mapped[str] = mapped_column(String, comment="平板编号")
    written_at: Mapped[datetime] = mapped_column(MOMENT, comment="现场填写时间")
    recorded_at: Mapped[datetime] = mapped_column(
        MOMENT, server_default=text("now()"), comment="收到时间"
    )
    state: Mapped[str] = mapped_column(
        String, comment="waiting 待定，accepted 已采纳，declined 未采纳"
    )
    basis: Mapped[str | None] = mapped_column(
        String, comment="filled 空项直接采纳，confirmed 与原值相同，decided 经核定"
    )
    reason: Mapped[str | None] = mapped_column(String, comment="核定意见")
    decided_by: Mapped[str | None] = mapped_column(String, comment="核定人")
    decided_by_name: Mapped[str | None] = mapped_column(String, comment="核定人姓名")
    decided_at: Mapped[datetime | None] = mapped_column(MOMENT, comment="采纳或核定时间")
    entity_version: Mapped[int | None] = mapped_column(comment="采纳后企业台账的版本")


class LedgerLetterRow(LetterColumns, Row):
    """A letter that was decided here, with the verdict (平板信件). Kept for ever: it is evidence."""

    __tablename__ = "letter"

"""Rows of proposals, and of the letters that brought them (台账补充)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

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


class LedgerLetterRow(Row):
    """A letter that was decided here, with the verdict (平板信件). Kept for ever: it is evidence."""

    __tablename__ = "letter"

    id: Mapped[UUID] = mapped_column(primary_key=True, comment="由平板生成")
    device: Mapped[str] = mapped_column(String, index=True, comment="平板编号")
    region: Mapped[str] = mapped_column(String, comment="送信者的行政区划代码")
    account: Mapped[str] = mapped_column(String, comment="送信帐号")
    subject: Mapped[str] = mapped_column(String, comment="所属事项")
    kind: Mapped[str] = mapped_column(String, comment="信件种类")
    sha256: Mapped[str] = mapped_column(String, comment="内容的 SHA-256")
    written_at: Mapped[datetime] = mapped_column(MOMENT, comment="写成时间")
    received_at: Mapped[datetime] = mapped_column(MOMENT, comment="收到时间")
    state: Mapped[str] = mapped_column(String, comment="applied 已办理，rejected 未受理")
    problem: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), comment="未受理的原因"
    )
    body: Mapped[dict[str, Any]] = mapped_column(JSONB, comment="内容")
    journal: Mapped[str] = mapped_column(String, comment="日志的名称")
    seq: Mapped[int | None] = mapped_column(BigInteger, comment="在日志中的序号")
    prev: Mapped[str | None] = mapped_column(String, comment="前一封信件的链值")
    link: Mapped[str | None] = mapped_column(String, comment="链值")
    receipt_key: Mapped[str | None] = mapped_column(String, comment="签署回执的密钥")
    receipt_signature: Mapped[str | None] = mapped_column(String, comment="回执的签名")

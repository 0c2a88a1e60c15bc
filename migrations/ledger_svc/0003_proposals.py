"""Proposals for what the ledger lacks (台账补充), and the letters that bring them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.scoping import scope_by_region

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NOW = sa.text("now()")


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "proposal",
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("entity_id", sa.Uuid(), nullable=False, comment="企业"),
        sa.Column("entity_name", sa.String(), nullable=False, comment="企业名称"),
        sa.Column("field", sa.String(), nullable=False, comment="栏目代码"),
        sa.Column("old_value", sa.String(), nullable=False, comment="补充人看到的原值；空即未填"),
        sa.Column("new_value", sa.String(), nullable=False, comment="补充的值"),
        sa.Column("source", sa.String(), nullable=False, comment="来源"),
        sa.Column("source_note", sa.String(), nullable=False, comment="来源的说明"),
        sa.Column("evidence_sha256", sa.String(), comment="照片的 SHA-256"),
        sa.Column("officer", sa.String(), nullable=False, comment="补充人：执法证号或帐号"),
        sa.Column("officer_name", sa.String(), nullable=False, comment="补充人姓名"),
        sa.Column("device", sa.String(), nullable=False, comment="平板编号"),
        sa.Column("written_at", MOMENT, nullable=False, comment="现场填写时间"),
        sa.Column("recorded_at", MOMENT, server_default=NOW, nullable=False, comment="收到时间"),
        sa.Column(
            "state",
            sa.String(),
            nullable=False,
            comment="waiting 待定，accepted 已采纳，declined 未采纳",
        ),
        sa.Column(
            "basis",
            sa.String(),
            comment="filled 空项直接采纳，confirmed 与原值相同，decided 经核定",
        ),
        sa.Column("reason", sa.String(), comment="核定意见"),
        sa.Column("decided_by", sa.String(), comment="核定人"),
        sa.Column("decided_by_name", sa.String(), comment="核定人姓名"),
        sa.Column("decided_at", MOMENT, comment="采纳或核定时间"),
        sa.Column("entity_version", sa.Integer(), comment="采纳后企业台账的版本"),
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("fingerprint", sa.String(), nullable=False, comment="登记内容的 SHA-256"),
        sa.PrimaryKeyConstraint("id"),
        schema="ledger_svc",
    )
    for column in ("entity_id", "region"):
        op.create_index(
            op.f(f"ix_ledger_svc_proposal_{column}"),
            "proposal",
            [column],
            unique=False,
            schema="ledger_svc",
        )
    op.create_index("proposal_recorded", "proposal", ["recorded_at", "id"], schema="ledger_svc")
    op.create_index(
        "proposal_waiting",
        "proposal",
        ["recorded_at", "id"],
        schema="ledger_svc",
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False, comment="由平板生成"),
        sa.Column("device", sa.String(), nullable=False, comment="平板编号"),
        sa.Column("region", sa.String(), nullable=False, comment="送信者的行政区划代码"),
        sa.Column("account", sa.String(), nullable=False, comment="送信帐号"),
        sa.Column("subject", sa.String(), nullable=False, comment="所属事项"),
        sa.Column("kind", sa.String(), nullable=False, comment="信件种类"),
        sa.Column("sha256", sa.String(), nullable=False, comment="内容的 SHA-256"),
        sa.Column("written_at", MOMENT, nullable=False, comment="写成时间"),
        sa.Column("received_at", MOMENT, nullable=False, comment="收到时间"),
        sa.Column("state", sa.String(), nullable=False, comment="applied 已办理，rejected 未受理"),
        sa.Column("problem", postgresql.JSONB(none_as_null=True), comment="未受理的原因"),
        sa.Column("body", postgresql.JSONB(), nullable=False, comment="内容"),
        sa.Column("journal", sa.String(), nullable=False, comment="日志的名称；旧版平板为空"),
        sa.Column("seq", sa.BigInteger(), comment="在日志中的序号"),
        sa.Column("prev", sa.String(), comment="前一封信件的链值"),
        sa.Column("link", sa.String(), comment="链值"),
        sa.Column("receipt_key", sa.String(), comment="签署回执的密钥"),
        sa.Column("receipt_signature", sa.String(), comment="回执的签名"),
        sa.PrimaryKeyConstraint("id"),
        schema="ledger_svc",
    )
    op.create_index(
        op.f("ix_ledger_svc_letter_device"), "letter", ["device"], unique=False, schema="ledger_svc"
    )
    scope_by_region("ledger_svc", "proposal")
    scope_by_region("ledger_svc", "letter", "select, insert")
    # Whether a letter was decided where the sender cannot look: random ids, no content.
    op.execute("""
        create function ledger_svc.letters_known(wanted uuid[])
        returns table (id uuid, state text)
        language sql stable security definer set search_path = ledger_svc as $$
            select id, state from ledger_svc.letter where id = any(wanted)
        $$""")
    op.execute("revoke all on function ledger_svc.letters_known(uuid[]) from public")
    op.execute("grant execute on function ledger_svc.letters_known(uuid[]) to ledger_svc")


def downgrade() -> None:
    op.execute("drop function ledger_svc.letters_known(uuid[])")
    op.drop_table("letter", schema="ledger_svc")
    op.drop_table("proposal", schema="ledger_svc")

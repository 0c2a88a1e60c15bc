"""Documents of a case, and what is written in them before they are issued."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.scoping import scope_by_region

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.add_column(
        "document",
        sa.Column("case_id", sa.Uuid(), nullable=True, comment="案件；空即不是案件文书"),
        schema="case_svc",
    )
    op.create_foreign_key(
        "document_case_id_fkey", "document", "case", ["case_id"], ["id"],
        source_schema="case_svc", referent_schema="case_svc",
    )  # fmt: skip
    op.create_index(
        op.f("ix_case_svc_document_case_id"), "document", ["case_id"], schema="case_svc"
    )
    op.alter_column(
        "document", "entity_id", comment="当事人；案件当事人不在台账的，为案件",
        existing_comment="当事人", schema="case_svc",
    )  # fmt: skip
    now = sa.text("now()")
    op.create_table(
        "case_draft",
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("case_id", sa.Uuid(), nullable=False, comment="案件"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("kind", sa.String(), nullable=False, comment="文书种类"),
        sa.Column("said", postgresql.JSONB(), nullable=False, comment="承办人填写的内容"),
        sa.Column(
            "state", sa.String(), nullable=False, comment="draft 草稿，issued 已出具，dropped 已作废"
        ),
        sa.Column("revision", sa.Integer(), nullable=False, comment="第几稿"),
        sa.Column("written_by", sa.String(), nullable=False, comment="最近填写人"),
        sa.Column(
            "changed_at", sa.DateTime(timezone=True), nullable=False, server_default=now,
            comment="最近修改时间",
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_svc.case.id"]),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )  # fmt: skip
    for column in ("case_id", "region"):
        op.create_index(
            op.f(f"ix_case_svc_case_draft_{column}"), "case_draft", [column], schema="case_svc"
        )
    scope_by_region("case_svc", "case_draft")

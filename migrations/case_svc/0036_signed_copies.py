"""Signed copies: the scans of documents that were signed on paper, beside the documents.

Also: an index for what waits for the head on a form, of which an opinion is asked on its way.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from migrations.scoping import scope_by_region

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "signed_copy",
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("fingerprint", sa.String(), nullable=False, comment="登记内容的 SHA-256"),
        sa.Column("document_id", sa.Uuid(), nullable=False, comment="所签的文书"),
        sa.Column("case_id", sa.Uuid(), nullable=False, comment="案件"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("sha256", sa.String(), nullable=False, comment="扫描件的 SHA-256"),
        sa.Column("size", sa.BigInteger(), nullable=False, comment="字节数"),
        sa.Column("media_type", sa.String(), nullable=False, comment="媒体类型"),
        sa.Column("signed_by", ARRAY(sa.String()), nullable=False, comment="签名、盖章的人"),
        sa.Column("signed_on", sa.Date(), nullable=False, comment="签名日期"),
        sa.Column("note", sa.String(), nullable=False, comment="说明"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="放入的时间"),
        sa.Column("by", sa.String(), nullable=False, comment="放入的人"),
        sa.ForeignKeyConstraint(["document_id"], ["case_svc.document.id"]),
        sa.ForeignKeyConstraint(["case_id"], ["case_svc.case.id"]),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )
    for column in ("document_id", "case_id", "region"):
        op.create_index(
            op.f(f"ix_case_svc_signed_copy_{column}"), "signed_copy", [column], schema="case_svc"
        )
    scope_by_region("case_svc", "signed_copy", "select, insert")
    op.create_index(
        "case_duty_asked", "case_duty",
        ["unit", sa.text("coalesce(due_on, '9999-12-31'::date)"), "case_id", "place"],
        schema="case_svc", postgresql_where=sa.text("form <> ''"),
    )  # fmt: skip


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.drop_index("case_duty_asked", "case_duty", schema="case_svc")
    op.drop_table("signed_copy", schema="case_svc")

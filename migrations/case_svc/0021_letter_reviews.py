"""What was found out about forked journals and handovers."""

import sqlalchemy as sa
from alembic import op

from migrations.scoping import scope_by_region

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "letter_review",
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("about", sa.String(), nullable=False, comment="fork 日志分叉，handover 移交"),
        sa.Column("subject", sa.String(), nullable=False, comment="平板/日志，或者封装包的摘要"),
        sa.Column("note", sa.String(), nullable=False, comment="核查结论"),
        sa.Column("reviewed_by", sa.String(), nullable=False, comment="核查人"),
        sa.Column("name", sa.String(), nullable=False, comment="核查人姓名"),
        sa.Column(
            "reviewed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"),
            nullable=False, comment="核查时间",
        ),
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("fingerprint", sa.String(), nullable=False, comment="登记内容的 SHA-256"),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )  # fmt: skip
    op.create_index(
        op.f("ix_case_svc_letter_review_region"), "letter_review", ["region"], schema="case_svc"
    )
    op.create_index("letter_review_of", "letter_review", ["about", "subject"], schema="case_svc")
    scope_by_region("case_svc", "letter_review", "select, insert")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.drop_table("letter_review", schema="case_svc")

"""Archived cases with their seals, and the trace of every reading: added to, never changed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.scoping import scope_by_region

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "case_archive",
        sa.Column("case_id", sa.Uuid(), nullable=False, comment="案件"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("unit", sa.String(), nullable=False, comment="承办单位代码"),
        sa.Column("number", sa.String(), nullable=False, comment="档号"),
        sa.Column("cover", postgresql.JSONB(), nullable=False, comment="案卷首页"),
        sa.Column("catalogue", postgresql.JSONB(), nullable=False, comment="卷内目录"),
        sa.Column("acts", sa.Integer(), nullable=False, comment="办案行为数"),
        sa.Column("link", sa.String(), nullable=False, comment="最后一个办案行为的链值"),
        sa.Column("seal", sa.String(), nullable=False, comment="封印：标签清单的 SHA-256"),
        sa.Column("signed", postgresql.JSONB(), nullable=False, comment="签名的封印"),
        sa.Column("package_sha256", sa.String(), nullable=False, comment="封装文件的摘要"),
        sa.Column("package_size", sa.BigInteger(), nullable=False, comment="封装文件的字节数"),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=False, comment="封卷时间"),
        sa.Column("archived_by", sa.String(), nullable=False, comment="归档人"),
        sa.ForeignKeyConstraint(["case_id"], ["case_svc.case.id"]),
        sa.PrimaryKeyConstraint("case_id"),
        sa.UniqueConstraint("unit", "number", name="case_archive_number"),
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_case_archive_region"), "case_archive", ["region"], schema="case_svc"
    )
    scope_by_region("case_svc", "case_archive", "select, insert")
    op.create_table(
        "archive_reading",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False, comment="案卷"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column(
            "read_at", sa.DateTime(timezone=True), nullable=False, comment="查阅时间",
            server_default=sa.text("now()"),
        ),
        sa.Column("account", sa.String(), nullable=False, comment="查阅人帐号"),
        sa.Column("name", sa.String(), nullable=False, comment="查阅人"),
        sa.Column("unit", sa.String(), nullable=False, comment="查阅人单位"),
        sa.Column("what", sa.String(), nullable=False, comment="查阅的内容：catalogue、package"),
        sa.Column("purpose", sa.String(), nullable=False, comment="事由"),
        sa.ForeignKeyConstraint(["case_id"], ["case_svc.case_archive.case_id"]),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )  # fmt: skip
    for column in ("case_id", "region"):
        op.create_index(
            op.f(f"ix_case_svc_archive_reading_{column}"), "archive_reading", [column],
            schema="case_svc",
        )  # fmt: skip
    scope_by_region("case_svc", "archive_reading", "select, insert")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for table in ("archive_reading", "case_archive"):
        op.drop_table(table, schema="case_svc")

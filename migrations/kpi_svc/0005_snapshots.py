"""Figures frozen on their due day, and the ranking published of them: added, never changed."""

import sqlalchemy as sa
from alembic import op

from migrations.scoping import SCOPE, scope_by_reach

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "indicator_snapshot",
        sa.Column("due_on", sa.Date(), primary_key=True, comment="完成时限"),
        sa.Column("region", sa.String(), nullable=False, comment="市级行政区划代码"),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False, comment="固定的时间"),
        sa.Column(
            "taken_by", sa.String(), nullable=False, comment="固定人；kpi_svc 即到期自动固定"
        ),
        sa.Column("body", sa.String(), nullable=False, comment="全部数字，JSON，摘要所涵盖"),
        sa.Column("sha256", sa.String(), nullable=False, comment="body 的 SHA-256"),
        schema="kpi_svc",
    )
    op.create_table(
        "ranking_notice",
        sa.Column("due_on", sa.Date(), nullable=False, comment="完成时限"),
        sa.Column("region", sa.String(), nullable=False, comment="市级行政区划代码"),
        sa.Column("number", sa.String(), nullable=False, comment="通报文号"),
        sa.Column("remarks", sa.String(), nullable=False, comment="通报的意见和要求"),
        sa.Column("published_on", sa.Date(), nullable=False, comment="印发日期"),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False, comment="发布时间"),
        sa.Column("published_by", sa.String(), nullable=False, comment="发布人"),
        sa.Column("sha256", sa.String(), nullable=False, comment="所依据快照的 SHA-256"),
        sa.Column("pdf_sha256", sa.String(), nullable=False, comment="通报 PDF 的 SHA-256"),
        sa.Column("pdf_size", sa.Integer(), nullable=False, comment="通报 PDF 的字节数"),
        sa.ForeignKeyConstraint(["due_on"], ["kpi_svc.indicator_snapshot.due_on"]),
        sa.PrimaryKeyConstraint("due_on"),
        sa.UniqueConstraint("number"),
        schema="kpi_svc",
    )
    for table in ("indicator_snapshot", "ranking_notice"):
        scope_by_reach("kpi_svc", table, "select, insert")
    # A notice is for everybody below; the figures behind it once it is published.
    op.execute(
        "alter policy region on kpi_svc.ranking_notice"
        f" using (starts_with(region, {SCOPE}) or starts_with({SCOPE}, region))"
    )
    op.execute(
        "alter policy region on kpi_svc.indicator_snapshot"
        f" using (starts_with(region, {SCOPE}) or (starts_with({SCOPE}, region) and exists"
        " (select from kpi_svc.ranking_notice as told where told.due_on = indicator_snapshot.due_on)))"
        f" with check (starts_with(region, {SCOPE}))"
    )
    op.execute(
        f"alter policy region on kpi_svc.ranking_notice with check (starts_with(region, {SCOPE}))"
    )


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.drop_table("ranking_notice", schema="kpi_svc")
    op.drop_table("indicator_snapshot", schema="kpi_svc")

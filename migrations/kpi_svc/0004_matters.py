"""Matters handled: inspections, cases, and what plans still want, with how many are alike."""

import sqlalchemy as sa
from alembic import op

from migrations.scoping import scope_by_reach

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None
RIGHTS = "select, insert, update, delete"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "matter",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("unit", sa.String(), nullable=False, comment="单位代码"),
        sa.Column("year", sa.Integer(), nullable=False, comment="年度"),
        sa.Column("month", sa.Integer(), nullable=False, comment="月份"),
        sa.Column("kind", sa.String(), nullable=False, comment="inspection、case、planned"),
        sa.Column("module", sa.String(), nullable=False, comment="执法模块"),
        sa.Column("issued", sa.Boolean(), nullable=False, comment="应有的文书是否由系统出具"),
        sa.Column("days", sa.Integer(), nullable=False, comment="办理后多少天才登记"),
        sa.Column("inspection_id", sa.Uuid(), nullable=True, comment="来源现场检查"),
        sa.Column("entity_id", sa.Uuid(), nullable=True, comment="企业"),
        sa.Column("title", sa.String(), nullable=False, comment="企业或案件名称"),
        sa.Column("lacking", sa.String(), nullable=False, comment="缺少的文书；不缺为空"),
        sa.Column(
            "on_day", sa.Date(), nullable=False, comment="检查、立案日期；计划的，该月最后一日"
        ),
        sa.Column("weight", sa.Integer(), nullable=False, comment="计几件"),
        schema="kpi_svc",
    )
    op.create_index("matter_records", "matter", ["unit", "year", "module", "id"], schema="kpi_svc")
    op.create_index(
        "matter_of_plant", "matter", ["entity_id"], schema="kpi_svc",
        postgresql_where=sa.text("kind = 'case' and inspection_id is null"),
    )  # fmt: skip
    op.create_table(
        "matter_tally",
        sa.Column("year", sa.Integer(), nullable=False, comment="年度"),
        sa.Column("unit", sa.String(), nullable=False, comment="单位代码"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("month", sa.Integer(), nullable=False, comment="月份"),
        sa.Column("kind", sa.String(), nullable=False, comment="种类"),
        sa.Column("module", sa.String(), nullable=False, comment="执法模块"),
        sa.Column("issued", sa.Boolean(), nullable=False, comment="文书由系统出具"),
        sa.Column("days", sa.Integer(), nullable=False, comment="办理后多少天才登记"),
        sa.Column("matters", sa.Integer(), nullable=False, comment="件数"),
        sa.PrimaryKeyConstraint(
            "year", "unit", "region", "month", "kind", "module", "issued", "days"
        ),
        schema="kpi_svc",
    )
    op.create_table(
        "paper",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("kind", sa.String(), nullable=False, comment="文书种类"),
        sa.Column("subject", sa.Uuid(), nullable=False, comment="现场检查或案件"),
        schema="kpi_svc",
    )
    op.create_index(op.f("ix_kpi_svc_paper_subject"), "paper", ["subject"], schema="kpi_svc")
    for table in ("matter", "matter_tally", "paper"):
        scope_by_reach("kpi_svc", table, RIGHTS)
    # Inspections and documents were passed over until now: the feed is read from its beginning.
    op.execute("delete from kpi_svc.followed_feed where feed = 'case'")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for table in ("paper", "matter_tally", "matter"):
        op.drop_table(table, schema="kpi_svc")

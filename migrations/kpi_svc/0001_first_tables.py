"""The first tables of the figures: facts followed from the two feeds, and a tally of plants."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.scoping import grant, scope_by_region

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# A fact goes when its publisher no longer has it, and all go when a feed is read anew.
RIGHTS = "select, insert, update, delete"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "followed_feed",
        sa.Column("feed", sa.String(), nullable=False, comment="变更流"),
        sa.Column("cursor", sa.String(), nullable=True, comment="已应用到的游标"),
        sa.Column(
            "applied_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="最近一次应用",
        ),
        sa.PrimaryKeyConstraint("feed"),
        schema="kpi_svc",
    )
    op.create_table(
        "unit",
        sa.Column("code", sa.String(), nullable=False, comment="单位代码"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("name", sa.String(), nullable=False, comment="单位名称"),
        sa.PrimaryKeyConstraint("code"),
        schema="kpi_svc",
    )
    op.create_table(
        "entity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region", sa.String(), nullable=False, comment="监管单位的行政区划代码"),
        sa.Column("name", sa.String(), nullable=False, comment="企业名称"),
        sa.Column("trades", postgresql.ARRAY(sa.String()), nullable=False, comment="所属行业领域"),
        sa.Column("op_status", sa.String(), nullable=False, comment="生产经营状态"),
        sa.Column("missing", postgresql.ARRAY(sa.String()), nullable=False, comment="缺失的必填项"),
        sa.Column("complete", sa.Boolean(), nullable=False, comment="必填项是否齐全"),
        sa.PrimaryKeyConstraint("id"),
        schema="kpi_svc",
    )
    op.create_index(
        "entity_records", "entity", ["region", "complete", "id"], unique=False, schema="kpi_svc"
    )
    op.create_table(
        "entity_tally",
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("op_status", sa.String(), nullable=False, comment="生产经营状态"),
        sa.Column("complete", sa.Boolean(), nullable=False, comment="必填项是否齐全"),
        sa.Column("plants", sa.Integer(), nullable=False, comment="企业数"),
        sa.PrimaryKeyConstraint("region", "op_status", "complete"),
        schema="kpi_svc",
    )
    op.create_table(
        "officer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("unit", sa.String(), nullable=False, comment="单位代码"),
        sa.Column("name", sa.String(), nullable=False, comment="姓名"),
        sa.Column("certificate_number", sa.String(), nullable=False, comment="执法证号"),
        sa.Column("certificate_state", sa.String(), nullable=False, comment="执法证状态"),
        sa.Column("valid_until", sa.Date(), nullable=False, comment="有效期至"),
        sa.Column("account_active", sa.Boolean(), nullable=False, comment="帐号是否启用"),
        sa.Column(
            "trained_on", postgresql.ARRAY(sa.Date()), nullable=False, comment="参加系统培训的日期"
        ),
        sa.PrimaryKeyConstraint("id"),
        schema="kpi_svc",
    )
    op.create_index(
        op.f("ix_kpi_svc_officer_certificate_number"),
        "officer",
        ["certificate_number"],
        unique=False,
        schema="kpi_svc",
    )
    op.create_table(
        "roster_person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("unit", sa.String(), nullable=False, comment="单位代码"),
        sa.Column("year", sa.Integer(), nullable=False, comment="年度"),
        sa.Column("certificate_number", sa.String(), nullable=False, comment="执法证号"),
        sa.Column("name", sa.String(), nullable=False, comment="姓名"),
        sa.PrimaryKeyConstraint("id"),
        schema="kpi_svc",
    )
    op.create_index(
        "roster_person_year", "roster_person", ["year", "unit"], unique=False, schema="kpi_svc"
    )
    op.create_table(
        "planned_inspection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("unit", sa.String(), nullable=False, comment="单位代码"),
        sa.Column("entity_name", sa.String(), nullable=False, comment="企业名称"),
        sa.Column("office", sa.String(), nullable=False, comment="科室"),
        sa.Column("year", sa.Integer(), nullable=False, comment="年度"),
        sa.Column("month", sa.Integer(), nullable=False, comment="月份"),
        sa.Column("times", sa.Integer(), nullable=False, comment="计划次数"),
        sa.Column("done", sa.Integer(), nullable=False, comment="已完成次数"),
        sa.Column("approved", sa.Boolean(), nullable=False, comment="计划是否已批准"),
        sa.PrimaryKeyConstraint("id"),
        schema="kpi_svc",
    )
    op.create_index(
        "planned_inspection_year",
        "planned_inspection",
        ["year", "unit"],
        unique=False,
        schema="kpi_svc",
    )
    grant("kpi_svc", "followed_feed")
    for table in (
        "unit", "entity", "entity_tally", "officer", "roster_person", "planned_inspection",
    ):  # fmt: skip
        scope_by_region("kpi_svc", table, RIGHTS)


def downgrade() -> None:
    raise NotImplementedError("The first step is undone by dropping the schema.")

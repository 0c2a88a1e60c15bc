"""Who stands in for whom in a unit, for some days."""

import sqlalchemy as sa
from alembic import op

from migrations.scoping import scope_by_region

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "delegation",
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("fingerprint", sa.String(), nullable=False, comment="登记内容的 SHA-256"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("unit", sa.String(), nullable=False, comment="执法单位代码"),
        sa.Column("power", sa.String(), nullable=False, comment="职权"),
        sa.Column("to_number", sa.String(), nullable=False, comment="代行人证号"),
        sa.Column("to_name", sa.String(), nullable=False, comment="代行人"),
        sa.Column("since", sa.Date(), nullable=False, comment="起始日"),
        sa.Column("until", sa.Date(), nullable=False, comment="截止日"),
        sa.Column("reason", sa.String(), nullable=False, comment="理由"),
        sa.Column("given_by", sa.String(), nullable=False, comment="委托人"),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False, comment="委托的时间"),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True, comment="提前终止的时间"),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_delegation_region"), "delegation", ["region"], schema="case_svc"
    )
    op.create_index(
        "delegation_of_unit", "delegation", ["unit", "to_number", "until"], schema="case_svc"
    )
    scope_by_region("case_svc", "delegation")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.drop_table("delegation", schema="case_svc")

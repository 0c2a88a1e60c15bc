"""Penalty cases among the facts: where each stands and since when, nothing of money."""

import sqlalchemy as sa
from alembic import op

from migrations.scoping import scope_by_region

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "penalty_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("unit", sa.String(), nullable=False, comment="单位代码"),
        sa.Column("procedure", sa.String(), nullable=False, comment="程序及版本"),
        sa.Column("source", sa.String(), nullable=False, comment="案件来源"),
        sa.Column("stage", sa.String(), nullable=False, comment="阶段"),
        sa.Column("inspection_id", sa.Uuid(), nullable=True, comment="来源现场检查"),
        sa.Column("filed_on", sa.Date(), nullable=True, comment="立案日期"),
        sa.Column("decided_on", sa.Date(), nullable=True, comment="作出决定的日期"),
        sa.PrimaryKeyConstraint("id"),
        schema="kpi_svc",
    )
    op.create_index("penalty_case_filed", "penalty_case", ["filed_on", "unit"], schema="kpi_svc")
    scope_by_region("kpi_svc", "penalty_case", "select, insert, update, delete")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.drop_table("penalty_case", schema="kpi_svc")

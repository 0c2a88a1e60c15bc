"""Decided violations by offence, so that the same act is fined the same."""

import sqlalchemy as sa
from alembic import op

from migrations.scoping import scope_by_region

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "case_precedent",
        sa.Column("case_id", sa.Uuid(), nullable=False, comment="案件"),
        sa.Column("place", sa.Integer(), nullable=False, comment="在案件中的次序"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("unit", sa.String(), nullable=False, comment="承办单位代码"),
        sa.Column("offence", sa.String(), nullable=False, comment="违法行为代码"),
        sa.Column("party_kind", sa.String(), nullable=False, comment="当事人类别"),
        sa.Column("grade", sa.String(), nullable=False, comment="裁量阶次；空即没有写明"),
        sa.Column("fine", sa.BigInteger(), nullable=False, comment="罚款（分）；不予处罚的为零"),
        sa.Column("decided_on", sa.Date(), nullable=False, comment="作出决定的日期"),
        sa.ForeignKeyConstraint(["case_id"], ["case_svc.case.id"]),
        sa.PrimaryKeyConstraint("case_id", "place"),
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_case_precedent_region"), "case_precedent", ["region"], schema="case_svc"
    )
    op.create_index(
        "case_precedent_of_offence", "case_precedent", ["offence", "decided_on"], schema="case_svc"
    )
    scope_by_region("case_svc", "case_precedent", "select, insert, delete")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.drop_table("case_precedent", schema="case_svc")

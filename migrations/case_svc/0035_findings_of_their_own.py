"""Findings beyond an item of the list, several of one item; several check lists of one visit.

A hazard says which list asks its item (none: the first of its inspection), what penalises it and by
which criterion it is major, where its item does not say so. A check item that is empty is of no list.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

OF_A_HAZARD = {
    "checklist": "检查项所在的检查表；空的为检查记录所列的第一张",
    "penalty_basis": "处罚依据；空的依检查项",
    "criterion": "重大事故隐患判定依据",
}


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for name, comment in OF_A_HAZARD.items():
        op.add_column(
            "hazard",
            sa.Column(name, sa.String(), nullable=True, comment=comment),
            schema="case_svc",
        )
    op.add_column(
        "inspection",
        sa.Column(
            "also_checklists", postgresql.ARRAY(sa.String()), nullable=False,
            server_default=sa.text("'{}'"), comment="同一次检查所用的其他检查表及版本",
        ),
        schema="case_svc",
    )  # fmt: skip
    op.alter_column(
        "hazard", "check_item", existing_type=sa.String(), existing_nullable=False,
        comment="检查项；检查表以外的问题为空", existing_comment="检查项", schema="case_svc",
    )  # fmt: skip


def downgrade() -> None:
    raise NotImplementedError("What was found is not taken back.")

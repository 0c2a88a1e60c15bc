"""Drafts and documents say which act they put on paper; what is due says which form waits, and since which act."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for table in ("case_draft", "document"):
        op.add_column(
            table,
            sa.Column("act_id", sa.String(), nullable=True, comment="所记载的办案行为"),
            schema="case_svc",
        )
    for name, what in (("form", "待批的文书"), ("opener", "由哪一办案行为起算")):
        op.add_column(
            "case_duty",
            sa.Column(name, sa.String(), nullable=False, server_default="", comment=what),
            schema="case_svc",
        )


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for table, name in (
        ("case_duty", "opener"), ("case_duty", "form"), ("document", "act_id"), ("case_draft", "act_id"),
    ):  # fmt: skip
        op.drop_column(table, name, schema="case_svc")

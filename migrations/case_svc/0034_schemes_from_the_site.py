"""A scheme that is drafted at the plant names the visit that did not wait for it (补报现场检查方案)."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.add_column(
        "inspection_scheme",
        sa.Column("inspection_id", sa.Uuid(), comment="补报的方案，其已先行开展的现场检查"),
        schema="case_svc",
    )


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.drop_column("inspection_scheme", "inspection_id", schema="case_svc")

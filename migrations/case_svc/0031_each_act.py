"""Clocks and place of showing the certificate, and the place where an inspection ended (R23)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

ADDED = {
    "shown_clock": "出示执法证时平板的各个时钟",
    "shown_location": "出示执法证的位置",
    "ended_location": "检查结束的位置",
}


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for name, comment in ADDED.items():
        column: sa.Column[object] = sa.Column(
            name, postgresql.JSONB(astext_type=sa.Text()), nullable=True, comment=comment
        )
        op.add_column("inspection", column, schema="case_svc")


def downgrade() -> None:
    raise NotImplementedError("What was stated is not taken back.")

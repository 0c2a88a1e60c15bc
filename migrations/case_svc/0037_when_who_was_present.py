"""When and where it was kept who of the plant was there (在场人员), like other acts (R23)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

ADDED = {
    "present_clock": "记录在场人员时平板的各个时钟",
    "present_location": "记录在场人员的位置",
}


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    at: sa.Column[object] = sa.Column(
        "present_at", sa.DateTime(timezone=True), comment="在场人员最后记录的时间"
    )
    op.add_column("inspection", at, schema="case_svc")
    for name, comment in ADDED.items():
        column: sa.Column[object] = sa.Column(
            name, postgresql.JSONB(astext_type=sa.Text()), nullable=True, comment=comment
        )
        op.add_column("inspection", column, schema="case_svc")


def downgrade() -> None:
    raise NotImplementedError("What was stated is not taken back.")

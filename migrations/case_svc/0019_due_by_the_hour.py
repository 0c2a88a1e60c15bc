"""What is due by the hour has its moment (行政强制法 §19、移送规定 §5)."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.add_column(
        "case_duty",
        sa.Column(
            "due_at", sa.DateTime(timezone=True), nullable=True, comment="以小时计的，届满的时刻"
        ),
        schema="case_svc",
    )
    # Computed anew with every open case when the service starts.
    op.execute("update case_svc.case set calendar = ''")


def downgrade() -> None:
    op.drop_column("case_duty", "due_at", schema="case_svc")

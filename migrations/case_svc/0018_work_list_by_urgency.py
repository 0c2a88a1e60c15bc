"""The work list read from its index: what is due in a unit, the most urgent first."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NEVER = "coalesce(due_on, '9999-12-31'::date)"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_index(
        "case_duty_by_urgency",
        "case_duty",
        ["unit", sa.text(NEVER), "case_id", "place"],
        schema="case_svc",
    )
    op.drop_index("case_duty_of_unit", "case_duty", schema="case_svc")


def downgrade() -> None:
    op.create_index("case_duty_of_unit", "case_duty", ["unit", "due_on"], schema="case_svc")
    op.drop_index("case_duty_by_urgency", "case_duty", schema="case_svc")

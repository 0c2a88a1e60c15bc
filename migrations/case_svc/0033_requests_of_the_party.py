"""What the party asks for after a visit, as it was asked; and the day of a hazard moves when it is granted."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.add_column(
        "site_duty",
        sa.Column("request", JSONB(), nullable=True, comment="当事人的申请；不是申请的为空"),
        schema="case_svc",
    )
    op.execute("grant update (correct_by) on case_svc.hazard to case_svc")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute("revoke update (correct_by) on case_svc.hazard from case_svc")
    op.drop_column("site_duty", "request", schema="case_svc")

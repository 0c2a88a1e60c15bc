"""A document that became void shows nothing any more: the feed of cases is read anew for it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.add_column(
        "paper",
        sa.Column(
            "void", sa.Boolean(), nullable=False, server_default=sa.text("false"), comment="已作废"
        ),
        schema="kpi_svc",
    )
    op.execute("delete from kpi_svc.followed_feed where feed = 'case'")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.drop_column("paper", "void", schema="kpi_svc")

"""Earlier imports can be listed: by whom, the latest first."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.add_column(
        "entity_import",
        sa.Column(
            "officer_name", sa.String(), server_default=sa.text("''"), nullable=False,
            comment="导入者姓名；早期的批次为空",
        ),
        schema="ledger_svc",
    )  # fmt: skip


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.drop_column("entity_import", "officer_name", schema="ledger_svc")

"""Of letters that wait and of forks: whose they are and about which plant, for the office to act on."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

EMPTY = sa.text("''")


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for column in (
        sa.Column("name", sa.String(), server_default=EMPTY, nullable=False, comment="送信者姓名"),
        sa.Column(
            "detail", sa.String(), server_default=EMPTY, nullable=False, comment="原因的说明"
        ),
        sa.Column("entity_id", sa.Uuid(), nullable=True, comment="所涉企业；未知的为空"),
    ):
        op.add_column("held_letter", column, schema="case_svc")
    op.add_column(
        "journal_fork",
        sa.Column("name", sa.String(), server_default=EMPTY, nullable=False, comment="送信者姓名"),
        schema="case_svc",
    )


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for name in ("entity_id", "detail", "name"):
        op.drop_column("held_letter", name, schema="case_svc")
    op.drop_column("journal_fork", "name", schema="case_svc")

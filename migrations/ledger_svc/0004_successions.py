"""Who carries on for a bureau that is no more: data of the owner's, which row policies read."""

from alembic import op

from migrations.scoping import drop_reach, make_succession

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    make_succession("ledger_svc")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    drop_reach("ledger_svc")
    op.drop_table("succession", schema="ledger_svc")

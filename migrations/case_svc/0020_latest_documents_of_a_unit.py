"""A unit's latest documents of cases are found at once: its address and accounts are taken from them."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute(
        "create index document_of_unit on case_svc.document (unit, issued_at desc, id) "
        "where case_id is not null"
    )

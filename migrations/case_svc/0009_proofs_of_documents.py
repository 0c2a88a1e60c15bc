"""Documents carry what their QR code says (验真码), and are found by their digest."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.add_column(
        "document",
        sa.Column("proof", sa.String(), nullable=True, comment="验真码；空即没有"),
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_document_digest"),
        "document",
        ["digest"],
        unique=False,
        schema="case_svc",
    )

"""Documents without a number (笔录), and corrections that name what they correct (更正)."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.alter_column(
        "document",
        "number",
        existing_type=sa.String(),
        nullable=True,
        existing_comment="文号",
        comment="文号；空即不编文号",
        schema="case_svc",
    )
    op.add_column(
        "document",
        sa.Column("corrects", sa.Uuid(), nullable=True, comment="所更正的文书"),
        schema="case_svc",
    )
    op.create_foreign_key(
        "document_corrects_fkey",
        "document",
        "document",
        ["corrects"],
        ["id"],
        source_schema="case_svc",
        referent_schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_document_corrects"),
        "document",
        ["corrects"],
        unique=False,
        schema="case_svc",
    )

"""Photos that go with proposals for the ledger: which file each names."""

import sqlalchemy as sa
from alembic import op

from migrations.scoping import scope_by_reach

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "proposal_photo",
        sa.Column("id", sa.Uuid(), nullable=False, comment="台账补充的编号"),
        sa.Column("region", sa.String(), nullable=False, comment="企业的行政区划代码"),
        sa.Column("sha256", sa.String(), nullable=False, comment="照片的 SHA-256"),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_proposal_photo_region"), "proposal_photo", ["region"], schema="case_svc"
    )
    scope_by_reach("case_svc", "proposal_photo", "select, insert, update, delete")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.drop_table("proposal_photo", schema="case_svc")

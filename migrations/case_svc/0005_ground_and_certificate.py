"""An inspection says its ground, when the certificate was shown, and who else was there."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for column in (
        sa.Column("ground_kind", sa.String(), nullable=True, comment="临时检查的缘由种类"),
        sa.Column("ground", sa.String(), nullable=True, comment="检查缘由的说明"),
        sa.Column(
            "certificate_shown_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="出示执法证的时间",
        ),
        sa.Column(
            "also_present",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
            comment="其他在场人员",
        ),
    ):
        op.add_column("inspection", column, schema="case_svc")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for column in ("also_present", "certificate_shown_at", "ground", "ground_kind"):
        op.drop_column("inspection", column, schema="case_svc")

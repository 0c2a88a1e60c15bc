"""The device's clocks beside what it states, and what of them is doubted (R23)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

JSONB = postgresql.JSONB(astext_type=sa.Text())


def _add(table: str, *columns: sa.Column[object]) -> None:
    for column in columns:
        op.add_column(table, column, schema="case_svc")


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for table in ("inspection", "evidence", "document", "reinspection"):
        _add(
            table,
            sa.Column("clock", JSONB, nullable=True, comment="平板的各个时钟"),
            sa.Column(
                "doubts",
                JSONB,
                server_default=sa.text("'[]'"),
                nullable=False,
                comment="时间存疑的理由",
            ),
        )
    _add(
        "inspection",
        sa.Column("begun_clock", JSONB, nullable=True, comment="检查开始时平板的各个时钟"),
    )
    for table in ("document", "reinspection"):
        _add(table, sa.Column("location", JSONB, nullable=True, comment="位置"))


def downgrade() -> None:
    raise NotImplementedError("What was stated is not taken back.")

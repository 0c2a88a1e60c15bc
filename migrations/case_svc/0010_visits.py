"""Visits that several officers work on: who opened them, and every word that was said."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.scoping import scope_by_region

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "visit_opening",
        sa.Column("visit_id", sa.Uuid(), nullable=False, comment="即现场检查的编号"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("entity_id", sa.Uuid(), nullable=False, comment="检查对象"),
        sa.Column("entity_name", sa.String(), nullable=False, comment="企业名称"),
        sa.Column("scheme_id", sa.Uuid(), nullable=True, comment="现场检查方案"),
        sa.Column("planned_inspection_id", sa.Uuid(), nullable=True, comment="计划内检查"),
        sa.Column("checklist", sa.String(), nullable=False, comment="检查表及版本"),
        sa.Column("officers", postgresql.ARRAY(sa.String()), nullable=False, comment="执法证号"),
        sa.Column("place", sa.String(), nullable=False, comment="检查场所"),
        sa.Column("present", postgresql.JSONB(), nullable=False, comment="现场负责人"),
        sa.Column("ground_kind", sa.String(), nullable=True, comment="临时检查的缘由种类"),
        sa.Column("ground", sa.String(), nullable=True, comment="检查缘由的说明"),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False, comment="开始时间"),
        sa.Column("officer", sa.String(), nullable=False, comment="开启人的执法证号"),
        sa.Column("device", sa.String(), nullable=False, comment="平板编号"),
        _arrived("opened_at"),
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("fingerprint", sa.String(), nullable=False, comment="登记内容的 SHA-256"),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )
    op.create_table(
        "visit_patch",
        sa.Column("visit_id", sa.Uuid(), nullable=False, comment="即现场检查的编号"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("item", sa.String(), nullable=False, comment="检查项"),
        sa.Column("fields", postgresql.JSONB(), nullable=False, comment="各栏的内容和所替换的改动"),
        sa.Column("officer", sa.String(), nullable=False, comment="填写人的执法证号"),
        sa.Column("device", sa.String(), nullable=False, comment="平板编号"),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False, comment="填写时间"),
        sa.Column("told_by", sa.String(), nullable=False, comment="报送人"),
        _arrived("received_at"),
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("fingerprint", sa.String(), nullable=False, comment="登记内容的 SHA-256"),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )
    for table in ("visit_opening", "visit_patch"):
        for column in ("visit_id", "region"):
            op.create_index(
                op.f(f"ix_case_svc_{table}_{column}"), table, [column], schema="case_svc"
            )
        # What was said is only added to.
        scope_by_region("case_svc", table, "select, insert")


def _arrived(name: str) -> sa.Column[object]:
    return sa.Column(
        name,
        sa.DateTime(timezone=True),
        server_default=sa.text("now()"),
        nullable=False,
        comment="送达时间",
    )


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for table in ("visit_patch", "visit_opening"):
        op.drop_table(table, schema="case_svc")

"""Visits called off (未能检查), and evidence that was taken in them before.

Evidence is of a visit, carried out or not: `declare` asks for one of the two, so that the key to
the inspection goes.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.scoping import scope_by_reach

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

TABLE, SCHEMA = "called_off_visit", "case_svc"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    moment = sa.DateTime(timezone=True)
    op.create_table(
        TABLE,
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("unit", sa.String(), nullable=False, comment="执法单位代码"),
        sa.Column("entity_id", sa.Uuid(), nullable=False, comment="检查对象"),
        sa.Column("entity_name", sa.String(), nullable=False, comment="当时的企业名称"),
        sa.Column("scheme_id", sa.Uuid(), nullable=True, comment="现场检查方案"),
        sa.Column("planned_inspection_id", sa.Uuid(), nullable=True, comment="计划内检查"),
        sa.Column("ground_kind", sa.String(), nullable=True, comment="临时检查的缘由种类"),
        sa.Column("ground", sa.String(), nullable=True, comment="检查缘由的说明"),
        sa.Column("officers", postgresql.ARRAY(sa.String()), nullable=False, comment="执法证号"),
        sa.Column("place", sa.String(), nullable=False, comment="检查场所"),
        sa.Column("present", postgresql.JSONB(), nullable=False, comment="现场负责人"),
        sa.Column("started_at", moment, nullable=False, comment="开始时间"),
        sa.Column("certificate_shown_at", moment, nullable=True, comment="出示执法证的时间"),
        sa.Column("called_off_at", moment, nullable=False, comment="登记未能检查的时间"),
        sa.Column("why", sa.String(), nullable=False, comment="原因"),
        sa.Column("account", sa.String(), nullable=False, comment="经过"),
        sa.Column("witness", sa.String(), nullable=False, comment="见证人"),
        sa.Column("device", sa.String(), nullable=False, comment="平板编号"),
        sa.Column("location", postgresql.JSONB(), nullable=True, comment="登记的位置"),
        sa.Column(
            "recorded_at", moment, server_default=sa.text("now()"), nullable=False,
            comment="送达时间",
        ),
        sa.Column("recorded_by", sa.String(), nullable=False, comment="报送人"),
        sa.Column("clock", postgresql.JSONB(), nullable=True, comment="平板的各个时钟"),
        sa.Column(
            "doubts", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False,
            comment="时间存疑的理由",
        ),
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("fingerprint", sa.String(), nullable=False, comment="登记内容的 SHA-256"),
        sa.PrimaryKeyConstraint("id"),
        schema=SCHEMA,
    )  # fmt: skip
    for column in ("region", "entity_id"):
        op.create_index(op.f(f"ix_case_svc_{TABLE}_{column}"), TABLE, [column], schema=SCHEMA)
    op.create_index("called_off_newest", TABLE, ["called_off_at", "id"], schema=SCHEMA)
    # What was told is only added to.
    scope_by_reach(SCHEMA, TABLE, "select, insert")
    op.drop_constraint("evidence_inspection_id_fkey", "evidence", schema=SCHEMA)


def downgrade() -> None:
    raise NotImplementedError("What was told is not taken back.")

"""Inspections and their hazards, evidence, documents, re-inspections."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.scoping import scope_by_region

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "inspection",
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("unit", sa.String(), nullable=False, comment="执法单位代码"),
        sa.Column("entity_id", sa.Uuid(), nullable=False, comment="检查对象"),
        sa.Column("entity_name", sa.String(), nullable=False, comment="检查时的企业名称"),
        sa.Column("scheme_id", sa.Uuid(), nullable=True, comment="现场检查方案"),
        sa.Column("planned_inspection_id", sa.Uuid(), nullable=True, comment="计划内检查"),
        sa.Column("checklist", sa.String(), nullable=False, comment="检查表及版本"),
        sa.Column("officers", postgresql.ARRAY(sa.String()), nullable=False, comment="执法证号"),
        sa.Column(
            "answers",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="各检查项的结果与备注",
        ),
        sa.Column("place", sa.String(), nullable=False, comment="检查场所"),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False, comment="开始时间"),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False, comment="结束时间"),
        sa.Column(
            "present", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="现场负责人"
        ),
        sa.Column(
            "findings",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="发现的问题",
        ),
        sa.Column("device", sa.String(), nullable=False, comment="平板编号"),
        sa.Column(
            "location",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=True,
            comment="位置",
        ),
        sa.Column("outcome", sa.String(), nullable=False, comment="检查结果"),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="登记时间",
        ),
        sa.Column("recorded_by", sa.String(), nullable=False, comment="登记人"),
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("fingerprint", sa.String(), nullable=False, comment="登记内容的 SHA-256"),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )
    op.create_index(
        "inspection_newest", "inspection", ["started_at", "id"], unique=False, schema="case_svc"
    )
    op.create_index(
        op.f("ix_case_svc_inspection_entity_id"),
        "inspection",
        ["entity_id"],
        unique=False,
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_inspection_planned_inspection_id"),
        "inspection",
        ["planned_inspection_id"],
        unique=False,
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_inspection_region"),
        "inspection",
        ["region"],
        unique=False,
        schema="case_svc",
    )
    op.create_table(
        "document",
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("unit", sa.String(), nullable=False, comment="执法单位代码"),
        sa.Column("kind", sa.String(), nullable=False, comment="文书种类"),
        sa.Column("name", sa.String(), nullable=False, comment="文书名称"),
        sa.Column("number", sa.String(), nullable=False, comment="文号"),
        sa.Column("inspection_id", sa.Uuid(), nullable=True, comment="现场检查"),
        sa.Column("entity_id", sa.Uuid(), nullable=False, comment="当事人"),
        sa.Column("entity_name", sa.String(), nullable=False, comment="当事人名称"),
        sa.Column(
            "data", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="各项内容"
        ),
        sa.Column("digest", sa.String(), nullable=False, comment="内容摘要，签名人所见"),
        sa.Column(
            "signatures", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="签名"
        ),
        sa.Column("renderer", sa.String(), nullable=False, comment="排版组件"),
        sa.Column("template", sa.String(), nullable=False, comment="文书样式及版本"),
        sa.Column("pdf_sha256", sa.String(), nullable=False, comment="PDF 摘要"),
        sa.Column("pdf_size", sa.BigInteger(), nullable=False, comment="PDF 字节数"),
        sa.Column(
            "pdf_received_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="PDF 收到时间；空即未收到",
        ),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False, comment="出具时间"),
        sa.Column("issued_by", sa.String(), nullable=False, comment="出具人"),
        sa.Column("device", sa.String(), nullable=True, comment="平板编号；空即在办公室出具"),
        sa.Column("lease_id", sa.Uuid(), nullable=True, comment="文号段"),
        sa.Column(
            "received_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="登记时间",
        ),
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("fingerprint", sa.String(), nullable=False, comment="登记内容的 SHA-256"),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["case_svc.inspection.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("unit", "kind", "number"),
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_document_entity_id"),
        "document",
        ["entity_id"],
        unique=False,
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_document_inspection_id"),
        "document",
        ["inspection_id"],
        unique=False,
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_document_pdf_sha256"),
        "document",
        ["pdf_sha256"],
        unique=False,
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_document_region"), "document", ["region"], unique=False, schema="case_svc"
    )
    op.create_table(
        "evidence",
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("inspection_id", sa.Uuid(), nullable=False, comment="现场检查"),
        sa.Column("hazard_id", sa.Uuid(), nullable=True, comment="所证明的隐患"),
        sa.Column("sha256", sa.String(), nullable=False, comment="原件摘要"),
        sa.Column("size", sa.BigInteger(), nullable=False, comment="字节数"),
        sa.Column("media_type", sa.String(), nullable=False, comment="媒体类型"),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False, comment="取证时间"),
        sa.Column("caption", sa.String(), nullable=False, comment="说明"),
        sa.Column(
            "location",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=True,
            comment="取证位置",
        ),
        sa.Column("device", sa.String(), nullable=False, comment="平板编号"),
        sa.Column(
            "declared_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="登记时间",
        ),
        sa.Column("declared_by", sa.String(), nullable=False, comment="登记人"),
        sa.Column(
            "received_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="原件收到时间；空即未收到",
        ),
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("fingerprint", sa.String(), nullable=False, comment="登记内容的 SHA-256"),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["case_svc.inspection.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_evidence_inspection_id"),
        "evidence",
        ["inspection_id"],
        unique=False,
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_evidence_region"), "evidence", ["region"], unique=False, schema="case_svc"
    )
    op.create_index(
        op.f("ix_case_svc_evidence_sha256"), "evidence", ["sha256"], unique=False, schema="case_svc"
    )
    op.create_table(
        "hazard",
        sa.Column("id", sa.Uuid(), nullable=False, comment="即所发现问题的编号"),
        sa.Column("inspection_id", sa.Uuid(), nullable=False, comment="现场检查"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("entity_id", sa.Uuid(), nullable=False, comment="检查对象"),
        sa.Column("entity_name", sa.String(), nullable=False, comment="检查时的企业名称"),
        sa.Column("check_item", sa.String(), nullable=False, comment="检查项"),
        sa.Column("description", sa.String(), nullable=False, comment="问题描述"),
        sa.Column("basis", sa.String(), nullable=False, comment="违反的规定"),
        sa.Column("correct_by", sa.Date(), nullable=False, comment="整改期限"),
        sa.Column("major", sa.Boolean(), nullable=False, comment="是否重大事故隐患"),
        sa.Column("state", sa.String(), nullable=False, comment="open 未销号，closed 已销号"),
        sa.Column(
            "closed_at", sa.DateTime(timezone=True), nullable=True, comment="复查认定已整改的时间"
        ),
        sa.Column("closed_by", sa.Uuid(), nullable=True, comment="据以销号的整改复查"),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["case_svc.inspection.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_hazard_correct_by"),
        "hazard",
        ["correct_by"],
        unique=False,
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_hazard_entity_id"),
        "hazard",
        ["entity_id"],
        unique=False,
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_hazard_inspection_id"),
        "hazard",
        ["inspection_id"],
        unique=False,
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_hazard_region"), "hazard", ["region"], unique=False, schema="case_svc"
    )
    op.create_table(
        "reinspection",
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("unit", sa.String(), nullable=False, comment="执法单位代码"),
        sa.Column("inspection_id", sa.Uuid(), nullable=False, comment="原现场检查"),
        sa.Column("entity_id", sa.Uuid(), nullable=False, comment="检查对象"),
        sa.Column("reinspected_at", sa.DateTime(timezone=True), nullable=False, comment="复查时间"),
        sa.Column("officers", postgresql.ARRAY(sa.String()), nullable=False, comment="执法证号"),
        sa.Column(
            "results",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="各项隐患的复查结果",
        ),
        sa.Column("device", sa.String(), nullable=False, comment="平板编号"),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="登记时间",
        ),
        sa.Column("recorded_by", sa.String(), nullable=False, comment="登记人"),
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("fingerprint", sa.String(), nullable=False, comment="登记内容的 SHA-256"),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["case_svc.inspection.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_reinspection_inspection_id"),
        "reinspection",
        ["inspection_id"],
        unique=False,
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_reinspection_region"),
        "reinspection",
        ["region"],
        unique=False,
        schema="case_svc",
    )
    # What was recorded and what was issued never changes: the role may add, and only where
    # something arrives later may it write that one thing.
    for table in ("inspection", "reinspection"):
        scope_by_region("case_svc", table, "select, insert")
    for table, arrives in (
        ("hazard", "state, closed_at, closed_by"),
        ("evidence", "received_at"),
        ("document", "pdf_received_at"),
    ):
        scope_by_region("case_svc", table, f"select, insert, update ({arrives})")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for table in (
        "reinspection",
        "hazard",
        "evidence",
        "document",
        "inspection",
    ):
        op.drop_table(table, schema="case_svc")

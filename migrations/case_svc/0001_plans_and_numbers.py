"""Plans, schemes and numbers; the mirror of the ledger; the feed of proceedings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.feed import number_changes_at_commit
from migrations.scoping import grant, scope_by_region

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "change",
        sa.Column(
            "id", sa.BigInteger(), sa.Identity(always=False), nullable=False, comment="写入序"
        ),
        sa.Column("position", sa.BigInteger(), nullable=True, comment="提交序，提交时给出"),
        sa.Column("kind", sa.String(), nullable=False, comment="变更种类"),
        sa.Column("subject", sa.String(), nullable=False, comment="变更对象的编号"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("officer", sa.String(), nullable=False, comment="经办人"),
        sa.Column(
            "made_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="变更时间",
        ),
        sa.Column(
            "body",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="要点",
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("position"),
        schema="case_svc",
    )
    op.create_index(
        "change_subject", "change", ["subject", "position"], unique=False, schema="case_svc"
    )
    op.create_table(
        "entity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("name", sa.String(), nullable=False, comment="名称"),
        sa.Column("credit_code", sa.String(), nullable=True, comment="统一社会信用代码"),
        sa.Column("trades", postgresql.ARRAY(sa.String()), nullable=False, comment="行业领域"),
        sa.Column("op_status", sa.String(), nullable=False, comment="经营状态"),
        sa.Column(
            "values", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="各栏目的值"
        ),
        sa.Column("missing", postgresql.ARRAY(sa.String()), nullable=False, comment="缺失的必填项"),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_entity_region"), "entity", ["region"], unique=False, schema="case_svc"
    )
    op.create_table(
        "feed_counter",
        sa.Column("single", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column(
            "last",
            sa.BigInteger(),
            server_default=sa.text("0"),
            nullable=False,
            comment="最后的提交序",
        ),
        sa.Column(
            "epoch",
            sa.Uuid(),
            server_default=sa.text("gen_random_uuid()"),
            nullable=False,
            comment="纪元；从备份恢复后更换",
        ),
        sa.PrimaryKeyConstraint("single"),
        schema="case_svc",
    )
    op.create_table(
        "followed_feed",
        sa.Column("feed", sa.String(), nullable=False, comment="变更流"),
        sa.Column("cursor", sa.String(), nullable=True, comment="已应用到的游标"),
        sa.Column(
            "applied_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="最近一次应用",
        ),
        sa.PrimaryKeyConstraint("feed"),
        schema="case_svc",
    )
    op.create_table(
        "number_lease",
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("unit", sa.String(), nullable=False, comment="单位代码"),
        sa.Column("document", sa.String(), nullable=False, comment="文书种类"),
        sa.Column("year", sa.Integer(), nullable=False, comment="年度"),
        sa.Column("device", sa.String(), nullable=False, comment="设备"),
        sa.Column("first", sa.Integer(), nullable=False, comment="首个序号"),
        sa.Column("last", sa.Integer(), nullable=False, comment="最后序号"),
        sa.Column("pattern", sa.String(), nullable=False, comment="文号格式，只留序号待填"),
        sa.Column("leased_by", sa.String(), nullable=False, comment="领用人员"),
        sa.Column(
            "leased_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="领用时间",
        ),
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("fingerprint", sa.String(), nullable=False, comment="登记内容的 SHA-256"),
        sa.CheckConstraint("last >= first", name="run"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("unit", "document", "year", "first", name="number_lease_first"),
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_number_lease_region"),
        "number_lease",
        ["region"],
        unique=False,
        schema="case_svc",
    )
    op.create_table(
        "number_series",
        sa.Column("unit", sa.String(), nullable=False, comment="单位代码"),
        sa.Column("document", sa.String(), nullable=False, comment="文书种类"),
        sa.Column("year", sa.Integer(), nullable=False, comment="年度"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column(
            "last",
            sa.Integer(),
            server_default=sa.text("0"),
            nullable=False,
            comment="已取到的最后序号",
        ),
        sa.PrimaryKeyConstraint("unit", "document", "year"),
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_number_series_region"),
        "number_series",
        ["region"],
        unique=False,
        schema="case_svc",
    )
    op.create_table(
        "officer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("unit", sa.String(), nullable=False, comment="单位代码"),
        sa.Column("name", sa.String(), nullable=False, comment="姓名"),
        sa.Column("certificate_number", sa.String(), nullable=False, comment="执法证号"),
        sa.Column("valid_until", sa.Date(), nullable=False, comment="有效期至"),
        sa.Column("certificate_state", sa.String(), nullable=False, comment="执法证状态"),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_officer_certificate_number"),
        "officer",
        ["certificate_number"],
        unique=False,
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_officer_region"), "officer", ["region"], unique=False, schema="case_svc"
    )
    op.create_table(
        "plan",
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("unit", sa.String(), nullable=False, comment="单位代码"),
        sa.Column("year", sa.Integer(), nullable=False, comment="年度"),
        sa.Column("title", sa.String(), nullable=False, comment="名称"),
        sa.Column(
            "stage",
            sa.String(),
            server_default=sa.text("'draft'"),
            nullable=False,
            comment="阶段：draft 拟制，approved 已批准",
        ),
        sa.Column("approval_number", sa.String(), nullable=True, comment="批准文号"),
        sa.Column("approved_on", sa.Date(), nullable=True, comment="批准日期"),
        sa.Column("approved_by", sa.String(), nullable=True, comment="登记批准的人员"),
        sa.Column("drafted_by", sa.String(), nullable=False, comment="编制人员"),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="登记时间",
        ),
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("fingerprint", sa.String(), nullable=False, comment="登记内容的 SHA-256"),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_plan_region"), "plan", ["region"], unique=False, schema="case_svc"
    )
    op.create_table(
        "unit",
        sa.Column("code", sa.String(), nullable=False, comment="单位代码"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("name", sa.String(), nullable=False, comment="名称"),
        sa.Column("short_name", sa.String(), nullable=False, comment="文号中的简称，待确认"),
        sa.Column("level", sa.String(), nullable=False, comment="层级"),
        sa.PrimaryKeyConstraint("code"),
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_unit_region"), "unit", ["region"], unique=False, schema="case_svc"
    )
    op.create_table(
        "planned_inspection",
        sa.Column("plan_id", sa.Uuid(), nullable=False, comment="所属计划"),
        sa.Column("region", sa.String(), nullable=False, comment="企业的行政区划代码"),
        sa.Column("unit", sa.String(), nullable=False, comment="单位代码"),
        sa.Column("year", sa.Integer(), nullable=False, comment="年度"),
        sa.Column("entity_id", sa.Uuid(), nullable=False, comment="企业"),
        sa.Column("entity_name", sa.String(), nullable=False, comment="列入计划时的企业名称"),
        sa.Column("month", sa.Integer(), nullable=False, comment="月份"),
        sa.Column("office", sa.String(), nullable=False, comment="检查科室"),
        sa.Column("trade", sa.String(), nullable=False, comment="行业领域"),
        sa.Column("kind", sa.String(), nullable=False, comment="key 重点检查，general 一般检查"),
        sa.Column("times", sa.Integer(), nullable=False, comment="计划次数"),
        sa.Column(
            "approved",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="所属计划是否已批准",
        ),
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("fingerprint", sa.String(), nullable=False, comment="登记内容的 SHA-256"),
        sa.CheckConstraint("month between 1 and 12", name="month"),
        sa.CheckConstraint("times >= 1", name="times"),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["case_svc.plan.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_planned_inspection_entity_id"),
        "planned_inspection",
        ["entity_id"],
        unique=False,
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_planned_inspection_region"),
        "planned_inspection",
        ["region"],
        unique=False,
        schema="case_svc",
    )
    op.create_index(
        "planned_inspection_of_plan",
        "planned_inspection",
        ["plan_id", "month"],
        unique=False,
        schema="case_svc",
    )
    op.create_table(
        "inspection_scheme",
        sa.Column("region", sa.String(), nullable=False, comment="企业的行政区划代码"),
        sa.Column("unit", sa.String(), nullable=False, comment="单位代码"),
        sa.Column("planned_inspection_id", sa.Uuid(), nullable=True, comment="计划内检查"),
        sa.Column("ground", sa.String(), nullable=True, comment="计划外检查的事由"),
        sa.Column("entity_id", sa.Uuid(), nullable=False, comment="企业"),
        sa.Column("entity_name", sa.String(), nullable=False, comment="拟制时的企业名称"),
        sa.Column(
            "officers", postgresql.ARRAY(sa.String()), nullable=False, comment="执法人员的执法证号"
        ),
        sa.Column("inspect_on", sa.Date(), nullable=False, comment="检查日期"),
        sa.Column("checklist", sa.String(), nullable=False, comment="检查表及版本"),
        sa.Column("contents", postgresql.ARRAY(sa.String()), nullable=False, comment="检查内容"),
        sa.Column("method", sa.String(), nullable=False, comment="检查方式"),
        sa.Column(
            "stage",
            sa.String(),
            server_default=sa.text("'drafted'"),
            nullable=False,
            comment="阶段：drafted、reviewed、approved、returned",
        ),
        sa.Column("drafted_by", sa.String(), nullable=False, comment="拟制人员"),
        sa.Column("drafted_by_name", sa.String(), nullable=False, comment="拟制人员姓名"),
        sa.Column(
            "drafted_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="拟制时间",
        ),
        sa.Column("reviewed_by", sa.String(), nullable=True, comment="审核人员"),
        sa.Column("reviewed_by_name", sa.String(), nullable=True, comment="审核人员姓名"),
        sa.Column("reviewed_on", sa.Date(), nullable=True, comment="审核日期"),
        sa.Column("review_opinion", sa.String(), nullable=True, comment="审核意见"),
        sa.Column("approved_by", sa.String(), nullable=True, comment="审批人员"),
        sa.Column("approved_by_name", sa.String(), nullable=True, comment="审批人员姓名"),
        sa.Column("approved_on", sa.Date(), nullable=True, comment="审批日期"),
        sa.Column("approval_opinion", sa.String(), nullable=True, comment="审批意见"),
        sa.Column("number", sa.String(), nullable=True, comment="文号"),
        sa.Column("document_id", sa.Uuid(), nullable=True, comment="现场检查方案文书"),
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("fingerprint", sa.String(), nullable=False, comment="登记内容的 SHA-256"),
        sa.CheckConstraint("(planned_inspection_id is null) <> (ground is null)", name="occasion"),
        sa.ForeignKeyConstraint(
            ["planned_inspection_id"],
            ["case_svc.planned_inspection.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("unit", "number", name="inspection_scheme_number"),
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_inspection_scheme_entity_id"),
        "inspection_scheme",
        ["entity_id"],
        unique=False,
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_inspection_scheme_planned_inspection_id"),
        "inspection_scheme",
        ["planned_inspection_id"],
        unique=False,
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_inspection_scheme_region"),
        "inspection_scheme",
        ["region"],
        unique=False,
        schema="case_svc",
    )
    number_changes_at_commit("case_svc")
    grant("case_svc", "followed_feed")
    for table in ("plan", "planned_inspection", "inspection_scheme"):
        scope_by_region("case_svc", table)
    for table in ("number_series", "number_lease"):
        scope_by_region("case_svc", table)
    for table in ("entity", "officer", "unit"):
        # The mirror is emptied when the ledger begins anew, and a thing that is gone goes.
        scope_by_region("case_svc", table, "select, insert, update, delete")


def downgrade() -> None:
    raise NotImplementedError("The first step is undone by dropping the schema.")

"""The first tables of the ledger: entities, imports, officers, units, accounts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.feed import number_changes_at_commit
from migrations.scoping import scope_by_region

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("username", sa.String(), nullable=False, comment="帐号名"),
        sa.Column("password_hash", sa.String(), nullable=False, comment="口令的 argon2id 摘要"),
        sa.Column("kind", sa.String(), nullable=False, comment="officer 人员，system 系统"),
        sa.Column("officer_id", sa.Uuid(), nullable=True, comment="执法人员"),
        sa.Column("name", sa.String(), nullable=False, comment="姓名或系统名"),
        sa.Column("roles", postgresql.ARRAY(sa.String()), nullable=False, comment="角色"),
        sa.Column("unit", sa.String(), nullable=False, comment="单位代码"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column(
            "active",
            sa.Boolean(),
            server_default=sa.text("true"),
            nullable=False,
            comment="是否启用",
        ),
        sa.Column(
            "failures",
            sa.Integer(),
            server_default=sa.text("0"),
            nullable=False,
            comment="连续输错次数",
        ),
        sa.Column("rests_until", sa.DateTime(timezone=True), nullable=True, comment="锁定至"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("username"),
        schema="ledger_svc",
    )
    op.create_index(
        op.f("ix_ledger_svc_account_officer_id"),
        "account",
        ["officer_id"],
        unique=False,
        schema="ledger_svc",
    )
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
        schema="ledger_svc",
    )
    op.create_index(
        "change_subject", "change", ["subject", "position"], unique=False, schema="ledger_svc"
    )
    op.create_table(
        "entity",
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("region", sa.String(), nullable=False, comment="监管单位的行政区划代码"),
        sa.Column("name", sa.String(), nullable=False, comment="企业名称"),
        sa.Column("name_key", sa.String(), nullable=False, comment="用于查重的名称"),
        sa.Column("credit_code", sa.String(), nullable=True, comment="统一社会信用代码"),
        sa.Column("division_code", sa.String(), nullable=False, comment="所在地行政区划代码"),
        sa.Column("trades", postgresql.ARRAY(sa.String()), nullable=False, comment="所属行业领域"),
        sa.Column("op_status", sa.String(), nullable=False, comment="生产经营状态"),
        sa.Column(
            "values", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="各栏目的值"
        ),
        sa.Column("missing", postgresql.ARRAY(sa.String()), nullable=False, comment="缺失的必填项"),
        sa.Column("dictionary", sa.String(), nullable=False, comment="核对所用的数据项字典及版本"),
        sa.Column(
            "version",
            sa.Integer(),
            server_default=sa.text("1"),
            nullable=False,
            comment="版本，每次变更加一",
        ),
        sa.Column(
            "recorded_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="入台账时间",
        ),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="最近变更时间",
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("credit_code"),
        schema="ledger_svc",
    )
    op.create_index(
        "entity_name", "entity", ["region", "name_key"], unique=False, schema="ledger_svc"
    )
    op.create_index(
        op.f("ix_ledger_svc_entity_region"), "entity", ["region"], unique=False, schema="ledger_svc"
    )
    op.create_table(
        "entity_import",
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("region", sa.String(), nullable=False, comment="导入者的行政区划代码"),
        sa.Column("officer", sa.String(), nullable=False, comment="导入者"),
        sa.Column("filename", sa.String(), nullable=False, comment="文件名"),
        sa.Column("sha256", sa.String(), nullable=False, comment="原文件摘要"),
        sa.Column("size", sa.BigInteger(), nullable=False, comment="原文件字节数"),
        sa.Column("state", sa.String(), nullable=False, comment="checked 已核对，applied 已入台账"),
        sa.Column("rows", sa.Integer(), nullable=False, comment="数据行数"),
        sa.Column("bad", sa.Integer(), nullable=False, comment="有误的行数"),
        sa.Column("new", sa.Integer(), nullable=False, comment="新增行数"),
        sa.Column("changed", sa.Integer(), nullable=False, comment="变更行数"),
        sa.Column("unchanged", sa.Integer(), nullable=False, comment="不变行数"),
        sa.Column("header_row", sa.Integer(), nullable=False, comment="表头所在行"),
        sa.Column(
            "columns", postgresql.ARRAY(sa.String()), nullable=False, comment="各列对应的栏目"
        ),
        sa.Column(
            "problems",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="问题：行、栏目、原因",
        ),
        sa.Column(
            "applied_through",
            sa.Integer(),
            server_default=sa.text("0"),
            nullable=False,
            comment="已写入到的行",
        ),
        sa.Column(
            "checked_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="核对时间",
        ),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True, comment="完成时间"),
        sa.PrimaryKeyConstraint("id"),
        schema="ledger_svc",
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
        schema="ledger_svc",
    )
    op.create_table(
        "import_row",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False, comment="工作表中的行号"),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("credit_code", sa.String(), nullable=False),
        sa.Column("division_code", sa.String(), nullable=False),
        sa.Column("trades", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("op_status", sa.String(), nullable=False),
        sa.Column("values", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("import_id", "row"),
        schema="ledger_svc",
        prefixes=["UNLOGGED"],
    )
    op.create_table(
        "officer",
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("name", sa.String(), nullable=False, comment="姓名"),
        sa.Column("unit", sa.String(), nullable=False, comment="单位代码"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("office", sa.String(), nullable=False, comment="科室"),
        sa.Column(
            "work_types", postgresql.ARRAY(sa.String()), nullable=False, comment="执法工作类别"
        ),
        sa.Column("certificate_number", sa.String(), nullable=False, comment="执法证号"),
        sa.Column("issuer", sa.String(), nullable=False, comment="发证机关"),
        sa.Column("issued_on", sa.Date(), nullable=False, comment="发证日期"),
        sa.Column("valid_until", sa.Date(), nullable=False, comment="有效期至"),
        sa.Column("certificate_state", sa.String(), nullable=False, comment="执法证状态"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("certificate_number"),
        schema="ledger_svc",
    )
    op.create_index(
        op.f("ix_ledger_svc_officer_region"),
        "officer",
        ["region"],
        unique=False,
        schema="ledger_svc",
    )
    op.create_table(
        "roster_person",
        sa.Column("id", sa.Uuid(), nullable=False, comment="由单位、年度、证号得出"),
        sa.Column("unit", sa.String(), nullable=False, comment="单位代码"),
        sa.Column("year", sa.Integer(), nullable=False, comment="年度"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("certificate_number", sa.String(), nullable=False, comment="执法证号"),
        sa.Column("name", sa.String(), nullable=False, comment="姓名"),
        sa.Column("work_type", sa.String(), nullable=False, comment="执法工作类别"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("unit", "year", "certificate_number"),
        schema="ledger_svc",
    )
    op.create_table(
        "training",
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("title", sa.String(), nullable=False, comment="培训名称"),
        sa.Column("kind", sa.String(), nullable=False, comment="类型：system 系统应用 …"),
        sa.Column("held_on", sa.Date(), nullable=False, comment="日期"),
        sa.Column("hours", sa.Numeric(precision=5, scale=1), nullable=False, comment="学时"),
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("fingerprint", sa.String(), nullable=False, comment="登记内容的 SHA-256"),
        sa.PrimaryKeyConstraint("id"),
        schema="ledger_svc",
    )
    op.create_table(
        "unit",
        sa.Column("code", sa.String(), nullable=False, comment="单位代码"),
        sa.Column("name", sa.String(), nullable=False, comment="单位名称"),
        sa.Column("short_name", sa.String(), nullable=False, comment="文号中的地区简称"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("level", sa.String(), nullable=False, comment="层级：city、county、zone"),
        sa.PrimaryKeyConstraint("code"),
        schema="ledger_svc",
    )
    op.create_table(
        "refresh_token",
        sa.Column("hash", sa.String(), nullable=False, comment="令牌的 SHA-256"),
        sa.Column("account_id", sa.Uuid(), nullable=False, comment="帐号"),
        sa.Column("family", sa.Uuid(), nullable=False, comment="同一次登录的令牌"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False, comment="失效时间"),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True, comment="换新时间"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["ledger_svc.account.id"],
        ),
        sa.PrimaryKeyConstraint("hash"),
        schema="ledger_svc",
    )
    op.create_index(
        op.f("ix_ledger_svc_refresh_token_account_id"),
        "refresh_token",
        ["account_id"],
        unique=False,
        schema="ledger_svc",
    )
    op.create_index(
        op.f("ix_ledger_svc_refresh_token_family"),
        "refresh_token",
        ["family"],
        unique=False,
        schema="ledger_svc",
    )
    op.create_table(
        "training_attendance",
        sa.Column("training_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.ForeignKeyConstraint(
            ["training_id"],
            ["ledger_svc.training.id"],
        ),
        sa.PrimaryKeyConstraint("training_id", "officer_id"),
        schema="ledger_svc",
    )
    op.create_index(
        op.f("ix_ledger_svc_training_attendance_officer_id"),
        "training_attendance",
        ["officer_id"],
        unique=False,
        schema="ledger_svc",
    )
    number_changes_at_commit("ledger_svc")
    for table in ("entity", "officer", "unit", "account", "training", "training_attendance"):
        scope_by_region("ledger_svc", table)
    scope_by_region("ledger_svc", "entity_import")
    for table in ("import_row", "refresh_token", "roster_person"):
        # What waits to be applied, what has been signed out, who is no longer on a list: these go.
        scope_by_region("ledger_svc", table, "select, insert, update, delete")
    # Two questions that reach past the caller's region, each answered with as little as can be:
    # who holds a credit code (an id, no name), and whether an id is taken.
    op.execute("""
        create function ledger_svc.holders_of_codes(codes text[]) returns setof text
        language sql stable security definer set search_path = ledger_svc as $$
            select credit_code || '=' || id from ledger_svc.entity where credit_code = any(codes)
        $$""")
    op.execute("""
        create function ledger_svc.entity_exists(wanted uuid) returns boolean
        language sql stable security definer set search_path = ledger_svc as $$
            select exists (select from ledger_svc.entity where id = wanted)
        $$""")
    for function in ("holders_of_codes(text[])", "entity_exists(uuid)"):
        op.execute(f"revoke all on function ledger_svc.{function} from public")
        op.execute(f"grant execute on function ledger_svc.{function} to ledger_svc")


def downgrade() -> None:
    raise NotImplementedError("The first step is undone by dropping the schema.")

"""Devices and the codes that enrol them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.scoping import scope_by_region

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LATER = sa.DateTime(timezone=True)
JSON = postgresql.JSONB(astext_type=sa.Text())


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "device_enrolment",
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("fingerprint", sa.String(), nullable=False, comment="登记内容的 SHA-256"),
        sa.Column("unit", sa.String(), nullable=False, comment="单位代码"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("gateway", sa.String(), nullable=False, comment="平板今后访问的服务器地址"),
        sa.Column("code_hash", sa.String(), nullable=False, comment="注册码的 SHA-256"),
        sa.Column("made_by", sa.String(), nullable=False, comment="发放人"),
        sa.Column("expires_at", LATER, nullable=False, comment="失效时间"),
        sa.Column("device_id", sa.Uuid(), nullable=True, comment="用此注册码注册的平板"),
        sa.Column("used_at", LATER, nullable=True, comment="使用时间"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_hash"),
        schema="ledger_svc",
    )
    op.create_table(
        "device",
        sa.Column("id", sa.Uuid(), nullable=False, comment="由平板生成"),
        sa.Column("unit", sa.String(), nullable=False, comment="单位代码"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("name", sa.String(), nullable=False, comment="平板名称"),
        sa.Column("model", sa.String(), nullable=False, comment="型号"),
        sa.Column("platform", sa.String(), nullable=False, comment="操作系统"),
        sa.Column("public_key", sa.String(), nullable=False, comment="Ed25519 公钥，base64url"),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False, comment="注册时所用的注册码"),
        sa.Column(
            "enrolled_at",
            LATER,
            server_default=sa.text("now()"),
            nullable=False,
            comment="注册时间",
        ),
        sa.Column(
            "state",
            sa.String(),
            nullable=False,
            comment="active 在用，frozen 冻结，wipe_requested 待擦除，wiped 已擦除",
        ),
        sa.Column(
            "state_at",
            LATER,
            server_default=sa.text("now()"),
            nullable=False,
            comment="状态变更时间",
        ),
        sa.Column("state_by", sa.String(), nullable=False, comment="状态变更人"),
        sa.Column(
            "reason",
            sa.String(),
            server_default=sa.text("''"),
            nullable=False,
            comment="状态变更原因",
        ),
        sa.Column("cloned_at", LATER, nullable=True, comment="发现被复制或从备份恢复的时间"),
        sa.Column("contacted_at", LATER, nullable=True, comment="最近上报时间"),
        sa.Column("report", JSON, nullable=True, comment="最近一次上报：未送达数量、版本、时钟"),
        sa.Column("skew", sa.Integer(), nullable=True, comment="平板时钟快于服务器的秒数"),
        sa.Column(
            "officers",
            JSON,
            server_default=sa.text("'[]'"),
            nullable=False,
            comment="在此平板上登录过的人",
        ),
        sa.Column("nonce", sa.String(), nullable=True, comment="最近一次应答给出的随机数"),
        sa.Column("nonce_before", sa.String(), nullable=True, comment="再前一次给出的随机数"),
        sa.Column(
            "answered",
            JSON,
            server_default=sa.text("'[]'"),
            nullable=False,
            comment="最近几次上报：序号、签名摘要、所给随机数",
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("enrolment_id"),
        schema="ledger_svc",
    )
    op.create_index(
        op.f("ix_ledger_svc_device_region"), "device", ["region"], unique=False, schema="ledger_svc"
    )
    for table in ("device_enrolment", "device"):
        scope_by_region("ledger_svc", table)


def downgrade() -> None:
    raise NotImplementedError("What devices have reported is not undone.")

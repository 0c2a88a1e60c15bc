"""Files on their way, and letters of tablets."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.scoping import scope_by_region

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False, comment="由平板生成"),
        sa.Column("device", sa.String(), nullable=False, comment="平板编号"),
        sa.Column("region", sa.String(), nullable=False, comment="送信者的行政区划代码"),
        sa.Column("account", sa.String(), nullable=False, comment="送信帐号"),
        sa.Column("subject", sa.String(), nullable=False, comment="所属事项"),
        sa.Column("kind", sa.String(), nullable=False, comment="信件种类"),
        sa.Column("sha256", sa.String(), nullable=False, comment="内容的 SHA-256"),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False, comment="写成时间"),
        sa.Column(
            "received_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="收到时间",
        ),
        sa.Column("state", sa.String(), nullable=False, comment="applied 已办理，rejected 未受理"),
        sa.Column(
            "problem",
            postgresql.JSONB(none_as_null=True, astext_type=sa.Text()),
            nullable=True,
            comment="未受理的原因",
        ),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False, comment="内容"),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_letter_device"), "letter", ["device"], unique=False, schema="case_svc"
    )
    op.create_table(
        "upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("region", sa.String(), nullable=False, comment="上传者的行政区划代码"),
        sa.Column("account", sa.String(), nullable=False, comment="上传者"),
        sa.Column("sha256", sa.String(), nullable=False, comment="整个文件的摘要"),
        sa.Column("size", sa.BigInteger(), nullable=False, comment="整个文件的字节数"),
        sa.Column("media_type", sa.String(), nullable=False, comment="媒体类型"),
        sa.Column(
            "offset",
            sa.BigInteger(),
            server_default=sa.text("0"),
            nullable=False,
            comment="已收到的字节数，可能落后于暂存文件",
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="开始时间",
        ),
        sa.Column(
            "expires_at", sa.DateTime(timezone=True), nullable=False, comment="未完成的失效时间"
        ),
        sa.Column(
            "completed_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="收齐并核对无误的时间",
        ),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )
    op.create_index(
        "upload_arrived",
        "upload",
        ["sha256"],
        unique=False,
        schema="case_svc",
        postgresql_where=sa.text("completed_at is not null"),
    )
    op.create_index(
        "upload_open",
        "upload",
        ["expires_at"],
        unique=False,
        schema="case_svc",
        postgresql_where=sa.text("completed_at is null"),
    )
    # A letter is evidence: once decided it is neither changed nor removed.
    scope_by_region("case_svc", "letter", "select, insert")
    scope_by_region("case_svc", "upload", "select, insert, update, delete")
    # A tablet whose officer has moved sends letters again that its old region has: whether an id
    # is taken is all that is told.
    op.execute("""
        create function case_svc.letters_known(wanted uuid[]) returns setof uuid
        language sql stable security definer set search_path = case_svc as $$
            select id from case_svc.letter where id = any(wanted)
        $$""")
    op.execute("revoke all on function case_svc.letters_known(uuid[]) from public")
    op.execute("grant execute on function case_svc.letters_known(uuid[]) to case_svc")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute("drop function case_svc.letters_known(uuid[])")
    for table in ("letter", "upload"):
        op.drop_table(table, schema="case_svc")

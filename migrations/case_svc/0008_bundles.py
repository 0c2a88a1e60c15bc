"""Sealed bundles that came; officers who have left are remembered, with their account's state."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.scoping import scope_by_region

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NOW = sa.text("now()")


def _said(name: str, comment: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, comment=comment)


def _count(name: str, comment: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, comment=comment)


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.add_column(
        "officer",
        sa.Column(
            "account_active",
            sa.Boolean(),
            server_default=sa.text("true"),
            nullable=False,
            comment="有可用的帐号",
        ),
        schema="case_svc",
    )
    op.add_column(
        "officer", sa.Column("left_at", MOMENT, comment="离任时间；空即在任"), schema="case_svc"
    )
    op.create_table(
        "bundle",
        sa.Column("id", sa.String(), nullable=False, comment="封装文件的 SHA-256"),
        _said("region", "授权的行政区划代码"),
        _said("device", "平板编号"),
        _said("account", "授权的帐号"),
        _said("officer", "授权的执法人员"),
        _said("name", "姓名"),
        _said("unit", "授权的单位"),
        _said("purpose", "rescue 导出，sealed 封存"),
        sa.Column("made_at", MOMENT, nullable=False, comment="封装时间"),
        _said("carried_by", "首次送来的人"),
        sa.Column(
            "received_at", MOMENT, server_default=NOW, nullable=False, comment="首次送来的时间"
        ),
        sa.Column(
            "last_received_at", MOMENT, server_default=NOW, nullable=False,
            comment="最近一次送来的时间",
        ),
        _count("letters", "信件数"),
        _count("applied", "已办理"),
        _count("rejected", "未受理"),
        _count("held", "暂缓"),
        _count("files", "随附文件中已收到的"),
        sa.Column(
            "after_withdrawal", sa.Boolean(), nullable=False, comment="授权已撤回之后送来"
        ),
        _said("withdrawal", "撤回的情形"),
        sa.Column(
            "subjects", postgresql.ARRAY(sa.String()), nullable=False, comment="所属事项"
        ),
        sa.Column(
            "drafts", postgresql.JSONB(astext_type=sa.Text()), nullable=False,
            comment="未办完的事项",
        ),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )  # fmt: skip
    op.create_index(op.f("ix_case_svc_bundle_region"), "bundle", ["region"], schema="case_svc")
    scope_by_region("case_svc", "bundle", "select, insert, update")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.drop_table("bundle", schema="case_svc")
    # An office of before knows nobody who has left.
    op.execute("delete from case_svc.officer where left_at is not null")
    for name in ("left_at", "account_active"):
        op.drop_column("officer", name, schema="case_svc")

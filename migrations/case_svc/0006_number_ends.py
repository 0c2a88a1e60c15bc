"""What became of every number; leases that are frozen; no number in two places."""

import sqlalchemy as sa
from alembic import op

from migrations.scoping import grant, scope_by_region

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    # Equality beside overlap in one exclusion constraint; a trusted extension of PostgreSQL's own.
    op.execute("create extension if not exists btree_gist")
    op.create_table(
        "number_end",
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("unit", sa.String(), nullable=False, comment="单位代码"),
        sa.Column("document", sa.String(), nullable=False, comment="文书种类"),
        sa.Column("year", sa.Integer(), nullable=False, comment="年度"),
        sa.Column("first", sa.Integer(), nullable=False, comment="首个序号"),
        sa.Column("last", sa.Integer(), nullable=False, comment="最后序号"),
        sa.Column(
            "state",
            sa.String(),
            nullable=False,
            comment="issued 已出具，voided 作废，returned 退回",
        ),
        sa.Column("reason", sa.String(), nullable=False, comment="原因"),
        sa.Column("lease_id", sa.Uuid(), nullable=True, comment="文号段；空即办公室直接编号"),
        sa.Column("device", sa.String(), nullable=True, comment="设备"),
        sa.Column("officer", sa.String(), nullable=False, comment="经办人"),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False, comment="发生时间"),
        sa.Column(
            "received_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="登记时间",
        ),
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("fingerprint", sa.String(), nullable=False, comment="登记内容的 SHA-256"),
        sa.CheckConstraint("last >= first", name="run"),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_number_end_region"), "number_end", ["region"], schema="case_svc"
    )
    op.create_table(
        "number_freeze",
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("lease_id", sa.Uuid(), nullable=False, comment="文号段"),
        sa.Column("reason", sa.String(), nullable=False, comment="原因"),
        sa.Column("frozen_by", sa.String(), nullable=False, comment="经办人"),
        sa.Column(
            "frozen_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="冻结时间",
        ),
        sa.Column("id", sa.Uuid(), nullable=False, comment="由客户端生成"),
        sa.Column("fingerprint", sa.String(), nullable=False, comment="登记内容的 SHA-256"),
        sa.ForeignKeyConstraint(["lease_id"], ["case_svc.number_lease.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("lease_id"),
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_number_freeze_region"), "number_freeze", ["region"], schema="case_svc"
    )
    op.create_table(
        "fenced_device",
        sa.Column("device", sa.String(), nullable=False, comment="设备"),
        sa.Column("reason", sa.String(), nullable=False, comment="原因"),
        sa.Column(
            "fenced_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="停止时间",
        ),
        sa.PrimaryKeyConstraint("device"),
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_number_lease_device"), "number_lease", ["device"], schema="case_svc"
    )
    for table, name in (("number_lease", "number_lease_apart"), ("number_end", "number_end_once")):
        op.execute(
            f"alter table case_svc.{table} add constraint {name} exclude using gist "
            "(unit with =, document with =, year with =, int4range(first, last, '[]') with &&)"
        )
    # The account of a series looks for documents that were refused for their number.
    op.create_index(
        "letter_rejected",
        "letter",
        ["kind"],
        schema="case_svc",
        postgresql_where=sa.text("state = 'rejected'"),
    )
    # Documents that were issued before this step bear their numbers too.
    op.execute("""
        insert into case_svc.number_end (
            id, fingerprint, region, unit, document, year, first, last, state, reason, lease_id,
            device, officer, ended_at
        )
        select d.id, '', d.region, d.unit, d.kind, n.part[1]::int, n.part[2]::int, n.part[2]::int,
            'issued', '', d.lease_id, d.device, d.issued_by, d.issued_at
        from case_svc.document d
        cross join lateral regexp_match(d.number, '〔(\\d{4})〕(\\d{1,9})号$') as n(part)
        where n.part is not null
        on conflict do nothing""")
    # What became of a number is for good: neither changed nor removed.
    scope_by_region("case_svc", "number_end", "select, insert")
    scope_by_region("case_svc", "number_freeze", "select, insert")
    grant("case_svc", "fenced_device", "select, insert, update, delete")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.drop_index("letter_rejected", "letter", schema="case_svc")
    op.execute("alter table case_svc.number_lease drop constraint number_lease_apart")
    op.drop_index(op.f("ix_case_svc_number_lease_device"), "number_lease", schema="case_svc")
    for table in ("fenced_device", "number_freeze", "number_end"):
        op.drop_table(table, schema="case_svc")

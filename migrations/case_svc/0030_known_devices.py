"""Tablets as the ledger knows them: the key that vouches for a co-signature is compared with them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.scoping import scope_by_reach

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "known_device",
        sa.Column("id", sa.String(), nullable=False, comment="平板编号"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column(
            "public_key", sa.String(), nullable=False, comment="注册时登记的公钥，base64url"
        ),
        sa.Column(
            "enrolled_at", sa.DateTime(timezone=True), nullable=False, comment="注册时间"
        ),
        sa.Column(
            "officers", postgresql.ARRAY(sa.String()), nullable=False,
            comment="在其上登录过的执法证号",
        ),
        sa.Column(
            "states", postgresql.JSONB(), nullable=False, comment="状态及其起始时间，先后为序"
        ),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )  # fmt: skip
    op.create_index(
        op.f("ix_case_svc_known_device_region"), "known_device", ["region"], schema="case_svc"
    )
    scope_by_reach("case_svc", "known_device", "select, insert, update, delete")
    op.execute("""
        create function case_svc.vouching_devices(ids text[])
        returns table (id varchar, public_key varchar, enrolled_at timestamptz, officers varchar[], states jsonb)
        language sql stable security definer set search_path = case_svc as $$
            select d.id, d.public_key, d.enrolled_at, d.officers, d.states
            from case_svc.known_device as d where d.id = any(ids)
        $$""")
    op.execute("revoke all on function case_svc.vouching_devices(text[]) from public")
    op.execute("grant execute on function case_svc.vouching_devices(text[]) to case_svc")
    # The tablets that are there already are told once more: following the ledger begins anew.
    op.execute("update case_svc.followed_feed set cursor = null where feed = 'ledger'")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute("drop function case_svc.vouching_devices(text[])")
    op.drop_table("known_device", schema="case_svc")

"""Cases of one matter find one another: a plant and who leads it are two parties, two cases."""

import sqlalchemy as sa
from alembic import op

from migrations.scoping import scope_by_region

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "case_link",
        sa.Column("case_id", sa.Uuid(), nullable=False, comment="案件"),
        sa.Column("named", sa.Uuid(), nullable=False, comment="立案时所称的相关案件"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.ForeignKeyConstraint(["case_id"], ["case_svc.case.id"]),
        sa.ForeignKeyConstraint(["named"], ["case_svc.case.id"]),
        sa.PrimaryKeyConstraint("case_id", "named"),
        schema="case_svc",
    )
    op.create_index(op.f("ix_case_svc_case_link_named"), "case_link", ["named"], schema="case_svc")
    op.create_index(
        op.f("ix_case_svc_case_link_region"), "case_link", ["region"], schema="case_svc"
    )
    scope_by_region("case_svc", "case_link", "select, insert")
    # What was said before there was a table; row security hides nothing from the owner.
    op.execute(
        """
        insert into case_svc.case_link (case_id, named, region)
        select distinct act.case_id, known.id, act.region
        from case_svc.case_act as act, jsonb_array_elements_text(act.body -> 'said' -> 'linked') as one,
            case_svc."case" as known
        where act.seq = 1 and jsonb_typeof(act.body -> 'said' -> 'linked') = 'array'
            and known.id::text = one
        """
    )


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.drop_table("case_link", schema="case_svc")

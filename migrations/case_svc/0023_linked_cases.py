"""Cases of one matter find one another: a plant and who leads it are two parties, two cases."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.add_column(
        "case",
        sa.Column(
            "linked", sa.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False,
            comment="立案时所称的相关案件",
        ),
        schema="case_svc",
    )  # fmt: skip
    # What was said before there was a column; forced row security hides nothing from the owner.
    op.execute(
        """
        update case_svc."case" as known set linked = told.linked
        from (
            select case_id, array_agg(one::uuid) as linked
            from case_svc.case_act, jsonb_array_elements_text(body -> 'said' -> 'linked') as one
            where seq = 1 and jsonb_typeof(body -> 'said' -> 'linked') = 'array' group by 1
        ) as told
        where told.case_id = known.id
        """
    )
    op.create_index("case_linked", "case", ["linked"], schema="case_svc", postgresql_using="gin")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.drop_index("case_linked", "case", schema="case_svc")
    op.drop_column("case", "linked", schema="case_svc")

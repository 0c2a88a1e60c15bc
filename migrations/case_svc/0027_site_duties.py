"""What documents of the site still owe, until the head has answered."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from migrations.scoping import scope_by_region

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "site_duty",
        sa.Column("id", sa.Uuid(), nullable=False, comment="由文书编号和事项得出"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("unit", sa.String(), nullable=False, comment="执法单位代码"),
        sa.Column("document_id", sa.Uuid(), nullable=False, comment="文书"),
        sa.Column("inspection_id", sa.Uuid(), nullable=False, comment="现场检查"),
        sa.Column("document_name", sa.String(), nullable=False, comment="文书名称"),
        sa.Column("number", sa.String(), nullable=True, comment="文号"),
        sa.Column("entity_name", sa.String(), nullable=False, comment="被检查单位"),
        sa.Column("name", sa.String(), nullable=False, comment="事项代码"),
        sa.Column("title", sa.String(), nullable=False, comment="事项"),
        sa.Column("law", sa.String(), nullable=False, comment="依据"),
        sa.Column("answers", ARRAY(sa.String()), nullable=False, comment="可以作出的答复"),
        sa.Column("officers", ARRAY(sa.String()), nullable=False, comment="执法人员证号"),
        sa.Column("due_on", sa.Date(), nullable=False, comment="期限届满日"),
        sa.Column("due_at", moment, nullable=True, comment="以小时计的，届满的时刻"),
        sa.Column("answer", sa.String(), nullable=True, comment="答复；空即未答复"),
        sa.Column("opinion", sa.String(), nullable=True, comment="意见"),
        sa.Column("answered_by", sa.String(), nullable=True, comment="答复人"),
        sa.Column("answered_at", moment, nullable=True, comment="答复的时间"),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )
    for column in ("region", "inspection_id"):
        name = op.f(f"ix_case_svc_site_duty_{column}")
        op.create_index(name, "site_duty", [column], schema="case_svc")
    op.create_index("site_duty_of_unit", "site_duty", ["unit", "due_on", "id"], schema="case_svc")
    scope_by_region("case_svc", "site_duty")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.drop_table("site_duty", schema="case_svc")

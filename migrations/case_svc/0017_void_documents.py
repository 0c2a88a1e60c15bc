"""Documents of a case that were issued and are void, each with its reason."""

import sqlalchemy as sa
from alembic import op

from migrations.scoping import scope_by_region

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_document_void",
        sa.Column("id", sa.Uuid(), nullable=False, comment="作废的文书"),
        sa.Column("fingerprint", sa.String(), nullable=False, comment="登记内容的 SHA-256"),
        sa.Column("case_id", sa.Uuid(), nullable=False, comment="案件"),
        sa.Column("region", sa.String(), nullable=False, comment="行政区划代码"),
        sa.Column("reason", sa.String(), nullable=False, comment="作废的理由"),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=False, comment="作废时间"),
        sa.Column("voided_by", sa.String(), nullable=False, comment="作废人"),
        sa.ForeignKeyConstraint(["id"], ["case_svc.document.id"]),
        sa.ForeignKeyConstraint(["case_id"], ["case_svc.case.id"]),
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )
    for column in ("case_id", "region"):
        op.create_index(
            op.f(f"ix_case_svc_case_document_void_{column}"), "case_document_void", [column],
            schema="case_svc",
        )  # fmt: skip
    scope_by_region("case_svc", "case_document_void", "select, insert")

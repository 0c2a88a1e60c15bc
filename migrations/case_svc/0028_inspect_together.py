"""Who inspects together may know one another's public facts: name, unit, certificate (联合检查)."""

from alembic import op

from migrations.scoping import SCOPE

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

SUPERIOR = f"(region <> '' and starts_with({SCOPE}, region))"
"""A bureau whose region holds that of the transaction: the prefecture's, for a county."""
NAMED = (
    "exists (select 1 from case_svc.inspection_scheme as scheme "
    "where scheme.officers @> array[certificate_number])"
)
"""Somebody whom a scheme names that the transaction may see anyway: row security holds within it."""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_index(
        "inspection_scheme_officers", "inspection_scheme", ["officers"], schema="case_svc",
        postgresql_using="gin",
    )  # fmt: skip
    op.execute(
        f"create policy together on case_svc.officer for select to case_svc using ({SUPERIOR} or {NAMED})"
    )
    op.execute(f"create policy together on case_svc.unit for select to case_svc using {SUPERIOR}")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute("drop policy together on case_svc.unit")
    op.execute("drop policy together on case_svc.officer")
    op.drop_index("inspection_scheme_officers", "inspection_scheme", schema="case_svc")

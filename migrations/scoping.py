"""What a service's role may touch, and which rows it sees."""

import sqlalchemy as sa
from alembic import op

from services.kit.names import SERVICES

SCOPE = "(select nullif(current_setting('app.region', true), ''))"


def grant(schema: str, table: str, rights: str = "select, insert, update") -> None:
    """Give the service's own role `rights` on one of its tables."""
    assert schema in SERVICES
    op.execute(f"grant {rights} on {schema}.{table} to {schema}")


def scope_by_region(schema: str, table: str, rights: str = "select, insert, update") -> None:
    """Show of a table only the rows whose region lies within that of the transaction (行政区划).

    A transaction that has not said for whom it works sees nothing: an unset setting reads as the
    empty string on a pooled connection, which every region starts with, hence the nullif.
    """
    grant(schema, table, rights)
    op.execute(f"alter table {schema}.{table} enable row level security")
    op.execute(f"alter table {schema}.{table} force row level security")
    op.execute(
        f"create policy region on {schema}.{table} to {schema} using (starts_with(region, {SCOPE}))"
    )
    # The owner (migrations, and functions that answer for it) is no superuser everywhere.
    op.execute(f"create policy owner on {schema}.{table} to current_user using (true)")


REACH = "(select {schema}.reach())"
"""The regions of predecessors, as an array that PostgreSQL asks once in a statement."""
TODAY = "(now() at time zone 'Asia/Shanghai')::date"


def scope_by_reach(schema: str, table: str, rights: str = "select, insert, update") -> None:
    """As `scope_by_region`, and the rows of regions for which that of the transaction carries on.

    For every table that is made after its schema has `reach()`.
    """
    scope_by_region(schema, table, rights)
    _reaching(schema, f"{schema}.{table}")


def let_successors_reach(schema: str) -> None:
    """The table of successions (职责承接), the function that reads it, and every policy asking it.

    The service reads the table and cannot write it: who sees what is the owner's to say
    (`make succession`). A transaction for nobody reaches nothing, as before.
    """
    grant(schema, "succession", "select")
    op.execute(f"""
        create function {schema}.reach() returns text[]
        language sql stable security definer set search_path = {schema} as $$
            with recursive behind (region) as (
                select from_region from succession
                where starts_with(to_region, {SCOPE}) and since <= {TODAY}
                union
                select further.from_region from succession as further
                join behind on starts_with(further.to_region, behind.region)
                where further.since <= {TODAY}
            )
            select coalesce(array_agg(region), '{{}}') from behind
        $$""")
    op.execute(f"revoke all on function {schema}.reach() from public")
    op.execute(f"grant execute on function {schema}.reach() to {schema}")
    for table in _scoped(schema):
        _reaching(schema, table)


def _reaching(schema: str, table: str) -> None:
    # The first part alone decides for nearly every row, and is what PostgreSQL knew before.
    op.execute(
        f"alter policy region on {table} using (starts_with(region, {SCOPE})"
        f" or region ^@ any ({REACH.format(schema=schema)}::text[]))"
    )


def drop_reach(schema: str) -> None:
    """Back to what a region alone sees."""
    for table in _scoped(schema):
        op.execute(f"alter policy region on {table} using (starts_with(region, {SCOPE}))")
    op.execute(f"drop function {schema}.reach()")


def _scoped(schema: str) -> list[str]:
    found = op.get_bind().exec_driver_sql(
        f"""select polrelid::regclass::text from pg_policy as p join pg_class as c on c.oid = p.polrelid
        where p.polname = 'region' and c.relnamespace = '{schema}'::regnamespace order by 1"""
    )
    return [table for (table,) in found]


def make_succession(schema: str) -> None:
    """The table of successions in one service's schema, and all that follows from it."""
    op.create_table(
        "succession",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("from_unit", sa.String(), nullable=False, comment="被承接的单位代码"),
        sa.Column("from_region", sa.String(), nullable=False, comment="被承接单位的行政区划代码"),
        sa.Column("to_unit", sa.String(), nullable=False, comment="承接单位代码"),
        sa.Column("to_region", sa.String(), nullable=False, comment="承接单位的行政区划代码"),
        sa.Column("since", sa.Date(), nullable=False, comment="自该日起承接"),
        sa.Column("order_number", sa.String(), nullable=False, comment="批准文件及文号"),
        sa.Column("counted", sa.Boolean(), nullable=False, comment="是否由其承担考核和文号"),
        sa.Column(
            "declared_at", sa.DateTime(timezone=True), nullable=False,
            server_default=sa.text("now()"), comment="登记时间",
        ),
        sa.CheckConstraint("from_unit <> to_unit", name="succession_of_another"),
        sa.CheckConstraint("length(from_region) >= 6", name="succession_of_a_county"),
        sa.UniqueConstraint("from_unit", "to_unit", name="succession_once"),
        schema=schema,
    )  # fmt: skip
    op.create_index(
        "succession_counted", "succession", ["from_unit"], unique=True, schema=schema,
        postgresql_where=sa.text("counted"),
    )  # fmt: skip
    let_successors_reach(schema)

"""What a service's role may touch, and which rows it sees."""

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

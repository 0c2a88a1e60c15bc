"""Positions of a change feed, given at commit."""

from alembic import op

from migrations.scoping import grant, scope_by_region


def number_changes_at_commit(schema: str) -> None:
    """Stamp each new change as its transaction commits, by a counter held one commit at a time.

    The trigger is deferred, so the counter's lock lasts only from the end of the transaction's
    work to its commit. Rows that come with a position (a bulk import that took a whole block as
    its last step) are left alone.
    """
    op.execute(f"insert into {schema}.feed_counter default values")
    op.execute(f"alter table {schema}.feed_counter add check (single)")
    grant(schema, "feed_counter", "select, update")
    scope_by_region(schema, "change", "select, insert, update")
    op.execute(f"""
        create function {schema}.number_change() returns trigger language plpgsql as $$
        declare place bigint;
        begin
            update {schema}.feed_counter set last = last + 1 returning last into place;
            update {schema}.change set position = place where id = new.id;
            return null;
        end $$""")
    op.execute(f"""
        create constraint trigger number_change after insert on {schema}.change
        deferrable initially deferred for each row when (new.position is null)
        execute function {schema}.number_change()""")

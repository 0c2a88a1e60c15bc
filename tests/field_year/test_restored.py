"""After a restore nobody goes on from where the lost days ended."""

import psycopg

from deploy.restored import SKIPPED, restored


def test_every_feed_begins_a_new_epoch_and_no_number_is_given_twice(new_database):
    database = new_database("ledger_svc", "case_svc")
    with psycopg.connect(database.owner_url, autocommit=True) as connection:

        def epochs():
            return [
                connection.execute(f"select epoch from {service}.feed_counter").fetchone()
                for service in ("ledger_svc", "case_svc")
            ]

        connection.execute(
            "insert into case_svc.number_series (unit, document, year, region, last) "
            "values ('140882', 'correction-order', 2026, '140882', 20)"
        )
        before = epochs()
        restored(database.owner_url)
        assert all(new != old for new, old in zip(epochs(), before, strict=True))
        found = connection.execute("select last from case_svc.number_series").fetchone()
        assert found == (20 + SKIPPED,)

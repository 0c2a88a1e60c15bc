"""`python -m deploy.restored`: what is done once after a database was restored from a backup.

Whoever has followed or pulled what the backup does not know must not go on from there: every feed
gets a new epoch, so that tablets, the province and the services read anew, and tablets offer again
what they hold receipts for. And document numbers given after the backup are out on paper though no
row knows them: every series jumps past them.
"""

import os

import psycopg
from psycopg import sql

from services.kit.names import SERVICES

SKIPPED = 1000
"""Numbers that no series gives any more after a restore: more than can have been leased since."""


def restored(owner_url: str) -> None:
    """Begin new epochs, and skip the numbers that may have been given since the backup."""
    with psycopg.connect(owner_url) as connection:
        for service in SERVICES:
            table = sql.Identifier(service, "feed_counter")
            if connection.execute(
                "select to_regclass(%s)", (f"{service}.feed_counter",)
            ).fetchone() != (None,):
                connection.execute(sql.SQL("update {} set epoch = gen_random_uuid()").format(table))
        connection.execute("update case_svc.number_series set last = last + %s", (SKIPPED,))


def main() -> None:
    """After a restore, and before the services are started."""
    restored(os.environ["ZHIFA_OWNER_URL"])


if __name__ == "__main__":
    main()

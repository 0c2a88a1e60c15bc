"""Put a store away (上锁): what is only in it is sealed for the office first.

A closed store opens by its person's password alone. What is unsent lies beside it in a bundle that
whoever works here next delivers unread, so that it need not wait for that person.
"""

import logging

from field_app.store import Store
from field_app.vault import note
from field_app.wiping import may_be_wiped


def put_away(store: Store) -> None:
    """Seal what is unsent, and note whether anything would be lost with the store; it stays open."""
    try:
        alone = not may_be_wiped(store)
    except OSError as error:
        # No room, or no right to write: it is locked all the same, and waits for its person.
        logging.getLogger("field_app").warning("not sealed: %s", error)
        alone = True
    note(store, alone=alone)

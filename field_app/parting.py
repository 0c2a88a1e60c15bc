"""Put a store away (上锁): what is only in it is sealed for the office first.

A closed store opens by its person's password alone. What is unsent lies beside it in bundles that
whoever works here next delivers unread, so that it need not wait for that person. An app in the
background may be killed without a word: what is new is sealed as it goes there.
"""

import logging

from field_app.setting_aside import Tell, set_aside, set_aside_meanwhile
from field_app.store import Store
from field_app.unsent import unsent_here
from field_app.vault import note
from lawbook.refusal import Refusal


def put_away(store: Store) -> None:
    """Seal what is unsent, and note whether anything would be lost with the store; it stays open."""
    note(store, alone=not _sealed(store))


async def put_away_meanwhile(store: Store, tell: Tell = lambda _: None) -> None:
    """The same, the sealing off this thread. `tell`: how far it is, 0 to 1, from another thread."""
    try:
        if unsent_here(store):
            await set_aside_meanwhile(store, tell)
        alone = False
    except (OSError, Refusal) as error:
        _not_sealed(error)
        alone = True
    note(store, alone=alone)


def pause(store: Store) -> None:
    """The app goes to the background: seal what is new, as far as a moment is enough for it.

    The store stays open, so that more may be written in it: nobody may take it for sealed whole.
    """
    _sealed(store, quick=True)
    note(store)


def _sealed(store: Store, *, quick: bool = False) -> bool:
    try:
        if unsent_here(store):
            set_aside(store, quick=quick)
    except (OSError, Refusal) as error:
        _not_sealed(error)
        return False
    return True


def _not_sealed(error: Exception) -> None:
    # No room, no right to write, no key or grant: it is locked all the same, and waits for its person.
    logging.getLogger("field_app").warning("not sealed: %s", type(error).__name__)

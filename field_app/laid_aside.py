"""Stores that were set aside since nobody knew their password any more (封存): told, opened, sent.

Nothing in them is lost and nothing can be read without the old password. Their person opens one with
it, signed in with the new one: what waits in it is delivered in that name, what was begun is sealed
for the office. Only a store in which nothing is alone any more may be removed, and only by its person.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from field_app.refusals import NotYourRecords, StillAlone
from field_app.store import KEY, Store, erase
from field_app.unsent import unsent_here
from field_app.vault import SEALED, SHOWN, holds_nothing_alone

if TYPE_CHECKING:
    from field_app.vault import Vault


@dataclass(frozen=True, slots=True)
class Aside:
    """One of them: where it lies, the masked name of its person, letters unsent, when it was last open.

    `alone`: whether something may be in it that is nowhere else.
    """

    place: Path
    name: str
    unsent: int
    seen_at: str
    alone: bool


def all_below(people: Path) -> list[Aside]:
    """Every store that was set aside on this device, the latest first."""
    found = []
    for place in people.glob(f"*{SEALED}*"):
        with suppress(OSError, ValueError, KeyError):
            if (place / KEY).is_file():
                told = json.loads((place / SHOWN).read_bytes())
                alone = not holds_nothing_alone(place)
                found.append(Aside(place, told["name"], told["unsent"], told["seen_at"], alone))
    return sorted(found, key=lambda one: one.seen_at, reverse=True)


def is_of(store: Store, aside: Aside) -> bool:
    """Whether it was set aside by the person whose store is open."""
    return aside.place.name.startswith(f"{store.folder.name}{SEALED}")


def require_same_person(store: Store, opened: Store) -> None:
    """Refuses NotYourRecords where another account wrote what is in it."""
    mine, before = store.setting("me") or {}, opened.setting("me") or {}
    if not mine or mine.get("account") != before.get("account"):
        raise NotYourRecords


def remove(vault: "Vault", store: Store, aside: Aside, key: bytes) -> None:
    """Remove a store that was set aside, once nothing is only in it. Refuses StillAlone."""
    opened = vault.opened_aside(aside.place, key)
    try:
        require_same_person(store, opened)
        if unsent_here(opened):
            raise StillAlone(unsent_here(opened).words())
    finally:
        opened.close()
    erase(aside.place)

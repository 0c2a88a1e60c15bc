"""What is being written on a screen: kept as it is typed, offered again, gone with its act (R1)."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from field_app.shelves.drafts import Value
from field_app.store import Store

T = TypeVar("T")
Read = Callable[[], Mapping[str, Value]]
"""What stands in each field, by its name."""
Write = Callable[[Mapping[str, Value]], None]
"""Puts into some fields what was being written there."""


class Draft:
    """What is being written on a screen about one thing, and what of it is on disk.

    Only what differs from what the screen proposes is kept, so that the rest follows what is known.
    """

    def __init__(self, store: Store, screen: str, about: str, read: Read, write: Write) -> None:
        """Offers again what was being written: what is in the fields now is what they propose."""
        self.store, self._screen, self._about, self._read = store, screen, about, read
        self._proposed = dict(read())
        self._kept = store.drafts.of(screen, about)
        found = {
            field: self._kept[field]
            for field, proposed in self._proposed.items()
            if self._kept.get(field, proposed) != proposed
        }
        self.resumed = bool(found)
        if found:
            write(found)

    def keep(self) -> None:
        """What has changed since the last time is on disk when it returns: one small commit or none."""
        changed: dict[str, Value | None] = {}
        for field, value in self._read().items():
            said = None if value == self._proposed.get(field) else value
            if said != self._kept.get(field):
                changed[field] = said
        if changed:
            self.store.drafts.keep(self._screen, self._about, changed)
            self._kept = self.store.drafts.of(self._screen, self._about)

    def settled(self, act: Callable[[], T], part: str = "") -> T:
        """Do the act for which the fields were written whose names begin with `part`: with its commit
        they are drafts no more."""
        done = {field: value for field, value in self._read().items() if field.startswith(part)}
        with self.store.atomic():
            made = act()
            if any(field.startswith(part) for field in self._kept):
                self.store.drafts.forget(self._screen, self._about, part)
        self._proposed |= done
        self._kept = {
            field: value for field, value in self._kept.items() if not field.startswith(part)
        }
        return made

    def lay(self, field: str, text: str) -> None:
        """Keep a field's text from another thread (`Drafts.lay`)."""
        self.store.drafts.lay(self._screen, self._about, field, text)

    def take_in(self) -> None:
        """Keep what was laid down meanwhile, on the screen's own thread."""
        self._kept = self.store.drafts.of(self._screen, self._about)

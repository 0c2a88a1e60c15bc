"""The vault (保险箱): one encrypted store for each person on this device, opened by the password.

    device.json                  whose installation this is (field_app/device.py)
    look.json                    light or dark: nothing about anybody
    people/NAME/key.json         the data key, wrapped with the password; NAME: hash of the account
    people/NAME/tries.json       wrong passwords in a row, while there are any
    people/NAME/shown.json       what the sign-in screen may show: a masked name, letters unsent
    people/NAME/…                the store itself, encrypted
    people/NAME.sealed-N/        a store whose password nobody knew any more: kept as it is

The first sign-in of a person here needs the office; from then on the password opens the store with
no signal. Closing the store forgets the key. Another person's letters stay in his own store.
"""

import contextlib
import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from field_app import carrier, takeover
from field_app.crypt import keys
from field_app.device import Device, device_in
from field_app.disk import make_folder, settle, write_whole
from field_app.files import LENT
from field_app.moments import kept, now, read, spoken
from field_app.offline import may_work_offline
from field_app.refusals import (
    NotHereBefore,
    OldPasswordWrong,
    PasswordChanged,
    TooManyTries,
    WrongPassword,
)
from field_app.store import ERASED, KEY, Store, erase

PEOPLE, TRIES, SHOWN, LOOK = "people", "tries.json", "shown.json", "look.json"
SEALED = ".sealed-"
FREE = 5
"""Wrong passwords in a row that cost nothing but their work."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who has signed in here: the name as it may be shown, letters unsent, when last."""

    name: str
    unsent: int
    seen_at: str
    sealed: bool


class Vault:
    """The stores of all who work on this device (保险箱), below one root folder."""

    def __init__(self, root: Path, work: keys.Work | None = None) -> None:
        """`work`: what a guess at a password costs. Ends what an earlier run had to leave."""
        self.root, self.people, self._work = root, root / PEOPLE, work or keys.Work()
        make_folder(root)
        make_folder(self.people)
        shutil.rmtree(self.scratch, ignore_errors=True)
        carrier.sweep(root)
        for folder in list(self.people.iterdir()):
            if folder.name.endswith(ERASED):
                erase(folder)
                continue
            shutil.rmtree(folder / LENT, ignore_errors=True)
            # Not in a copy that has not taken its place yet: there the plain store still counts.
            if (folder / takeover.WIPE).exists() and not folder.name.endswith(takeover.TAKING):
                takeover.wipe(root, folder)

    @property
    def scratch(self) -> Path:
        """Where the camera may write while nobody's store is open: emptied at every start."""
        return self.root / "taken"

    @property
    def device(self) -> Device:
        """This installation. One that is older than its file keeps the id that its store had."""
        return device_in(self.root, (takeover.owner(self.root) or {}).get("device"))

    def folder(self, user: str) -> Path:
        """Where a person's store lies; the account's name is not in it."""
        name = hashlib.sha256(f"zhifa account {user}".encode()).hexdigest()[:32]
        return self.people / name

    def knows(self, user: str) -> bool:
        """Whether this person has a store here that the password opens without the office."""
        return self._key_file(user) is not None

    def _key_file(self, user: str) -> Path | None:
        folder = self.folder(user)
        taking = folder.with_name(f"{folder.name}{takeover.TAKING}")
        return next((one / KEY for one in (folder, taking) if (one / KEY).is_file()), None)

    def open(self, user: str, password: str) -> Store:
        """A person's store, with no signal.

        Refuses WrongPassword, TooManyTries, NotHereBefore, OfficeTooLongAgo, StoreDamaged.
        """
        store = self.opened(user, self.unlock(user, password))
        try:
            may_work_offline(store)
        except BaseException:
            store.close()
            raise
        note(store)
        return store

    def opened(self, user: str, key: bytes) -> Store:
        """A person's store by its key; a takeover that was broken off is ended first."""
        if not (self.folder(user) / KEY).is_file():
            self._take_over(user, key, None)
        return Store(self.folder(user), key, installation=self.device)

    def unlock(self, user: str, password: str) -> bytes:
        """The key of a person's store. As much work for a name that is not known here."""
        place = self._key_file(user)
        if place is None:
            keys.stretched(password, b"nobody", self._work)
            raise NotHereBefore
        with _Tries(place.with_name(TRIES)) as tries:
            if (key := keys.unwrap(json.loads(place.read_bytes()), password)) is None:
                raise WrongPassword
            tries.forget()
        return key

    def admit(
        self, user: str, password: str, account: str, old_password: str | None = None
    ) -> bytes:
        """The key of a store whose person the office has just let in; made at the first sign-in.

        A plain store of this account is taken over. Refuses PasswordChanged when the store here is
        locked with an earlier password, and OldPasswordWrong when that was not the one given.
        """
        place = self._key_file(user)
        if place is None:
            return self._new(user, password, account)
        told = json.loads(place.read_bytes())
        key = keys.unwrap(told, password)
        if key is None and not old_password:
            raise PasswordChanged
        if key is None:
            with _Tries(place.with_name(TRIES)) as tries:
                if (key := keys.unwrap(told, old_password or "")) is None:
                    raise OldPasswordWrong
                tries.forget()
            self._wrap(place.parent, key, password)
        place.with_name(TRIES).unlink(missing_ok=True)
        return key

    def holds(self, user: str, store: Store | None) -> bool:
        """Whether this open store is this person's."""
        return store is not None and store.folder == self.folder(user)

    def rewrap(self, store: Store, password: str) -> None:
        """Lock an open store with the password that the office has just taken."""
        self._wrap(store.folder, store.key, password)
        (store.folder / TRIES).unlink(missing_ok=True)

    def set_aside(self, user: str) -> None:
        """Seal the store of a person who does not know its password any more: nothing is deleted."""
        folder = self.folder(user)
        number = sum(1 for _ in self.people.glob(f"{folder.name}{SEALED}*")) + 1
        os.rename(folder, self.people / f"{folder.name}{SEALED}{number}")
        settle(self.people)

    def open_sealed(self, user: str, password: str) -> Store:
        """A store that was set aside, the latest that this password opens, to deliver from it.

        Refuses WrongPassword.
        """
        places = sorted(self.people.glob(f"{self.folder(user).name}{SEALED}*"), reverse=True)
        for place in places:
            try:
                return self.opened_aside(place, self.unlock_aside(place, password))
            except WrongPassword:
                continue
        raise WrongPassword

    def unlock_aside(self, place: Path, password: str) -> bytes:
        """The key of a store that was set aside. Refuses WrongPassword, TooManyTries."""
        with _Tries(place / TRIES) as tries:
            if key := keys.unwrap(json.loads((place / KEY).read_bytes()), password):
                tries.forget()
                return key
        raise WrongPassword

    def opened_aside(self, place: Path, key: bytes) -> Store:
        """A store that was set aside, by its key."""
        return Store(place, key, installation=self.device)

    def _new(self, user: str, password: str, account: str) -> bytes:
        key = keys.new_key()
        self.device  # noqa: B018 - made from the plain store's id before that goes
        plain = takeover.owner(self.root)
        if plain is not None and plain.get("account", account) == account:
            self._take_over(user, key, password)
        else:
            make_folder(self.folder(user))
            self._wrap(self.folder(user), key, password)
        return key

    def _take_over(self, user: str, key: bytes, password: str | None) -> None:
        def keep_key(folder: Path) -> None:
            if password is not None:
                self._wrap(folder, key, password)

        takeover.take_over(self.root, self.folder(user), key, keep_key)

    def _wrap(self, folder: Path, key: bytes, password: str) -> None:
        write_whole(folder / KEY, json.dumps(keys.wrap(key, password, self._work)).encode())

    def waits_for(self) -> str | None:
        """Whose plain store of an earlier version still lies here, until that person signs in."""
        plain = takeover.owner(self.root)
        return None if plain is None else masked(plain.get("name", ""))

    def known(self) -> list[Known]:
        """Who has signed in here, the latest first; only what each store lets be shown."""
        found = []
        for folder in self.people.iterdir():
            with contextlib.suppress(OSError, ValueError, KeyError):
                told = json.loads((folder / SHOWN).read_bytes())
                sealed = SEALED in folder.name
                found.append(Known(told["name"], told["unsent"], told["seen_at"], sealed))
        return sorted(found, key=lambda one: one.seen_at, reverse=True)

    @property
    def theme(self) -> str | None:
        """Light or dark, as it was left; None before anybody chose."""
        with contextlib.suppress(OSError, ValueError):
            return str(json.loads((self.root / LOOK).read_bytes())["theme"])
        return None

    @theme.setter
    def theme(self, name: str) -> None:
        write_whole(self.root / LOOK, json.dumps({"theme": name}).encode())


def show_as(store: Store, *, whole_name: bool) -> None:
    """Choose whether the sign-in screen shows one's whole name, or only the family name."""
    store.set("whole_name_shown", whole_name)
    note(store)


def note(store: Store, *, alone: bool = True) -> None:
    """Write what the sign-in screen may show of this store, readable without its key.

    `alone`: whether something may be only here, as while it is open (field_app/parting.py).
    """
    me = store.setting("me")
    if me is None:
        return
    name = me["name"] if store.setting("whole_name_shown") else masked(me["name"])
    told = {"name": name, "unsent": store.unsent, "seen_at": kept(now()), "alone": alone}
    write_whole(store.folder / SHOWN, json.dumps(told, ensure_ascii=False).encode())


def holds_nothing_alone(folder: Path) -> bool:
    """Whether a store that nobody can open now may be erased, as it was noted when it was closed."""
    try:
        return json.loads((folder / SHOWN).read_bytes())["alone"] is False
    except (OSError, ValueError, KeyError):
        return False


def masked(name: str) -> str:
    """张岳 as 张＊."""
    return name[:1] + "＊" * (len(name) - 1)


class _Tries:
    """Wrong passwords in a row, counted on disk before each try, so that a kill forgets none."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def __enter__(self) -> "_Tries":
        told: dict[str, Any] = {"failed": 0, "last": None}
        with contextlib.suppress(OSError, ValueError):
            told = json.loads(self._place.read_bytes())
        over = told["failed"] - FREE
        if over >= 0:
            pause = min(FIRST_PAUSE * 2 ** min(over, 20), LONGEST_PAUSE)
            last = read(told["last"])
            if last > now():
                # A clock that was set back makes nobody wait longer than the pause.
                last = now()
                write_whole(self._place, json.dumps(told | {"last": kept(last)}).encode())
            if (until := last + pause) > now():
                raise TooManyTries(
                    f"已连续输错 {told['failed']} 次，{spoken(kept(until))} 后可再试"
                )
        tried = {"failed": told["failed"] + 1, "last": kept(now())}
        write_whole(self._place, json.dumps(tried).encode())
        return self

    def forget(self) -> None:
        """The password was right."""
        self._place.unlink(missing_ok=True)

    def __exit__(self, *_: object) -> None:
        """Nothing to let go of."""

"""One tablet with its officer: real store, real client; its power, disk, clock and line can fail."""

import shutil
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import httpx

from field_app import delivery
from field_app import refresh as refreshing
from field_app.actions import sign_in as signing
from field_app.answers import Unknown
from field_app.moments import kept, now
from field_app.session import office_client, signed_in
from field_app.store import Store
from field_app.withdrawal import erase_departed
from field_year import hands, invented
from field_year.disks import FAILED, Disk, Killed
from field_year.house import URL
from field_year.model import Broken, Seen
from field_year.network import Network
from lawbook.refusal import Refusal

if TYPE_CHECKING:
    from field_year.world import World

T = TypeVar("T")
STEPS_OF_AN_ACT = 8
KEY = bytes(range(32))
"""Of every tablet: what a clone copies opens there too. Passwords are tested in tests/field_app."""
STEPS_ONLINE = 60


class Tablet:
    """A tablet in the world. Everything that happens on it goes through `do` or `online`."""

    def __init__(self, world: "World", name: str, officer: invented.Officer) -> None:
        self.world, self.name, self.officer = world, name, officer
        self.region = officer.region
        self.folder: Path = world.folder / name
        self.disk = Disk()
        world.disks[name] = self.disk
        self.network = Network(world.sky, self.disk)
        self.seen = Seen()
        self.clone_of: Tablet | None = None
        self.cloned = False
        self.epoch = 0
        self.store: Store
        self.open()

    def open(self) -> None:
        """Switch it on; power may be lost while it starts, and a full disk may stop it."""
        while True:
            try:
                with hands.by(self.name):
                    self.store = Store(self.folder, KEY)
            except Killed:
                self.disk.cut_off()
            except FAILED:
                if not self.disk.full:
                    raise
                # It does not start, and says why: somebody makes room.
                self.disk.cut_off()
                self.disk.full = False
            else:
                return

    def off_and_on(self) -> None:
        """Switched off in order, and on again."""
        self.store.close()
        self.disk.open.clear()
        self.open()

    def clone_into(self, other: "Tablet") -> None:
        """What a restored image of this tablet is: the same store twice."""
        self.store.db.conn.execute("pragma wal_checkpoint(truncate)")
        other.store.close()
        other.disk.open.clear()
        shutil.rmtree(other.folder)
        shutil.copytree(self.folder, other.folder)
        other.open()

    @contextmanager
    def _at_work(self, what: str, steps: int) -> Iterator[list[str]]:
        """One act: it may be killed in it. The list tells how it ended."""
        chance, ended = self.world.chance, [""]
        self.disk.left = chance.randint(1, steps) if chance.random() < self.world.kills else None
        try:
            with hands.by(self.name):
                yield ended
        except Killed:
            self.world.count("断电")
            ended[0] = "killed"
            self.disk.cut_off()
            self.open()
        except Refusal as refusal:
            ended[0] = f"refused {refusal.code}"
        except Unknown:
            ended[0] = "unknown"
        except FAILED as error:
            if not self.disk.full:
                raise Broken("acts", f"{self.name} {what}：{error!r}") from error
            ended[0] = "full"
        except Broken:
            raise
        except Exception as error:
            raise Broken("acts", f"{self.name} {what}：{error!r}") from error
        finally:
            self.disk.left = None
        self.world.log(f"{self.name} {what} {ended[0]}")

    def do(
        self, what: str, act: Callable[[Store], T], *, visit: str | None = None,
        changing: str | None = None,
    ) -> T | None:  # fmt: skip
        """One act without the network: what it gave, or None when it did not come to its end.

        `visit`: only this one can have changed; `changing`: and of it only this answer.
        """
        given: T | None = None
        with self._at_work(what, STEPS_OF_AN_ACT) as ended:
            given = act(self.store)
            ended[0] = "ok"
        if visit:
            self.seen.glance(self.store, visit, changing)
        else:
            self.seen.look(self.store)
        return given if ended[0] == "ok" else None

    async def online(
        self, what: str, act: Callable[[Store, httpx.AsyncClient], Awaitable[T]]
    ) -> T | None:
        """One act with the network: what it gave, or None when it did not come to its end."""
        given: T | None = None
        with self._at_work(what, STEPS_ONLINE) as ended:
            client = office_client(self.store, URL, self.network)
            try:
                given = await act(self.store, client)
                ended[0] = "ok " + told(given)
            finally:
                await client.aclose()
        self.seen.look(self.store)
        return given if ended[0].startswith("ok") else None

    async def sign_in(self, officer: invented.Officer | None = None) -> bool:
        """Sign in, in the officer's own name or a colleague's; whether it is done."""
        who = officer or self.officer
        with self._at_work(f"sign in {who.username}", STEPS_OF_AN_ACT) as ended:
            await signing.sign_in(self.store, URL, who.username, invented.PASSWORD, self.network)
            ended[0] = "ok"
        self.seen.look(self.store)
        return ended[0] == "ok"

    async def present(self) -> bool:
        """Whether somebody is signed in; if not, it is tried."""
        return signed_in(self.store) is not None or await self.sign_in()

    async def refresh(self) -> Any:  # noqa: ANN401
        """Bring the mirror up to date, as far as the line allows."""
        if not await self.present():
            return None

        async def act(store: Store, office: httpx.AsyncClient) -> refreshing.Refreshed:
            done = await refreshing.refresh(store, office)
            erase_departed(store, kept(now()))
            return done

        done = await self.online("refresh", act)
        if done is not None and done.stopped is None:
            if self.epoch != self.world.restored:
                # What it erased on the receipts of before it had heard of the restore.
                self.seen.office_restored()
            self.epoch = self.world.restored
            self.world.refreshed(self)
        return done

    async def deliver(self) -> Any:  # noqa: ANN401
        """Send what waits, as far as the line allows."""
        if not await self.present():
            return None

        # One file after another: of three at once the clock decides which is first, and a seed
        # would not replay.
        async def act(store: Store, office: httpx.AsyncClient) -> delivery.Delivered:
            done = await delivery.deliver(store, office, files_at_once=1)
            erase_departed(store, kept(now()))
            return done

        return await self.online("deliver", act)

    @property
    def nothing_waits(self) -> bool:
        """Whether the outbox is empty of what could go."""
        return not (self.store.outbox.waiting(1) or self.store.outbox.uploads("waiting"))

    def close(self) -> None:
        """Put it away."""
        self.store.close()


def told(given: object) -> str:
    """What an act with the network gave, in figures that are the same in every run."""
    if isinstance(given, delivery.Delivered):
        return f"sent {given.sent} refused {given.refused} files {given.files}"
    if isinstance(given, refreshing.Refreshed):
        return f"rows {sum(given.rows.values())} leases {given.leases}"
    return ""

"""The office of a field year: the three services and the gateway on a PostgreSQL of their own.

Filled once, then copied for every seed. Its disk need not be safe and its passwords need not be
slow: neither is what is being proved here (fsync off, argon2 with the least cost).
"""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid5

import httpx
import psycopg
from psycopg import sql
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from deploy import postgres
from deploy.all_in_one import House, Parts, all_in_one
from deploy.restored import restored
from deploy.secrets import Secrets, make
from field_year import hands, invented
from services.kit.follower import Follower
from services.kit.names import SERVICES
from services.kit.settings import ROOT
from services.ledger_svc.accounts import commands as accounts

URL = "http://zhifa"
FILLED = "year_filled"
ITEMS = 7
FORMS = ("inspection-scheme", "inspection-record", "correction-order", "reinspection-opinion")
OPTIONS = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off",
    "shared_buffers": "64MB",
}  # fmt: skip


CLOCK = """
create table year_clock (at timestamptz);
insert into year_clock values (now());
grant select on year_clock to public;
create function year_change() returns trigger language plpgsql as $$
begin
    new.made_at := (select at from public.year_clock);
    return new;
end $$;
create trigger year_change before insert on ledger_svc.change
for each row execute function year_change();
"""
"""Letters are judged by when the ledger was changed: that is told in the world's time."""


@dataclass(frozen=True)
class Ground:
    """A running PostgreSQL with a filled database to copy, and a folder to work in."""

    server: postgres.Server
    folder: Path
    secrets: Secrets
    tablets: int
    content: Path


@contextmanager
def ground(folder: Path, tablets: int) -> Iterator[Ground]:
    """Make the ground: PostgreSQL in `folder`, the schemas, two counties with their people."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        postgres.running(folder / "pg", OPTIONS) as server,
        filled(server, folder, tablets) as made,
    ):
        yield made


@contextmanager
def filled(server: postgres.Server, folder: Path, tablets: int) -> Iterator[Ground]:
    """The same, on a PostgreSQL that runs already."""
    with _quick():
        made = Ground(server, folder, make(), tablets, _content(folder / "content"))
        postgres.create_database(server.url("postgres"), FILLED)
        postgres.create_roles(server.url(FILLED))
        for service in SERVICES:
            postgres.migrate(server.url(FILLED), service)
        asyncio.run(_fill(made))
        try:
            yield made
        finally:
            drop(server, FILLED)


def _content(folder: Path) -> Path:
    """The content with four documents and one check list, cut to its first items.

    A visit of few acts says as much, and a first refresh brings what is used.
    """
    folder.mkdir(exist_ok=True)
    (folder / "documents").mkdir()
    for name in FORMS:
        (folder / "documents" / name).symlink_to(ROOT / "content" / "documents" / name)
    for name in (
        "archive",
        "ledger",
        "indicators",
        "regions",
        "units",
        "calendars",
        "procedures",
        "roles.toml",
    ):
        (folder / name).symlink_to(ROOT / "content" / name)
    whole = (ROOT / "content" / "checklists" / "metallurgy.toml").read_text("utf-8")
    head, *items = whole.split("[[item]]")
    lines = [line for line in head.splitlines() if not line.startswith("valid_until")]
    (folder / "checklists").mkdir()
    text = "[[item]]".join(["\n".join(lines) + "\n", *items[:ITEMS]])
    (folder / "checklists" / "metallurgy.toml").write_text(text, "utf-8")
    return folder


@contextmanager
def _quick() -> Iterator[None]:
    """Cheap passwords, and followers that look when the world says so and not by themselves."""

    async def stay(self: Follower, every: float) -> None:
        return

    before = accounts.hasher, Follower.run
    accounts.hasher = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    Follower.run = stay  # type: ignore[method-assign]
    try:
        yield
    finally:
        accounts.hasher = before[0]
        Follower.run = before[1]  # type: ignore[method-assign]


async def _fill(made: Ground) -> None:
    office = Office(made, FILLED)
    async with office.open():
        administrator = await office.client("administrator")
        for region in invented.REGIONS:
            for officer in invented.officers(region, made.tablets + 2):
                await good(
                    administrator.put(f"/v1/officers/{officer.id}", json=officer.entry(region))
                )
                url = f"/v1/accounts/{officer.account_id}"
                await good(administrator.put(url, json=officer.account(region)))
        for region in ("1408", *invented.REGIONS):
            id_ = uuid5(invented.SPACE, f"clerk {region}")
            await good(administrator.put(f"/v1/accounts/{id_}", json=invented.clerk(region)))
        for serial, region, values in invented.entries(invented.PLANTS * len(invented.REGIONS)):
            clerk = await office.client(f"clerk{region}")
            url = f"/v1/entities/{invented.plant_id(serial)}"
            await good(clerk.put(url, json={"values": values}))
        await office.catch_up()


async def good(asked: Any) -> dict[str, Any]:  # noqa: ANN401 - an awaitable of httpx
    """The answer's body; the office's own acts are never refused."""
    answer = await asked
    if not answer.is_success:
        raise RuntimeError(f"the office refused: {answer.status_code} {answer.text[:400]}")
    return dict(answer.json())


@dataclass
class Office:
    """The running office of one world, which can be restarted, backed up and restored."""

    ground: Ground
    database: str
    house: House | None = None
    clients: list[httpx.AsyncClient] = field(default_factory=list)
    _running: Any = None

    @property
    def folder(self) -> Path:
        return self.ground.folder / self.database

    @property
    def owner_url(self) -> str:
        return self.ground.server.url(self.database)

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Office"]:
        """The office for the length of the block."""
        with hands.by(hands.OFFICE):
            await self.start()
        try:
            yield self
        finally:
            with hands.by(hands.OFFICE):
                await self.stop()

    async def start(self) -> None:
        """Open the doors."""
        server = self.ground.server
        parts = Parts(
            lambda role: server.url(self.database, role), self.folder, self.ground.secrets,
            content=self.ground.content, follow_every=3600.0, pool_size=3,
        )  # fmt: skip
        self._running = all_in_one(parts)
        self.house = await self._running.__aenter__()

    async def stop(self) -> None:
        """Close them: nobody is answered until `start`."""
        for client in self.clients:
            await client.aclose()
        self.clients.clear()
        if self.house is not None:
            self.house = None
            await self._running.__aexit__(None, None, None)

    async def catch_up(self) -> None:
        """Let the services follow one another's feeds to their ends."""
        if self.house is not None:
            await self.house.catch_up()

    @property
    def door(self) -> httpx.AsyncBaseTransport:
        """The gateway as a transport."""
        assert self.house is not None
        return httpx.ASGITransport(self.house.gateway, raise_app_exceptions=False)

    async def client(self, username: str) -> httpx.AsyncClient:
        """Somebody of the office, freshly signed in."""
        secrets = self.ground.secrets
        root = username == "administrator"
        password = secrets.administrator_password if root else invented.PASSWORD
        client = httpx.AsyncClient(transport=self.door, base_url=URL, timeout=60)
        self.clients.append(client)
        form = {"grant_type": "password", "username": username, "password": password}
        told = await good(client.post("/v1/oauth/token", data=form))
        client.headers["authorization"] = f"Bearer {told['access_token']}"
        return client

    def rows(self, query: str, *given: object) -> list[tuple[Any, ...]]:
        """What really stands in the database, past every service."""
        with psycopg.connect(self.owner_url) as connection:
            return connection.execute(query.encode(), given).fetchall()

    def execute(self, statements: str) -> None:
        """Change the database past every service."""
        if statements:
            with psycopg.connect(self.owner_url, autocommit=True) as connection:
                connection.execute(statements.encode())

    def file(self, sha256: str) -> Path:
        """Where case_svc keeps a finished file."""
        return self.folder / "files" / "case_svc" / sha256[:2] / sha256[2:4] / sha256

    def end_connections(self) -> None:
        """PostgreSQL ends every connection of the services, whatever they are in the middle of."""
        with psycopg.connect(self.ground.server.url("postgres"), autocommit=True) as connection:
            connection.execute(
                # Only when they have really gone: what comes next must not race with it.
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity "
                "where datname = %s and backend_type = 'client backend'",
                (self.database,),
            )

    async def ready(self) -> bool:
        """Whether the gateway says that every service can work."""
        async with httpx.AsyncClient(transport=self.door, base_url=URL) as client:
            return (await client.get("/readyz")).is_success

    def tell_time(self, at: datetime) -> None:
        """What the ledger tells from now on was changed at this moment of the world."""
        self.execute(f"update year_clock set at = '{at.isoformat()}'")

    async def restart(self) -> None:
        """Every service ends and begins anew."""
        await self.stop()
        await self.start()

    async def back_up(self, name: str) -> None:
        """Keep a copy of the database and of the files, as a nightly backup does."""
        await self.stop()
        remake(self.ground.server, name, self.database)
        _same(self.folder, self.ground.folder / name)
        await self.start()

    async def restore(self, name: str) -> None:
        """Lose what came after the backup: the database and the files as they were."""
        await self.stop()
        remake(self.ground.server, self.database, name)
        _same(self.ground.folder / name, self.folder)
        restored(self.owner_url)
        await self.start()

    async def close(self, *backups: str) -> None:
        """Leave nothing behind."""
        await self.stop()
        for name in (self.database, *backups):
            drop(self.ground.server, name)
            shutil.rmtree(self.ground.folder / name, ignore_errors=True)


def _same(source: Path, target: Path) -> None:
    """Files and spool of the office in `target` are those in `source`, and no others."""
    shutil.rmtree(target, ignore_errors=True)
    if source.is_dir():
        shutil.copytree(source, target)


def drop(server: postgres.Server, name: str) -> None:
    """Drop a database, whoever may still be connected."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
        )


def remake(server: postgres.Server, name: str, template: str) -> None:
    """A database as a copy of another."""
    drop(server, name)
    for _ in range(50):
        try:
            postgres.create_database(server.url("postgres"), name, template)
        except psycopg.errors.ObjectInUse:
            time.sleep(0.1)  # a connection of the template is just going
        else:
            return
    raise RuntimeError(f"{template} is in use")

"""PostgreSQL for every test that touches a database, and officers to act as.

A database for each test, cloned from a migrated template: true commits, true concurrency, nothing
to roll back. Only the transport and the clock are ever bent.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import jwt
import psycopg
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deploy import postgres
from services.kit.claims import ALGORITHM, AUDIENCE
from services.kit.telemetry import configure_logging


@pytest.fixture(scope="session", autouse=True)
def plain_log_lines():
    """The services' own line format; pytest shows it when a test fails."""
    configure_logging()


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@dataclass(frozen=True)
class Keys:
    """The key pair of the token endpoint, as PEM."""

    private: str
    public: str


@pytest.fixture(scope="session")
def keys() -> Keys:
    made = Ed25519PrivateKey.generate()
    return Keys(
        made.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode(),
        made.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode(),
    )


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[postgres.Server]:
    """One PostgreSQL for the whole run. Its disk need not be safe: kill tests start their own."""
    with postgres.running(
        tmp_path_factory.mktemp("postgres") / "pg",
        {
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": "200",
        },
    ) as running:
        yield running


@pytest.fixture(scope="session")
def template(server: postgres.Server) -> Callable[..., str]:
    """The name of a database in which the given services are migrated, and no others."""
    made: dict[tuple[str, ...], str] = {}

    def of(*services: str) -> str:
        name = "template_" + "_".join(services)
        if services not in made:
            postgres.create_database(server.url("postgres"), name)
            postgres.create_roles(server.url(name))
            for service in services:
                postgres.migrate(server.url(name), service)
            made[services] = name
        return name

    return of


@dataclass(frozen=True)
class TestDatabase:
    """A fresh database: its name, and URLs for its owner and for a service's role."""

    __test__ = False

    server: postgres.Server
    name: str

    @property
    def owner_url(self) -> str:
        return self.server.url(self.name)

    def url(self, role: str) -> str:
        return self.server.url(self.name, role)


@pytest.fixture
def new_database(
    server: postgres.Server, template: Callable[..., str]
) -> Iterator[Callable[..., TestDatabase]]:
    """Make a fresh database in which the given services are migrated, or a copy of `like`."""
    made: list[str] = []

    def make(*services: str, like: str | None = None) -> TestDatabase:
        name = f"test_{uuid4().hex[:12]}"
        postgres.create_database(server.url("postgres"), name, like or template(*services))
        made.append(name)
        return TestDatabase(server, name)

    yield make
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        for name in made:
            connection.execute(f"drop database if exists {name} with (force)")


@pytest.fixture
def token(keys: Keys) -> Callable[..., str]:
    """Mint a token: `token(region, *roles, officer=…, unit=…)`."""

    def mint(region: str, *roles: str, **claims: Any) -> str:
        officer = claims.pop("officer", f"{region[:6]:0<6}00001")
        return jwt.encode(
            {
                "sub": claims.pop("account", str(uuid4())), "aud": AUDIENCE, "iss": AUDIENCE,
                "exp": int(time.time()) + 600, "kind": claims.pop("kind", "officer"),
                "officer": officer, "name": claims.pop("name", "测试"),
                "unit": claims.pop("unit", region), "region": region,
                "roles": list(roles or ("officer",)),
            } | claims,
            keys.private, algorithm=ALGORITHM,
        )  # fmt: skip

    return mint


@pytest.fixture
async def run_app() -> AsyncIterator[Callable[[Any], Awaitable[Any]]]:
    """Start an app (its lifespan entered) for the length of the test."""
    async with AsyncExitStack() as stack:

        async def start(app: Any) -> Any:
            await stack.enter_async_context(app.router.lifespan_context(app))
            return app

        yield start


@pytest.fixture
async def client_of(token: Callable[..., str]) -> AsyncIterator[Callable[..., httpx.AsyncClient]]:
    """A client in an officer's name: `client_of(app, region, *roles)`; no region: nobody."""
    clients: list[httpx.AsyncClient] = []

    def make(app: Any, region: str | None = None, *roles: str, **claims: Any) -> httpx.AsyncClient:
        headers = {"authorization": f"Bearer {token(region, *roles, **claims)}"} if region else {}
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app, raise_app_exceptions=False),
            base_url="http://zhifa", headers=headers, timeout=30,
        )  # fmt: skip
        clients.append(client)
        return client

    yield make
    await asyncio.gather(*(client.aclose() for client in clients))


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, Any]:
    """Settings that keep a service's files below the test's own folder."""
    return {"files": str(tmp_path / "files"), "spool": tmp_path / "spool"}

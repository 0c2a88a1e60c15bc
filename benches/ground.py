"""Where the benches stand: a PostgreSQL of their own with fsync on, keys, and somebody to act as."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import jwt

from deploy import postgres
from deploy import secrets as house_secrets
from services.kit.claims import ALGORITHM, AUDIENCE

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "bench"


@dataclass(frozen=True)
class Ground:
    """A running PostgreSQL with migrated services, below one folder."""

    folder: Path
    server: postgres.Server
    secrets: house_secrets.Secrets

    def url(self, role: str | None = None) -> str:
        """The database, as its owner or in a service's role."""
        return self.server.url(DATABASE, role)

    def settings(self, service: str) -> dict[str, Any]:
        """What a service is told here."""
        return {
            "database_url": self.url(service),
            "claims_public_key": self.secrets.claims_public_key,
            "files": str(self.folder / "files" / service),
            "spool": self.folder / "spool" / service,
        }

    async def owner(self) -> asyncpg.Connection:
        """A connection that may do everything: to empty tables between turns."""
        return await asyncpg.connect(self.url())

    def token(self, region: str, *roles: str, officer: str = "") -> str:
        """A token in the name of an officer of `region`; of the first one where none is named."""
        claims = {
            "sub": str(uuid4()), "aud": AUDIENCE, "iss": AUDIENCE, "exp": int(time.time()) + 36_000,
            "kind": "officer", "officer": officer or f"{region[:6]:0<6}00001", "name": "测速",
            "unit": region, "region": region, "roles": list(roles),
        }  # fmt: skip
        return jwt.encode(claims, self.secrets.claims_private_key, algorithm=ALGORITHM)


@contextmanager
def ground(*services: str) -> Iterator[Ground]:
    """A place for the length of the block; on the disk beside the code, since /tmp may be memory."""
    folder = ROOT / "var" / f"bench-{uuid4().hex[:8]}"
    try:
        with postgres.running(folder / "postgres") as server:
            postgres.create_database(server.url("postgres"), DATABASE)
            postgres.create_roles(server.url(DATABASE))
            for service in services:
                postgres.migrate(server.url(DATABASE), service)
            yield Ground(folder, server, house_secrets.make())
    finally:
        shutil.rmtree(folder, ignore_errors=True)

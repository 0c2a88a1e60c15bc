"""Where a house stands: one data folder, one PostgreSQL, started here or named by ZHIFA_OWNER_URL."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from deploy import postgres
from deploy.all_in_one import Parts
from deploy.secrets import Secrets, load_or_make

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "zhifa"


def data_folder() -> Path:
    """The one folder of data: ZHIFA_DATA, or var/ beside the code."""
    return Path(os.environ.get("ZHIFA_DATA") or ROOT / "var").resolve()


def _with_role(owner_url: str, role: str) -> str:
    """The owner's URL in another role; its password, if any, comes as ZHIFA_<ROLE>_PASSWORD."""
    parts = urlsplit(owner_url)
    _, _, where = parts.netloc.rpartition("@")
    password = os.environ.get(f"ZHIFA_{role.upper()}_PASSWORD")
    who = f"{role}:{password}" if password else role
    return urlunsplit(parts._replace(netloc=f"{who}@{where}"))


@dataclass(frozen=True)
class Place:
    """A prepared place: schemas migrated, keys made."""

    data: Path
    owner_url: str
    secrets: Secrets

    def url(self, role: str) -> str:
        """The database, in a service's own role."""
        return _with_role(self.owner_url, role)

    def parts(self) -> Parts:
        """What `all_in_one` is told here."""
        return Parts(database_url=self.url, data=self.data, secrets=self.secrets)


@contextmanager
def prepared(data: Path | None = None) -> Iterator[Place]:
    """A place to stand on, for the length of the block. Harmless to repeat, whatever was killed."""
    folder = data or data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    secrets = load_or_make(folder / "secrets.json")
    named = os.environ.get("ZHIFA_OWNER_URL")
    if named:
        postgres.prepare(named)
        yield Place(folder, named, secrets)
        return
    with postgres.running(folder / "postgres") as server:
        postgres.create_database(server.url("postgres"), DATABASE)
        url = server.url(DATABASE)
        postgres.prepare(url)
        yield Place(folder, url, secrets)

"""Settings of a service: `create_app` receives them; nothing imports a settings object."""

from pathlib import Path
from typing import Self

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[2]


class ServiceSettings(BaseSettings):
    """What each service is told from outside: environment variables ZHIFA_<NAME>, or arguments."""

    model_config = SettingsConfigDict(env_prefix="ZHIFA_", extra="ignore", frozen=True)

    database_url: str = Field(
        description="PostgreSQL of this service, in its own role: postgresql://role@host/database"
    )
    pool_size: int = Field(default=8, ge=1, description="Connections that one process keeps open")
    idle_seconds: float = Field(
        default=300,
        gt=0,
        description="After how long PostgreSQL undoes a transaction in which nobody asks anything; "
        "what it had locked is free again",
    )
    claims_public_key: str = Field(
        description="PEM of the Ed25519 key that verifies claims; several may follow each other"
    )
    content: Path = Field(default=ROOT / "content", description="Folder of the content packs")
    files: str = Field(
        default=str(ROOT / "var" / "files"),
        description="Where finished files are kept: a folder, or s3://bucket/prefix",
    )
    spool: Path = Field(
        default=ROOT / "var" / "spool",
        description="Folder for what is still arriving; on the same machine as the process",
    )
    follow_every: float = Field(
        default=1.0, gt=0, description="Seconds between two looks at a followed feed"
    )
    log_level: str = Field(default="INFO", description="Least level that is logged")

    def replace(self, **changes: object) -> Self:
        """These settings with some of them changed."""
        return self.model_copy(update=changes)

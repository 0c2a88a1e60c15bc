"""Settings of the gateway: `gateway_app` receives them; nothing imports a settings object."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.kit.settings import ROOT


class GatewaySettings(BaseSettings):
    """What the gateway is told from outside: environment variables ZHIFA_<NAME>, or arguments."""

    model_config = SettingsConfigDict(env_prefix="ZHIFA_", extra="ignore", frozen=True)

    claims_public_key: str = Field(
        description="PEM of the Ed25519 key that verifies claims; several may follow each other"
    )
    console_secret: str = Field(description="Key that seals the console's session cookie")
    content: Path = Field(default=ROOT / "content", description="Folder of the content packs")
    rate_per_minute: int = Field(
        default=1200, ge=0, description="Requests a minute for each account; 0: no limit"
    )
    sign_ins_per_minute: int = Field(
        default=120, ge=0, description="Sign-in requests a minute for each address; 0: no limit"
    )
    checks_per_minute: int = Field(
        default=60, ge=0, description="Document checks a minute for each address; 0: no limit"
    )
    document_public_keys: str = Field(
        default="",
        description="PEMs of claims keys that are gone, by which older documents are verified",
    )
    remembered_callers: int = Field(
        default=20_000, ge=1, description="Callers whose rate is remembered at the same time"
    )
    behind_proxy: bool = Field(
        default=False,
        description="A proxy of ours stands before us: believe its X-Forwarded-For and -Proto",
    )
    body_bytes: int = Field(default=16 << 20, ge=1, description="Largest body, in bytes")
    upload_bytes: int = Field(
        default=4 << 30, ge=1, description="Largest body of a file or a workbook, in bytes"
    )

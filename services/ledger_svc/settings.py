"""What ledger_svc is told beside what every service is told."""

from pydantic import Field

from services.kit.settings import ServiceSettings


class LedgerSettings(ServiceSettings):
    """Settings of ledger_svc: it alone holds the key that signs claims."""

    claims_private_key: str = Field(description="PEM of the Ed25519 key that signs claims")
    receipt_private_key: str = Field(
        description="PEM of the Ed25519 key that signs receipts; the same one that case_svc signs with"
    )
    letters_per_delivery: int = Field(default=200, description="Letters in one delivery, at most")
    token_seconds: int = Field(default=600, description="Life of an access token, in seconds")
    refresh_days: int = Field(default=30, description="Life of a refresh token, in days")
    failures_allowed: int = Field(default=5, description="Wrong passwords before an account rests")
    rest_seconds: int = Field(default=300, description="How long it rests, in seconds")
    offline_days: int = Field(
        default=7,
        ge=0,
        description="Days after its last report that a device may be worked offline",
    )
    attestation_days: int = Field(
        default=400, ge=1, description="Days for which a device's key is attested at each contact"
    )
    workbook_bytes: int = Field(default=64 << 20, description="Largest workbook taken, in bytes")
    reading_memory: int = Field(default=1 << 30, description="Memory of the reading process, bytes")
    reading_seconds: int = Field(default=300, description="CPU time of the reading process")

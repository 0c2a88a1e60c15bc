"""What case_svc is told beside what every service is told."""

from pydantic import Field

from services.kit.settings import ServiceSettings


class CaseSettings(ServiceSettings):
    """Settings of case_svc."""

    receipt_private_key: str = Field(description="PEM of the Ed25519 key that signs receipts")
    receipt_public_keys: str = Field(
        default="",
        description="PEMs of further public keys: of a key to come, and of those that are gone",
    )
    bundle_private_keys: str = Field(
        default="",
        description="PEMs of the X25519 keys that open sealed bundles, the one in use first; "
        "empty: bundles are refused",
    )
    bundle_bytes: int = Field(default=1 << 30, description="Largest sealed bundle, in bytes")
    file_bytes: int = Field(default=512 << 20, description="Largest file taken, in bytes")
    chunk_bytes: int = Field(default=16 << 20, description="Largest chunk of a file, in bytes")
    letters_per_delivery: int = Field(default=200, description="Letters in one delivery, at most")
    upload_days: int = Field(default=30, description="Life of an upload that is not finished")

"""What case_svc is told beside what every service is told."""

from pydantic import Field

from services.kit.settings import ServiceSettings


class CaseSettings(ServiceSettings):
    """Settings of case_svc."""

    file_bytes: int = Field(default=512 << 20, description="Largest file taken, in bytes")
    chunk_bytes: int = Field(default=16 << 20, description="Largest chunk of a file, in bytes")
    letters_per_delivery: int = Field(default=200, description="Letters in one delivery, at most")
    upload_days: int = Field(default=30, description="Life of an upload that is not finished")

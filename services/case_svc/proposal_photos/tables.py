"""Rows of the photos that proposals name (台账补充的照片), kept by following feeds/ledger."""

from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from services.case_svc.rows import Row


class ProposalPhotoRow(Row):
    """Which file a proposal names (照片): only what is named here may be read by it."""

    __tablename__ = "proposal_photo"

    id: Mapped[UUID] = mapped_column(primary_key=True, comment="台账补充的编号")
    region: Mapped[str] = mapped_column(String, index=True, comment="企业的行政区划代码")
    sha256: Mapped[str] = mapped_column(String, comment="照片的 SHA-256")

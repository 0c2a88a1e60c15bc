"""Shapes of the photos of proposals on the wire (台账补充的照片)."""

from uuid import UUID

from pydantic import Field

from services.kit.wire import Wire


class ProposalPhoto(Wire):
    """A photo that a proposal names by its hash."""

    proposal: UUID
    sha256: str
    here: bool = Field(description="原件已送达服务器")


class ProposalPhotoList(Wire):
    """The photos of the proposals that were asked for; of those without one, nothing."""

    items: list[ProposalPhoto]

"""Shapes of archived cases on the wire (案卷)."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from services.case_svc.cases.schemas import PaperWanting
from services.kit.wire import Instant, Name, Wire


class ArchiveBody(Wire):
    """What the archivist sends (立卷归档)."""

    at: Instant = Field(description="归档时间")
    after: int = Field(ge=1, le=10_000, description="归档时案件已有的办案行为数")
    number: Name = Field(description="档号")
    kept: Literal["permanent", "thirty", "ten"] = Field(description="保管期限")


class CatalogueEntry(Wire):
    """One line of the catalogue (卷内目录)."""

    place: int
    id: str
    sort: str
    number: str
    title: str
    date: str
    page_from: int
    page_to: int
    note: str
    path: str
    sha256: str
    issued: str = Field("", description="补制的文书所载的出具时间；其他的为空串")
    entered: str = Field("", description="补制的文书实际制作的时间；其他的为空串")


class PieceToCome(Wire):
    """What the file of a case will hold (拟入卷材料)."""

    id: str
    sort: str
    number: str
    title: str
    on: date


class Contents(Wire):
    """What a case's file holds so far, and what stands against sealing it (卷内材料)."""

    sealed: bool
    pieces: list[PieceToCome]
    lacking: list[str] = Field(description="尚缺的材料、尚未了结的事项；空即可以封卷")
    papers: list[PaperWanting] = Field(description="其中尚缺的文书，及其所记载的办案行为")


class Archive(Wire):
    """An archived case, without its bytes (案卷)."""

    case_id: UUID
    number: str
    cover: dict[str, Any]
    catalogue: list[CatalogueEntry]
    acts: int
    link: str
    seal: str
    signed: dict[str, Any]
    package_sha256: str
    package_size: int
    archived_at: Instant
    archived_by: str


class Reading(Wire):
    """One reading of an archived case (查阅)."""

    read_at: Instant
    account: str
    name: str
    unit: str
    what: str
    purpose: str


class ReadingPage(Wire):
    """Who read an archived case, the latest first."""

    items: list[Reading]


class FaultTold(Wire):
    """Something that is not as it was sealed (不符)."""

    path: str
    what: str


class Verification(Wire):
    """What was found when an archived case was verified (核验结果)."""

    number: str
    intact: bool
    acts: int
    pieces: int
    proved: list[str]
    faults: list[FaultTold]


Purpose = Annotated[str, Field(min_length=1, max_length=200, description="查阅事由")]

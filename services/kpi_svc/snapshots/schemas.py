"""Shapes of snapshots and of the published ranking on the wire (考核快照、通报)."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from services.kit.wire import Instant, Name, Text, Wire
from services.kpi_svc.indicators.schemas import IndicatorFigures


class RankedRate(Wire):
    """One indicator of one unit, with its place among the units."""

    code: str
    numerator: int | None
    denominator: int | None
    place: int | None = Field(description="名次；没有应计对象的不排名")
    tied: bool = Field(description="是否并列")


class RankedUnit(Wire):
    """A unit in the ranking (排名)."""

    unit: str
    name: str
    behind: list[str] = Field(description="由其承接的原单位")
    place: int | None = Field(description="名次；各项都没有应计对象的不排名")
    tied: bool = Field(description="是否并列")
    mean: int | None = Field(description="到期各项比率的平均数，万分之几")
    reached: int = Field(description="达到目标的项数")
    rates: list[RankedRate]


class NoticeBody(Wire):
    """What is published of a snapshot (发布通报)."""

    number: Annotated[Name, StringConstraints(max_length=60)] = Field(description="通报文号")
    published_on: date = Field(description="印发日期")
    remarks: Annotated[Text, StringConstraints(max_length=2000)] = Field(
        description="通报的意见和要求"
    )


class Notice(NoticeBody):
    """A published ranking (通报)."""

    published_at: Instant
    published_by: str
    pdf_sha256: str
    pdf_size: int


class SnapshotTold(Wire):
    """A snapshot, without its figures."""

    due_on: date = Field(description="完成时限")
    taken_at: Instant | None = Field(description="固定的时间；空即尚未固定")
    taken_by: str
    late_days: int = Field(description="固定时已超过完成时限多少天")
    sha256: str
    published: bool


class SnapshotList(Wire):
    """The due days of a year, the earliest first, and whether each was frozen."""

    items: list[SnapshotTold]


class Snapshot(SnapshotTold):
    """Every figure as it stood when it was frozen, and who stands where (考核快照、排名)."""

    intact: bool = Field(description="现存内容与其 SHA-256 相符")
    as_of: Instant | None
    rule: str = Field(description="排名的口径")
    items: list[IndicatorFigures]
    ranked: list[str] = Field(description="据以排名的指标")
    ranking: list[RankedUnit]
    notice: Notice | None

"""Field types that cross the wire in more than one resource."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints


def _in_utc(moment: datetime) -> datetime:
    # The first answer would otherwise echo the client's +08:00 and the second, read back, UTC:
    # the same request must get the same answer.
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("时间超出可用的范围") from error


Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""A moment, UTC on the wire and in the database; +08:00 appears only where a person reads it."""

RegionCode = Annotated[str, StringConstraints(pattern=r"^\d{2,12}$|^\d{6}[A-Z]{1,6}$")]
"""行政区划代码: digits of GB/T 2260 from the left, or the internal code of a development zone."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 in lower-case hexadecimal."""


def _no_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("含有不可用的空字符（NUL）")
    return text


Text = Annotated[
    str, StringConstraints(max_length=20_000, strip_whitespace=True), AfterValidator(_no_nul)
]
"""Text that a person wrote, at most 20,000 characters. PostgreSQL stores no NUL."""

Name = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, strip_whitespace=True),
    AfterValidator(_no_nul),
]
"""A short name or title, never empty."""


class Wire(BaseModel):
    """Base of every shape on the wire: unknown fields are refused, attributes can be read."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)


class Anchor(Wire):
    """The last moment that a device heard from the office, beside its own monotonic reading."""

    at: Instant
    monotonic: int
    boot: Annotated[str, StringConstraints(max_length=80)]


class Ticks(Wire):
    """A device's two clocks at an act: the one that may be moved, and the one that only goes on."""

    wall: Instant
    monotonic: int
    boot: Annotated[str, StringConstraints(max_length=80)]


class ClockBody(Wire):
    """A device's clocks at an act, and what follows from them (R23).

    The true moment lies between `earliest` and `latest`; which of the clocks says so can be
    computed again from the others. A clock that shows a time that is over knows no `latest`.
    """

    wall: Instant = Field(description="平板的时钟")
    monotonic: int = Field(description="开机以来的毫秒数，拨钟不影响")
    boot: Annotated[str, StringConstraints(max_length=80)] = Field(description="本次开机的标识")
    anchor: Anchor | None = Field(description="最近一次联网时服务器的时间")
    gnss: Instant | None = Field(description="卫星定位给出的时间")
    skew: int | None = Field(description="最近一次联网时平板时钟快出的秒数")
    earliest: Instant
    latest: Instant | None = Field(description="平板时间早于最近一次联网、无从推算的，为 null")
    before: Ticks | None = Field(
        None, exclude_if=lambda ticks: ticks is None, description="本机前一次操作时的时钟"
    )

"""Successions (职责承接) in a service: the owner's table, read once in a transaction."""

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    CheckConstraint,
    Date,
    DateTime,
    Index,
    String,
    UniqueConstraint,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from lawbook.succession import Succession, Successions
from services.kit.claims import Claims
from services.kit.problems import Forbidden

BEIJING = ZoneInfo("Asia/Shanghai")


class SuccessionColumns:
    """One unit carries on for another. Each service has this table; none of them may write it."""

    __tablename__ = "succession"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    from_unit: Mapped[str] = mapped_column(String, comment="被承接的单位代码")
    from_region: Mapped[str] = mapped_column(String, comment="被承接单位的行政区划代码")
    to_unit: Mapped[str] = mapped_column(String, comment="承接单位代码")
    to_region: Mapped[str] = mapped_column(String, comment="承接单位的行政区划代码")
    since: Mapped[date] = mapped_column(Date, comment="自该日起承接")
    order_number: Mapped[str] = mapped_column(String, comment="批准文件及文号")
    counted: Mapped[bool] = mapped_column(comment="是否由其承担考核和文号")
    declared_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="登记时间"
    )

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        return (
            CheckConstraint("from_unit <> to_unit", name="succession_of_another"),
            CheckConstraint("length(from_region) >= 6", name="succession_of_a_county"),
            UniqueConstraint("from_unit", "to_unit", name="succession_once"),
            Index("succession_counted", "from_unit", unique=True, postgresql_where=text("counted")),
        )


def today() -> date:
    """The day in Beijing, by which PostgreSQL's policies go too."""
    return datetime.now(BEIJING).date()


async def successions(session: AsyncSession, kind: type[Any]) -> Successions:
    """All that is known, from this service's own table `kind`."""
    known: Successions | None = session.info.get("successions")
    if known is None:
        await (
            session.connection()
        )  # the transaction has begun, and with it told whether there are any
        if not session.info["succeeded"]:
            return Successions()
        rows = await session.scalars(select(kind))
        known = session.info["successions"] = Successions(
            Succession(
                str(row.id), row.from_unit, row.from_region, row.to_unit, row.to_region,
                row.since, row.order_number, row.counted,
            )
            for row in rows
        )  # fmt: skip
    return known


class OutOfReach(Forbidden):
    """A region that is neither the caller's nor one for which the caller's carries on."""


async def require_reach(
    session: AsyncSession, kind: type[Any], claims: Claims, region: str
) -> None:
    """The region is the caller's, or that of one for whom the caller's carries on. OutOfReach."""
    if not await reaches(session, kind, claims, region):
        raise OutOfReach(f"{region} 不在您的管辖范围内")


async def reaches(session: AsyncSession, kind: type[Any], claims: Claims, region: str) -> bool:
    """Whether a region is the caller's, or that of one for whom the caller's carries on."""
    # Nearly always the first; nobody is asked then.
    if claims.region and region.startswith(claims.region):
        return True
    return (await successions(session, kind)).covers(claims.region, region, today())

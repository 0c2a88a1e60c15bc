"""Shapes of successions on the wire (职责承接)."""

from datetime import date
from uuid import UUID

from pydantic import Field

from services.kit.wire import Wire


class SuccessionTold(Wire):
    """One unit carries on for another from a day on, by an order (职责承接)."""

    id: UUID
    from_unit: str
    from_name: str
    from_region: str
    to_unit: str
    to_name: str
    to_region: str
    since: date = Field(description="自该日起承接")
    order_number: str = Field(description="批准文件及文号")
    counted: bool = Field(description="是否由其承担考核和文号；一分为多时只有一个")
    in_force: bool = Field(description="是否已到承接之日")
    officers: int = Field(description="仍登记在原单位的执法人员")
    accounts: int = Field(description="仍登记在原单位的帐号")
    devices: int = Field(description="仍登记在原单位的平板")


class SuccessionList(Wire):
    """Every succession that concerns the caller's region."""

    items: list[SuccessionTold]


class RelocationBody(Wire):
    """Who is to be handed over (人员移交)."""

    accounts: list[UUID] | None = Field(
        description="移交的帐号；不写即原单位的全部人员、帐号、平板和应录名单"
    )


class Relocation(Wire):
    """What was handed over (人员移交): how many of each."""

    officers: int
    accounts: int
    devices: int
    roster: int = Field(description="应录名单中的人员")

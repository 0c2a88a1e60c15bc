"""Shapes of regulated entities on the wire (监管对象)."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from services.kit.wire import Instant, Text, Wire

FieldCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,40}$")]


class EntityRecord(Wire):
    """What the office sends of a plant: values by field code of the dictionary (企业台账)."""

    values: dict[FieldCode, Annotated[Text, StringConstraints(max_length=2000)]] = Field(
        max_length=100, description="各栏目的值，键为数据项字典的栏目代码"
    )


class Entity(Wire):
    """A plant as the ledger knows it (企业)."""

    id: UUID
    region: str = Field(description="监管单位的行政区划代码")
    name: str
    credit_code: str | None
    division_code: str
    trades: list[str]
    op_status: str
    values: dict[str, str]
    missing: list[str] = Field(description="缺失的必填项；为空即完整")
    complete: bool
    dictionary: str = Field(description="核对所用的数据项字典及版本")
    version: int
    changed_at: Instant


class EntityPage(Wire):
    """A page of plants."""

    items: list[Entity]
    next: str | None

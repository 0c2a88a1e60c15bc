"""Shapes of offences and of weighing one on the wire (违法行为事项、裁量)."""

from datetime import date
from typing import Annotated

from pydantic import Field

from lawbook.offences import Addressee, Circumstance
from services.kit.wire import Name, Text, Wire

Fen = Annotated[int, Field(ge=0, lt=10**14, description="分")]
Code = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")]


class TierTold(Wire):
    """One provision of an offence (罚则)."""

    when: Circumstance
    on: Addressee
    when_told: str
    on_told: str
    told: str
    law: str
    order: str
    also: list[str]
    fined: bool


class OffenceTold(Wire):
    """An entry of the catalogue (违法行为事项)."""

    code: str
    text: str
    basis: str
    broke: str
    edition: str
    valid_from: date
    valid_until: date | None
    tiers: list[TierTold]


class OffenceList(Wire):
    """Entries of the catalogue."""

    items: list[OffenceTold]


class WeighingBody(Wire):
    """What is known of a violation, and what is proposed for it (拟裁量的内容).

    Without grade, fine and reason only the ranges are told.
    """

    offence: Code
    when: Circumstance
    on: Addressee
    act_until: date = Field(description="违法行为发生之日；连续或者继续的，行为终了之日")
    decided_on: date = Field(description="（拟）作出决定之日")
    income: Fen | None = Field(default=None, description="上一年年收入")
    gain: Fen | None = Field(default=None, description="违法所得；没有的填零")
    grade: Annotated[str, Field(max_length=10)] | None = None
    factors: list[Code] = Field(default_factory=list, max_length=20)
    fine: Fen | None = None
    reason: Text | None = None
    mitigated: bool = Field(default=False, description="减轻处罚，低于法定幅度")
    departure: Text | None = Field(default=None, description="超出裁量阶次幅度的理由")
    benchmark: Name | None = Field(default=None, description="立案时的裁量基准及版本；空即现行")


class SpanTold(Wire):
    """From what to what, in fen, both within (幅度)."""

    low: int
    high: int
    optional: bool
    told: str


class GradeTold(Wire):
    """A grade, its part of the range, and its conditions (裁量阶次)."""

    code: str
    name: str
    band: SpanTold
    conditions: list[str]


class FactorTold(Wire):
    """A circumstance that may be chosen (裁量情节)."""

    code: str
    text: str
    effect: str
    effect_told: str
    law: str


class Weighing(Wire):
    """What may be fined and why (裁量结果)."""

    offence: str
    edition: str
    law: str
    choice: str = Field(description="适用哪一版本的法律及理由（从旧兼从轻）")
    order: str
    also: list[str]
    span: SpanTold | None
    grades: list[GradeTold]
    factors: list[FactorTold]
    allowed: SpanTold | None
    fine: int | None
    text: str = Field(description="文书打印的裁量理由；未选定数额的为空")
    benchmark: str
    status: str = Field(description="裁量基准的核对情况")

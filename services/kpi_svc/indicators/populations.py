"""The closed vocabulary of indicators: populations, and conditions on their members.

An indicator in `content/indicators/` is made of these words and no others. Each condition is SQL
for the figure and the same SQL for the records, and words that tell a person why. None of them
reads a fine, a penalty or its amount: the State Council Office's opinions of 2022 on discretion
forbid to measure a bureau by those.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    SQLColumnExpression,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    text,
    true,
)

from lawbook.entity import CEASED
from services.kpi_svc.facts.tables import (
    EntityRow,
    EntityTallyRow,
    MatterRow,
    MatterTallyRow,
    OfficerRow,
    PlannedInspectionRow,
    RosterPersonRow,
)

Columns = Any
"""A row class: the facts themselves, or a tally with the columns that conditions read."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that holds of a member or not: SQL of (columns, year), and both cases in Chinese."""

    sql: Callable[[Columns, int], ColumnElement[bool]]
    holds: str = ""
    fails: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Where members are read: the rows, what tells whose they are, and how many each row stands for."""

    rows: FromClause
    columns: Columns
    home: SQLColumnExpression[str]
    weight: SQLColumnExpression[int]


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """Those of whom an indicator speaks: how they are counted, listed and named."""

    kind: str
    home: str  # which attribute of a unit a member's home is
    figures: Reading
    facts: Reading
    id: SQLColumnExpression[Any]
    shown_id: SQLColumnExpression[Any]
    title: SQLColumnExpression[str]
    conditions: Mapping[str, Condition]
    facts_told: Mapping[str, SQLColumnExpression[Any]] = field(default_factory=dict)
    """What the words of the conditions name, beside the labels of missing items."""
    times: tuple[SQLColumnExpression[int], SQLColumnExpression[int]] | None = None
    """(done, planned), where a member can count more than once."""


def _plants() -> Population:
    facts = Reading(EntityRow.__table__, EntityRow, EntityRow.region, literal(1))
    tally = Reading(
        EntityTallyRow.__table__, EntityTallyRow, EntityTallyRow.region, EntityTallyRow.plants
    )
    return Population(
        kind="entity", home="region", figures=tally, facts=facts,
        id=EntityRow.id, shown_id=EntityRow.id, title=EntityRow.name,
        facts_told={"missing": EntityRow.missing},
        conditions={
            "operating": Condition(lambda plant, _: plant.op_status.not_in(sorted(CEASED))),
            "complete": Condition(lambda plant, _: plant.complete, "必填项齐全", "缺 {missing}"),
        },
    )  # fmt: skip


def _people() -> Population:
    # Within the roster's own region: a county must see the same figure of itself as the city does,
    # and it does not see officers of other counties. At most one row, whatever the feed is amid.
    entered = (
        select(OfficerRow)
        .where(
            OfficerRow.certificate_number == RosterPersonRow.certificate_number,
            OfficerRow.unit == RosterPersonRow.unit,
            func.starts_with(OfficerRow.region, RosterPersonRow.region),
        )
        .order_by(OfficerRow.id)
        .limit(1)
        .lateral("entered")
    )
    officer = entered.c
    today = text("(now() at time zone 'Asia/Shanghai')::date")

    def trained(_: Columns, year: int) -> ColumnElement[bool]:
        day = func.unnest(officer.trained_on).column_valued("day")
        return exists(select(day).where(day.between(date(year, 1, 1), date(year, 12, 31))))

    def once_entered(
        sql: Callable[[Columns, int], ColumnElement[bool]],
    ) -> Callable[[Columns, int], ColumnElement[bool]]:
        # Whoever is not entered is told that alone.
        return lambda row, year: or_(officer.id.is_(None), sql(row, year))

    people = Reading(
        RosterPersonRow.__table__.outerjoin(entered, true()),
        RosterPersonRow, RosterPersonRow.unit, literal(1),
    )  # fmt: skip
    valid = and_(officer.certificate_state == "valid", officer.valid_until >= today)
    return Population(
        kind="officer", home="code", figures=people, facts=people,
        id=RosterPersonRow.id, shown_id=func.coalesce(officer.id, RosterPersonRow.id),
        title=func.concat(RosterPersonRow.name, "（", RosterPersonRow.certificate_number, "）"),
        conditions={
            "of_year": Condition(lambda person, year: person.year == year),
            "entered": Condition(lambda *_: officer.id.is_not(None), "已录入", "未录入"),
            "certificate_valid": Condition(
                once_entered(lambda *_: valid), "执法证有效", "执法证已过期或未处于有效状态"
            ),
            "account_active": Condition(
                once_entered(lambda *_: officer.account_active), "帐号已启用", "帐号未启用"
            ),
            "trained_in_year": Condition(
                once_entered(trained), "已参加系统培训", "未参加系统培训"
            ),
        },
    )  # fmt: skip


def _planned_inspections() -> Population:
    row = PlannedInspectionRow
    facts = Reading(row.__table__, row, row.unit, literal(1))
    told = "计划 {times} 次，已完成 {done} 次（{month} 月，{office}）"
    return Population(
        kind="planned_inspection", home="code", figures=facts, facts=facts,
        id=row.id, shown_id=row.id, title=row.entity_name,
        facts_told={
            "times": row.times, "done": row.done, "month": row.month, "office": row.office,
        },
        times=(row.done, row.times),
        conditions={
            "of_year": Condition(lambda planned, year: planned.year == year),
            "approved": Condition(lambda planned, _: planned.approved),
            "carried_out": Condition(lambda planned, _: planned.done >= planned.times, told, told),
        },
    )  # fmt: skip


def _matters() -> Population:
    row = MatterRow
    facts = Reading(row.__table__, row, row.unit, row.weight)
    tally = Reading(
        MatterTallyRow.__table__, MatterTallyRow, MatterTallyRow.unit, MatterTallyRow.matters
    )
    now = text("(now() at time zone 'Asia/Shanghai')::date")

    def of_module(*modules: str) -> Condition:
        return Condition(lambda matter, _: matter.module.in_(modules))

    def entered_within(days: int) -> Condition:
        return Condition(
            lambda matter, _: matter.days <= days,
            fails=f"补录：办理后 {{days}} 天才登记（超过 {days} 天）",
        )

    def due(matter: Columns, _: int) -> ColumnElement[bool]:
        # What a plan wants is missing once its month is over.
        ended = func.make_date(matter.year, matter.month, 1) + text("interval '1 month'")
        return or_(matter.kind != "planned", ended <= now)

    return Population(
        kind="matter", home="code", figures=tally, facts=facts,
        id=row.id, shown_id=row.id, title=row.title,
        facts_told={
            "matter": row.kind, "lacking": row.lacking, "days": row.days, "on": row.on_day,
            "what": case(*((row.kind == kind, told) for kind, told in WHAT.items()), else_=""),
        },
        conditions={
            "of_year": Condition(lambda matter, year: matter.year == year),
            "registered": Condition(lambda matter, _: matter.kind != "planned"),
            "due": Condition(due),
            "industry_and_trade": of_module("industry_and_trade"),
            "hazardous_chemicals": of_module("hazardous_chemicals"),
            "general": of_module("general"),
            "issued_in_system": Condition(
                lambda matter, _: matter.issued, "{what} {on}，文书由系统出具", "{what} {on}，{lacking}"
            ),
            "entered_within_3_days": entered_within(3),
            "entered_within_7_days": entered_within(7),
            "entered_within_15_days": entered_within(15),
        },
    )  # fmt: skip


WHAT = {"inspection": "现场检查", "case": "处罚案件，立案", "planned": "计划内检查，截至"}
"""What a matter is called before its day."""
POPULATIONS: Mapping[str, Population] = {
    "entity": _plants(),
    "roster_person": _people(),
    "planned_inspection": _planned_inspections(),
    "matter": _matters(),
}
MEASURES = ("each", "times")

"""Rows of penalty cases (案件), of their acts (办案行为), and of what is due in them (待办)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.case_svc.rows import Row
from services.kit.once import EnteredOnce

NEVER = "'9999-12-31'::date"
"""Where the work list sorts what has no last day."""


class CaseRow(EnteredOnce, Row):
    """A case (案件). All but its id and its source is a cache that its acts justify."""

    __tablename__ = "case"
    __table_args__ = (
        Index("case_newest", "opened_at", "id"),
        Index("case_by_stage", "stage", "opened_at", "id"),
        Index("case_by_unit", "unit", "opened_at", "id"),
        UniqueConstraint("unit", "number", name="case_number"),
    )

    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    unit: Mapped[str] = mapped_column(String, comment="承办单位代码")
    inspection_id: Mapped[UUID | None] = mapped_column(index=True, comment="来源现场检查")
    entity_id: Mapped[UUID | None] = mapped_column(index=True, comment="当事人所属企业")
    opened_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="提请立案的时间")
    procedure: Mapped[str] = mapped_column(String, comment="程序及版本，立案时确定")
    number: Mapped[str | None] = mapped_column(String, comment="案件编号；批准立案时取得")
    sequence: Mapped[int | None] = mapped_column(comment="案件编号的序号，案内文书沿用")
    stage: Mapped[str] = mapped_column(String, comment="阶段")
    name: Mapped[str] = mapped_column(String, comment="案件名称")
    cause: Mapped[str] = mapped_column(String, comment="案由")
    source: Mapped[str] = mapped_column(String, comment="案件来源")
    party_kind: Mapped[str] = mapped_column(String, comment="当事人类别")
    party_name: Mapped[str] = mapped_column(String, comment="当事人")
    party_code: Mapped[str | None] = mapped_column(String, comment="统一社会信用代码")
    search: Mapped[str] = mapped_column(String, comment="案件名称、当事人及代码，供查找")
    handlers: Mapped[list[str]] = mapped_column(ARRAY(String), comment="承办人证号")
    offences: Mapped[list[str]] = mapped_column(ARRAY(String), comment="违法行为代码")
    filed_on: Mapped[date | None] = mapped_column(Date, comment="立案日期")
    decided_on: Mapped[date | None] = mapped_column(Date, comment="作出决定的日期")
    fine: Mapped[int] = mapped_column(BigInteger, comment="罚款（分）")
    outstanding: Mapped[int] = mapped_column(BigInteger, comment="尚未缴纳（分）")
    next_due_on: Mapped[date | None] = mapped_column(Date, index=True, comment="最近的期限")
    next_due: Mapped[str | None] = mapped_column(String, comment="最近到期的事项")
    acts: Mapped[int] = mapped_column(comment="办案行为数")
    link: Mapped[str] = mapped_column(String, comment="最后一个办案行为的链值")
    calendar: Mapped[str] = mapped_column(String, index=True, comment="计算期限所用日历的摘要")
    changed_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="最近办理时间"
    )


class CaseLinkRow(Row):
    """A case names another of the same matter when it is begun (相关案件). A table of its own, since
    PostgreSQL looks into no array by an index where it decides by region."""

    __tablename__ = "case_link"

    case_id: Mapped[UUID] = mapped_column(ForeignKey(CaseRow.id), primary_key=True, comment="案件")
    named: Mapped[UUID] = mapped_column(
        ForeignKey(CaseRow.id), primary_key=True, index=True, comment="立案时所称的相关案件"
    )
    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")


class CaseActRow(EnteredOnce, Row):
    """One act (办案行为). Never changed: the service may only read and add."""

    __tablename__ = "case_act"
    __table_args__ = (
        UniqueConstraint("case_id", "seq", name="case_act_in_order"),
        UniqueConstraint("case_id", "prev", name="case_act_chained"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey(CaseRow.id), comment="案件")
    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    seq: Mapped[int] = mapped_column(comment="在案件中的序号，从 1 起")
    kind: Mapped[str] = mapped_column(String, comment="办案行为种类")
    done_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="办理时间")
    done_by: Mapped[str] = mapped_column(String, comment="办理人")
    body: Mapped[dict[str, Any]] = mapped_column(JSONB, comment="全部内容，链值所涵盖")
    prev: Mapped[str] = mapped_column(String, comment="前一个办案行为的链值")
    link: Mapped[str] = mapped_column(String, comment="链值")
    received_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="登记时间"
    )


class CaseDutyRow(Row):
    """What is due in a case (待办), by the acts so far: a cache, written anew with each of them."""

    __tablename__ = "case_duty"
    __table_args__ = (
        # As the work list is read: the first page ends after its first rows.
        Index(
            "case_duty_by_urgency", "unit", text(f"coalesce(due_on, {NEVER})"), "case_id", "place"
        ),
        # The few that wait for the head on a form, among all that is due.
        Index(
            "case_duty_asked", "unit", text(f"coalesce(due_on, {NEVER})"), "case_id", "place",
            postgresql_where=text("form <> ''"),
        ),
    )  # fmt: skip

    case_id: Mapped[UUID] = mapped_column(ForeignKey(CaseRow.id), primary_key=True, comment="案件")
    place: Mapped[int] = mapped_column(primary_key=True, comment="在案件中的次序")
    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    unit: Mapped[str] = mapped_column(String, comment="承办单位代码")
    name: Mapped[str] = mapped_column(String, comment="期限名称")
    title: Mapped[str] = mapped_column(String, comment="待办事项")
    law: Mapped[str] = mapped_column(String, comment="依据")
    power: Mapped[str | None] = mapped_column(String, comment="由何种职权办理；空即当事人")
    person: Mapped[str] = mapped_column(String, comment="指定的人")
    handlers: Mapped[list[str]] = mapped_column(ARRAY(String), comment="承办人证号")
    due_on: Mapped[date | None] = mapped_column(Date, comment="截止日；空即没有或者不能计算")
    due_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="以小时计的，届满的时刻"
    )
    act: Mapped[str] = mapped_column(String, comment="办理该事项的办案行为")
    verified: Mapped[bool] = mapped_column(comment="期限的依据已核对")
    waiting: Mapped[bool] = mapped_column(comment="等待期满，不需要办理")
    unknown: Mapped[str] = mapped_column(String, comment="不能计算的原因")
    form: Mapped[str] = mapped_column(String, server_default="", comment="待批的文书")
    opener: Mapped[str] = mapped_column(String, server_default="", comment="由哪一办案行为起算")

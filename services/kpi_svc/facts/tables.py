"""Rows of facts: of each subject only what an indicator reads."""

from datetime import date
from uuid import UUID

from sqlalchemy import Date, Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.kpi_svc.rows import Row


class UnitRow(Row):
    """A bureau that enforces (执法单位): a line of every figure."""

    __tablename__ = "unit"

    code: Mapped[str] = mapped_column(String, primary_key=True, comment="单位代码")
    region: Mapped[str] = mapped_column(String, comment="行政区划代码")
    name: Mapped[str] = mapped_column(String, comment="单位名称")


class EntityRow(Row):
    """A plant (企业)."""

    __tablename__ = "entity"
    # The order of the records behind a figure: by bureau, what is missing first.
    __table_args__ = (Index("entity_records", "region", "complete", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String, comment="监管单位的行政区划代码")
    name: Mapped[str] = mapped_column(String, comment="企业名称")
    trades: Mapped[list[str]] = mapped_column(ARRAY(String), comment="所属行业领域")
    op_status: Mapped[str] = mapped_column(String, comment="生产经营状态")
    missing: Mapped[list[str]] = mapped_column(ARRAY(String), comment="缺失的必填项")
    complete: Mapped[bool] = mapped_column(comment="必填项是否齐全")


class EntityTallyRow(Row):
    """How many plants of a bureau are alike (企业计数).

    Counting a million plants takes PostgreSQL a good part of a second even from an index; a figures
    page is read far more often than plants change. So the statement that writes a plant also moves
    it from one of these rows to another (`facts/ledger.py`), and a figure adds up a few dozen rows.
    The columns are those that conditions on plants read, so one condition serves figure and records.
    """

    __tablename__ = "entity_tally"

    region: Mapped[str] = mapped_column(String, primary_key=True, comment="行政区划代码")
    op_status: Mapped[str] = mapped_column(String, primary_key=True, comment="生产经营状态")
    complete: Mapped[bool] = mapped_column(primary_key=True, comment="必填项是否齐全")
    plants: Mapped[int] = mapped_column(comment="企业数")


class OfficerRow(Row):
    """An officer, the certificate, the account, the trainings (执法人员)."""

    __tablename__ = "officer"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String, comment="行政区划代码")
    unit: Mapped[str] = mapped_column(String, comment="单位代码")
    name: Mapped[str] = mapped_column(String, comment="姓名")
    certificate_number: Mapped[str] = mapped_column(String, index=True, comment="执法证号")
    certificate_state: Mapped[str] = mapped_column(String, comment="执法证状态")
    valid_until: Mapped[date] = mapped_column(Date, comment="有效期至")
    account_active: Mapped[bool] = mapped_column(comment="帐号是否启用")
    trained_on: Mapped[list[date]] = mapped_column(ARRAY(Date), comment="参加系统培训的日期")


class RosterPersonRow(Row):
    """Somebody whom a bureau is to enter in a year (应录人员)."""

    __tablename__ = "roster_person"
    __table_args__ = (Index("roster_person_year", "year", "unit"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String, comment="行政区划代码")
    unit: Mapped[str] = mapped_column(String, comment="单位代码")
    year: Mapped[int] = mapped_column(comment="年度")
    certificate_number: Mapped[str] = mapped_column(String, comment="执法证号")
    name: Mapped[str] = mapped_column(String, comment="姓名")


class PlannedInspectionRow(Row):
    """An inspection that a plan names (列入计划的检查)."""

    __tablename__ = "planned_inspection"
    __table_args__ = (Index("planned_inspection_year", "year", "unit"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String, comment="行政区划代码")
    unit: Mapped[str] = mapped_column(String, comment="单位代码")
    entity_name: Mapped[str] = mapped_column(String, comment="企业名称")
    office: Mapped[str] = mapped_column(String, comment="科室")
    year: Mapped[int] = mapped_column(comment="年度")
    month: Mapped[int] = mapped_column(comment="月份")
    times: Mapped[int] = mapped_column(comment="计划次数")
    done: Mapped[int] = mapped_column(comment="已完成次数")
    approved: Mapped[bool] = mapped_column(comment="计划是否已批准")


class PenaltyCaseRow(Row):
    """A penalty case (行政处罚案件): where it stands and since when. Of money nothing is kept."""

    __tablename__ = "penalty_case"
    __table_args__ = (Index("penalty_case_filed", "filed_on", "unit"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String, comment="行政区划代码")
    unit: Mapped[str] = mapped_column(String, comment="单位代码")
    procedure: Mapped[str] = mapped_column(String, comment="程序及版本")
    source: Mapped[str] = mapped_column(String, comment="案件来源")
    stage: Mapped[str] = mapped_column(String, comment="阶段")
    inspection_id: Mapped[UUID | None] = mapped_column(comment="来源现场检查")
    filed_on: Mapped[date | None] = mapped_column(Date, comment="立案日期")
    decided_on: Mapped[date | None] = mapped_column(Date, comment="作出决定的日期")


class MatterRow(Row):
    """Something that was handled (办件): an inspection, a case, or what a plan still wants."""

    __tablename__ = "matter"
    __table_args__ = (
        # The order of the records behind a figure: by bureau.
        Index("matter_records", "unit", "year", "module", "id"),
        Index(
            "matter_of_plant", "entity_id",
            postgresql_where=text("kind = 'case' and inspection_id is null"),
        ),
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String, comment="行政区划代码")
    unit: Mapped[str] = mapped_column(String, comment="单位代码")
    year: Mapped[int] = mapped_column(comment="年度")
    month: Mapped[int] = mapped_column(comment="月份")
    kind: Mapped[str] = mapped_column(String, comment="inspection、case、planned")
    module: Mapped[str] = mapped_column(String, comment="执法模块")
    issued: Mapped[bool] = mapped_column(comment="应有的文书是否由系统出具")
    days: Mapped[int] = mapped_column(comment="办理后多少天才登记")
    inspection_id: Mapped[UUID | None] = mapped_column(comment="来源现场检查")
    entity_id: Mapped[UUID | None] = mapped_column(comment="企业")
    title: Mapped[str] = mapped_column(String, comment="企业或案件名称")
    lacking: Mapped[str] = mapped_column(String, comment="缺少的文书；不缺为空")
    on_day: Mapped[date] = mapped_column(Date, comment="检查、立案日期；计划的，该月最后一日")
    weight: Mapped[int] = mapped_column(comment="计几件")


class MatterTallyRow(Row):
    """How many matters of a bureau are alike (办件计数), as EntityTallyRow of plants."""

    __tablename__ = "matter_tally"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="年度")
    unit: Mapped[str] = mapped_column(String, primary_key=True, comment="单位代码")
    region: Mapped[str] = mapped_column(String, primary_key=True, comment="行政区划代码")
    month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="月份")
    kind: Mapped[str] = mapped_column(String, primary_key=True, comment="种类")
    module: Mapped[str] = mapped_column(String, primary_key=True, comment="执法模块")
    issued: Mapped[bool] = mapped_column(primary_key=True, comment="文书由系统出具")
    days: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="办理后多少天才登记"
    )
    matters: Mapped[int] = mapped_column(comment="件数")


class PaperRow(Row):
    """A document that shows where its matter was handled (系统出具的文书)."""

    __tablename__ = "paper"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String, comment="行政区划代码")
    kind: Mapped[str] = mapped_column(String, comment="文书种类")
    subject: Mapped[UUID] = mapped_column(index=True, comment="现场检查或案件")
    void: Mapped[bool] = mapped_column(server_default=text("false"), comment="已作废")

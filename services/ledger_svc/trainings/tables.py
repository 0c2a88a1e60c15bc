"""Rows of trainings (培训)."""

from datetime import date
from uuid import UUID

from sqlalchemy import Date, ForeignKey, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from services.kit.once import EnteredOnce
from services.ledger_svc.rows import Row


class TrainingRow(EnteredOnce, Row):
    """A training that was held (培训)."""

    __tablename__ = "training"

    region: Mapped[str] = mapped_column(String, comment="行政区划代码")
    title: Mapped[str] = mapped_column(String, comment="培训名称")
    kind: Mapped[str] = mapped_column(String, comment="类型：system 系统应用 …")
    held_on: Mapped[date] = mapped_column(Date, comment="日期")
    hours: Mapped[float] = mapped_column(Numeric(5, 1), comment="学时")


class AttendanceRow(Row):
    """An officer who attended (参训)."""

    __tablename__ = "training_attendance"

    training_id: Mapped[UUID] = mapped_column(ForeignKey(TrainingRow.id), primary_key=True)
    officer_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    region: Mapped[str] = mapped_column(String, comment="行政区划代码")

"""Rows of rosters (应录名单)."""

from uuid import UUID

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.ledger_svc.rows import Row


class RosterPersonRow(Row):
    """Somebody who is to be entered as an officer in a year (应录人员)."""

    __tablename__ = "roster_person"
    __table_args__ = (UniqueConstraint("unit", "year", "certificate_number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, comment="由单位、年度、证号得出")
    unit: Mapped[str] = mapped_column(String, comment="单位代码")
    year: Mapped[int] = mapped_column(comment="年度")
    region: Mapped[str] = mapped_column(String, comment="行政区划代码")
    certificate_number: Mapped[str] = mapped_column(String, comment="执法证号")
    name: Mapped[str] = mapped_column(String, comment="姓名")
    work_type: Mapped[str] = mapped_column(String, comment="执法工作类别")

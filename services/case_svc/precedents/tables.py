"""Rows of decided violations, by offence (已决案件的违法行为)."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from services.case_svc.cases.tables import CaseRow
from services.case_svc.rows import Row


class PrecedentRow(Row):
    """A violation as a decision in force fined it (以往同类案件): a cache that its case justifies."""

    __tablename__ = "case_precedent"
    __table_args__ = (Index("case_precedent_of_offence", "offence", "decided_on"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey(CaseRow.id), primary_key=True, comment="案件")
    place: Mapped[int] = mapped_column(primary_key=True, comment="在案件中的次序")
    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    unit: Mapped[str] = mapped_column(String, comment="承办单位代码")
    offence: Mapped[str] = mapped_column(String, comment="违法行为代码")
    party_kind: Mapped[str] = mapped_column(String, comment="当事人类别")
    grade: Mapped[str] = mapped_column(String, comment="裁量阶次；空即没有写明")
    fine: Mapped[int] = mapped_column(BigInteger, comment="罚款（分）；不予处罚的为零")
    decided_on: Mapped[date] = mapped_column(Date, comment="作出决定的日期")

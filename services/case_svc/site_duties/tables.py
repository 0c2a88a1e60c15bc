"""Rows of what documents of the site still owe (现场文书的后续手续)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, DateTime, Index, String
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.case_svc.rows import Row


class SiteDutyRow(Row):
    """One thing that a document owes; open until it is answered."""

    __tablename__ = "site_duty"
    __table_args__ = (Index("site_duty_of_unit", "unit", "due_on", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, comment="由文书编号和事项得出")
    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    unit: Mapped[str] = mapped_column(String, comment="执法单位代码")
    document_id: Mapped[UUID] = mapped_column(comment="文书")
    inspection_id: Mapped[UUID] = mapped_column(index=True, comment="现场检查")
    document_name: Mapped[str] = mapped_column(String, comment="文书名称")
    number: Mapped[str | None] = mapped_column(String, comment="文号")
    entity_name: Mapped[str] = mapped_column(String, comment="被检查单位")
    name: Mapped[str] = mapped_column(String, comment="事项代码")
    title: Mapped[str] = mapped_column(String, comment="事项")
    law: Mapped[str] = mapped_column(String, comment="依据")
    answers: Mapped[list[str]] = mapped_column(ARRAY(String), comment="可以作出的答复")
    officers: Mapped[list[str]] = mapped_column(ARRAY(String), comment="执法人员证号")
    due_on: Mapped[date] = mapped_column(Date, comment="期限届满日")
    due_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="以小时计的，届满的时刻"
    )
    request: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), comment="当事人的申请；不是申请的为空"
    )
    answer: Mapped[str | None] = mapped_column(String, comment="答复；空即未答复")
    opinion: Mapped[str | None] = mapped_column(String, comment="意见")
    answered_by: Mapped[str | None] = mapped_column(String, comment="答复人")
    answered_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="答复的时间"
    )

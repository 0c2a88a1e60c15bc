"""Rows of enforcement officers (执法人员)."""

from datetime import date
from uuid import UUID

from sqlalchemy import Date, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.ledger_svc.rows import Row


class OfficerRow(Row):
    """An enforcement officer and their certificate (执法人员、执法证)."""

    __tablename__ = "officer"

    id: Mapped[UUID] = mapped_column(primary_key=True, comment="由客户端生成")
    name: Mapped[str] = mapped_column(String, comment="姓名")
    unit: Mapped[str] = mapped_column(String, comment="单位代码")
    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    office: Mapped[str] = mapped_column(String, comment="科室")
    work_types: Mapped[list[str]] = mapped_column(ARRAY(String), comment="执法工作类别")
    certificate_number: Mapped[str] = mapped_column(String, unique=True, comment="执法证号")
    issuer: Mapped[str] = mapped_column(String, comment="发证机关")
    issued_on: Mapped[date] = mapped_column(Date, comment="发证日期")
    valid_until: Mapped[date] = mapped_column(Date, comment="有效期至")
    certificate_state: Mapped[str] = mapped_column(String, comment="执法证状态")

"""Rows of units (机构)."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from services.ledger_svc.rows import Row


class UnitRow(Row):
    """A bureau that enforces (执法单位)."""

    __tablename__ = "unit"

    code: Mapped[str] = mapped_column(String, primary_key=True, comment="单位代码")
    name: Mapped[str] = mapped_column(String, comment="单位名称")
    short_name: Mapped[str] = mapped_column(String, comment="文号中的地区简称")
    region: Mapped[str] = mapped_column(String, comment="行政区划代码")
    level: Mapped[str] = mapped_column(String, comment="层级：city、county、zone")

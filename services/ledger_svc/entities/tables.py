"""Rows of regulated entities (监管对象)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.ledger_svc.rows import Row


class EntityRow(Row):
    """A plant as the ledger knows it (企业)."""

    __tablename__ = "entity"
    __table_args__ = (Index("entity_name", "region", "name_key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, comment="由客户端生成")
    region: Mapped[str] = mapped_column(String, index=True, comment="监管单位的行政区划代码")
    name: Mapped[str] = mapped_column(String, comment="企业名称")
    name_key: Mapped[str] = mapped_column(String, comment="用于查重的名称")
    credit_code: Mapped[str | None] = mapped_column(String, unique=True, comment="统一社会信用代码")
    division_code: Mapped[str] = mapped_column(String, comment="所在地行政区划代码")
    trades: Mapped[list[str]] = mapped_column(ARRAY(String), comment="所属行业领域")
    op_status: Mapped[str] = mapped_column(String, comment="生产经营状态")
    values: Mapped[dict[str, str]] = mapped_column(JSONB, comment="各栏目的值")
    missing: Mapped[list[str]] = mapped_column(ARRAY(String), comment="缺失的必填项")
    dictionary: Mapped[str] = mapped_column(String, comment="核对所用的数据项字典及版本")
    version: Mapped[int] = mapped_column(server_default=text("1"), comment="版本，每次变更加一")
    recorded_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="入台账时间"
    )
    changed_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="最近变更时间"
    )

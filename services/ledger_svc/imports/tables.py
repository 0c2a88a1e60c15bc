"""Rows of workbook imports (台账导入)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, String, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.ledger_svc.rows import Row


class EntityImportRow(Row):
    """One workbook, checked and perhaps applied (台账导入批次)."""

    __tablename__ = "entity_import"

    id: Mapped[UUID] = mapped_column(primary_key=True, comment="由客户端生成")
    region: Mapped[str] = mapped_column(String, comment="导入者的行政区划代码")
    officer: Mapped[str] = mapped_column(String, comment="导入者")
    officer_name: Mapped[str] = mapped_column(
        String, server_default=text("''"), comment="导入者姓名；早期的批次为空"
    )
    filename: Mapped[str] = mapped_column(String, comment="文件名")
    sha256: Mapped[str] = mapped_column(String, comment="原文件摘要")
    size: Mapped[int] = mapped_column(BigInteger, comment="原文件字节数")
    state: Mapped[str] = mapped_column(String, comment="checked 已核对，applied 已入台账")
    rows: Mapped[int] = mapped_column(comment="数据行数")
    bad: Mapped[int] = mapped_column(comment="有误的行数")
    new: Mapped[int] = mapped_column(comment="新增行数")
    changed: Mapped[int] = mapped_column(comment="变更行数")
    unchanged: Mapped[int] = mapped_column(comment="不变行数")
    header_row: Mapped[int] = mapped_column(comment="表头所在行")
    columns: Mapped[list[str]] = mapped_column(ARRAY(String), comment="各列对应的栏目")
    problems: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, comment="问题：行、栏目、原因")
    applied_through: Mapped[int] = mapped_column(server_default=text("0"), comment="已写入到的行")
    checked_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="核对时间"
    )
    applied_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), comment="完成时间")


class ImportRowRow(Row):
    """A good row waiting to be applied (待入台账的行). Unlogged: the file is the truth."""

    __tablename__ = "import_row"
    __table_args__ = {"prefixes": ["UNLOGGED"]}  # noqa: RUF012 - SQLAlchemy's own form

    import_id: Mapped[UUID] = mapped_column(primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, comment="工作表中的行号")
    region: Mapped[str] = mapped_column(String)
    name: Mapped[str] = mapped_column(String)
    name_key: Mapped[str] = mapped_column(String)
    credit_code: Mapped[str] = mapped_column(String)
    division_code: Mapped[str] = mapped_column(String)
    trades: Mapped[list[str]] = mapped_column(ARRAY(String))
    op_status: Mapped[str] = mapped_column(String)
    values: Mapped[dict[str, str]] = mapped_column(JSONB)

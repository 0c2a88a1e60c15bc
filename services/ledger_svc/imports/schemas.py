"""Shapes of workbook imports on the wire (台账导入)."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from services.kit.wire import Instant, Wire

SHOWN = 200


class CellProblem(Wire):
    """What is wrong with one cell (核对问题)."""

    row: int = Field(description="工作表中的行号")
    field: str = Field(description="栏目代码")
    code: str
    reason: str


class EntityImport(Wire):
    """One workbook, checked and perhaps applied (台账导入批次)."""

    id: UUID
    filename: str
    sha256: str
    state: Literal["checked", "applied"]
    rows: int = Field(description="数据行数")
    good: int = Field(description="可用的行数")
    bad: int = Field(description="有误的行数")
    new: int
    changed: int
    unchanged: int
    problems: list[CellProblem] = Field(description=f"前 {SHOWN} 个问题")
    problem_count: int
    applied_through: int = Field(description="已写入到的行，导入中可据此显示进度")
    checked_at: Instant
    applied_at: Instant | None


class ApplyImport(Wire):
    """Apply the good rows (确认入台账)."""


class PastImport(Wire):
    """An import as the list of earlier ones tells it (以前的导入)."""

    id: UUID
    region: str
    filename: str
    sha256: str
    size: int = Field(description="原文件字节数")
    state: Literal["checked", "applied"]
    officer: str
    officer_name: str = Field(description="导入者姓名；早期的批次为空")
    rows: int
    good: int
    bad: int
    new: int
    changed: int
    unchanged: int
    problem_count: int
    checked_at: Instant
    applied_at: Instant | None


class PastImportPage(Wire):
    """A page of earlier imports, the latest first."""

    items: list[PastImport]
    next: str | None

"""The same workbook back, bad cells painted, each row's reasons in a last column (核对结果)."""

import csv
import json
import sys
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

RED = PatternFill("solid", fgColor="FFF4B6B6")
HEAD = PatternFill("solid", fgColor="FFFFE9A8")
RESULT = "核对结果"
AUTHOR = "台账核对"


def paint(
    source: Path, target: Path, header_row: int, columns: list[str], problems: list[dict[str, Any]]
) -> None:
    """Write `source` to `target` with every problem where it stands."""
    book = _open(source)
    sheet = book.worksheets[0]
    column_of = {code: index for index, code in enumerate(columns, start=1) if code}
    result = _result_column(sheet, header_row)
    head = sheet.cell(header_row, result, RESULT)
    head.fill, head.font = HEAD, Font(bold=True)
    sheet.column_dimensions[head.column_letter].width = 60
    reasons: dict[int, list[str]] = {}
    for problem in problems:
        reasons.setdefault(problem["row"], []).append(problem["reason"])
        if (column := column_of.get(problem["field"])) is not None:
            cell = sheet.cell(problem["row"], column)
            cell.fill = RED
            cell.comment = Comment(problem["reason"], AUTHOR, width=320, height=80)
    for row, told in reasons.items():
        cell = sheet.cell(row, result, "；".join(told))
        cell.fill, cell.alignment = RED, Alignment(wrap_text=True, vertical="top")
    sheet.cell(
        max(1, header_row - 1),
        result,
        f"红色单元格有误，共 {len(reasons)} 行；改正后重新导入整张表即可",
    )
    book.save(target)


def _open(source: Path) -> openpyxl.Workbook:
    with source.open("rb") as file:
        if file.read(2) == b"PK":
            return openpyxl.load_workbook(source)
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            with source.open(encoding=encoding, newline="") as lines:
                rows = list(csv.reader(lines))
            break
        except UnicodeDecodeError:
            continue
    for row in rows:
        sheet.append(row)
    return book


def _result_column(sheet: Worksheet, header_row: int) -> int:
    """The column of an earlier 核对结果, or the next free one."""
    for cell in sheet[header_row]:
        if cell.value == RESULT:
            for (old,) in sheet.iter_rows(header_row + 1, sheet.max_row, cell.column, cell.column):
                old.value, old.fill = None, PatternFill()
            return int(cell.column)
    return int(sheet.max_column) + 1


def main() -> None:
    """`python -m … SOURCE TARGET NOTES`, under limits: a hostile workbook ends only this process."""
    from services.ledger_svc.imports.apart import limit_this_process

    limit_this_process()
    notes = json.loads(Path(sys.argv[3]).read_text(encoding="utf-8"))
    target = Path(sys.argv[2])
    paint(Path(sys.argv[1]), target.with_suffix(".coming.xlsx"), **notes)
    target.with_suffix(".coming.xlsx").rename(target)


if __name__ == "__main__":
    main()

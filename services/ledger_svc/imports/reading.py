"""Reads a workbook in a process of its own, under limits, and says what is wrong with each cell.

`python -m services.ledger_svc.imports.reading FILE CONTENT REGION REPORT` writes the good rows as COPY
takes them, while it reads on, and at the end REPORT. It imports no web framework and touches no
database: a hostile file can at most end this process.
"""

import csv
import json
import sys
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

from lawbook.entity import LedgerDictionary
from services.ledger_svc.imports.checking import Checker

MAX_UNPACKED = 512 << 20
MAX_RATIO = 250
MAX_ROWS = 1_048_576
MAX_EMPTY = 2_000
HEADER_WITHIN = 20
BATCH = 1_000


class Unreadable(Exception):
    """This file cannot be taken as a ledger workbook: code and reason."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


def sheet(path: Path) -> Iterator[list[Any]]:
    """Rows of the first sheet of an XLSX, or of a CSV in UTF-8 or GB18030."""
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"PK\x03\x04"):
        return _xlsx(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("not-a-workbook", "这是旧版 .xls 或加密的工作簿，请另存为 .xlsx 后再导入")
    return _csv(path)


def _xlsx(path: Path) -> Iterator[list[Any]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise Unreadable("not-a-workbook", "文件已损坏，不是有效的工作簿") from error
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise Unreadable("not-a-workbook", "这个文件不是 Excel 工作簿（.xlsx）")
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if unpacked > MAX_UNPACKED or (unpacked > (32 << 20) and unpacked / packed > MAX_RATIO):
        raise Unreadable(
            "workbook-too-large", f"工作簿展开后有 {unpacked >> 20} MB，超出允许的大小"
        )
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            first = book.get_sheet_by_index(0)
            if first.total_height > MAX_ROWS:
                raise Unreadable("workbook-too-large", "工作表行数过多")
            yield from first.iter_rows()
    except (CalamineError, IndexError, OSError) as error:
        raise Unreadable("not-a-workbook", "文件已损坏，无法读出工作表") from error


def _csv(path: Path) -> Iterator[list[Any]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            with path.open(encoding=encoding, newline="") as file:
                while file.read(1 << 20):
                    pass
        except UnicodeDecodeError:
            continue
        with path.open(encoding=encoding, newline="") as file:
            if "\x00" in file.read(4096):
                break
            file.seek(0)
            try:
                yield from csv.reader(file)
            except csv.Error as error:
                raise Unreadable("not-a-workbook", "这个文件不是表格") from error
        return
    raise Unreadable("not-a-workbook", "这个文件不是 Excel 工作簿，也不是 CSV 表格")


def text(cell: Any) -> str:  # noqa: ANN401 - calamine gives str, float, bool, dates
    """A cell as it was meant: whole numbers without the point that Excel's floats carry."""
    if type(cell) is str:
        return cell.strip()
    if type(cell) is float and cell.is_integer() and abs(cell) < 1e17:
        return str(int(cell))
    if type(cell) is bool:
        return "是" if cell else "否"
    return "" if cell is None else str(cell).strip()


def header(
    rows: Iterator[list[Any]], dictionary: LedgerDictionary
) -> tuple[int, list[str], dict[int, str]]:
    """The row in which the headings stand, their field codes, and field by column."""
    best = 0
    for number, row in enumerate(rows, start=1):
        if number > HEADER_WITHIN:
            break
        found: dict[int, str] = {}
        for index, cell in enumerate(row):
            code = dictionary.columns.get(text(cell).replace("*", "").replace("\n", "").strip())
            if code and code not in found.values():
                found[index] = code
        best = max(best, len(found))
        if len(found) >= 3:
            absent = [
                dictionary.by_code[code].label
                for item in dictionary.mandatory
                for code in item.fields
                if code not in found.values()
            ]
            if absent:
                raise Unreadable("missing-columns", f"表头缺少必填栏目：{'、'.join(absent)}")
            width = max(found) + 1
            return number, [found.get(index, "") for index in range(width)], found
    raise Unreadable(
        "unknown-columns", f"前 {HEADER_WITHIN} 行中没有找到表头（只认出 {best} 个栏目）"
    )


def read(
    path: Path, dictionary: LedgerDictionary, regions: list[str], out: IO[bytes]
) -> dict[str, Any]:
    """Check a file: the report, with good rows written to `out` as they are found."""
    rows = sheet(path)
    header_row, columns, found = header(rows, dictionary)
    empty, number = 0, header_row + 1
    checker = Checker(dictionary, regions, tuple(found.values()), out)
    while batch := list(islice(rows, BATCH)):
        empty += checker.take(number, transposed(batch, tuple(found)))
        number += len(batch)
        # Excel keeps formatted but empty rows by the hundred thousand.
        if empty > MAX_EMPTY and checker.rows == 0:
            raise Unreadable("too-many-empty-rows", f"表头之后连续 {MAX_EMPTY} 行没有数据")
    if checker.rows == 0:
        raise Unreadable("no-rows", "工作表中没有数据行")
    return {
        "rows": checker.rows, "bad": checker.bad, "header_row": header_row, "columns": columns,
        "problems": checker.problems,
    }  # fmt: skip


def transposed(batch: list[list[Any]], indices: tuple[int, ...]) -> list[list[str]]:
    """The columns at `indices` as text: whole columns are handled faster than single cells."""
    width = max(indices) + 1
    if any(len(row) < width for row in batch):
        batch = [[*row, *[""] * (width - len(row))] for row in batch]
    columns = list(zip(*(row[:width] for row in batch), strict=True))
    return [texts(columns[index]) for index in indices]


def texts(column: tuple[Any, ...]) -> list[str]:
    """A column's cells as they were meant."""
    try:
        return list(map(str.strip, column))
    except TypeError:  # numbers, dates, booleans among them
        return [text(cell) for cell in column]


def main() -> None:
    """Read under the limits given in the environment; report what was found, or why not."""
    path, content = Path(sys.argv[1]), Path(sys.argv[2])
    regions, told = sys.argv[3].split(","), Path(sys.argv[4])
    from services.ledger_svc.imports.apart import limit_this_process

    limit_this_process()
    from services.ledger_svc.dictionary_file import dictionary_in

    try:
        report = read(path, dictionary_in(content), regions, sys.stdout.buffer)
    except Unreadable as error:
        report = {"code": error.code, "reason": error.reason}
    except MemoryError:
        report = {"code": "workbook-too-large", "reason": "工作簿展开后超出允许的大小"}
    told.write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()

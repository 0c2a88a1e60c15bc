"""Reads a workbook in a process of its own, under limits, and says what is wrong with each cell.

`python -m services.ledger_svc.imports.reading FILE CONTENT REGION OUT` writes OUT/rows.csv (good
rows as COPY takes them) and OUT/report.json. It imports no web framework and touches no database: a
hostile file can at most end this process.
"""

import csv
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lawbook.entity import LedgerDictionary, name_key
from lawbook.regions import covers, supervising_region

MAX_UNPACKED = 512 << 20
MAX_RATIO = 250
MAX_ROWS = 1_048_576
MAX_EMPTY = 2_000
HEADER_WITHIN = 20
MAX_PROBLEMS = 100_000


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


class Reader:
    """Checks rows one by one and writes the good ones."""

    def __init__(self, dictionary: LedgerDictionary, region: str, out: io.TextIOBase) -> None:
        self.dictionary, self.region = dictionary, region
        self.write = csv.writer(out, lineterminator="\n").writerow
        self.problems: list[tuple[int, str, str, str]] = []
        self.rows = self.bad = 0
        self._codes: dict[str, int] = {}
        self._names: dict[tuple[str, str], int] = {}
        self._regions: dict[str, str] = {}
        self._trades: dict[str, str] = {}

    def take(self, number: int, values: dict[str, str]) -> None:
        """Check one row; write it when nothing is wrong."""
        self.rows += 1
        found = [(f.field, f.code, f.reason) for f in self.dictionary.check(values)]
        found += self._against_others(number, values)
        if found:
            self.bad += 1
            if len(self.problems) < MAX_PROBLEMS:
                self.problems += [(number, *fault) for fault in found]
            return
        d = self.dictionary
        name, category = values[d.name], values[d.trades_field]
        trades = self._trades.get(category)
        if trades is None:
            trades = self._trades[category] = "{" + ",".join(d.trades(values)) + "}"
        self.write((
            number, self._regions[values[d.division]], name, name_key(name), values[d.credit_code],
            values[d.division], trades, values[d.op_status],
            json.dumps({k: v for k, v in values.items() if v}, ensure_ascii=False, separators=(",", ":")),
        ))  # fmt: skip

    def _against_others(
        self, number: int, values: dict[str, str]
    ) -> Iterator[tuple[str, str, str]]:
        d = self.dictionary
        division, code, name = (
            values.get(d.division, ""),
            values.get(d.credit_code, ""),
            values.get(d.name, ""),
        )
        region = self._regions.get(division)
        if region is None:
            region = self._regions[division] = supervising_region(division)
        if division and not covers(self.region, region):
            yield d.division, "outside-region", f"行政区划 {division} 不在您的管辖范围内"
        if code and (first := self._codes.setdefault(code, number)) != number:
            yield d.credit_code, "duplicate-code", f"统一社会信用代码与第 {first} 行重复"
        elif name:
            first = self._names.setdefault((region, name_key(name)), number)
            if first != number:
                yield d.name, "duplicate-name", f"企业名称与第 {first} 行重复（同一县、市、区）"


def read(path: Path, dictionary: LedgerDictionary, region: str, out: Path) -> dict[str, Any]:
    """Check a file: the report, with good rows written to `out`/rows.csv."""
    rows = sheet(path)
    header_row, columns, found = header(rows, dictionary)
    pairs = tuple(found.items())
    empty = 0
    with (out / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        reader = Reader(dictionary, region, file)
        for number, row in enumerate(rows, start=header_row + 1):
            width = len(row)
            values = {code: text(row[index]) if index < width else "" for index, code in pairs}
            if not any(values.values()):
                empty += 1
                # Excel keeps formatted but empty rows by the hundred thousand.
                if empty > MAX_EMPTY and reader.rows == 0:
                    raise Unreadable("too-many-empty-rows", f"表头之后连续 {MAX_EMPTY} 行没有数据")
                continue
            reader.take(number, values)
    if reader.rows == 0:
        raise Unreadable("no-rows", "工作表中没有数据行")
    return {
        "rows": reader.rows, "bad": reader.bad, "header_row": header_row, "columns": columns,
        "problems": reader.problems,
    }  # fmt: skip


def main() -> None:
    """Read under the limits given in the environment; report what was found, or why not."""
    path, content = Path(sys.argv[1]), Path(sys.argv[2])
    region, out = sys.argv[3], Path(sys.argv[4])
    from services.ledger_svc.imports.apart import limit_this_process

    limit_this_process()
    from services.ledger_svc.dictionary_file import dictionary_in

    try:
        report = read(path, dictionary_in(content), region, out)
    except Unreadable as error:
        report = {"code": error.code, "reason": error.reason}
    except MemoryError:
        report = {"code": "workbook-too-large", "reason": "工作簿展开后超出允许的大小"}
    (out / "report.json").write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()

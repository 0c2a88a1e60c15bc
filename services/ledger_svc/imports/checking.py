"""Checks rows of a workbook a batch at a time, column by column, and writes the good ones.

A county's workbook says the same few things over and over: each different value of a column is
judged once and put into the words of JSON once, and a batch in which nothing is wrong costs a few
set operations and one joining of words for each row.
"""

from collections.abc import Iterator
from typing import IO

import orjson

from lawbook.entity import Fault, LedgerDictionary, name_key
from lawbook.regions import covers, supervising_region

MAX_PROBLEMS = 100_000
REMEMBERED = 4_096
Columns = list[list[str]]

# COPY's text format: what would end a field or a row is written with a backslash.
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Checker:
    """Checks batches of rows against the dictionary, the caller's regions and each other."""

    def __init__(
        self,
        dictionary: LedgerDictionary,
        regions: list[str],
        codes: tuple[str, ...],
        out: IO[bytes],
    ) -> None:
        self.dictionary, self.regions, self.codes, self.out = dictionary, regions, codes, out
        self.problems: list[tuple[int, str, str, str]] = []
        self.rows = self.bad = 0
        # For each column, its good values and what they are in a row's JSON.
        self._good: dict[str, dict[str, bytes]] = {code: {} for code in codes}
        self._numbers_of_codes: dict[str, int] = {}
        self._numbers_of_names: dict[tuple[str, str], int] = {}
        self._regions: dict[str, str] = {}
        self._trades: dict[str, str] = {}

    def take(self, first: int, columns: Columns) -> int:
        """Check the rows that begin with number `first`; how many of them were empty."""
        size = len(columns[0])
        empty = _empty(columns)
        self.rows += size - len(empty)
        faults: dict[int, list[tuple[str, str, str]]] = {}
        for code, column in zip(self.codes, columns, strict=True):
            for index, fault in self._wrong(code, column):
                faults.setdefault(index, []).append((fault.field, fault.code, fault.reason))
        keys = self._against_others(first, columns, empty, faults)
        for index in sorted(faults.keys() - empty):
            self.bad += 1
            if len(self.problems) < MAX_PROBLEMS:
                self.problems += [(first + index, *fault) for fault in faults[index]]
        self._write(first, columns, keys, empty | faults.keys())
        return len(empty)

    def _wrong(self, code: str, column: list[str]) -> Iterator[tuple[int, Fault]]:
        good = self._good[code]
        if len(good) > REMEMBERED:
            good.clear()
        wrong: dict[str, Fault] = {}
        for value in set(column).difference(good):
            if fault := self._fault(code, value):
                wrong[value] = fault
            else:
                good[value] = _member(code, value)
        if wrong:
            yield from ((i, wrong[value]) for i, value in enumerate(column) if value in wrong)

    def _fault(self, code: str, value: str) -> Fault | None:
        if "\x00" in value:  # PostgreSQL stores none
            return Fault(code, "control-character", "含有不可用的空字符（NUL）")
        return self.dictionary.fault(code, value)

    def _column(self, columns: Columns, code: str) -> list[str]:
        return columns[self.codes.index(code)]

    def _against_others(
        self, first: int, columns: Columns, empty: set[int], faults: dict[int, list[tuple[str, str, str]]],
    ) -> list[tuple[str, str]]:  # fmt: skip
        """What no row tells alone; region and name key of each row."""
        d, keys = self.dictionary, []
        for index, (division, code, name) in enumerate(
            zip(
                *(self._column(columns, c) for c in (d.division, d.credit_code, d.name)),
                strict=True,
            )
        ):
            region = self._regions.get(division)
            if region is None:
                region = self._regions[division] = supervising_region(division)
            key, number = (region, name_key(name)), first + index
            keys.append(key)
            if index in empty:
                continue
            if division and not any(covers(one, region) for one in self.regions):
                told = d.division, "outside-region", f"行政区划 {division} 不在您的管辖范围内"
                faults.setdefault(index, []).append(told)
            if code and (known := self._numbers_of_codes.setdefault(code, number)) != number:
                told = d.credit_code, "duplicate-code", f"统一社会信用代码与第 {known} 行重复"
                faults.setdefault(index, []).append(told)
            elif name and (known := self._numbers_of_names.setdefault(key, number)) != number:
                told = d.name, "duplicate-name", f"企业名称与第 {known} 行重复（同一县、市、区）"
                faults.setdefault(index, []).append(told)
        return keys

    def _write(
        self, first: int, columns: Columns, keys: list[tuple[str, str]], without: set[int]
    ) -> None:
        d, lines = self.dictionary, []
        plain = (
            self._column(columns, c)
            for c in (d.name, d.credit_code, d.division, d.trades_field, d.op_status)
        )
        members = zip(
            *(
                map(self._good[c].get, column)
                for c, column in zip(self.codes, columns, strict=True)
            ),
            strict=True,
        )
        rows = zip(keys, members, *plain, strict=True)
        for number, ((region, key), values, name, code, division, category, op_status) in enumerate(
            rows, start=first
        ):
            if number - first in without:
                continue
            fields = (
                str(number), region, name, key, code, division, self._trades_of(category), op_status,
            )  # fmt: skip
            line = "\t".join(fields)
            if "\\" in line or line.count("\t") != len(fields) - 1 or "\n" in line or "\r" in line:
                line = "\t".join(field.translate(_ESCAPES) for field in fields)
            lines.append(b"%b\t{%b}\n" % (line.encode(), b"".join(values)[:-1]))
        self.out.write(b"".join(lines))

    def _trades_of(self, category: str) -> str:
        trades = self._trades.get(category)
        if trades is None:
            d = self.dictionary
            trades = "{" + ",".join(d.trades({d.trades_field: category})) + "}"
            self._trades[category] = trades
        return trades


def _member(code: str, value: str) -> bytes:
    """A value as a member of a JSON object, in COPY's text format; nothing when it is empty."""
    if not value:
        return b""
    return orjson.dumps({code: value})[1:-1].replace(b"\\", b"\\\\") + b","


def _empty(columns: Columns) -> set[int]:
    """Indices of the rows in which no column says anything."""
    candidates = {index for index, value in enumerate(columns[0]) if not value}
    for column in columns[1:]:
        if not candidates:
            break
        candidates = {index for index in candidates if not column[index]}
    return candidates

"""Packs: check lists, document templates and other content, by version. Old versions stay."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlite_utils import Database

from lawbook.checklist import CheckItem, Checklist, together
from lawbook.days import Calendar, with_days
from lawbook.discretion import Benchmark
from lawbook.entity import LedgerDictionary
from lawbook.offences import Catalogue
from lawbook.penalty.weighing import Scales
from lawbook.refusal import Refusal
from paper.template import DocumentTemplate


class PackMissing(Refusal):
    """Content that has not been pulled to this tablet yet."""

    code = "pack-missing"
    title = "本机尚未下载所需的检查表或文书样式"
    next_step = "在有信号处点“更新”后再试"


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))


class Packs:
    """Content by kind, code and version."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._read: dict[str, Checklist] = {}
        """Check lists as they were read: every answer asks for its own."""
        self._asked: dict[tuple[str, ...], Checklist] = {}
        self._items: dict[str, dict[str, CheckItem]] | None = None
        self._scales: Scales | None = None

    def keep(self, kind: str, code: str, version: str, sha256: str, body: dict[str, Any]) -> None:
        """Keep a pack; the same version with other content replaces it."""
        self._read.clear()
        self._asked.clear()
        self._items = self._scales = None
        self._db.conn.execute(
            "insert or replace into pack (kind, code, version, sha256, body) "
            "values (?, ?, ?, ?, ?)",
            (kind, code, version, sha256, json.dumps(body, ensure_ascii=False)),
        )

    def known(self) -> dict[tuple[str, str, str], str]:
        """(kind, code, version) → SHA-256 of every pack that is here."""
        found = self._db.conn.execute("select kind, code, version, sha256 from pack")
        return {(kind, code, version): sha256 for kind, code, version, sha256 in found}

    def body(self, kind: str, code: str, version: str | None = None) -> dict[str, Any]:
        """A pack's content; the newest version unless one is named. Refuses PackMissing."""
        found = self._db.conn.execute(
            "select version, body from pack where kind = ? and code = ?", (kind, code)
        ).fetchall()
        wanted = [row for row in found if version in (None, row[0])]
        if not wanted:
            raise PackMissing(f"缺少 {code}@{version or '最新版'}")
        return dict(json.loads(max(wanted, key=lambda row: _order(row[0]))[1]))

    def dictionary(self) -> LedgerDictionary:
        """The ledger's dictionary (数据项字典). Refuses PackMissing."""
        return LedgerDictionary.from_content(self.body("ledger", "ledger"))

    def checklist(self, ref: str) -> Checklist:
        """A check list as records quote it: metallurgy@2026.1. Refuses PackMissing."""
        if ref not in self._read:
            code, _, version = ref.partition("@")
            body = self.body("checklist", code, version or None)
            self._read[ref] = Checklist.from_content(body)
        return self._read[ref]

    def asked(self, refs: Sequence[str]) -> Checklist:
        """The lists of one visit as one; of those that were added, the ones that are here.

        Refuses PackMissing where the first is not.
        """
        wanted = (refs[0], *(ref for ref in refs[1:] if self.has(ref)))
        if wanted not in self._asked:
            self._asked[wanted] = together([self.checklist(ref) for ref in wanted])
        return self._asked[wanted]

    def has(self, ref: str) -> bool:
        """Whether a check list is here."""
        try:
            self.checklist(ref)
        except PackMissing:
            return False
        return True

    def anywhere(self, code: str, near: Sequence[str] = ()) -> tuple[str, CheckItem] | None:
        """The newest list here that asks an item, by its `ref`, and the item; None where none does.

        A version of one of the lists `near` before any other list.
        """
        if self._items is None:
            self._items = {}
            lists = sorted(self.every_checklist(), key=lambda one: (_order(one.version), one.code))
            for one in lists:
                for item in one.items:
                    self._items.setdefault(item.code, {})[one.ref] = item
        asking = self._items.get(code, {})
        mine = {ref.partition("@")[0] for ref in near}
        refs = [ref for ref in asking if ref.partition("@")[0] in mine] or list(asking)
        return (refs[-1], asking[refs[-1]]) if refs else None

    def every_checklist(self) -> list[Checklist]:
        """Every version of every check list that is here."""
        found = self._db.conn.execute("select code, version from pack where kind = 'checklist'")
        return [self.checklist(f"{code}@{version}") for code, version in found.fetchall()]

    def scales(self) -> Scales | None:
        """By what violations are weighed, as the office weighs them; None before it was pulled."""
        if self._scales is None and (offences := self._newest("offences")):
            benchmarks = [Benchmark.from_content(body) for body in self._newest("discretion")]
            benchmarks.sort(key=lambda one: (one.valid_from, one.ref))
            self._scales = Scales(Catalogue.from_content(*offences), tuple(benchmarks))
        return self._scales

    def calendar(self) -> Calendar:
        """The years of holidays that were pulled; none before the first refresh."""
        found = self._db.conn.execute("select body from pack where kind = 'calendar'")
        return Calendar.from_content(*(with_days(json.loads(body)) for (body,) in found))

    def _newest(self, kind: str) -> list[dict[str, Any]]:
        """The newest version of every pack of a kind, by code."""
        found = self._db.conn.execute("select distinct code from pack where kind = ?", (kind,))
        return [self.body(kind, code) for (code,) in sorted(found.fetchall())]

    def to_begin_with(self, wanted: str, on: date) -> Checklist:
        """The check list of a `ref`, or the version of a code in force that day. Refuses PackMissing."""
        if "@" in wanted:
            return self.checklist(wanted)
        for one in self.checklists(on):
            if one.code == wanted:
                return one
        raise PackMissing(f"缺少当日可用的检查表 {wanted}")

    def checklists(self, on: date) -> list[Checklist]:
        """Of every check list the newest version that a visit of that day may begin with."""
        newest: dict[str, Checklist] = {}
        for one in self.every_checklist():
            known = newest.get(one.code)
            if one.in_force(on) and (not known or _order(known.version) < _order(one.version)):
                newest[one.code] = one
        return [newest[code] for code in sorted(newest)]

    def templates(self) -> list[DocumentTemplate]:
        """The newest version of every document template, by code."""
        found = self._db.conn.execute("select distinct code from pack where kind = 'document'")
        return [self.template(code) for (code,) in sorted(found.fetchall())]

    def template(self, ref: str) -> DocumentTemplate:
        """A document template: correction-order, or correction-order@2026.1."""
        code, _, version = ref.partition("@")
        return DocumentTemplate.from_content(self.body("document", code, version or None))

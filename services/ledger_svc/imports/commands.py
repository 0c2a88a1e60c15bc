"""Checking a workbook, then applying its good rows (核对、入台账).

Every chunk of rows enters in one transaction with its changes; a kill at any moment leaves whole
chunks, and applying again goes on after them.
"""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import func, update
from sqlalchemy.dialects.postgresql import insert

from lawbook.entity import LedgerDictionary
from services.kit.claims import Claims
from services.kit.database import Database
from services.kit.files import FileStore
from services.kit.problems import Broken, DifferentContent, NotFound, Problem, TooLarge
from services.ledger_svc.imports import statements as sql
from services.ledger_svc.imports.apart import run_apart
from services.ledger_svc.imports.tables import EntityImportRow
from services.ledger_svc.settings import LedgerSettings

CHUNK = 2_000
COLUMNS = (
    "row", "region", "name", "name_key", "credit_code", "division_code", "trades", "op_status", "values",
)  # fmt: skip


class UnreadableWorkbook(Problem):
    """A file that cannot be taken as a ledger workbook."""

    status, code, title = 422, "not-a-workbook", "这个文件不能作为台账导入"
    next_step = "请使用系统下载的模板，另存为 .xlsx 后重新导入"

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self._code = code

    def body(self) -> dict[str, Any]:
        return {**super().body(), "code": self._code, "type": f"/problems/{self._code}"}


async def spool(files: FileStore, id_: UUID, stream: AsyncIterator[bytes], most: int) -> Path:
    """Write what arrives to the spool, never more than `most` bytes of it."""
    path = files.spooled(f"import-{id_}-{id(stream):x}")
    size = 0
    try:
        with path.open("wb") as out:
            async for chunk in stream:
                size += len(chunk)
                if size > most:
                    raise TooLarge(f"文件超过 {most >> 20} MB")
                out.write(chunk)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


async def _read_apart(
    settings: LedgerSettings, path: Path, region: str, out: Path
) -> dict[str, Any]:
    """Have the file read and checked in a process of its own."""
    status, told = await run_apart(
        settings, "reading", str(path), str(settings.content), region, str(out)
    )
    report = out / "report.json"
    if report.exists():
        found: dict[str, Any] = json.loads(await asyncio.to_thread(report.read_text, "utf-8"))
        return found
    if status < 0 or "emory" in told:
        raise UnreadableWorkbook("workbook-too-large", "工作簿过大或内容异常，读取已中止")
    raise Broken(told[-300:])


async def painted(
    files: FileStore, settings: LedgerSettings, row: EntityImportRow, folder: Path
) -> Path:
    """The workbook of an import with its bad cells painted, written into `folder`."""
    source, target, notes = folder / "source.xlsx", folder / "painted.xlsx", folder / "notes.json"
    with source.open("wb") as out:
        async for chunk in files.store.read(row.sha256):
            out.write(chunk)
    marks = {"header_row": row.header_row, "columns": row.columns, "problems": row.problems}
    notes.write_text(json.dumps(marks), encoding="utf-8")
    await run_apart(settings, "painting", str(source), str(target), str(notes))
    if not target.exists():
        raise UnreadableWorkbook("workbook-too-large", "原表过大，无法涂色退回；请按问题清单修改")
    return target


async def check(
    database: Database, files: FileStore, settings: LedgerSettings, dictionary: LedgerDictionary,
    claims: Claims, id_: UUID, filename: str, stream: AsyncIterator[bytes],
) -> EntityImportRow:  # fmt: skip
    """Check a workbook (核对). Sending the same file under the same id again changes nothing."""
    path = await spool(files, id_, stream, settings.workbook_bytes)
    try:
        sha256, size = await files.keep(path)
        async with database.transaction(claims) as session:
            known = await session.get(EntityImportRow, id_)
        if known is not None:
            if known.sha256 != sha256:
                raise DifferentContent("该导入编号已用于另一个文件")
            return known
        with tempfile.TemporaryDirectory(dir=files.spool) as folder:
            report = await _read_apart(settings, path, claims.region, Path(folder))
            if "code" in report:
                raise UnreadableWorkbook(report["code"], report["reason"])
            return await _keep(
                database, dictionary, claims, report, Path(folder) / "rows.copy",
                {"id": id_, "filename": filename, "sha256": sha256, "size": size},
            )  # fmt: skip
    finally:
        path.unlink(missing_ok=True)


async def _keep(
    database: Database, dictionary: LedgerDictionary, claims: Claims, report: dict[str, Any],
    rows: Path, about: dict[str, Any],
) -> EntityImportRow:  # fmt: skip
    id_ = about["id"]
    async with database.raw(claims) as connection:
        counts = await _stage(connection, claims, dictionary, id_, rows, report)
    async with database.transaction(claims) as session:
        await session.execute(
            insert(EntityImportRow)
            .values(
                **about, region=claims.region, officer=claims.who, state="checked", rows=report["rows"],
                bad=report["bad"], **counts, header_row=report["header_row"], columns=report["columns"],
                problems=[dict(zip(("row", "field", "code", "reason"), p, strict=True)) for p in report["problems"]],
            )
            .on_conflict_do_nothing()
        )  # fmt: skip
        row = await session.get(EntityImportRow, id_)
        if row is None:
            raise DifferentContent("该导入编号已被占用")
        return row


async def _stage(
    connection: asyncpg.Connection, claims: Claims, dictionary: LedgerDictionary, id_: UUID, rows: Path,
    report: dict[str, Any],
) -> dict[str, int]:  # fmt: skip
    """Bring good rows into the staging table; what only the database knows is found here."""
    await connection.execute("delete from ledger_svc.import_row where import_id = $1", id_)
    await connection.execute(sql.PLAN_ANEW)
    await connection.execute(sql.ARRIVING)
    await connection.copy_to_table("arriving", source=str(rows), columns=COLUMNS)
    await connection.execute(sql.STAGE, id_)
    elsewhere = await connection.fetch(sql.REGISTERED_ELSEWHERE, id_)
    renamed = await connection.fetch(sql.SAME_NAME_OTHER_CODE, id_)
    found = [
        (
            r["row"],
            dictionary.credit_code,
            "registered-elsewhere",
            "该统一社会信用代码已由其他县（市、区）登记",
        )
        for r in elsewhere
    ] + [
        (
            r["row"],
            dictionary.name,
            "duplicate-name",
            f"同名企业已在台账中，其信用代码为 {r['known']}",
        )
        for r in renamed
    ]
    if found:
        await connection.execute(
            "delete from ledger_svc.import_row where import_id = $1 and row = any($2)",
            id_,
            [f[0] for f in found],
        )
        report["problems"] = sorted([*map(tuple, report["problems"]), *found])
        report["bad"] += len({f[0] for f in found})
    counted = await connection.fetchrow(sql.COUNT, id_)
    return {"new": counted["new"], "changed": counted["changed"], "unchanged": counted["unchanged"]}


async def apply(
    database: Database, files: FileStore, settings: LedgerSettings, dictionary: LedgerDictionary,
    claims: Claims, id_: UUID,
) -> EntityImportRow:  # fmt: skip
    """Enter the good rows of a checked workbook (入台账). Harmless to repeat and to break off."""
    async with database.transaction(claims) as session:
        known = await session.get(EntityImportRow, id_)
    if known is None:
        raise NotFound("未找到该导入批次")
    if known.state == "applied":
        return known
    await _stage_again_if_lost(database, files, settings, dictionary, claims, known)
    through = known.applied_through
    while True:
        async with database.raw(claims) as connection:
            await connection.execute(sql.PLAN_ANEW)
            await connection.execute(sql.TAKE_IN_ORDER)
            # Two who apply the same import take turns; the second goes on after the first.
            through = await connection.fetchval(
                "select applied_through from ledger_svc.entity_import where id = $1 for update", id_
            )
            done = await connection.fetchrow(
                sql.APPLY, id_, through, CHUNK, dictionary.ref, claims.who
            )
            if done["through"] is None:
                break
            await connection.execute(
                "update ledger_svc.entity_import set applied_through = $2 where id = $1",
                id_,
                done["through"],
            )
    async with database.transaction(claims) as session:
        await session.execute(
            update(EntityImportRow)
            .where(EntityImportRow.id == id_, EntityImportRow.state == "checked")
            .values(state="applied", applied_at=func.now())
        )
        row = await session.get(EntityImportRow, id_)
        assert row is not None
    async with database.raw(claims) as connection:
        await connection.execute("delete from ledger_svc.import_row where import_id = $1", id_)
    return row


async def _stage_again_if_lost(
    database: Database, files: FileStore, settings: LedgerSettings, dictionary: LedgerDictionary,
    claims: Claims, known: EntityImportRow,
) -> None:  # fmt: skip
    """After a crash PostgreSQL empties unlogged tables: read the kept file once more."""
    expected = known.new + known.changed + known.unchanged
    async with database.raw(claims) as connection:
        staged = await connection.fetchval(
            "select count(*) from ledger_svc.import_row where import_id = $1", known.id
        )
    if staged == expected:
        return
    path = await spool(files, known.id, files.store.read(known.sha256), settings.workbook_bytes)
    try:
        with tempfile.TemporaryDirectory(dir=files.spool) as folder:
            report = await _read_apart(settings, path, claims.region, Path(folder))
            async with database.raw(claims) as connection:
                await _stage(
                    connection, claims, dictionary, known.id, Path(folder) / "rows.copy", report
                )
    finally:
        path.unlink(missing_ok=True)

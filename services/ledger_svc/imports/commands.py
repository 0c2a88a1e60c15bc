"""Checking a workbook, then applying its good rows (核对、入台账).

Every chunk of rows enters in one transaction with its changes; a kill at any moment leaves whole
chunks, and applying again goes on after them.
"""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator
from contextlib import suppress
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
from services.ledger_svc.imports.apart import BrokenOff, apart
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


async def _read_and_stage(
    database: Database, settings: LedgerSettings, dictionary: LedgerDictionary, claims: Claims,
    id_: UUID, path: Path,
) -> dict[str, Any]:  # fmt: skip
    """Have the file read and checked apart; PostgreSQL takes in the good rows meanwhile."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        told = Path(folder) / "report.json"
        try:
            async with (
                database.raw(claims) as connection,
                apart(
                    settings,
                    "reading",
                    str(path),
                    str(settings.content),
                    await _regions(connection, claims),
                    str(told),
                ) as rows,
            ):
                await connection.execute(
                    "delete from ledger_svc.import_row where import_id = $1", id_
                )
                await connection.execute(sql.PLAN_ANEW)
                await connection.execute(sql.ARRIVING)
                await connection.copy_to_table("arriving", source=rows, columns=COLUMNS)
                report: dict[str, Any] = json.loads(
                    await asyncio.to_thread(told.read_text, "utf-8")
                )
                if "code" in report:
                    raise UnreadableWorkbook(report["code"], report["reason"])
                await connection.execute(sql.STAGE, id_)
                return report | await _against_the_ledger(connection, dictionary, id_, report)
        except BrokenOff as error:
            if error.met_a_limit:
                raise UnreadableWorkbook(
                    "workbook-too-large", "工作簿过大或内容异常，读取已中止"
                ) from error
            raise Broken(str(error)) from error


async def _regions(connection: asyncpg.Connection, claims: Claims) -> str:
    """The caller's region, and those for which it carries on, for a program that has no database."""
    return ",".join([claims.region, *await connection.fetchval("select ledger_svc.reach()")])


async def _against_the_ledger(
    connection: asyncpg.Connection, dictionary: LedgerDictionary, id_: UUID, report: dict[str, Any]
) -> dict[str, Any]:
    """What only the database knows of the staged rows; the wrong ones are staged no more."""
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
    told: dict[str, Any] = {}
    if found:
        await connection.execute(
            "delete from ledger_svc.import_row where import_id = $1 and row = any($2)",
            id_,
            [f[0] for f in found],
        )
        told["problems"] = sorted([*map(tuple, report["problems"]), *found])
        told["bad"] = report["bad"] + len({f[0] for f in found})
    return told | dict(await connection.fetchrow(sql.COUNT, id_))


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
    with suppress(BrokenOff):
        async with apart(settings, "painting", str(source), str(target), str(notes)) as said:
            _ = [chunk async for chunk in said]
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
        report = await _read_and_stage(database, settings, dictionary, claims, id_, path)
        about = {"id": id_, "filename": filename, "sha256": sha256, "size": size}
        return await _keep(database, claims, about, report)
    finally:
        path.unlink(missing_ok=True)


async def _keep(
    database: Database, claims: Claims, about: dict[str, Any], report: dict[str, Any]
) -> EntityImportRow:
    problems = [
        dict(zip(("row", "field", "code", "reason"), p, strict=True)) for p in report["problems"]
    ]
    async with database.transaction(claims) as session:
        await session.execute(
            insert(EntityImportRow)
            .values(
                **about, **report | {"problems": problems},
                region=claims.region, officer=claims.who, officer_name=claims.name,
                state="checked",
            )
            .on_conflict_do_nothing()
        )  # fmt: skip
        row = await session.get(EntityImportRow, about["id"])
        if row is None:
            raise DifferentContent("该导入编号已被占用")
        return row


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
        await _read_and_stage(database, settings, dictionary, claims, known.id, path)
    finally:
        path.unlink(missing_ok=True)

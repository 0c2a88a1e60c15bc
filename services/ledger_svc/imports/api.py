"""Doors to workbook imports (台账导入)."""

import tempfile
from pathlib import Path
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from services.kit.claims import Claims, requires
from services.kit.database import TheDatabase, Transaction
from services.kit.pages import After, Limit
from services.kit.problems import NotFound
from services.ledger_svc.dictionary import Dictionary
from services.ledger_svc.imports import commands, queries
from services.ledger_svc.imports.schemas import (
    SHOWN,
    ApplyImport,
    CellProblem,
    EntityImport,
    PastImportPage,
)
from services.ledger_svc.imports.tables import EntityImportRow
from services.ledger_svc.permissions import Permission

router = APIRouter(tags=["台账导入"])
Importer = Annotated[Claims, requires(Permission.ENTITY_IMPORT)]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def wire(row: EntityImportRow) -> EntityImport:
    """A row as it stands on the wire."""
    return EntityImport(
        id=row.id, filename=row.filename, sha256=row.sha256, state=row.state,
        rows=row.rows, good=row.rows - row.bad, bad=row.bad, new=row.new, changed=row.changed,
        unchanged=row.unchanged, problem_count=len(row.problems),
        problems=[CellProblem.model_validate(problem) for problem in row.problems[:SHOWN]],
        applied_through=row.applied_through, checked_at=row.checked_at, applied_at=row.applied_at,
    )  # fmt: skip


async def _known(session: Transaction, id_: UUID) -> EntityImportRow:
    row = await session.get(EntityImportRow, id_)
    if row is None:
        raise NotFound("未找到该导入批次")
    return row


@router.put(
    "/entity-imports/{import_id}",
    openapi_extra={"requestBody": {"required": True, "content": {XLSX: {}, "text/csv": {}}}},
)
async def check_workbook(
    import_id: UUID, request: Request, claims: Importer, database: TheDatabase, dictionary: Dictionary,
    filename: Annotated[str, Query(min_length=1, max_length=200)] = "台账.xlsx",
) -> EntityImport:  # fmt: skip
    """Send a workbook and have every cell checked (核对台账); nothing enters yet."""
    state = request.app.state
    row = await commands.check(
        database,
        state.files,
        state.settings,
        dictionary,
        claims,
        import_id,
        filename,
        request.stream(),
    )
    return wire(row)


@router.put("/entity-imports/{import_id}/application")
async def apply_import(
    import_id: UUID, body: ApplyImport, request: Request, claims: Importer, database: TheDatabase,
    dictionary: Dictionary,
) -> EntityImport:  # fmt: skip
    """Enter the good rows (确认入台账)."""
    state = request.app.state
    return wire(
        await commands.apply(database, state.files, state.settings, dictionary, claims, import_id)
    )


@router.get("/entity-imports")
async def list_imports(
    claims: Importer, session: Transaction, after: After = None, limit: Limit = 50
) -> PastImportPage:
    """Earlier imports (以前的导入): who, when, which file, what came of it; the latest first."""
    return await queries.page(session, after=after, limit=limit)


@router.get("/entity-imports/{import_id}")
async def read_import(import_id: UUID, claims: Importer, session: Transaction) -> EntityImport:
    """How an import stands (导入进度)."""
    return wire(await _known(session, import_id))


@router.get("/entity-imports/{import_id}/workbook", response_class=FileResponse)
async def read_workbook(
    import_id: UUID, request: Request, claims: Importer, session: Transaction
) -> FileResponse:
    """The same workbook, bad cells painted (核对结果)."""
    row = await _known(session, import_id)
    files = request.app.state.files
    folder = tempfile.TemporaryDirectory(dir=files.spooled("x").parent)
    try:
        target = await commands.painted(files, request.app.state.settings, row, Path(folder.name))
    except BaseException:
        folder.cleanup()
        raise
    name = f"{Path(row.filename).stem}（核对结果）.xlsx"
    return FileResponse(
        target, media_type=XLSX, filename=name, background=BackgroundTask(folder.cleanup)
    )

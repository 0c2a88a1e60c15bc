"""Archiving a case (立卷归档): everything accounted for, the last act, then the seal."""

import asyncio
import tempfile
from datetime import UTC
from pathlib import Path
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.archive.casefile import ActLine
from lawbook.archive.catalogue import Cover, Entry, Piece, arranged
from lawbook.journal import spelled
from lawbook.penalty.act import BEIJING, Power
from lawbook.penalty.case import Case
from lawbook.penalty.facts import facts
from lawbook.penalty.judging import delegated
from lawbook.penalty.stages import Stage
from services.case_svc.archives import pieces
from services.case_svc.archives.drawing import drawn
from services.case_svc.archives.packing import Packed, packed
from services.case_svc.archives.refusals import ArchiveNumberTaken
from services.case_svc.archives.schemas import ArchiveBody
from services.case_svc.archives.tables import CaseArchiveRow
from services.case_svc.carrying_on import require_unit
from services.case_svc.cases import commands as cases
from services.case_svc.cases import reading
from services.case_svc.cases.shapes import ACTS
from services.case_svc.cases.tables import CaseActRow, CaseRow
from services.case_svc.cases.world import law
from services.case_svc.delegations.commands import standing_in
from services.case_svc.ledger_mirror.tables import UnitRow
from services.case_svc.rows import announce
from services.kit.claims import Claims
from services.kit.files import FileStore
from services.kit.problems import DifferentContent, Forbidden
from services.kit.receipts import Signer

CATEGORY = "行政处罚案件档案"


async def archive(
    session: AsyncSession, claims: Claims, folder: Path, files: FileStore, signer: Signer,
    id_: UUID, body: ArchiveBody,
) -> CaseArchiveRow:  # fmt: skip
    """Archive a case and seal its file; the same again changes nothing.

    A case that was archived by its act alone is sealed with that act. Refuses NotAccountedFor,
    ArchiveNumberTaken, and what the lawbook has against the act.
    """
    row = await reading.one(session, id_, lock=True)
    known = await session.get(CaseArchiveRow, id_)
    if known is not None:
        if known.number != body.number:
            raise DifferentContent(f"该案件已以档号 {known.number} 归档")
        return known
    rules = law(folder)
    case = reading.folded(await reading.act_rows(session, id_))
    await _require_capacity(session, claims, row, case, body)
    await _require_free(session, row.unit, body.number)
    found = await pieces.gathered(session, row, case, rules)
    files.spool.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=files.spool, prefix="archive-") as spooled:
        place = Path(spooled)
        (place / "pieces").mkdir()
        content = {
            piece: path async for piece, path in pieces.fetched(files, found, place / "pieces")
        }
        entries = arranged(content)
        if case.stage is not Stage.ARCHIVED:
            await _act(session, claims, folder, id_, body, entries)
        rows = await reading.act_rows(session, id_)
        cover, pack = await _sealed(session, folder, row, rows, entries, content, place, signer)
        sha256, size = await files.keep(pack.path)
    kept = CaseArchiveRow(
        case_id=id_, region=row.region, unit=row.unit, number=cover.number,
        cover=cover.plain() | {"drawn": pack.drawn},
        catalogue=[one.plain() for one in entries], acts=len(rows), link=rows[-1].link,
        seal=pack.seal, signed=pack.signed, package_sha256=sha256, package_size=size,
        archived_at=rows[-1].done_at, archived_by=rows[-1].done_by,
    )  # fmt: skip
    session.add(kept)
    announce(session, claims, "case.sealed", id_, row.region, seal=pack.seal)
    await session.flush()
    return kept


async def _require_capacity(
    session: AsyncSession, claims: Claims, row: CaseRow, case: Case, body: ArchiveBody
) -> None:
    """Who seals has the capacity, or stands in for who has it: in the unit, or in this case."""
    on = body.at.astimezone(BEIJING).date()
    power = Power.ARCHIVE.value
    has = power in claims.permissions or delegated(case, power, claims.who, on)
    await require_unit(session, claims, row.unit)
    if not (has or power in await standing_in(session, claims, on)):
        raise Forbidden("封卷归档由本单位有归档职权的人员，或者受其委托代行的人员办理")


async def _require_free(session: AsyncSession, unit: str, number: str) -> None:
    taken = await session.scalar(
        select(CaseArchiveRow.case_id).where(
            CaseArchiveRow.unit == unit, CaseArchiveRow.number == number
        )
    )
    if taken is not None:
        raise ArchiveNumberTaken(f"档号 {number} 已用于另一案卷")


async def _act(
    session: AsyncSession, claims: Claims, folder: Path, id_: UUID, body: ArchiveBody,
    entries: list[Entry],
) -> None:  # fmt: skip
    """The last act of the case, with how much its file holds."""
    said = {
        "number": body.number, "kept": body.kept, "pieces": len(entries),
        "pages": entries[-1].page_to if entries else 0,
    }  # fmt: skip
    act = ACTS["archive"].model_validate(
        {"kind": "archive", "at": body.at, "after": body.after, "said": said}
    )
    await cases.act(session, claims, folder, id_, uuid5(id_, "archive"), act, sealing=True)


async def _sealed(
    session: AsyncSession, folder: Path, row: CaseRow, rows: list[CaseActRow],
    entries: list[Entry], content: dict[Piece, Path], place: Path, signer: Signer,
) -> tuple[Cover, Packed]:  # fmt: skip
    case = reading.folded(rows)
    unit = await session.get(UnitRow, row.unit)
    organ = unit.name if unit else row.unit
    officers = _handlers(case)
    cover = _cover(case, row, organ, officers, entries)
    told = {"name": organ, "code": row.unit}
    at = rows[-1].done_at.astimezone(UTC)
    lines = [
        ActLine(one.seq, one.prev, one.link, one.body, one.received_at.astimezone(UTC).isoformat())
        for one in rows
    ]
    said = spelled(facts(case, row.number, told)) + b"\n"
    id_ = str(row.id)

    def made() -> Packed:
        sheets = drawn(folder, cover, officers, entries, content, at)
        return packed(
            place, id_, cover, entries, lines,
            {piece.id: path for piece, path in content.items()}, cover.archived_on,
            at.isoformat().replace("+00:00", "Z"), signer, said, sheets,
        )  # fmt: skip

    return cover, await asyncio.to_thread(made)


def _handlers(case: Case) -> list[dict[str, str]]:
    names = {one.number: one.name for act in case.acts for one in (*act.officers, act.by)}
    return [{"name": names.get(one, ""), "number": one} for one in case.handlers]


def _cover(
    case: Case, row: CaseRow, organ: str, officers: list[dict[str, str]], entries: list[Entry]
) -> Cover:
    last, before = case.acts[-1], case.acts[-2]
    return Cover(
        organ=organ, category=CATEGORY, title=row.name, number=str(last.said["number"]),
        case_number=row.number or "", opened_on=row.filed_on or case.acts[0].on,
        closed_on=before.on, archived_on=last.on, pieces=len(entries),
        pages=entries[-1].page_to if entries else 0,
        officers=tuple(f"{one['name']}（{one['number']}）" for one in officers),
        archivist=last.by.name, kept=str(last.said["kept"]),
    )  # fmt: skip

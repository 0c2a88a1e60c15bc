"""What belongs into the file of a case (卷内材料), and whether all of it is here."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.archive.catalogue import NotAccountedFor, Piece, Sort
from lawbook.case_papers import SIGNED
from lawbook.paper_matching import lacking as lacking_papers
from lawbook.penalty.act import BEIJING
from lawbook.penalty.case import Case
from services.case_svc.archives.binding import pages_of
from services.case_svc.case_documents import signed
from services.case_svc.case_documents.tables import SignedCopyRow
from services.case_svc.case_documents.voids import voids
from services.case_svc.cases.caching import open_duties
from services.case_svc.cases.papers import issued
from services.case_svc.cases.tables import CaseRow
from services.case_svc.cases.world import Law
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.evidence.tables import EvidenceRow
from services.case_svc.files.tables import UploadRow
from services.kit.files import FileStore, hash_file

SUFFIXES = {
    "application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp",
    "image/heic": ".heic", "video/mp4": ".mp4", "audio/mp4": ".m4a", "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gathered:
    """Pieces whose bytes are here, and in words what is lacking."""

    pieces: tuple[Piece, ...]
    lacking: tuple[str, ...]


Source = Callable[[AsyncSession, CaseRow, Case], Awaitable[Gathered]]


async def documents(session: AsyncSession, row: CaseRow, case: Case) -> Gathered:
    """Documents of the case, and those issued in the inspection from which it comes."""
    of_case = DocumentRow.case_id == row.id
    of_inspection = DocumentRow.inspection_id == row.inspection_id
    found = await session.scalars(
        select(DocumentRow).where(or_(of_case, of_inspection) if row.inspection_id else of_case)
    )
    void, copies = await voids(session, row.id), await signed.of_case(session, row.id)
    pieces, lacking = [], []
    for one in found:
        if one.pdf_received_at is None:
            lacking.append(f"{one.name}{one.number or ''}的 PDF 尚未送达服务器")
            continue
        later = _made_later(one)
        notes = (
            "已作废" if one.id in void else "",
            f"补制，{later.astimezone(BEIJING):%Y年%m月%d日}制作" if later else "",
        )
        pieces.append(
            Piece(
                str(one.id), Sort.DOCUMENT, one.name, one.number or "",
                one.issued_at.astimezone(BEIJING).date(), one.pdf_sha256, 1, ".pdf",
                "；".join(filter(None, notes)), one.issued_at.astimezone(UTC).isoformat(),
                later.astimezone(UTC).isoformat() if later else "",
            )
        )  # fmt: skip
        pieces += _signed(pieces[-1], copies.get(one.id, ()))
    return Gathered(tuple(pieces), tuple(lacking))


def _made_later(one: DocumentRow) -> datetime | None:
    """When a document of the office was made, if on a later day than it bears; a tablet brings its own later."""
    days = [moment.astimezone(BEIJING).date() for moment in (one.issued_at, one.received_at)]
    return one.received_at if one.device is None and days[1] > days[0] else None


def _signed(document: Piece, copies: Iterable[SignedCopyRow]) -> list[Piece]:
    """The scans of a document that was signed on paper: they lie behind it, by its day."""
    return [
        replace(
            document, id=str(one.id), title=f"{document.title}（签名件{n if n > 1 else ''}）",
            entered="", sha256=one.sha256, suffix=SUFFIXES.get(one.media_type, ""),
            note=f"{'、'.join(one.signed_by)} {one.signed_on:%Y-%m-%d} 签",
        )
        for n, one in enumerate(copies, 1)
    ]  # fmt: skip


async def signatures(session: AsyncSession, row: CaseRow, case: Case) -> Gathered:
    """What the law wants signed by hand, and nobody has put its signed copy beside."""
    void, copies = await voids(session, row.id), await signed.of_case(session, row.id)
    found = await session.scalars(
        select(DocumentRow)
        .where(DocumentRow.case_id == row.id, DocumentRow.kind.in_(SIGNED))
        .order_by(DocumentRow.issued_at, DocumentRow.id)
    )
    return Gathered(
        (),
        tuple(
            f"{one.name}{one.number or ''}还没有签名件（{law}）"
            for one in found
            if one.id not in void and (law := signed.unsigned(one, copies.get(one.id, ())))
        ),
    )


async def evidence(session: AsyncSession, row: CaseRow, case: Case) -> Gathered:
    """Evidence that the acts name with its hash. What has none is an object, and stays where it is."""
    named = {str(one["sha256"]): one for one in case.evidence if one.get("sha256")}
    known = {
        one.sha256: one
        for one in await session.scalars(
            select(EvidenceRow)
            .where(EvidenceRow.sha256.in_(named))
            .order_by(EvidenceRow.captured_at)
        )
    }
    arrived = {
        one.sha256: one
        for one in await session.scalars(
            select(UploadRow).where(
                UploadRow.sha256.in_(named), UploadRow.completed_at.is_not(None)
            )
        )
    }
    pieces, lacking = [], []
    for sha256, said in named.items():
        declared, here = known.get(sha256), arrived.get(sha256)
        if here is None and (declared is None or declared.received_at is None):
            lacking.append(f"证据“{said['name']}”的原件不在服务器")
            continue
        media = declared.media_type if declared else here.media_type if here else ""
        on = said.get("taken_on")
        day = date.fromisoformat(on) if on else row.opened_at.astimezone(BEIJING).date()
        pieces.append(
            Piece(
                str(said.get("id") or sha256), Sort.EVIDENCE, str(said["name"]), "", day, sha256, 1,
                SUFFIXES.get(media, ""),
                at=declared.captured_at.astimezone(UTC).isoformat() if declared else "",
            )
        )  # fmt: skip
    return Gathered(tuple(pieces), tuple(lacking))


async def papers(session: AsyncSession, row: CaseRow, case: Case) -> Gathered:
    """What the acts should have put on paper and did not (`lawbook.case_papers`)."""
    found = lacking_papers(case, await issued(session, row), sealing=True)
    return Gathered((), tuple(f"尚未出具{one.told}" for one in found))


SOURCES: list[Source] = [documents, evidence, papers]
"""Where pieces come from; a room that keeps more of a case's papers adds its own."""


async def gathered(session: AsyncSession, row: CaseRow, case: Case, law: Law) -> list[Piece]:
    """Every piece, once. Refuses NotAccountedFor with all that is lacking or still runs."""
    found = await looked_through(session, row, case, law)
    if found.lacking:
        raise NotAccountedFor("；".join(found.lacking), lacking=list(found.lacking))
    return list(found.pieces)


async def looked_through(session: AsyncSession, row: CaseRow, case: Case, law: Law) -> Gathered:
    """Every piece that is here, once, and all that is lacking or still runs."""
    sources = [*SOURCES, signatures] if law.signatures else SOURCES
    found = [await source(session, row, case) for source in sources]
    lacking = [what for one in found for what in one.lacking]
    lacking += [
        f"{duty.title}尚未了结"
        for duty in open_duties(case, law)
        if duty.name != "archive" and not duty.waiting
    ]
    if not lacking and not any(one.pieces for one in found):
        lacking = ["案卷中没有任何文书、证据"]
    pieces = {piece.id: piece for one in found for piece in one.pieces}
    return Gathered(tuple(pieces.values()), tuple(lacking))


async def fetched(
    files: FileStore, pieces: Iterable[Piece], folder: Path
) -> AsyncIterator[tuple[Piece, Path]]:
    """Each piece with its bytes in a file of `folder`, its pages counted.

    Refuses NotAccountedFor when the bytes are gone or are not those that were recorded.
    """
    for number, piece in enumerate(pieces):
        path = folder / f"{number:05}"
        try:
            with path.open("wb") as file:
                async for chunk in files.store.read(piece.sha256):
                    file.write(chunk)
        except FileNotFoundError:
            raise NotAccountedFor(f"{piece.title}的原件不在服务器") from None
        if hash_file(path)[0] != piece.sha256:
            raise NotAccountedFor(f"{piece.title}的原件与登记的摘要不符")
        pages, note = pages_of(path) if piece.suffix == ".pdf" else (1, "")
        told = "；".join(one for one in (piece.note, note) if one)
        yield replace(piece, pages=pages, note=told), path

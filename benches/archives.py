"""Verifying archived cases as `python -m deploy.verify_archive all` does: package, rows, kept files.

Against reading and hashing the same bytes once: every package, and every original beside it.
"""

import asyncio
import hashlib
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from benches.ground import Ground
from benches.measure import Figure
from benches.penalties import ARCHIVED, acts
from deploy.county import COUNTY
from deploy.verify_archive import at_the_office
from lawbook.archive.casefile import WHOLE, ActLine
from lawbook.archive.catalogue import Cover, Entry, Piece, Sort, arranged
from lawbook.penalty.act import START, link_of
from lawbook.penalty.case import Case
from paper import examples
from paper.render import render
from services.case_svc.archives.packing import packed
from services.case_svc.archives.tables import CaseArchiveRow
from services.case_svc.cases.caching import columns
from services.case_svc.cases.tables import CaseActRow, CaseRow
from services.case_svc.cases.world import law
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.settings import CaseSettings
from services.kit.claims import service_itself
from services.kit.database import Database
from services.kit.files import FileStore, hash_file
from services.kit.receipts import Signer
from services.kit.settings import ROOT

FORMS = (
    "case-filing-approval", "investigation-report", "prior-notice", "case-handling-approval",
    "penalty-decision", "case-closure",
)  # fmt: skip
PHOTO = 300_000
"""Bytes of the one photo that each file holds."""
TOGETHER = 50
"""Archives in one transaction."""


async def measure(ground: Ground, rows: int, turns: int) -> list[Figure]:
    """Archives a second, one hundredth as many as there are rows."""
    count = max(rows // 100, 1)
    settings = CaseSettings(
        **ground.settings("case_svc"), receipt_private_key=ground.secrets.receipt_private_key
    )
    started = time.perf_counter()
    paths = await _fill(settings, count)
    seeded = time.perf_counter() - started
    size = sum(path.stat().st_size for path in paths)
    figure = Figure(
        f"verifying an archive of {count:,} cases", "reading and hashing the same bytes", "cases/s",
        1 / 4, f"{size / 1e6:,.0f} MB, seeded in {seeded:.0f} s",
    )  # fmt: skip
    for turn in range(turns + 1):
        started = time.perf_counter()
        found = await at_the_office(settings, None)
        ours = time.perf_counter() - started
        assert len(found) == count, len(found)
        assert not any(one.faults for one in found), found[0].said()
        limit = await asyncio.to_thread(_hashed, paths)
        if turn:  # the first turn warms both
            figure.add(count / ours, count / limit)
    return [figure]


def _hashed(paths: list[Path]) -> float:
    started = time.perf_counter()
    for path in paths:
        hash_file(path)
    return time.perf_counter() - started


async def _fill(settings: CaseSettings, count: int) -> list[Path]:
    """So many sealed cases with their rows; every kept file."""
    files, signer = FileStore(settings.files, settings.spool), Signer(settings.receipt_private_key)
    files.spool.mkdir(parents=True, exist_ok=True)
    forms = [examples.example(code) for code in FORMS]
    drawn = [render(one.composed(), issued_at=one.issued_at) for one in forms]
    database = Database(settings)
    kept: list[Path] = []
    for first in range(0, count, TOGETHER):
        async with database.transaction(service_itself("case_svc")) as session:
            for nth in range(first, min(first + TOGETHER, count)):
                case, shown = _case(nth)
                documents = [
                    _document(case, form, pdf + f"\n% {nth}\n".encode(), nth)
                    for form, pdf in zip(forms, drawn, strict=True)
                ]
                session.add(case)
                await session.flush()
                session.add_all([*shown, *(row for row, _ in documents)])
                archive, paths = await _archive(files, signer, case, shown, documents, nth)
                session.add(archive)
                kept += paths
    await database.close()
    return kept


def _case(nth: int) -> tuple[CaseRow, list[CaseActRow]]:
    """A case and its acts, truly chained."""
    id_, told = uuid4(), acts(ARCHIVED, COUNTY, nth % 40)
    rows, prev = [], START
    for seq, act in enumerate(told, 1):
        link = link_of(str(id_), prev, act)
        rows.append(
            CaseActRow(
                id=uuid4(), fingerprint="0" * 64, case_id=id_, region=COUNTY, seq=seq, kind=act.kind,
                done_at=act.at, done_by=act.by.number, body=act.plain(), prev=prev, link=link,
            )
        )  # fmt: skip
        prev = link
    own = columns(Case.of(told), law(ROOT / "content"), ())
    case = CaseRow(
        id=id_, fingerprint="0" * 64, region=COUNTY, unit=COUNTY, opened_at=told[0].at,
        number=f"（河）应急立〔2026〕{nth}号", sequence=nth, link=prev, **own,
    )  # fmt: skip
    return case, rows


def _document(
    case: CaseRow, form: examples.Example, pdf: bytes, nth: int
) -> tuple[DocumentRow, bytes]:
    row = DocumentRow(
        id=uuid4(), fingerprint="0" * 64, region=COUNTY, unit=COUNTY, kind=form.template.code,
        name=form.template.name, number=f"{form.template.code} {nth}", case_id=case.id,
        entity_id=case.id, entity_name=case.party_name, data=form.data, digest="0" * 64,
        signatures=[], renderer="typst", template=form.template.ref,
        pdf_sha256=hashlib.sha256(pdf).hexdigest(), pdf_size=len(pdf),
        pdf_received_at=form.issued_at, issued_at=form.issued_at, issued_by="测速",
    )  # fmt: skip
    return row, pdf


async def _archive(
    files: FileStore, signer: Signer, case: CaseRow, shown: list[CaseActRow],
    documents: list[tuple[DocumentRow, bytes]], nth: int,
) -> tuple[CaseArchiveRow, list[Path]]:  # fmt: skip
    """The row of a sealed case, and the files that are kept of it."""
    place = files.spool / str(nth)
    place.mkdir()
    photo = hashlib.sha256(str(nth).encode()).digest() * (PHOTO // 32)
    given = [
        (_piece(row.id, Sort.DOCUMENT, row.name, pdf, row.issued_at.date(), ".pdf"), pdf)
        for row, pdf in documents
    ]
    given.append(
        (_piece(uuid4(), Sort.EVIDENCE, "现场照片", photo, date(2026, 3, 5), ".jpg"), photo)
    )
    content: dict[str, Path] = {}
    paths = []
    for piece, raw in given:
        content[piece.id] = place / piece.id
        content[piece.id].write_bytes(raw)
        sha256, _ = await files.keep(content[piece.id])
        paths.append(_path(files, sha256))
    entries = arranged(piece for piece, _ in given)
    cover = _cover(case, shown, entries, nth)
    lines = [ActLine(one.seq, one.prev, one.link, one.body) for one in shown]
    whole = {WHOLE: b"".join(pdf for _, pdf in documents) + photo}
    made = await asyncio.to_thread(
        packed, place, str(case.id), cover, entries, lines, content, cover.archived_on,
        datetime.now(UTC).isoformat(), signer, b"{}\n", whole,
    )  # fmt: skip
    sha256, size = await files.keep(made.path)
    row = CaseArchiveRow(
        case_id=case.id, region=COUNTY, unit=COUNTY, number=cover.number,
        cover=cover.plain() | {"drawn": made.drawn}, catalogue=[one.plain() for one in entries],
        acts=len(shown), link=case.link, seal=made.seal, signed=made.signed, package_sha256=sha256,
        package_size=size, archived_at=shown[-1].done_at, archived_by="测速",
    )  # fmt: skip
    return row, [*paths, _path(files, sha256)]


def _piece(id_: UUID, sort: Sort, title: str, raw: bytes, on: date, suffix: str) -> Piece:
    return Piece(str(id_), sort, title, "", on, hashlib.sha256(raw).hexdigest(), 1, suffix)


def _cover(case: CaseRow, shown: list[CaseActRow], entries: list[Entry], nth: int) -> Cover:
    days: list[Any] = [one.done_at.date() for one in shown]
    return Cover(
        organ="河津市应急管理局", category="行政处罚案件档案", title=case.name, number=f"2026-CF-{nth:04}",
        case_number=case.number or "", opened_on=days[0], closed_on=days[-2], archived_on=days[-1],
        pieces=len(entries), pages=entries[-1].page_to, officers=("测速",), archivist="测速",
        kept="permanent",
    )  # fmt: skip


def _path(files: FileStore, sha256: str) -> Path:
    store: Any = files.store
    return Path(store.root) / sha256[:2] / sha256[2:4] / sha256

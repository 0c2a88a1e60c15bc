"""An archived case verified (核验): the package, the rows, the files, each against the others."""

import asyncio
import json
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.archive.bag import SEAL, Fault
from lawbook.archive.casefile import ACTS, CATALOGUE, COVER, Checked, checked
from services.case_svc.archives.packing import unzipped
from services.case_svc.archives.schemas import FaultTold, Verification
from services.case_svc.archives.tables import CaseArchiveRow
from services.case_svc.case_documents.tables import SignedCopyRow
from services.case_svc.cases import reading
from services.case_svc.cases.tables import CaseActRow, CaseRow
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.evidence.tables import EvidenceRow
from services.kit.files import FileStore, hash_file
from services.kit.receipts import verified

ROWS = "办公室数据库"


async def verify(
    session: AsyncSession, files: FileStore, row: CaseArchiveRow, keys: Mapping[str, str]
) -> Checked:
    """Everything that can be compared. `keys`: id → public key, as receipts are verified by."""
    case = await reading.one(session, row.case_id)
    acts = await reading.act_rows(session, row.case_id)
    found = _of_rows(row, case, acts)
    found += await _of_sources(session, files, row)
    try:
        async with files.on_disk(row.package_sha256) as package:
            links = [act.link for act in acts]
            return await asyncio.to_thread(
                _of_package, package, files.spool, row, links, keys, found
            )
    except FileNotFoundError:
        gone = Fault(row.package_sha256, "封装文件不在服务器")
        return Checked(row.number, len(acts), len(row.catalogue), (), (*found, gone))


def _of_package(
    package: Path, spool: Path, row: CaseArchiveRow, links: list[str], keys: Mapping[str, str],
    found: list[Fault],
) -> Checked:  # fmt: skip
    if hash_file(package) != (row.package_sha256, row.package_size):
        found.append(Fault(package.name, "封装文件与登记的摘要不符"))
    with tempfile.TemporaryDirectory(dir=spool, prefix="verify-") as folder:
        try:
            bag = unzipped(package, Path(folder))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            broken = Fault(package.name, f"封装文件不可读：{error}")
            return Checked(row.number, len(links), len(row.catalogue), (), (*found, broken))
        told = checked(bag, wanted=row.seal, signed=lambda seal: verified(seal, keys))
        found += told.faults
        found += _of_content(bag, row, links)
    return replace(
        told, faults=tuple(found), proved=(*told.proved, "办案行为、文书、证据的登记和原件")
    )


def _of_content(bag: Path, row: CaseArchiveRow, links: list[str]) -> list[Fault]:
    """What the package says against what the rows say."""
    data, found = bag / "data", []
    for name, path, kept in (
        ("卷内目录", data / CATALOGUE, row.catalogue), ("封印", bag / SEAL, row.signed),
    ):  # fmt: skip
        if _json(path) != kept:
            found.append(Fault(ROWS, f"登记的{name}与案卷中的不同"))
    cover = _json(data / COVER)
    if not isinstance(cover, dict) or any(cover.get(k) != v for k, v in row.cover.items()):
        found.append(Fault(ROWS, "登记的案卷首页与案卷中的不同"))
    try:
        packed = [json.loads(line)["link"] for line in (data / ACTS).read_bytes().splitlines()]
    except (OSError, ValueError, KeyError, TypeError):
        packed = []
    if packed != links:
        found.append(Fault(ROWS, "登记的办案行为与案卷中的不同"))
    return found


def _json(path: Path) -> Any:  # noqa: ANN401
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None


def _of_rows(row: CaseArchiveRow, case: CaseRow, acts: list[CaseActRow]) -> list[Fault]:
    """The chain of acts, and what the case's and the archive's rows say of its end."""
    found = [Fault(f"{ROWS} case_act", what) for what in reading.faults(case.id, acts)]
    told = {act.body.get("kind") for act in acts if act.body.get("kind") != act.kind}
    found += [
        Fault(f"{ROWS} case_act", f"办案行为 {kind} 的种类被改动")
        for kind in sorted(map(str, told))
    ]
    end = (len(acts), acts[-1].link if acts else "")
    if (row.acts, row.link) != end:
        found.append(Fault(f"{ROWS} case_archive", "封卷时的办案行为与现有的不同"))
    if (case.acts, case.link) != end:
        found.append(Fault(f"{ROWS} case", "案件所记的办案行为与现有的不同"))
    if row.signed.get("seal") != row.seal:
        found.append(Fault(f"{ROWS} case_archive", "封印与签名的封印不同"))
    return found


async def _of_sources(session: AsyncSession, files: FileStore, row: CaseArchiveRow) -> list[Fault]:
    """Rows and kept files of the documents and the evidence in the catalogue."""
    sealed = {str(one["id"]): one for one in row.catalogue}
    ids = [UUID(id_) for id_ in sealed if _is_uuid(id_)]
    now: dict[str, str] = {}
    for id_, sha256 in await session.execute(
        select(DocumentRow.id, DocumentRow.pdf_sha256).where(DocumentRow.id.in_(ids))
    ):
        now[str(id_)] = sha256
    for id_, sha256 in await session.execute(
        select(EvidenceRow.id, EvidenceRow.sha256).where(EvidenceRow.id.in_(ids))
    ):
        now[str(id_)] = sha256
    for id_, sha256 in await session.execute(
        select(SignedCopyRow.id, SignedCopyRow.sha256).where(SignedCopyRow.id.in_(ids))
    ):
        now[str(id_)] = sha256
    found = [
        Fault(ROWS, f"{sealed[id_]['title']}登记的摘要被改动")
        for id_, sha256 in now.items()
        if sealed[id_]["sha256"] != sha256
    ]
    for one in row.catalogue:
        if what := await _kept_fault(files, str(one["sha256"])):
            found.append(Fault(str(one["sha256"]), f"{one['title']}{what}"))
    return found


async def _kept_fault(files: FileStore, sha256: str) -> str | None:
    try:
        async with files.on_disk(sha256) as path:
            now, _ = await asyncio.to_thread(hash_file, path)
    except FileNotFoundError:
        return "的原件不在服务器"
    return None if now == sha256 else "的原件内容已改变"


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def wire(found: Checked) -> Verification:
    """As it stands on the wire."""
    return Verification(
        number=found.number, intact=not found.faults, acts=found.acts, pieces=found.pieces,
        proved=list(found.proved),
        faults=[FaultTold(path=one.path, what=one.what) for one in found.faults],
    )  # fmt: skip

"""`python -m deploy.verify_archive 案卷目录|封装文件|案件编号|all [--keys …]`.

Verifies archived cases. A folder or a ZIP is proved by itself, and with --keys (the answer of
GET /v1/receipt-keys) by its signed seal, without a network. A case's id, or `all`, is looked up
here: package, rows, files and seal are compared with one another. Exit code 0: all of it holds;
1: it does not, and what; 2: it cannot be looked at.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from deploy.place import prepared
from deploy.postgres import stop_on_sigterm
from lawbook.archive.casefile import Checked, Signed, checked
from services.case_svc.archives import queries, verifying
from services.case_svc.archives.packing import unzipped
from services.case_svc.archives.tables import CaseArchiveRow
from services.case_svc.settings import CaseSettings
from services.kit.claims import service_itself
from services.kit.database import Database
from services.kit.files import FileStore
from services.kit.problems import Problem
from services.kit.receipts import Signer, verified

ALL = "all"
AT_ONCE = max(os.cpu_count() or 1, 2)
"""Cases that are looked at together: one is hashed while another is read."""


class CannotLook(Exception):
    """Nothing to look at, in words."""


def main(given: list[str] | None = None) -> int:
    """Verify, say what was found, give the exit code."""
    parser = argparse.ArgumentParser(prog="python -m deploy.verify_archive", description="核验案卷")
    parser.add_argument("target", help="案卷目录、封装文件（ZIP）、案件编号，或者 all")
    parser.add_argument("--keys", type=Path, help="服务器的回执公钥（GET /v1/receipt-keys 的应答）")
    asked = parser.parse_args(given)
    try:
        found = _looked_at(asked.target, _keys(asked.keys))
    except (CannotLook, Problem, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for one in found:
        sys.stdout.write(one.said() + "\n")
    if len(found) != 1:
        broken = sum(bool(one.faults) for one in found)
        sys.stdout.write(f"共核验案卷 {len(found)} 个，不符 {broken} 个\n")
    return 1 if any(one.faults for one in found) else 0


def _keys(path: Path | None) -> Mapping[str, str] | None:
    if path is None:
        return None
    try:
        told = json.loads(path.read_bytes())
        return {one["key"]: one["public_key"] for one in told["items"]}
    except (ValueError, KeyError, TypeError) as error:
        raise CannotLook(f"{path} 不是公钥文件") from error


def _looked_at(target: str, keys: Mapping[str, str] | None) -> list[Checked]:
    signed: Signed | None = (lambda told: verified(told, keys)) if keys is not None else None
    path = Path(target)
    if path.is_dir():
        return [checked(path, signed=signed)]
    if path.is_file():
        with tempfile.TemporaryDirectory() as folder:
            try:
                return [checked(unzipped(path, Path(folder)), signed=signed)]
            except (zipfile.BadZipFile, ValueError) as error:
                raise CannotLook(f"{target} 不是案卷的封装文件：{error}") from error
    if target != ALL and not _is_uuid(target):
        raise CannotLook(f"没有目录或者文件 {target}，它也不是案件编号")
    with _settings() as settings:
        return asyncio.run(at_the_office(settings, None if target == ALL else UUID(target)))


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@contextmanager
def _settings() -> Iterator[CaseSettings]:
    """Of the case service as the environment tells, or of the place on this machine."""
    if "ZHIFA_DATABASE_URL" in os.environ:
        yield CaseSettings()
        return
    stop_on_sigterm()
    with prepared() as place:
        parts = place.parts()
        yield CaseSettings(
            **parts.common("case_svc"),
            receipt_private_key=place.secrets.receipt_private_key,
            bundle_private_keys=place.secrets.bundle_private_keys,
        )


async def at_the_office(settings: CaseSettings, case: UUID | None) -> list[Checked]:
    """One archived case, or all of them, as the office holds them. Problem when there is none."""
    database, files = Database(settings), FileStore(settings.files, settings.spool)
    files.spool.mkdir(parents=True, exist_ok=True)
    keys = Signer(settings.receipt_private_key, settings.receipt_public_keys).public_keys
    try:
        async with database.transaction(service_itself("case_svc")) as session:
            ids = [case] if case else list(
                await session.scalars(select(CaseArchiveRow.case_id).order_by(CaseArchiveRow.number))
            )  # fmt: skip
        at_once = asyncio.Semaphore(AT_ONCE)

        async def look(id_: UUID) -> Checked:
            async with at_once, database.transaction(service_itself("case_svc")) as session:
                row = await queries.one(session, id_)
                return await verifying.verify(session, files, row, keys)

        return await asyncio.gather(*map(look, ids))
    finally:
        await database.close()


if __name__ == "__main__":
    sys.exit(main())

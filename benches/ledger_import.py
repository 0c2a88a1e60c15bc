"""Import of valid rows: through the API against COPY of the same rows, and against calamine."""

import asyncio
import resource
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx
from python_calamine import CalamineWorkbook

from benches import plants
from benches.ground import ROOT, Ground
from benches.measure import Figure, seconds
from deploy.county import COUNTY
from services.ledger_svc.app import ledger_app
from services.ledger_svc.dictionary_file import dictionary_in
from services.ledger_svc.settings import LedgerSettings

EMPTY = (
    "truncate ledger_svc.entity, ledger_svc.change, ledger_svc.entity_import, ledger_svc.import_row"
)


async def _import(client: httpx.AsyncClient, path: Path) -> None:
    """Check a file and enter its rows, as the office does."""
    url = f"/v1/entity-imports/{uuid4()}"
    with path.open("rb") as file:
        told = await client.put(url, params={"filename": path.name}, content=_chunks(file.read()))
    assert told.status_code == 200, told.text
    assert told.json()["bad"] == 0, told.json()["problems"][:3]
    applied = await client.put(f"{url}/application", json={})
    assert applied.json()["state"] == "applied", applied.text


async def _chunks(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 1 << 16):
        yield content[start : start + (1 << 16)]


async def _copy_limit(owner: asyncpg.Connection, rows: Path) -> float:
    """Seconds of COPY of what we entered into an empty table with the same indexes."""
    await owner.execute("truncate bare.entity")
    await owner.execute("checkpoint")
    return await seconds(
        owner.copy_to_table("entity", schema_name="bare", source=rows, format="csv")
    )


def _peak() -> str:
    return f"reading: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10} MB at most"


def _read_by_calamine(path: Path) -> int:
    with CalamineWorkbook.from_path(str(path)) as book:
        return sum(1 for _ in book.get_sheet_by_index(0).iter_rows())


async def measure(ground: Ground, rows: int, turns: int) -> list[Figure]:
    """Three figures: CSV and XLSX against COPY, XLSX against calamine alone."""
    dictionary = dictionary_in(ROOT / "content")
    csv, xlsx, out = (ground.folder / name for name in ("plants.csv", "plants.xlsx", "entity.csv"))
    plants.write_csv(csv, rows, dictionary)
    plants.write_xlsx(xlsx, rows, dictionary)
    by_csv = Figure(f"import, CSV, {rows:,} rows", "COPY, same indexes", "rows/s", 1 / 6)
    by_xlsx = Figure(f"import, XLSX, {rows:,} rows", "COPY, same indexes", "rows/s", 1 / 6)
    reading = Figure(f"import, XLSX, {rows:,} rows", "calamine alone", "rows/s", 1 / 3)
    by_file = {csv: by_csv, xlsx: by_xlsx}
    owner = await ground.owner()
    await owner.execute("create schema bare")
    await owner.execute("create table bare.entity (like ledger_svc.entity including all)")
    app = ledger_app(
        LedgerSettings(
            **ground.settings("ledger_svc"),
            claims_private_key=ground.secrets.claims_private_key,
            receipt_private_key=ground.secrets.receipt_private_key,
        )
    )
    token = ground.token(COUNTY, "ledger_clerk")
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://ledger_svc", timeout=600,
            headers={"authorization": f"Bearer {token}"},
        ) as client,
    ):  # fmt: skip
        for _ in range(turns):
            spent = {}
            for path in (csv, xlsx):
                await owner.execute(EMPTY)
                await owner.execute("checkpoint")
                spent[path] = await seconds(_import(client, path))
                # The greatest of all processes that have ended so far: the smaller file comes first.
                by_file[path].note = by_file[path].note or _peak()
            if not out.exists():
                await owner.copy_from_table(
                    "entity", schema_name="ledger_svc", output=out, format="csv"
                )
            limit = await _copy_limit(owner, out)
            by_csv.add(rows / spent[csv], rows / limit)
            by_xlsx.add(rows / spent[xlsx], rows / limit)
            read = await seconds(asyncio.to_thread(_read_by_calamine, xlsx))
            reading.add(rows / spent[xlsx], rows / read)
    await owner.close()
    return [by_csv, by_xlsx, reading]

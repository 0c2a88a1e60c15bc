"""The province's pull of all plants over a socket, against COPY TO STDOUT of the same columns."""

import json
import time

import aiohttp
import asyncpg

from benches import plants
from benches.ground import Ground
from benches.measure import Figure, seconds
from benches.served import served

COLUMNS = """id, region, name, credit_code, division_code, trades, op_status, "values", missing,
    dictionary, version, changed_at"""
FILL = """
insert into ledger_svc.entity (id, region, name, name_key, credit_code, division_code, trades,
    op_status, "values", missing, dictionary)
select gen_random_uuid(), '140882', v->>'ent_name', v->>'ent_name', v->>'uscc', v->>'division_code',
    '{industry_and_trade}', v->>'op_status', v, '{}', 'ledger@2026.1'
from unnest($1::jsonb[]) as v"""


async def fill(owner: asyncpg.Connection, rows: int, here: int = 0) -> None:
    """Put plants into the ledger until there are so many, as complete ones stand there."""
    batch = [json.dumps(plant, ensure_ascii=False) for plant in plants.values(rows)]
    for start in range(here, rows, 5_000):
        await owner.execute(FILL, batch[start : start + 5_000])
    await owner.execute("vacuum analyze ledger_svc.entity")


async def _pull(client: aiohttp.ClientSession, url: str, rows: int) -> None:
    """Read to the trailer; keep only its line, as a receiver that writes to disk would."""
    last = b""
    async with client.get(f"{url}/v1/pulls/entities") as answer:
        async for chunk in answer.content.iter_any():
            last = (last + chunk)[-400:]
    trailer = json.loads(last.rstrip(b"\n").rpartition(b"\n")[2])
    assert trailer["rows"] == rows, trailer


async def _discard(chunk: bytes) -> None:
    return None


async def measure(ground: Ground, rows: int, turns: int) -> list[Figure]:
    """Rows a second to the last byte of the trailer."""
    figure = Figure(f"province pull, {rows:,} plants", "COPY TO STDOUT", "rows/s", 1 / 3)
    owner = await ground.owner()
    await fill(owner, rows)
    headers = {"authorization": f"Bearer {ground.token('14', 'province')}"}
    async with (
        served(ground, "ledger_svc") as url,
        aiohttp.ClientSession(headers=headers, auto_decompress=False) as client,
    ):
        await _pull(client, url, rows)
        for _ in range(turns):
            started = time.perf_counter()
            await _pull(client, url, rows)
            ours = time.perf_counter() - started
            limit = await seconds(
                owner.copy_from_query(
                    f"select {COLUMNS} from ledger_svc.entity", output=_discard, format="csv"
                )
            )
            figure.add(rows / ours, rows / limit)
    await owner.close()
    return [figure]

"""A tablet's first pull of a county, and a later one of ten changes.

The first: 5,000 plants, 1,000 planned inspections and every pack through the gateway into the
encrypted mirror with its search index, against the same rows by COPY out and one transaction into
a bare table of an encrypted file. The later one, among ROWS plants, against one small GET.
"""

import io
import json
import time
from uuid import uuid4

import asyncpg
import httpx

from benches.ground import Ground
from benches.measure import Figure
from benches.province_pull import fill
from benches.served import served
from benches.tablets import tablet
from deploy.county import COUNTY
from field_app.refresh import pull, refresh
from field_app.session import office_client
from field_app.store import Store

PLANTS, PLANNED, CHANGES, ASKED = 5_000, 1_000, 10, 5
PLAN = """
insert into case_svc.plan (id, region, unit, year, title, stage, drafted_by, fingerprint)
values ($1, $2, $2, 2026, '2026 年度监督检查计划', 'approved', 'bench', $3)"""
OF_PLAN = """
insert into case_svc.planned_inspection (id, plan_id, region, unit, year, entity_id, entity_name,
    month, office, trade, kind, times, approved, fingerprint)
select gen_random_uuid(), $1, $2, $2, 2026, gen_random_uuid(), '第' || n || '铸造有限公司', 1 + n % 12,
    '执法监督科', 'industry_and_trade', 'key', 1, true, $3
from generate_series(1, $4) as n"""
OUT = (
    "select id, name, row_to_json(e)::text from ledger_svc.entity as e",
    "select id, entity_name, row_to_json(p)::text from case_svc.planned_inspection as p",
)
CHANGE = """
update ledger_svc.entity set version = version + 1
where id in (select id from ledger_svc.entity limit $1) returning id, region, version"""
TELL = """
insert into ledger_svc.change (kind, subject, region, officer, body)
values ('entity.changed', $1, $2, '测速', $3)"""


async def measure(ground: Ground, rows: int, turns: int) -> list[Figure]:
    """Rows a second until all is in the mirror; pulls a second."""
    owner = await ground.owner()
    await fill(owner, PLANTS)
    plan = uuid4()
    await owner.execute(PLAN, plan, COUNTY, "0" * 64)
    await owner.execute(OF_PLAN, plan, COUNTY, "0" * 64, PLANNED)
    async with (
        served(ground, "ledger_svc") as ledger,
        served(ground, "case_svc") as case,
        served(ground, "gateway", ledger_svc=ledger, case_svc=case) as door,
    ):
        first = await _first(ground, owner, door, turns)
        await fill(owner, rows, here=PLANTS)
        later = await _later(ground, owner, door, turns)
    await owner.close()
    return [first, later]


async def _first(ground: Ground, owner: asyncpg.Connection, door: str, turns: int) -> Figure:
    figure = Figure(
        f"tablet: first pull, {PLANTS:,} plants, {PLANNED:,} planned, packs",
        "COPY out, one encrypted transaction in", "rows/s", 1 / 4,
    )  # fmt: skip
    count = PLANTS + PLANNED
    for turn in range(turns + 1):
        store = tablet(ground, [])
        started = time.perf_counter()
        async with office_client(store, door) as office:
            done = await refresh(store, office, numbered=[])
        ours = time.perf_counter() - started
        came = [store.mirror.count(one) for one in ("entities", "planned-inspections")]
        assert (done.stopped, came) == (None, [PLANTS, PLANNED]), done
        started = time.perf_counter()
        await _bare(store, owner)
        limit = time.perf_counter() - started
        store.close()
        figure.note = f"{done.packs} packs too"
        if turn:  # the first turn warms both
            figure.add(count / ours, count / limit)
    return figure


async def _bare(store: Store, owner: asyncpg.Connection) -> None:
    """The same rows, unread: out by COPY, in by one transaction."""
    conn = store.db.conn
    conn.execute("create table bare (id text primary key, title text, body text)")
    conn.execute("begin immediate")
    for query in OUT:
        out = io.BytesIO()
        await owner.copy_from_query(query, output=out)
        lines = (line.split("\t") for line in out.getvalue().decode().splitlines())
        conn.executemany("insert into bare values (?, ?, ?)", lines)
    conn.execute("commit")


async def _later(ground: Ground, owner: asyncpg.Connection, door: str, turns: int) -> Figure:
    count = await owner.fetchval("select count(*) from ledger_svc.entity")
    figure = Figure(
        f"tablet: pull of {CHANGES} changes among {count:,}", "one small GET", "pulls/s", 1 / 3
    )
    plant = await owner.fetchval("select id from ledger_svc.entity limit 1")
    store = tablet(ground, [])
    async with office_client(store, door) as office:
        await pull(store, office, "entities")
        for turn in range(turns + 1):
            ours = limit = 0.0
            for _ in range(ASKED):
                await _change(owner)
                started = time.perf_counter()
                assert await pull(store, office, "entities") == CHANGES
                ours += time.perf_counter() - started
                started = time.perf_counter()
                await _asked(office, f"/v1/entities/{plant}")
                limit += time.perf_counter() - started
            if turn:  # the first turn warms both
                figure.add(ASKED / ours, ASKED / limit)
    store.close()
    return figure


async def _change(owner: asyncpg.Connection) -> None:
    """Change some plants, as the service does: the rows and the feed."""
    async with owner.transaction():
        for row in await owner.fetch(CHANGE, CHANGES):
            body = json.dumps({"version": row["version"]})
            await owner.execute(TELL, str(row["id"]), row["region"], body)


async def _asked(office: httpx.AsyncClient, path: str) -> None:
    answer = await office.get(path)
    assert answer.is_success, answer.text

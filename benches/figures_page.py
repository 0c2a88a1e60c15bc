"""The figures of a year over a million plants and a million inspections, against one small GET."""

import time

import asyncpg

from benches.ground import Ground
from benches.measure import Figure
from benches.served import served
from benches.small_get import Line
from lawbook.content import load
from services.kit.settings import ROOT

ASKED = 20
YEAR = 2026
WANTED = f"/v1/indicators?year={YEAR}"
SMALL = f"/v1/indicator-snapshots?year={YEAR}"
"""One small GET: a transaction, one statement, an empty list."""
NOBODY = "http://127.0.0.1:9"
"""Whom it would follow; nobody answers there."""
TIMES = 10
"""Plants, and inspections, for each of the rows asked for: a million for 100,000."""
SEED = (
    """insert into kpi_svc.entity (id, region, name, trades, op_status, missing, complete)
    select gen_random_uuid(), u.region, '企业' || g, '{}', 'operating',
        case when g % 50 = 0 then '{principal}'::text[] else '{}' end, g % 50 <> 0
    from generate_series(1, $1::int) g
    join (select region, row_number() over (order by code) - 1 as at, count(*) over () as all
        from kpi_svc.unit) u on u.at = g % u.all""",
    """insert into kpi_svc.entity_tally (region, op_status, complete, plants)
    select region, op_status, complete, count(*) from kpi_svc.entity group by 1, 2, 3
    on conflict (region, op_status, complete) do update set plants = excluded.plants""",
    """insert into kpi_svc.matter (id, region, unit, year, month, kind, module, issued, days, title,
        lacking, on_day, weight)
    select gen_random_uuid(), u.region, u.code, 2026, 1 + g % 12, 'inspection',
        (array['metallurgy', 'chemicals', 'general'])[1 + g % 3], g % 40 <> 0, g % 3, '企业' || g, '',
        date '2026-01-01' + g % 365, 1
    from generate_series(1, $1::int) g
    join (select code, region, row_number() over (order by code) - 1 as at, count(*) over () as all
        from kpi_svc.unit) u on u.at = g % u.all""",
    """insert into kpi_svc.matter_tally (year, unit, region, month, kind, module, issued, days, matters)
    select year, unit, region, month, kind, module, issued, days, sum(weight) from kpi_svc.matter
    group by 1, 2, 3, 4, 5, 6, 7, 8
    on conflict (year, unit, region, month, kind, module, issued, days)
    do update set matters = excluded.matters""",
)


async def measure(ground: Ground, rows: int, turns: int) -> list[Figure]:
    """Pages a second as the city's office reads them, one after the other on one connection."""
    owner = await ground.owner()
    seeded = await _fill(owner, rows * TIMES)
    await owner.close()
    figure = Figure(
        f"figures of a year over {rows * TIMES:,} plants and as many inspections",
        "one small GET", "pages/s", 1 / 3,
    )  # fmt: skip
    async with served(ground, "kpi_svc", ledger_svc=NOBODY, case_svc=NOBODY) as service:
        token = ground.token("1408", "bureau_head")
        line, small = Line(service, WANTED, token), Line(service, SMALL, token)
        await line.open()
        await small.open()
        for turn in range(turns + 1):
            ours = limit = 0.0
            for _ in range(ASKED):
                started = time.perf_counter()
                size = len(await line.get())
                between = time.perf_counter()
                await small.get()
                ours, limit = ours + between - started, limit + time.perf_counter() - between
            if turn:  # the first turn warms both
                figure.add(ASKED / ours, ASKED / limit)
            figure.note = (
                f"{1000 * ours / ASKED:.0f} ms, {size / 1024:.0f} KiB; seeded in {seeded:.0f} s"
            )
        line.close()
        small.close()
    return [figure]


async def _fill(owner: asyncpg.Connection, count: int) -> float:
    """Units, plants and inspections in kpi_svc's own tables, with their tallies; seconds it took."""
    started = time.perf_counter()
    units = load(ROOT / "content" / "units" / "1408.toml")["unit"]
    await owner.executemany(
        "insert into kpi_svc.unit (code, region, name) values ($1, $2, $3) on conflict do nothing",
        [(one["code"], one["region"], one["name"]) for one in units],
    )
    for statement in SEED:
        await owner.execute(statement, *((count,) if "$1" in statement else ()))
    await owner.execute("analyze")
    return time.perf_counter() - started

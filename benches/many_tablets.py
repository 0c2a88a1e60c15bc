"""32 tablets deliver at once through the gateway, against the same INSERTs by 8 connections."""

import asyncio
import time
from collections.abc import Sequence

import asyncpg
import httpx

from benches.ground import Ground
from benches.measure import Figure, seconds
from benches.served import served
from benches.tablets import bare, bare_table, letters_of, tablet, tell_of_the_county
from benches.visits import LETTERS_OF_A_VISIT, Letter
from deploy.county import COUNTY
from field_app.delivery import deliver
from field_app.session import office_client
from field_app.store import Store

TABLETS, VISITS, CONNECTIONS, PROCESSES = 32, 5, 8, 2
LETTERS = TABLETS * VISITS * LETTERS_OF_A_VISIT


async def measure(ground: Ground, rows: int, turns: int) -> list[Figure]:
    """Letters a second of all together; the tablets' own work counts, as it is on this machine."""
    figure = Figure(
        f"{TABLETS} tablets at once, {LETTERS // TABLETS} letters each",
        f"INSERT, commit each, {CONNECTIONS} connections", "letters/s", 1 / 10,
    )  # fmt: skip
    owner = await ground.owner()
    await bare_table(owner)
    plant = await tell_of_the_county(ground)
    async with (
        served(ground, "case_svc", workers=PROCESSES) as case,
        served(ground, "gateway", case_svc=case) as door,
        httpx.AsyncClient(
            base_url=door, headers={"authorization": f"Bearer {ground.token(COUNTY, 'officer')}"}
        ) as asking,
    ):
        for turn in range(turns + 1):
            told = [await letters_of(asking, plant, VISITS) for _ in range(TABLETS)]
            stores = [tablet(ground, letters) for letters in told]
            started = time.perf_counter()
            await asyncio.gather(*(_delivered(store, door) for store in stores))
            ours = time.perf_counter() - started
            for store in stores:
                store.close()
            limit = await _limit(ground, [one for letters in told for one in letters])
            if turn:  # the first turn warms both
                figure.add(LETTERS / ours, LETTERS / limit)
    await owner.close()
    return [figure]


async def _delivered(store: Store, door: str) -> None:
    async with office_client(store, door) as office:
        done = await deliver(store, office)
    assert done.sent == VISITS * LETTERS_OF_A_VISIT, done


async def _limit(ground: Ground, letters: Sequence[Letter]) -> float:
    """Seconds that the same rows need, shared among connections that are open already."""
    lines: list[asyncpg.Connection] = [await ground.owner() for _ in range(CONNECTIONS)]
    shares = [letters[nth::CONNECTIONS] for nth in range(CONNECTIONS)]
    taken = await seconds(
        asyncio.gather(*(bare(line, share) for line, share in zip(lines, shares, strict=True)))
    )
    for line in lines:
        await line.close()
    return taken

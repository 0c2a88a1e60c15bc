"""One tablet delivers through the gateway, against bare INSERTs, each committed.

200 letters, as after a few days without a signal; and 10,000, as after a year: they must not go
slower the more there are.
"""

import time
from itertools import pairwise

import httpx

from benches.ground import Ground
from benches.measure import Figure
from benches.served import served
from benches.tablets import bare, bare_table, letters_of, tablet, tell_of_the_county
from benches.visits import LETTERS_OF_A_VISIT
from deploy.county import COUNTY
from field_app.delivery import deliver
from field_app.session import office_client
from field_app.store import Store

LETTERS, BACKLOG, SLICES = 200, 10_000, 5


async def measure(ground: Ground, rows: int, turns: int) -> list[Figure]:
    """Letters a second, from the outbox full to the last receipt kept on the tablet."""
    few = Figure(f"delivery of {LETTERS} letters", "INSERT, commit each", "letters/s", 1 / 6)
    many = Figure(
        f"delivery of {BACKLOG:,} letters, by fifths",
        f"ours of {LETTERS} letters",
        "letters/s",
        0.8,
    )
    owner = await ground.owner()
    await bare_table(owner)
    plant = await tell_of_the_county(ground)
    async with served(ground, "case_svc") as case, served(ground, "gateway", case_svc=case) as door:
        headers = {"authorization": f"Bearer {ground.token(COUNTY, 'officer')}"}
        async with httpx.AsyncClient(base_url=door, headers=headers) as asking:
            for turn in range(turns + 1):
                letters = await letters_of(asking, plant, LETTERS // LETTERS_OF_A_VISIT)
                store = tablet(ground, letters)
                started = time.perf_counter()
                await _delivered(store, door)
                ours = time.perf_counter() - started
                store.close()
                started = time.perf_counter()
                await bare(owner, letters)
                limit = time.perf_counter() - started
                if turn:  # the first turn warms both
                    few.add(LETTERS / ours, LETTERS / limit)
            letters = await letters_of(asking, plant, BACKLOG // LETTERS_OF_A_VISIT)
        store = tablet(ground, letters)
        moments = await _delivered(store, door)
        store.close()
    await owner.close()
    for begun, ended in pairwise(moments[:: len(moments) // SLICES]):
        many.add(len(letters) / SLICES / (ended - begun), few.ours)
    return [few, many]


async def _delivered(store: Store, door: str) -> list[float]:
    """Deliver everything: the moments of the beginning and of every answer."""
    moments = [time.perf_counter()]

    async def answered(_: httpx.Response) -> None:
        moments.append(time.perf_counter())

    async with office_client(store, door) as office:
        office.event_hooks = {"request": [], "response": [answered]}
        done = await deliver(store, office)
    told = next((one.problem for one in store.outbox.letters() if one.problem), None)
    assert done.sent == len(store.outbox.letters()), (done, told)
    return moments

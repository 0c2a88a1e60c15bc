"""With 100,000 cases: the ledger's first page, the work list, a case; each against one small GET."""

import time
from urllib.parse import quote
from uuid import UUID

from benches.ground import Ground
from benches.measure import Figure
from benches.penalties import ARCHIVED, DECIDING, STANDING, UNITS, fill
from benches.served import served
from benches.small_get import Line
from benches.tablets import tell_of_the_county
from deploy.county import COUNTY

ASKED = 20
SMALL = "/v1/plans"
"""One small GET: a transaction, one statement, an empty list."""
OFFICER = ("officer",)
SUPERVISOR = ("officer", "bureau_head")


def pages(ids: list[UUID]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """What is asked: its name → path, and the roles of who asks."""
    own = UNITS.index(COUNTY) * len(STANDING)
    deciding, archived = (ids[own + STANDING.index(behind)] for behind in (DECIDING, ARCHIVED))
    return {
        "first page of cases": ("/v1/cases", OFFICER),
        "cases found by a part of the name": (
            "/v1/cases?q=" + quote("机械有限公司安全设备"),
            OFFICER,
        ),
        "work list of a handler": ("/v1/work-list", OFFICER),
        "work list of the bureau's head": ("/v1/work-list", SUPERVISOR),
        "a case, decided": (f"/v1/cases/{deciding}", OFFICER),
        "a case, archived": (f"/v1/cases/{archived}", OFFICER),
    }


async def measure(ground: Ground, rows: int, turns: int) -> list[Figure]:
    """Pages a second, one after the other on one connection, in a county that has its share."""
    owner = await ground.owner()
    await tell_of_the_county(ground)
    started = time.perf_counter()
    ids = await fill(owner, rows)
    seeded = time.perf_counter() - started
    await owner.close()
    figures = []
    async with served(ground, "case_svc") as service:
        for what, (path, roles) in pages(ids).items():
            figure = Figure(f"{what}, of {rows:,}", "one small GET", "pages/s", 1 / 3)
            line = Line(service, path, ground.token(COUNTY, *roles))
            small = Line(service, SMALL, ground.token(COUNTY, *roles))
            await line.open()
            await small.open()
            for turn in range(turns + 1):
                ours, limit, size = await _rates(line, small)
                figure.note = f"{1000 / ours:.0f} ms, {size / 1024:.0f} KiB"
                if turn:  # the first turn warms both
                    figure.add(ours, limit)
            line.close()
            small.close()
            figures.append(figure)
    figures[0].note += f"; seeded in {seeded:.0f} s"
    return figures


async def _rates(line: Line, small: Line) -> tuple[float, float, int]:
    """Answers a second of each, asked by turns so that both meet the same noise; bytes of a page."""
    ours = limit = 0.0
    for _ in range(ASKED):
        started = time.perf_counter()
        size = len(await line.get())
        between = time.perf_counter()
        await small.get()
        ours, limit = ours + between - started, limit + time.perf_counter() - between
    return ASKED / ours, ASKED / limit, size

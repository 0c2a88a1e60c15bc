"""Documents: composed and drawn on the server and on the tablet, and issued in a case by the service.

Each against the renderer alone on blocks that were prepared before.
"""

import asyncio
import json
import time
from datetime import UTC, datetime
from uuid import uuid4

from benches.case_acts import HEAD, filed, officer_state, said
from benches.ground import Ground
from benches.measure import Figure
from benches.penalties import officer
from benches.served import served
from benches.small_get import Line
from benches.tablets import tell, tell_of_the_county
from deploy.county import COUNTY
from lawbook.content import load
from paper import font, timing
from paper.compose import compose
from paper.render import Renderer, render
from paper.template import DocumentTemplate
from services.kit.settings import ROOT

LIMIT, BAR = "the renderer alone on prepared blocks", 1 / 1.5
BAR_ISSUED = 1 / 4
"""Two requests and two commits stand beside the drawing there."""
MEDIANS_OF, ISSUED = 9, 20
PAGES = 3
FORM = "matter-approval"
SAID = {
    "matter": "extension", "content": "案情复杂，提请延长三十日。", "handler_opinion": "建议延长。",
}  # fmt: skip


async def measure(ground: Ground, rows: int, turns: int) -> list[Figure]:
    """Documents a second, one after the other."""
    drawn = [
        _drawn("document of 3 pages, server", "typst", turns),
        _drawn("document of 3 pages, tablet", "fpdf2", turns),
    ]
    return [*drawn, await _issued(ground, turns)]


def _drawn(what: str, renderer: Renderer, turns: int) -> Figure:
    figure = Figure(what, LIMIT, "documents/s", BAR)
    faces = font.faces()
    for turn in range(turns + 1):
        took = timing.measure(renderer, faces, MEDIANS_OF)
        if turn:  # the first turn warms both
            figure.add(1 / took.compose_and_render, 1 / took.render)
    figure.note = f"{figure.ours * PAGES:,.0f} pages/s with {renderer}"
    return figure


async def _issued(ground: Ground, turns: int) -> Figure:
    """Drafted and issued: preconditions, number, bytes, row; two requests, two commits."""
    figure = Figure(f"{FORM} drafted and issued in a case", LIMIT, "documents/s", BAR_ISSUED)
    await tell_of_the_county(ground)
    head = officer_state(HEAD)
    await tell(ground, [("officer", head["id"], head)])
    async with served(ground, "case_svc") as service:
        approver = Line(service, "/", ground.token(COUNTY, "bureau_head", officer=HEAD))
        handler = Line(service, "/", ground.token(COUNTY, "officer", officer=officer(0)))
        await asyncio.gather(approver.open(), handler.open())
        for turn in range(turns + 1):
            case = await filed(handler, approver, 0)
            data: dict[str, object] = {}
            started = time.perf_counter()
            for _ in range(ISSUED):
                data = await _one(handler, case)
            ours = time.perf_counter() - started
            limit = await asyncio.to_thread(_rendered, data)
            if turn:  # the first turn warms both
                figure.add(ISSUED / ours, ISSUED / limit)
        approver.close()
        handler.close()
    figure.note = "two requests each, durable"
    return figure


async def _one(handler: Line, case: str) -> dict[str, object]:
    """A document of the case: what it says."""
    id_ = uuid4()
    draft = {"kind": FORM, "said": SAID, "revision": 0}
    await handler.put(f"/v1/cases/{case}/drafts/{id_}", said(draft))
    issue = {"revision": 1, "at": datetime.now(UTC).isoformat(), "after": 2}
    told = await handler.put(f"/v1/cases/{case}/documents/{id_}", said(issue))
    data: dict[str, object] = json.loads(told)["data"]
    return data


def _rendered(data: dict[str, object]) -> float:
    """Seconds to draw the same so many times."""
    form = DocumentTemplate.from_content(load(ROOT / "content/documents" / FORM / "document.toml"))
    composed, faces = compose(form, data, "2026-1", ()), font.faces()
    render(composed, "typst", issued_at=datetime.now(UTC), faces=faces)
    started = time.perf_counter()
    for _ in range(ISSUED):
        render(composed, "typst", issued_at=datetime.now(UTC), faces=faces)
    return time.perf_counter() - started

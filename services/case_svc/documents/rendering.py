"""Drawing an issued document anew from its data (重新排版): the same bytes, or the versions differ."""

import asyncio
from pathlib import Path
from typing import Annotated, cast

from fastapi import Depends, Request

from paper.blocks import Document
from paper.compose import compose
from paper.render import Renderer, render
from services.case_svc.documents import queries
from services.case_svc.documents.commands import signatures_of
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.packs.content import template

AT_ONCE = 2
"""Drawings at the same time; each takes a core."""


async def _places(request: Request) -> asyncio.Semaphore:
    state = request.app.state
    if not hasattr(state, "drawing_places"):
        state.drawing_places = asyncio.Semaphore(AT_ONCE)
    places: asyncio.Semaphore = state.drawing_places
    return places


DrawingPlaces = Annotated[asyncio.Semaphore, Depends(_places)]


def composed(folder: Path, row: DocumentRow) -> Document:
    """The document as it was composed when it was issued."""
    form = template(folder, row.template)
    return compose(form, row.data, row.number, signatures_of(queries.signatures(row)), row.proof)


async def draw(places: asyncio.Semaphore, folder: Path, row: DocumentRow) -> bytes:
    """The document as PDF, drawn now by the renderer that drew the issued one."""
    document = composed(folder, row)
    renderer = cast(Renderer, row.renderer)
    async with places:
        return await asyncio.to_thread(render, document, renderer, issued_at=row.issued_at)

"""Drafts and documents as a screen shows them: a PDF that says 草稿, or one picture of all pages.

A phone's browser shows no PDF inside a page; a picture it does.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from PIL import Image

from paper.blocks import Document
from paper.render import pictures, render

GAP = 14
"""Pixels between two pages."""
GROUND = 200
"""The grey between them."""
MOST_PAGES = 20
"""More are read in the PDF."""
GREYS = 16


async def pdf_of(places: asyncio.Semaphore, document: Document, at: datetime) -> bytes:
    """The draft as PDF."""
    async with places:
        return await asyncio.to_thread(render, document, issued_at=at)


async def picture_of(places: asyncio.Semaphore, document: Document) -> bytes:
    """All pages below one another as PNG, the first twenty of them."""
    async with places:
        return await asyncio.to_thread(_picture, document)


def _picture(document: Document) -> bytes:
    return below(pictures(document)[:MOST_PAGES])


def below(pages: Sequence[bytes]) -> bytes:
    """Pages as PNG, joined into one picture: grey is enough for text, and a fifth of the bytes."""
    drawn = [Image.open(BytesIO(page)).convert("L") for page in pages]
    height = sum(page.height for page in drawn) + GAP * (len(drawn) - 1)
    whole = Image.new("L", (drawn[0].width, height), GROUND)
    top = 0
    for page in drawn:
        whole.paste(page, (0, top))
        top += page.height + GAP
    out = BytesIO()
    whole.quantize(GREYS).save(out, "PNG")
    return out.getvalue()

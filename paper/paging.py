"""A record that is signed on every page (逐页签名): where its pages end, and what stands on each.

The pages are part of what is signed, so they must be the same on every device and in the office,
whichever renderer and face it has. They are measured by a face that is none: a Chinese character
as wide as its size, anything else a little wider than any face we draw with; and with some room to
spare. What fits by these measures fits on the sheet.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from paper import geometry as g
from paper.blocks import Block, CheckBoxes, PageEnd, Paragraph, SealPlace, Signatures
from paper.digest import canonical
from paper.layout import POINT, ROOM
from paper.pieces import height_of

NARROW, WIDE = 0.62, 1.0
"""Widths of a character, in ems: Latin and figures, and all others."""
SPARE = 12.0
"""What stays free of every page, in mm: renderers set their lines a little apart."""
STRIP = g.SIGNATURE_ROW + g.LINE
"""The strip at the foot of a page in which it is signed."""
REFUSED = 24.0
"""Room for what is put on record when somebody refuses to sign, and for a witness."""
LEAST = 2
"""Lines of a paragraph that stay together at either side of a page's end."""
SENTENCE = re.compile(r"[^。！？；!?;]*[。！？；!?;]?")


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a record, each the blocks that stand on it; the last ends with the signatures."""

    blocks: tuple[tuple[Block, ...], ...]
    digests: tuple[str, ...]


def measure(text: str, size: float) -> float:
    """The width of a text in mm, in no face and therefore in all."""
    ems = sum(NARROW if ord(char) < 0x2E80 and char != "　" else WIDE for char in text)
    return ems * size * POINT


def in_pages(blocks: Sequence[Block], tail: int, slots: int, seal: str) -> Pages:
    """Blocks divided into pages. Pure.

    `tail`: from which block on everything goes to the last page; what stands before is divided.
    `slots`: how many places to sign the last page may have. `seal`: the document's digest.
    """
    room = ROOM - SPARE
    pages: list[list[Block]] = [[]]
    y = 0.0
    waiting = list(blocks[:tail])
    while waiting:
        block = waiting.pop(0)
        height = height_of(block, measure)
        left = room - STRIP - y
        if height <= left or not _may_turn(pages[-1], block, left):
            pages[-1].append(block)
            y += height
            continue
        head, rest = _divided(block, left)
        if head is not None:
            pages[-1].append(head)
        pages.append([])
        y = 0.0
        waiting.insert(0, rest)
    if y + _tail_height(blocks[tail:], slots) > room and pages[-1]:
        # Never a sheet of signatures alone: the last words go with them.
        last = pages[-1].pop() if len(pages[-1]) > 1 else None
        pages.append([last] if last else [])
    pages[-1] += blocks[tail:]
    told = [[line for block in page for line in words(block)] for page in pages]
    digests = tuple(
        page_digest(seal, number, len(pages), lines) for number, lines in enumerate(told, start=1)
    )
    return Pages(tuple(map(tuple, pages)), digests)


def page_digest(seal: str, number: int, of: int, lines: Sequence[str]) -> str:
    """The SHA-256 of a page: which document's, which of how many, and its words line by line."""
    told = {"document": seal, "page": number, "of": of, "text": list(lines)}
    return hashlib.sha256(canonical(told)).hexdigest()


def words(block: Block) -> list[str]:
    """What a block says, without the places to sign: they are filled while the pages are signed."""
    if isinstance(block, Signatures | SealPlace | PageEnd):
        return []
    if isinstance(block, CheckBoxes):
        return [block.label, *(f"{'☑' if one.checked else '☐'}{one.text}" for one in block.choices)]
    return list(_strings([getattr(block, name) for name in block.__slots__ if name != "kind"]))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, bool):
        yield "☑" if value else "☐"
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)
    elif hasattr(value, "__slots__"):
        for name in value.__slots__:
            yield from _strings(getattr(value, name))


def _may_turn(page: Sequence[Block], block: Block, left: float) -> bool:
    """Whether a page may end before or in this block: not while it is empty, but in a paragraph."""
    return bool(page) or (isinstance(block, Paragraph) and left > g.LINE * 2 * LEAST)


def _divided(block: Block, left: float) -> tuple[Block | None, Block]:
    """What of a block still fits, by whole sentences, and what goes to the next page."""
    if not isinstance(block, Paragraph):
        return None, block
    whole = height_of(block, measure)
    parts = [part for part in SENTENCE.findall(block.text) if part]
    for count in range(len(parts) - 1, 0, -1):
        head = replace(block, text="".join(parts[:count]))
        rest = replace(block, text="".join(parts[count:]), indent=False)
        fits = height_of(head, measure) <= left
        if fits and g.LINE * LEAST <= height_of(head, measure) <= whole - g.LINE:
            return head, rest
    if whole <= ROOM - SPARE - STRIP:
        return None, block
    # One sentence longer than a page: where the page is full.
    count = len(block.text)
    while count > 1 and height_of(replace(block, text=block.text[:count]), measure) > left:
        count -= max(1, count // 20)
    head = replace(block, text=block.text[:count])
    return head, replace(block, text=block.text[count:], indent=False)


def _tail_height(blocks: Sequence[Block], slots: int) -> float:
    signed = slots * g.SIGNATURE_ROW + g.LINE + REFUSED
    proof = g.PROOF_SIZE + 3 * g.PROOF_GAP
    return proof + sum(
        signed if isinstance(block, Signatures) else height_of(block, measure) for block in blocks
    )

"""Blocks to pages of ink, for a renderer without a typesetter: what goes where, in millimetres.

First every block becomes pieces, each a strip of the sheet that is never torn; then the pieces
are stacked into pages. y runs downwards from the top of the piece, later from that of the page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from paper import geometry as g
from paper.blocks import Document, Point

POINT = 25.4 / 72
WIDTH = g.PAGE_WIDTH - g.MARGIN_LEFT - g.MARGIN_RIGHT
BOTTOM = g.PAGE_HEIGHT - g.MARGIN_BOTTOM
ROOM = BOTTOM - g.MARGIN_TOP

Measure = Callable[[str, float], float]
"""(text, size in points) → width in mm."""


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text, its base line beginning at x, y. `spacing`: points between characters."""

    x: float
    y: float
    text: str
    size: float
    spacing: float = 0.0
    display: bool = False


@dataclass(frozen=True, slots=True)
class Ink:
    """A line through points."""

    points: tuple[Point, ...]
    thickness: float


@dataclass(frozen=True, slots=True)
class Squares:
    """A QR code as one shape: its corner, the side of a module, and its dark runs."""

    x: float
    y: float
    module: float
    runs: tuple[tuple[int, int, int], ...]


Mark = Text | Ink | Squares


@dataclass(frozen=True, slots=True)
class Piece:
    """A strip of the sheet.

    keep: stays on the page of the next piece. gap: empty, and dropped at the top of a page.
    joined: continues the table row above; a page break here rules the row off on both pages.
    repeat: headings that stand again above it when it begins a page.
    at_foot: goes to the bottom of its page.
    turns: ends its page.
    """

    height: float
    marks: tuple[Mark, ...] = ()
    keep: bool = False
    gap: bool = False
    joined: bool = False
    repeat: "tuple[Piece, ...]" = ()
    at_foot: bool = False
    turns: bool = False


def rule(x1: float, x2: float, y: float) -> Ink:
    """A thin level line."""
    return Ink(((x1, y), (x2, y)), g.RULE)


def moved(mark: Mark, down: float) -> Mark:
    """The mark further down."""
    if isinstance(mark, Text | Squares):
        return replace(mark, y=mark.y + down)
    return Ink(tuple((x, y + down) for x, y in mark.points), mark.thickness)


def pages(document: Document, pieces: Sequence[Piece], measure: Measure) -> list[list[Mark]]:
    """The pieces stacked into pages, each with its foot: number, page x of y (第x页 共y页)."""
    made: list[list[Mark]] = [[]]
    y = g.MARGIN_TOP
    index = 0
    while index < len(pieces):
        group = _group(pieces, index)
        height = sum(piece.height for piece in group)
        if y + height > BOTTOM + 1e-6 and y > g.MARGIN_TOP and height <= ROOM:
            y = _headed(made, group[0], _turn(made, group[0], y))
        for at, piece in enumerate(group):
            if piece.gap and y == g.MARGIN_TOP:
                continue
            if y + piece.height > BOTTOM + 1e-6 and y > g.MARGIN_TOP:
                y = _headed(made, piece, _turn(made, piece, y))
            if piece.at_foot:
                y = max(y, BOTTOM - sum(one.height for one in group[at:]))
            made[-1].extend(moved(mark, y) for mark in piece.marks)
            y += piece.height
            if piece.turns:
                made.append([])
                y = g.MARGIN_TOP
        index += len(group)
    for number, page in enumerate(made, start=1):
        page.extend(_foot(document, number, len(made), measure))
    return made


def _group(pieces: Sequence[Piece], start: int) -> Sequence[Piece]:
    end = start
    while pieces[end].keep and end + 1 < len(pieces):
        end += 1
    return pieces[start : end + 1]


def _turn(made: list[list[Mark]], piece: Piece, y: float) -> float:
    """Begin a new page; a table row that runs on is ruled off below and above."""
    made.append([])
    if piece.joined:
        made[-2].append(rule(g.MARGIN_LEFT, g.MARGIN_LEFT + WIDTH, y))
        made[-1].append(rule(g.MARGIN_LEFT, g.MARGIN_LEFT + WIDTH, g.MARGIN_TOP))
    return g.MARGIN_TOP


def _headed(made: list[list[Mark]], piece: Piece, y: float) -> float:
    """Draw what stands again above this piece on a new page."""
    for head in piece.repeat:
        made[-1].extend(moved(mark, y) for mark in head.marks)
        y += head.height
    return y


def _foot(document: Document, number: int, count: int, measure: Measure) -> list[Mark]:
    y = BOTTOM + g.FOOT
    text = f"第{number}页　共{count}页"
    right = g.MARGIN_LEFT + WIDTH - measure(text, g.SMALL_SIZE)
    marks: list[Mark] = []
    if document.number:
        marks.append(Text(g.MARGIN_LEFT, y, document.number, g.SMALL_SIZE))
    marks.append(Text(right, y, text, g.SMALL_SIZE))
    return marks

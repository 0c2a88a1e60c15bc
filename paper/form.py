"""Approval forms to pieces (审批表): rows of cells, opinions signed and dated at their lower right."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from paper import geometry as g
from paper.blocks import Cell, FormLine, FormTable
from paper.layout import POINT, ROOM, WIDTH, Ink, Mark, Measure, Piece, Text, moved, rule
from paper.lines import break_lines

LEFT, RIGHT = g.MARGIN_LEFT, g.MARGIN_LEFT + WIDTH
EM = g.BODY_SIZE * POINT
BASE = (g.LINE + 0.76 * EM) / 2
Lines = list[list[Mark]]
Filled = Callable[[Cell, float, float], Lines]
"""(cell, left, right) → what stands in it, line by line."""


def form_pieces(block: FormTable, measure: Measure, filled: Filled) -> list[Piece]:
    """Every row as a piece; one too high to be moved whole, line by line."""
    rows = [_row(row, measure, filled) for row in block.rows]
    if len(rows) > 1 and len(rows[-2]) == 1:
        # The last opinion never stands on a page alone.
        rows[-2] = [replace(rows[-2][0], keep=True)]
    return [*(piece for row in rows for piece in row), Piece(1.5, gap=True)]


def _row(row: FormLine, measure: Measure, filled: Filled) -> list[Piece]:
    share = WIDTH / len(row.cells)
    label_width = g.LABEL_WIDTH if len(row.cells) < 3 else g.FORM_LABEL
    edges, labels, values, feet = [], list[Lines](), list[Lines](), list[Lines]()
    for index, one in enumerate(row.cells):
        left = LEFT + index * share
        middle, right = left + label_width, left + share
        label = break_lines(one.cell.label, label_width - 2 * g.CELL_PADDING, 0, _body(measure))
        labels.append([[_centred(line, left, label_width, measure)] for line in label])
        values.append(filled(one.cell, middle + g.CELL_PADDING, right - g.CELL_PADDING))
        feet.append(_signed(one.signed, middle, right - g.CELL_PADDING, measure))
        edges += [left, middle]
    edges.append(RIGHT)
    count = max(len(a) + len(b) for a, b in zip(values, feet, strict=True))
    count = max(count, *map(len, labels))
    height = max(count * g.LINE + 2 * g.ROW_PADDING, row.height)
    if height <= ROOM * g.TEAR:
        return [_whole(height, edges, labels, values, feet)]
    columns = [
        lines
        for label, value, foot in zip(labels, values, feet, strict=True)
        for lines in (label, value + foot)
    ]
    return _torn(count, edges, columns)


def _whole(
    height: float, edges: Sequence[float], labels: Sequence[Lines], values: Sequence[Lines],
    feet: Sequence[Lines],
) -> Piece:  # fmt: skip
    marks: list[Mark] = [Ink(((x, 0), (x, height)), g.RULE) for x in edges]
    marks += [rule(LEFT, RIGHT, 0), rule(LEFT, RIGHT, height)]
    for label, lines, foot in zip(labels, values, feet, strict=True):
        marks += _down(label, (height - len(label) * g.LINE) / 2)
        top = g.ROW_PADDING if foot else (height - len(lines) * g.LINE) / 2
        marks += _down(lines, top)
        marks += _down(foot, height - g.ROW_PADDING - len(foot) * g.LINE)
    return Piece(height, tuple(marks))


def _torn(count: int, edges: Sequence[float], columns: Sequence[Lines]) -> list[Piece]:
    made = []
    for index in range(count):
        top = g.ROW_PADDING if index == 0 else 0.0
        last = index == count - 1
        height = g.LINE + top + (g.ROW_PADDING if last else 0.0)
        marks: list[Mark] = [Ink(((x, 0), (x, height)), g.RULE) for x in edges]
        marks += [rule(LEFT, RIGHT, 0)] if index == 0 else []
        marks += [rule(LEFT, RIGHT, height)] if last else []
        for lines in columns:
            if index < len(lines):
                marks += [moved(mark, top) for mark in lines[index]]
        # Who signs never stands on another page than the end of what is signed.
        made.append(
            Piece(height, tuple(marks), keep=count - 4 < index < count - 1, joined=index > 0)
        )
    return made


def _signed(lines: Sequence[str], left: float, right: float, measure: Measure) -> Lines:
    body = _body(measure)
    broken = [
        part for line in lines for part in break_lines(line, right - left - g.CELL_PADDING, 0, body)
    ]
    return [[Text(right - body(line), BASE, line, g.BODY_SIZE)] for line in broken]


def _centred(line: str, left: float, width: float, measure: Measure) -> Text:
    return Text(left + (width - _body(measure)(line)) / 2, BASE, line, g.BODY_SIZE)


def _down(lines: Lines, top: float) -> list[Mark]:
    return [moved(mark, top + at * g.LINE) for at, line in enumerate(lines) for mark in line]


def _body(measure: Measure) -> Callable[[str], float]:
    return lambda text: measure(text, g.BODY_SIZE)

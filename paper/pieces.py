"""Blocks to pieces: how each kind of block looks when there is no typesetter."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from paper import geometry as g
from paper.blocks import (
    Block,
    Cell,
    CheckBoxes,
    Choice,
    CopiesLine,
    Document,
    FormTable,
    Heading,
    LabelledTable,
    NumberedList,
    NumberLine,
    PageEnd,
    Paragraph,
    RuledList,
    SealPlace,
    Signatures,
    Title,
)
from paper.form import form_pieces
from paper.layout import POINT, ROOM, WIDTH, Ink, Mark, Measure, Piece, Text, moved, rule
from paper.lines import break_lines
from paper.signature_pieces import page_end_pieces, signed_pieces

LEFT, RIGHT = g.MARGIN_LEFT, g.MARGIN_LEFT + WIDTH
EM = g.BODY_SIZE * POINT
BASE = (g.LINE + 0.76 * EM) / 2
"""From the top of a body line to its base line."""
STRETCH = 2.5 * EM
"""A line that lacks more than this is left ragged."""


def pieces_of(document: Document, measure: Measure) -> list[Piece]:
    """Every block as pieces, top to bottom; what must share a page is marked so."""
    setter = _Setter(measure)
    made: list[Piece] = []
    for index, block in enumerate(document.blocks):
        own = setter.pieces(block)
        after = document.blocks[index + 1] if index + 1 < len(document.blocks) else None
        if isinstance(block, Title) and not isinstance(after, NumberLine):
            own.append(Piece(2.5, gap=True))
        if isinstance(after, Signatures | SealPlace):
            own = _kept(own, isinstance(block, Signatures))
        elif (isinstance(block, Paragraph) and block.keep) or isinstance(after, CopiesLine):
            own = _kept(own, False, 2)
        made += own
    return made


def height_of(block: Block, measure: Measure) -> float:
    """How high a block stands on the sheet, in mm, with what follows a title."""
    gap = 2.5 if isinstance(block, Title) else 0.0
    return gap + sum(piece.height for piece in _Setter(measure).pieces(block))


def _kept(own: list[Piece], whole: bool, count: int = 3) -> list[Piece]:
    """Tie the last lines (or the whole block) to what follows: no sheet of signatures alone."""
    first = 0 if whole else max(0, len(own) - count)
    return own[:first] + [replace(piece, keep=True) for piece in own[first:]]


class _Setter:
    def __init__(self, measure: Measure) -> None:
        self.measure = measure

    def body(self, text: str) -> float:
        return self.measure(text, g.BODY_SIZE)

    def pieces(self, block: Block) -> list[Piece]:
        match block:
            case Heading(organ=text):
                return self._display(text, g.HEADING_SIZE, 1.6)
            case Title(text=text):
                return self._display(text, g.TITLE_SIZE, 1.5)
            case NumberLine(text=text):
                return [*self._display(text, g.NUMBER_SIZE, 1.8, False), Piece(2.5, gap=True)]
            case Paragraph(text=text, indent=indent):
                return self._paragraph(text, indent)
            case NumberedList(items=items):
                return [
                    piece
                    for index, item in enumerate(items, start=1)
                    for piece in self._paragraph(f"{index}.{item}", True)
                ]
            case CheckBoxes(label=label, choices=choices):
                text = f"{label}："
                marks = [Text(LEFT, BASE, text, g.BODY_SIZE)]
                rows = self._choices(choices, LEFT + self.body(text), RIGHT)
                return [
                    Piece(g.LINE, (*(marks if index == 0 else []), *row))
                    for index, row in enumerate(rows)
                ]
            case LabelledTable(rows=table, style="grid"):
                return [piece for row in table for piece in self._grid_row(row)] + [
                    Piece(1.5, gap=True)
                ]
            case LabelledTable(rows=table):
                return [piece for row in table for piece in self._lines_row(row)]
            case FormTable():
                return form_pieces(block, self.measure, self._filled)
            case RuledList():
                return self._ruled_list(block)
            case Signatures():
                return signed_pieces(block.slots, self.measure)
            case PageEnd(slots=slots):
                return page_end_pieces(slots, self.measure)
            case SealPlace():
                return self._seal(block)
            case CopiesLine(text=text):
                return self._copies(text)

    def _display(self, text: str, size: float, pitch: float, display: bool = True) -> list[Piece]:
        em = size * POINT
        made = []
        for line in break_lines(text, WIDTH, 0, lambda part: self.measure(part, size)):
            x = LEFT + (WIDTH - self.measure(line, size)) / 2
            y = em * (pitch + 0.76) / 2
            made.append(Piece(em * pitch, (Text(x, y, line, size, display=display),)))
        return made

    def _paragraph(self, text: str, indent: bool) -> list[Piece]:
        first = 2 * EM if indent else 0.0
        lines = break_lines(text, WIDTH, first, self.body)
        return [
            Piece(
                g.LINE,
                (
                    self._set(
                        line,
                        LEFT + (first if index == 0 else 0),
                        BASE,
                        WIDTH - (first if index == 0 else 0),
                        last=index == len(lines) - 1,
                    ),
                ),
            )
            for index, line in enumerate(lines)
        ]

    def _set(self, line: str, x: float, y: float, width: float, last: bool) -> Text:
        """A line of text, stretched to the margin unless it is the last."""
        lack = width - self.body(line)
        spread = not last and len(line) > 1 and 0 < lack < STRETCH
        return Text(
            x, y, line, g.BODY_SIZE, round(lack / (len(line) - 1) / POINT, 3) if spread else 0
        )

    def _choices(
        self, choices: Sequence[Choice], left: float, right: float
    ) -> Iterator[list[Mark]]:
        """Lines of drawn boxes, each with its text."""
        row: list[Mark] = []
        x = left
        for choice in choices:
            wide = g.BOX + 1.2 + self.body(choice.text)
            if row and x + wide > right:
                yield row
                row, x = [], left
            top = BASE - g.BOX + 0.12 * EM
            side = g.BOX
            corners = ((x, top), (x + side, top), (x + side, top + side), (x, top + side), (x, top))
            row.append(Ink(corners, 0.3))
            if choice.checked:
                tick = ((0.18, 0.5), (0.42, 0.78), (0.86, 0.2))
                row.append(Ink(tuple((x + side * a, top + side * b) for a, b in tick), 0.5))
            row.append(Text(x + side + 1.2, BASE, choice.text, g.BODY_SIZE))
            x += wide + 6
        yield row

    def _filled(self, cell: Cell, left: float, right: float) -> list[list[Mark]]:
        """What stands in a cell, line by line."""
        if cell.choices:
            return list(self._choices(cell.choices, left, right))
        made: list[list[Mark]] = []
        for paragraph in cell.paragraphs or ("",):
            lines = break_lines(paragraph, right - left, 0, self.body)
            made += [
                [self._set(line, left, BASE, right - left, last=index == len(lines) - 1)]
                for index, line in enumerate(lines)
            ]
        return made

    def _grid_row(self, row: Sequence[Cell]) -> list[Piece]:
        half = WIDTH / 2
        edges: list[float] = []
        columns: list[list[list[Mark]]] = []
        for index, cell in enumerate(row):
            left = LEFT + index * half
            right = LEFT + half * (index + 1) if len(row) > 1 else RIGHT
            middle = left + g.LABEL_WIDTH
            pad = g.CELL_PADDING
            label = break_lines(cell.label, g.LABEL_WIDTH - 2 * pad, 0, self.body)
            columns.append([[self._centred(line, left, g.LABEL_WIDTH)] for line in label])
            columns.append(self._filled(cell, middle + pad, right - pad))
            edges += [left, middle]
        return self._ruled(columns, [*edges, RIGHT])

    def _centred(self, line: str, left: float, width: float) -> Text:
        return Text(left + (width - self.body(line)) / 2, BASE, line, g.BODY_SIZE)

    def _ruled(self, columns: list[list[list[Mark]]], edges: list[float]) -> list[Piece]:
        """A table row as one piece, or line by line when it is too tall to be moved whole."""
        count = max(len(lines) for lines in columns)
        pad = g.ROW_PADDING
        whole = count * g.LINE + 2 * pad <= ROOM * g.TEAR
        if whole:
            height = count * g.LINE + 2 * pad
            marks: list[Mark] = [Ink(((x, 0), (x, height)), g.RULE) for x in edges]
            marks += [rule(LEFT, RIGHT, 0), rule(LEFT, RIGHT, height)]
            for lines in columns:
                middle = pad + (count - len(lines)) / 2 * g.LINE
                marks += [
                    moved(mark, middle + index * g.LINE)
                    for index, line in enumerate(lines)
                    for mark in line
                ]
            return [Piece(height, tuple(marks))]
        made = []
        for index in range(count):
            top = pad if index == 0 else 0.0
            height = g.LINE + top + (pad if index == count - 1 else 0.0)
            marks = [Ink(((x, 0), (x, height)), g.RULE) for x in edges]
            if index == 0:
                marks.append(rule(LEFT, RIGHT, 0))
            if index == count - 1:
                marks.append(rule(LEFT, RIGHT, height))
            for lines in columns:
                if index < len(lines):
                    marks += [moved(mark, top) for mark in lines[index]]
            made.append(Piece(height, tuple(marks), joined=index > 0))
        return made

    def _ruled_list(self, block: RuledList) -> list[Piece]:
        pad, edges = g.LIST_PADDING, [LEFT, LEFT + g.INDEX_WIDTH]
        share = (RIGHT - edges[-1]) / sum(block.shares)
        for part in block.shares:
            edges.append(edges[-1] + part * share)
        edges[-1] = RIGHT

        def row(texts: Sequence[str], middle: bool) -> list[Piece]:
            columns: list[list[list[Mark]]] = []
            for at, text in enumerate(texts):
                left, wide = edges[at], edges[at + 1] - edges[at]
                lines = break_lines(text, wide - 2 * pad, 0, self.body)
                columns.append(
                    [
                        [
                            self._centred(line, left, wide)
                            if middle or at == 0
                            else Text(left + pad, BASE, line, g.BODY_SIZE)
                        ]
                        for line in lines
                    ]
                )
            return self._ruled(columns, edges)

        head = [replace(piece, keep=True) for piece in row(block.headings, True)]
        made = [
            replace(piece, repeat=() if piece.joined else tuple(head))
            for texts in block.rows
            for piece in row(texts, False)
        ]
        return [Piece(1, gap=True, keep=True), *head, *made, Piece(1.5, gap=True)]

    def _lines_row(self, row: Sequence[Cell]) -> list[Piece]:
        labels = [f"{cell.label}：" for cell in row]
        gutter = 4.0
        share = (WIDTH - sum(self.body(label) for label in labels) - gutter * (len(row) - 1)) / len(
            row
        )
        x = LEFT
        columns: list[tuple[float, float, list[list[Mark]]]] = []
        for cell, label in zip(row, labels, strict=True):
            start = x + self.body(label)
            lines = self._filled(cell, start + g.VALUE_GAP, start + share)
            lines[0].insert(0, Text(x, BASE, label, g.BODY_SIZE))
            columns.append((start, start + share, lines))
            x = start + share + gutter
        if len(columns) == 1:
            start, end, lines = columns[0]
            made = [Piece(g.LINE, tuple(line)) for line in lines]
            last = (*made[-1].marks, rule(start, end, g.LINE - 0.6))
            return [*made[:-1], Piece(g.LINE + 0.6, last)]
        floor = max(len(lines) for _, _, lines in columns) * g.LINE
        marks: list[Mark] = []
        for start, end, lines in columns:
            for index, line in enumerate(lines):
                marks += [moved(mark, index * g.LINE) for mark in line]
            marks.append(rule(start, end, floor - 0.6))
        return [Piece(floor + 0.6, tuple(marks))]

    def _seal(self, block: SealPlace) -> list[Piece]:
        organ = f"{block.organ}（印章）"
        lines = break_lines(organ, WIDTH - 16, 0, self.body)
        centre = RIGHT - 8 - max(self.body(line) for line in [*lines, block.date]) / 2
        marks = tuple(
            Text(
                centre - self.body(line) / 2,
                g.SEAL_SPACE + index * g.LINE + BASE,
                line,
                g.BODY_SIZE,
            )
            for index, line in enumerate([*lines, block.date])
        )
        return [Piece(g.SEAL_SPACE + (len(lines) + 1) * g.LINE, marks)]

    def _copies(self, text: str) -> list[Piece]:
        pitch = g.NOTE_SIZE * POINT * 1.4
        lines = break_lines(text, WIDTH, 0, lambda part: self.measure(part, g.NOTE_SIZE))
        marks: list[Mark] = [rule(LEFT, RIGHT, 0)]
        marks += [
            Text(LEFT, 1.5 + pitch * (index + 0.7), line, g.NOTE_SIZE)
            for index, line in enumerate(lines)
        ]
        return [Piece(2 + pitch * len(lines), tuple(marks), at_foot=True)]

"""Places to sign as pieces: at the end of a document, and at the foot of a page signed by itself."""

from collections.abc import Sequence
from dataclasses import replace

from paper import geometry as g
from paper.blocks import SignatureSlot
from paper.layout import POINT, WIDTH, Ink, Mark, Measure, Piece, Text, rule
from paper.lines import break_lines

LEFT, RIGHT = g.MARGIN_LEFT, g.MARGIN_LEFT + WIDTH
EM = g.BODY_SIZE * POINT


def signed_pieces(slots: Sequence[SignatureSlot], measure: Measure) -> list[Piece]:
    """Places to sign, one under the other, on one page."""
    widest = max(measure(f"{slot.label}：", g.BODY_SIZE) for slot in slots)
    left = LEFT + widest + 1
    made = [Piece(g.LINE / 3, gap=True, keep=True)]
    for index, slot in enumerate(slots):
        floor = g.SIGNATURE_ROW
        top = floor - g.SIGNATURE_HEIGHT
        marks: list[Mark] = [
            Text(LEFT, floor - 0.12 * EM, f"{slot.label}：", g.BODY_SIZE),
            rule(left, left + g.SIGNATURE_WIDTH, floor),
        ]
        marks += [
            Ink(tuple((left + x, top + y) for x, y in stroke), g.INK) for stroke in slot.strokes
        ]
        if slot.mark:
            said, middle = f"（{slot.mark}）", top + g.SIGNATURE_HEIGHT / 2
            inset = (g.SIGNATURE_WIDTH - measure(said, g.NOTE_SIZE)) / 2
            marks.append(Text(left + inset, middle + 1.2, said, g.NOTE_SIZE))
        note = g.NOTE_SIZE * POINT
        right = left + g.SIGNATURE_WIDTH + 3
        lines = break_lines(slot.remark, RIGHT - right, 0, lambda text: measure(text, g.NOTE_SIZE))
        notes = [*lines, slot.date]
        marks += [
            Text(
                right,
                floor - 0.12 * note - (len(notes) - 1 - index) * note * 1.45,
                line,
                g.NOTE_SIZE,
            )
            for index, line in enumerate(notes)
        ]
        last = index == len(slots) - 1
        made.append(Piece(floor, tuple(marks), keep=not last or bool(slot.note)))
        if slot.note:
            made.append(_note(slot.note, measure, keep=not last))
    return made


def page_end_pieces(slots: Sequence[SignatureSlot], measure: Measure) -> list[Piece]:
    """The places to sign at the foot of a page, which ends there."""
    own = signed_pieces(slots, measure)
    last = len(own) - 1
    return [
        replace(piece, at_foot=True, gap=False, keep=at < last, turns=at == last)
        for at, piece in enumerate(own)
    ]


def _note(text: str, measure: Measure, keep: bool) -> Piece:
    """Small text over the whole width, under the place to sign that it speaks of."""
    note = g.NOTE_SIZE * POINT
    lines = break_lines(text, WIDTH, 0, lambda part: measure(part, g.NOTE_SIZE))
    marks = tuple(
        Text(LEFT, 1.6 + note * (0.88 + 1.45 * index), line, g.NOTE_SIZE)
        for index, line in enumerate(lines)
    )
    return Piece(2.6 + note * 1.45 * len(lines), marks, keep=keep)

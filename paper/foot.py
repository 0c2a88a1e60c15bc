"""The strip at the foot of the last page: the QR code that proves the document (验真码)."""

from collections.abc import Sequence
from dataclasses import replace

from paper import geometry as g
from paper.blocks import Document
from paper.layout import WIDTH, Measure, Piece, Squares, Text
from paper.proof import squares

LAST = 3
"""Pieces that go to the page of the code: no sheet of a code alone."""


def proven(document: Document, pieces: Sequence[Piece], measure: Measure) -> list[Piece]:
    """The pieces, and above the copies line the document's code with its line to the left."""
    if document.proof is None:
        return list(pieces)
    side, runs = squares(document.proof.code)
    left = g.MARGIN_LEFT + WIDTH - g.PROOF_SIZE
    floor = g.PROOF_GAP + g.PROOF_SIZE
    line, size = document.proof.line, g.SMALL_SIZE
    text = Text(left - g.PROOF_TEXT - measure(line, size), floor - 0.4, line, size)
    code = Squares(left, g.PROOF_GAP, g.PROOF_SIZE / side, runs)
    strip = Piece(floor + g.PROOF_GAP, (text, code), keep=True, at_foot=True)
    at = len(pieces) - (1 if pieces and pieces[-1].at_foot else 0)
    first = max(0, at - LAST)
    tied = [replace(piece, keep=True) for piece in pieces[first:at]]
    return [*pieces[:first], *tied, strip, *pieces[at:]]

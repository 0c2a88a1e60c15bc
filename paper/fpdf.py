"""Drawing with fpdf2, in pure Python: the tablet, and wherever typst has no wheel."""

import hashlib
from datetime import UTC, datetime
from functools import cache

from fpdf import FPDF
from fpdf.enums import TextMode
from fpdf.fonts import TTFFont

from paper import geometry as g
from paper.blocks import Document
from paper.font import Faces
from paper.foot import proven
from paper.layout import POINT, Ink, Squares, Text, pages
from paper.pieces import pieces_of

BODY, DISPLAY = "body", "display"
WATERMARK = 150
"""Size of the letters across a draft, in points."""


class _Sheets(FPDF):
    """A PDF whose identity comes from its content, not from the moment of drawing."""

    identity = ""

    def file_id(self) -> str:
        """Both halves of the PDF's ID."""
        return f"<{self.identity}><{self.identity}>"


def pdf(document: Document, issued_at: datetime, faces: Faces) -> bytes:
    """The document as PDF; the same bytes for the same input."""
    sheets = _Sheets(orientation="portrait", unit="mm", format="A4")
    sheets.set_auto_page_break(False)
    sheets.set_margin(0)
    sheets.add_font(BODY, fname=faces.body)
    if faces.title is not None:
        sheets.add_font(DISPLAY, fname=faces.title)
    sheets.set_creation_date(issued_at.astimezone(UTC))
    sheets.set_title(f"{document.name} {document.number or ''}".strip())
    sheets.set_producer("zhifa")
    sheets.set_lang("zh-CN")
    if document.proof is not None:
        sheets.set_keywords(", ".join(document.proof.keywords))
    sheets.identity = hashlib.sha256(
        f"{document.template} {document.digest} {issued_at.timestamp()}".encode()
    ).hexdigest()[:32]
    face = sheets.fonts[BODY]
    for known in sheets.fonts.values():
        if isinstance(known, TTFFont):
            # The embedded face keeps the whole face's box; measuring each glyph again costs a third.
            known.ttfont.recalcBBoxes = False

    @cache
    def width_of(char: str) -> float:
        return float(face.get_text_width(char, 1.0, None)[1])

    def measure(text: str, size: float) -> float:
        return sum(map(width_of, text)) * size * POINT

    pieces = proven(document, pieces_of(document, measure), measure)
    for page in pages(document, pieces, measure):
        sheets.add_page()
        if document.watermark:
            _watermark(sheets, document.watermark)
        # Round ends and joints, as a pen leaves them.
        sheets._out("1 J 1 j")
        for mark in page:
            if isinstance(mark, Ink):
                _ink(sheets, mark)
            elif isinstance(mark, Squares):
                _squares(sheets, mark)
            else:
                _text(sheets, mark, faces)
    return bytes(sheets.output())


def _watermark(sheets: FPDF, text: str) -> None:
    """Across the page, pale, before anything else is drawn."""
    middle = g.PAGE_WIDTH / 2, g.PAGE_HEIGHT / 2
    sheets.set_font(BODY, size=WATERMARK)
    sheets.set_text_color(228)
    with sheets.rotation(45, *middle):
        sheets.text(middle[0] - sheets.get_string_width(text) / 2, middle[1] + WATERMARK / 8, text)
    sheets.set_text_color(0)


def _ink(sheets: FPDF, mark: Ink) -> None:
    sheets.set_line_width(mark.thickness)
    points = mark.points
    if len(points) == 1:
        x, y = points[0]
        points = ((x, y), (x + 0.01, y))
    sheets.polyline(points)


def _squares(sheets: FPDF, mark: Squares) -> None:
    # One path, filled once: no hairlines where modules meet.
    side = mark.module / POINT
    left, top = mark.x / POINT, (g.PAGE_HEIGHT - mark.y) / POINT
    shape = " ".join(
        f"{left + x * side:.3f} {top - (y + 1) * side:.3f} {length * side:.3f} {side:.3f} re"
        for x, y, length in mark.runs
    )
    sheets._out(f"q 0 g {shape} f Q")


def _text(sheets: FPDF, mark: Text, faces: Faces) -> None:
    own = mark.display and faces.title is not None
    sheets.set_font(DISPLAY if own else BODY, size=mark.size)
    sheets.set_char_spacing(mark.spacing)
    outlined = mark.display and not own
    if outlined:
        sheets.set_line_width(g.BOLD_STROKE)
        sheets.text_mode = TextMode.FILL_STROKE
    sheets.text(mark.x, mark.y, mark.text)
    if outlined:
        sheets.text_mode = TextMode.FILL
        # The mode outlives its text object, and fpdf2 writes only what differs from FILL.
        sheets._out("BT 0 Tr ET")

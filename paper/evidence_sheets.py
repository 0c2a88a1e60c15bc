"""Evidence on sheets of a case file (证据附页): a picture drawn whole, or what cannot be printed named.

The original's bytes are only read: a smaller copy is drawn, and the sheet says so beside the
original's SHA-256. Each piece of evidence is one page, so that its page in the catalogue is one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from fpdf import FPDF
from PIL import Image, ImageOps

from paper import geometry as g
from paper.font import Faces, characters
from paper.layout import POINT, WIDTH
from paper.lines import Advance, break_lines
from paper.values import GETA

BODY = "body"
LARGEST = 1600
"""Pixels of the longer side of the copy that is drawn: 230 to the inch on a full page."""
QUALITY = 82
TITLE, CAPTION, PITCH = 16.0, g.NOTE_SIZE, 6.2
"""Points of title and caption; millimetres from one line of the caption to the next."""
FRAME = 1.5
"""Between a picture, or what stands for it, and its frame."""


@dataclass(frozen=True, slots=True)
class EvidenceSheet:
    """One sheet (一页). `lines`: what is known of it; `notice`: what is said where no picture is."""

    title: str
    lines: tuple[str, ...]
    picture: Path | None = None
    notice: str = ""


def copy_of(picture: Path) -> bytes | None:
    """A JPEG small enough to print, turned upright, without EXIF; None for what cannot be drawn."""
    try:
        with Image.open(picture) as original:
            original.draft("RGB", (LARGEST, LARGEST))
            copy = ImageOps.exif_transpose(original).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    copy.thumbnail((LARGEST, LARGEST))
    out = BytesIO()
    copy.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def sheets(evidence: Sequence[EvidenceSheet], at: datetime, faces: Faces) -> bytes:
    """A PDF with one page for each piece of evidence, in their order. ValueError for none."""
    if not evidence:
        raise ValueError("no evidence")
    made = FPDF(orientation="portrait", unit="mm", format="A4")
    made.set_auto_page_break(False)
    made.set_margin(0)
    made.add_font(BODY, fname=faces.body)
    made.set_creation_date(at.astimezone(UTC))
    made.set_producer("zhifa")
    drawer = _Drawer(made, faces)
    for one in evidence:
        drawer.sheet(one)
    return bytes(made.output())


class _Drawer:
    def __init__(self, made: FPDF, faces: Faces) -> None:
        self.made = made
        self.known = characters(faces.body)
        face = made.fonts[BODY]

        @cache
        def width_of(char: str) -> float:
            return float(face.get_text_width(char, 1.0, None)[1])

        self.width_of = width_of

    def sheet(self, one: EvidenceSheet) -> None:
        self.made.add_page()
        y = self._lines([one.title], g.MARGIN_TOP, TITLE, TITLE * POINT * 1.4, centred=True) + 3
        caption = self._broken(one.lines, CAPTION)
        floor = g.PAGE_HEIGHT - g.MARGIN_BOTTOM - len(caption) * PITCH - 3
        copy = copy_of(one.picture) if one.picture else None
        foot = self._picture(copy, y, floor) if copy else self._notice(one.notice, y)
        self._lines(caption, foot + 4, CAPTION, PITCH)

    def _picture(self, copy: bytes, top: float, floor: float) -> float:
        """As large as it may be, and never larger than 96 of its pixels to the inch; its foot."""
        with Image.open(BytesIO(copy)) as opened:
            wide, high = opened.size
        room = floor - top - 2 * FRAME
        scale = min((WIDTH - 2 * FRAME) / wide, room / high, 25.4 / 96)
        width, height = wide * scale, high * scale
        left = g.MARGIN_LEFT + (WIDTH - width) / 2
        self.made.image(BytesIO(copy), left, top + FRAME, width, height)
        self.made.set_line_width(g.RULE)
        self.made.rect(left - FRAME, top, width + 2 * FRAME, height + 2 * FRAME)
        return top + height + 2 * FRAME

    def _notice(self, text: str, top: float) -> float:
        """What stands where no picture can: framed, over the whole width; its foot."""
        lines = self._broken([text], g.BODY_SIZE, WIDTH - 16)
        height = len(lines) * g.LINE + 16
        self.made.set_line_width(g.RULE)
        self.made.rect(g.MARGIN_LEFT, top, WIDTH, height)
        self._lines(lines, top + 8, g.BODY_SIZE, g.LINE, indent=8)
        return top + height

    def _broken(self, texts: Sequence[str], size: float, width: float = WIDTH) -> list[str]:
        return [
            line
            for text in texts
            for line in break_lines(self._drawable(text), width, 0, self._measure(size))
        ]

    def _lines(
        self, texts: Sequence[str], top: float, size: float, pitch: float, *,
        centred: bool = False, indent: float = 0.0,
    ) -> float:  # fmt: skip
        measure = self._measure(size)
        self.made.set_font(BODY, size=size)
        for line in self._broken(texts, size):
            x = g.MARGIN_LEFT + ((WIDTH - measure(line)) / 2 if centred else indent)
            self.made.text(x, top + (pitch + 0.76 * size * POINT) / 2, line)
            top += pitch
        return top

    def _measure(self, size: float) -> Advance:
        return lambda text: sum(map(self.width_of, text)) * size * POINT

    def _drawable(self, text: str) -> str:
        return "".join(char if ord(char) in self.known or char == " " else GETA for char in text)

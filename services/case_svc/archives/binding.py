"""The file as one PDF to read and to print (案卷.pdf): its pages counted, gathered and numbered.

A derived copy. The bytes that were issued or taken lie in the package untouched; here their pages
are followed by one more stream each, which writes the page's number at its upper right.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from lawbook.archive.catalogue import Entry
from paper.evidence_sheets import EvidenceSheet, sheets
from paper.font import Faces

UNREADABLE = "页数不能识别，按一页计"
BROKEN = (
    PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError,
)  # fmt: skip
"""What pypdf raises for bytes that are no sound PDF."""
# A damaged page is told in the catalogue, not in the log of the service.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)
SIZE, FROM_RIGHT, FROM_TOP = 12.0, 42.0, 34.0
"""Points: of the number's type, and from the corner of the page to where its last digit ends."""
DIGIT = 0.556
"""Width of a digit of Helvetica, in ems."""
FONT = "/ZhifaPageNumber"
Matrix = tuple[int, int, int, int]


def pages_of(path: Path) -> tuple[int, str]:
    """Pages, and a note for the catalogue where they cannot be told.

    Every page is taken over once for trial: what can be counted here can be bound later.
    """
    try:
        trial = PdfWriter()
        font = trial._add_object(_helvetica())
        for page in PdfReader(path).pages:
            _number(trial, trial.add_page(page), "1", font)
        return max(len(trial.pages), 1), "" if trial.pages else UNREADABLE
    except BROKEN:
        return 1, UNREADABLE


@dataclass(frozen=True, slots=True)
class Bound:
    """One piece as it is bound: its line of the catalogue, its bytes, and what a sheet would say."""

    entry: Entry
    path: Path
    lines: tuple[str, ...] = ()

    @property
    def drawn(self) -> bool:
        """Whether a sheet is drawn for it, having no pages of its own."""
        return self.entry.piece.suffix != ".pdf" or UNREADABLE in self.entry.piece.note

    def sheet(self) -> EvidenceSheet:
        """The sheet that stands for it: a picture where it is one, else its name and where it lies."""
        piece = self.entry.piece
        return EvidenceSheet(
            piece.title, self.lines, None if piece.suffix == ".pdf" else self.path,
            f"本件不能印成书页，原件随案卷保存于：{self.entry.path}",
        )  # fmt: skip


def bind(
    front: Sequence[bytes], pieces: Sequence[Bound], title: str, at: datetime, faces: Faces
) -> bytes:
    """Front pages without numbers, then every piece with its pages numbered through.

    ValueError when a piece takes other pages than its line of the catalogue says.
    """
    writer = PdfWriter()
    writer.add_metadata({"/Title": title, "/Producer": "zhifa"})
    for sheet in front:
        for page in PdfReader(BytesIO(sheet)).pages:
            writer.add_page(page)
    ahead = len(writer.pages)
    drawn = [one.sheet() for one in pieces if one.drawn]
    drawings = iter(PdfReader(BytesIO(sheets(drawn, at, faces))).pages if drawn else ())
    font = writer._add_object(_helvetica())
    for one in pieces:
        entry = one.entry
        begins = len(writer.pages)
        if begins - ahead != entry.page_from - 1:
            raise ValueError(f"{entry.piece.title} does not begin on page {entry.page_from}")
        own = [next(drawings)] if one.drawn else list(PdfReader(one.path).pages)
        for number, page in enumerate(own, entry.page_from):
            _number(writer, writer.add_page(page), str(number), font)
        writer.add_outline_item(title=f"{entry.place} {entry.piece.title}", page_number=begins)
    if pieces and len(writer.pages) - ahead != pieces[-1].entry.page_to:
        raise ValueError("the last piece takes other pages than the catalogue says")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _helvetica() -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )


def _box(page: PageObject) -> tuple[float, float, float, float]:
    box = page.cropbox
    return float(box.left), float(box.bottom), float(box.right), float(box.top)


def _corner(page: PageObject) -> tuple[Matrix, float, float]:
    """How text stands upright for who looks at the page, and which corner is then upper right."""
    left, bottom, right, top = _box(page)
    return {
        0: ((1, 0, 0, 1), right, top),
        90: ((0, 1, -1, 0), left, top),
        180: ((-1, 0, 0, -1), left, bottom),
        270: ((0, -1, 1, 0), right, bottom),
    }[int(page.rotation) % 360]


def _number(writer: PdfWriter, page: PageObject, text: str, font: IndirectObject) -> None:
    """One more stream behind the page's own, which are closed off so that nothing of them lasts."""
    (a, b, c, d), x, y = _corner(page)
    back, down = FROM_RIGHT + DIGIT * SIZE * len(text), FROM_TOP
    x, y = x - a * back - c * down, y - b * back - d * down
    said = f"Q BT {FONT} {SIZE} Tf 0 g {a} {b} {c} {d} {x:.2f} {y:.2f} Tm ({text}) Tj ET"
    given: Any = page.get("/Contents")
    held = given.get_object() if given is not None else None
    own = list(held) if isinstance(held, ArrayObject) else [given] if given is not None else []
    streams = [_stream(writer, b"q "), *own, _stream(writer, f"\n{said}".encode())]
    page[NameObject("/Contents")] = ArrayObject(streams)
    resources: Any = page.get("/Resources")
    resources = resources.get_object() if resources is not None else DictionaryObject()
    fonts: Any = resources.get("/Font")
    fonts = fonts.get_object() if fonts is not None else DictionaryObject()
    # Copies, because other pages of the same document may share these.
    fonts, resources = DictionaryObject(fonts), DictionaryObject(resources)
    fonts[NameObject(FONT)] = font
    resources[NameObject("/Font")] = fonts
    page[NameObject("/Resources")] = resources


def _stream(writer: PdfWriter, content: bytes) -> IndirectObject:
    made = StreamObject()
    made.set_data(content)
    return writer._add_object(made)

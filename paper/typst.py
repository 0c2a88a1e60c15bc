"""Drawing with typst: servers, laptops and Windows tablets.

The sheet (sheet.typ) is fixed; a document reaches it as JSON in `sys.inputs` and is laid out as
strings, so nothing an officer types is ever read as markup. No network, no system fonts.
"""

import json
import re
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from paper import geometry
from paper.blocks import Document, ProofMark
from paper.font import Faces
from paper.proof import squares

if TYPE_CHECKING:
    import typst

SHEET = Path(__file__).with_name("sheet.typ")
WITHOUT_BREAK = r"[^\s\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
"""What may form one word with its neighbour: anything but spaces and Chinese characters."""
WHOLE_LINE, HALF_LINE = 24, 12
"""Longer words than these leave a place to break after every so many characters."""


def pdf(document: Document, issued_at: datetime, faces: Faces) -> bytes:
    """The document as PDF/A-2b; the same bytes for the same input."""
    import typst  # not on Android: only when wanted

    made = typst.compile(
        SHEET.read_bytes(),
        format="pdf",
        font_paths=_fonts(faces),
        ignore_system_fonts=True,
        sys_inputs=_inputs(document, faces),
        pdf_standards="a-2b",
        timestamp=int(issued_at.timestamp()),
    )
    return bytes(made)


def pictures(document: Document, faces: Faces, pixels_per_inch: float = 110) -> list[bytes]:
    """The pages as PNG, for a screen."""
    import typst

    made: bytes | list[bytes] = typst.compile(
        SHEET.read_bytes(),
        format="png",
        ppi=pixels_per_inch,
        font_paths=_fonts(faces),
        ignore_system_fonts=True,
        sys_inputs=_inputs(document, faces),
    )
    return made if isinstance(made, list) else [made]


@lru_cache(maxsize=4)
def _fonts(faces: Faces) -> "typst.Fonts":
    import typst

    folders = {str(face.parent) for face in (faces.body, faces.title) if face is not None}
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=sorted(folders)
    )


def _family(faces: Faces, face: Path) -> str:
    for found in _fonts(faces).fonts():
        if found.path is not None and Path(found.path) == face:
            return str(found.family)
    raise LookupError(f"typst cannot read {face.name}")


def _inputs(document: Document, faces: Faces) -> dict[str, str]:
    measures = {
        name.lower(): value
        for name, value in vars(geometry).items()
        if name.isupper() and isinstance(value, float)
    }
    told = asdict(document)
    del told["proof"]
    return {
        "document": json.dumps(_breakable(told, WHOLE_LINE), ensure_ascii=False),
        "proof": json.dumps(_proof(document.proof), ensure_ascii=False),
        "measures": json.dumps(measures),
        "faces": json.dumps(
            {
                "body": _family(faces, faces.body),
                "title": _family(faces, faces.title) if faces.title else None,
            }
        ),
    }


def _proof(mark: ProofMark | None) -> dict[str, object] | None:
    if mark is None:
        return None
    side, runs = squares(mark.code)
    return {"side": side, "runs": runs, "line": mark.line, "keywords": mark.keywords}


def _breakable(value: object, room: int) -> object:
    """The same content with invisible places to break in words too long for a line."""
    if isinstance(value, str):
        return re.sub(f"({WITHOUT_BREAK}{{{room}}})(?={WITHOUT_BREAK})", "\\1\u200b", value)
    if isinstance(value, dict):
        return {key: _breakable(one, room) for key, one in value.items()}
    if isinstance(value, list | tuple):
        side_by_side = len(value) > 1 and isinstance(value[0], dict) and "label" in value[0]
        return [_breakable(one, HALF_LINE if side_by_side else room) for one in value]
    return value

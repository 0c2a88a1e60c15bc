"""A composed document as PDF bytes, by whichever renderer this device has (出具文书)."""

from datetime import datetime
from importlib.util import find_spec
from typing import Literal

from paper import font
from paper.blocks import Document
from paper.refusals import RendererMissing

Renderer = Literal["typst", "fpdf2"]
MODULES: dict[Renderer, str] = {"typst": "typst", "fpdf2": "fpdf"}


def available() -> list[Renderer]:
    """The renderers on this device, the better one first."""
    return [renderer for renderer, module in MODULES.items() if find_spec(module) is not None]


def render(
    document: Document,
    renderer: Renderer | None = None,
    *,
    issued_at: datetime,
    faces: font.Faces | None = None,
) -> bytes:
    """Draw a document as PDF. The same input gives the same bytes, on any day.

    renderer None takes the best one here. issued_at (aware) becomes the PDF's date.
    faces None takes those of the settings. Raises RendererMissing.
    """
    here = available()
    if renderer is None and here:
        renderer = here[0]
    if renderer is None or renderer not in here:
        raise RendererMissing(f"没有 {renderer or '任何排版组件'}", available=here)
    if issued_at.tzinfo is None:
        raise ValueError("issued_at must carry its offset from UTC")
    faces = faces or font.faces()
    document = font.drawable(document, faces)
    if renderer == "typst":
        from paper import typst

        return typst.pdf(document, issued_at, faces)
    from paper import fpdf

    return fpdf.pdf(document, issued_at, faces)


def pictures(
    document: Document, *, faces: font.Faces | None = None, pixels_per_inch: float = 110
) -> list[bytes]:
    """The pages as PNG, for a screen that shows no PDF. Only typst draws them: RendererMissing."""
    if "typst" not in available():
        raise RendererMissing("本机不能把文书画成图片", available=available())
    from paper import typst

    faces = faces or font.faces()
    return typst.pictures(font.drawable(document, faces), faces, pixels_per_inch)

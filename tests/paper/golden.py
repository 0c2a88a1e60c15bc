"""The pictures that every form's example was looked at in (样张): python -m tests.paper.golden.

A change of a form, of the sheet or of the type changes them: look at them before they are kept.
"""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

from paper import examples, font, typst

FOLDER = Path(__file__).parent / "golden"
PIXELS_PER_INCH = 40
GREYS = 16
APART = 96
"""A pixel that differs by more than this, of 255, is another one: edges may be smoothed otherwise."""
FEW = 0.0005


def picture(code: str, faces: font.Faces) -> Image.Image:
    """Every page of a form's example beside one another, small and grey."""
    document = font.drawable(examples.example(code).composed(), faces)
    pages = [
        Image.open(BytesIO(page)).convert("L")
        for page in typst.pictures(document, faces, PIXELS_PER_INCH)
    ]
    whole = Image.new("L", (sum(page.width for page in pages), pages[0].height), 255)
    left = 0
    for page in pages:
        whole.paste(page, (left, 0))
        left += page.width
    return whole


def differs(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures differ by more than the smoothing of edges."""
    if one.size != other.size:
        return True
    histogram = ImageChops.difference(one.convert("L"), other.convert("L")).histogram()
    return sum(histogram[APART:]) > FEW * one.width * one.height


def main() -> None:
    """Keep the pictures of all examples as they are now, and none of what is gone."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    faces = font.faces()
    for code in examples.codes():
        made = picture(code, faces).quantize(GREYS)
        made.save(FOLDER / f"{code}.png", optimize=True)


if __name__ == "__main__":
    main()

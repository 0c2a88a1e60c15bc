"""Every form looks as it did when it was looked at (样张)."""

import pytest
from PIL import Image, ImageDraw

from paper import examples
from tests.paper import golden


def test_every_form_has_its_picture_and_no_picture_is_left_over():
    assert sorted(path.stem for path in golden.FOLDER.glob("*.png")) == examples.codes()


@pytest.mark.parametrize("code", examples.codes())
def test_a_form_looks_as_it_did(code, faces):
    kept = Image.open(golden.FOLDER / f"{code}.png")
    assert not golden.differs(golden.picture(code, faces), kept), (
        "look at the form; when it is as it should be: python -m tests.paper.golden"
    )


def test_a_line_more_or_a_page_more_is_seen(faces):
    code = "case-filing-approval"
    made = golden.picture(code, faces)
    wider = Image.new("L", (made.width + 1, made.height), 255)
    assert golden.differs(wider, made)
    ImageDraw.Draw(made).line([(60, 300), (300, 300)], fill=0, width=2)
    assert golden.differs(made, Image.open(golden.FOLDER / f"{code}.png"))

"""A draft on paper: printed with its blanks, and marked as no document by either renderer."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from paper import examples
from paper.drafts import MARK, drafted
from paper.render import available, pictures, render
from tests.paper.text import text_of

AT = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize("renderer", available())
def test_what_is_missing_or_wrong_stays_blank(renderer):
    example = examples.example("prior-notice")
    data = dict(example.data) | {"contact": 3, "violations": [{"description": "未培训"}]}
    del data["organ_address"]
    document = drafted(example.template, data)
    assert (document.watermark, document.number) == (MARK, None)
    text = text_of(render(document, renderer, issued_at=AT), None)
    assert "草稿" in text
    assert "未培训" in text


@pytest.mark.parametrize("code", sorted(examples.codes()))
def test_every_form_can_be_drafted_of_nothing(code):
    template = examples.example(code).template
    assert drafted(template, {}).blocks


def test_a_picture_shows_every_page_and_the_mark():
    example = examples.example("prior-notice")
    plain = example.composed()
    marked = drafted(example.template, example.data)
    one, other = (Image.open(BytesIO(pictures(it)[0])).convert("L") for it in (plain, marked))
    assert one.histogram()[228] < 1000 < other.histogram()[228]

"""A record that is signed on every page: where its pages end, on every device alike."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from paper import examples
from paper.blocks import CheckBoxes, PageEnd, Paragraph, Signatures
from paper.compose import compose
from paper.refusals import SignatureElsewhere
from paper.render import render
from tests.paper.text import text_of

EXAMPLE = examples.example("inquiry-record")
AT = datetime(2026, 3, 6, 2, 25, tzinfo=UTC)
TURN = (
    "问：请说明第{}道工序由谁负责、怎样交接、有无书面记录，交接班时检查什么？\n"
    "答：由当班班长负责，填写交接班记录，检查冷却水、报警装置和2号炉的GB 50058防爆接线。\n"
)
"""Figures and Latin among it: faces set them each in another width."""


def asked(turns: int, **said: object) -> dict[str, object]:
    dialogue = "".join(TURN.format(turn) for turn in range(1, turns + 1))
    return {**EXAMPLE.data, "dialogue": dialogue, **said}


@pytest.mark.parametrize("turns", [1, 6, 7, 8, 9, 30, 90])
@pytest.mark.parametrize("renderer", ["fpdf2", "typst"])
def test_both_renderers_end_every_page_where_it_is_signed(turns, renderer):
    document = compose(EXAMPLE.template, asked(turns), None, ())
    ends = [one for one in document.blocks if isinstance(one, PageEnd)]
    pdf = render(document, renderer, issued_at=AT)
    sheets = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    assert len(sheets) == len(document.pages) == len(ends) + 1
    assert [(one.number, one.of) for one in ends] == [
        (number, len(sheets)) for number in range(1, len(sheets))
    ]
    # Nothing is lost between pages, and no signatures stand on a sheet alone.
    assert text_of(pdf).count("道工序由谁负责") == turns
    last = document.blocks[document.blocks.index(ends[-1]) if ends else 0 :]
    assert any(isinstance(one, Paragraph) for one in last)
    assert isinstance(document.blocks[-2], Signatures)


def test_one_sentence_longer_than_a_page_is_divided_where_the_page_is_full():
    document = compose(EXAMPLE.template, asked(0, dialogue="答：" + "没有间断的话" * 600), None, ())
    assert len(document.pages) > 2
    pdf = render(document, "fpdf2", issued_at=AT)
    assert text_of(pdf).count("没有间断的话") >= 590
    assert len(PdfReader(BytesIO(pdf)).pages) == len(document.pages)


def test_a_pages_signature_is_for_that_page_of_that_document():
    given = [one for one in EXAMPLE.signatures if one.role == "party"]
    first, second = given
    assert first.page_digest != second.page_digest
    for wrong in (
        replace(first, page=2), replace(first, page_digest=second.page_digest),
        replace(second, page=3),
    ):  # fmt: skip
        with pytest.raises(SignatureElsewhere, match="页签名时"):
            compose(EXAMPLE.template, EXAMPLE.data, None, [wrong])
    # The same words as page one of another document are another page.
    other = compose(EXAMPLE.template, {**EXAMPLE.data, "phone": "13900000001"}, None, ())
    assert not set(other.pages) & set(EXAMPLE.composed().pages)


def test_the_paper_bears_each_pages_signature_or_that_it_was_refused():
    ends = [one for one in EXAMPLE.composed().blocks if isinstance(one, PageEnd)]
    assert [slot.strokes != () for one in ends for slot in one.slots] == [True]
    party = next(one for one in EXAMPLE.signatures if one.role == "party")
    refused = replace(party, strokes=(), refused="认为记录不全", page=0, page_digest="")
    document = compose(EXAMPLE.template, EXAMPLE.data, None, [refused])
    (end,) = [one for one in document.blocks if isinstance(one, PageEnd)]
    assert end.slots[0].remark == "拒绝签字，情况记于末页"
    assert document.pages == EXAMPLE.composed().pages


def test_the_last_page_says_that_it_was_read_and_what_was_corrected():
    said = {"confirmed": "agreed_but", "corrections": "第1页“十月”更正为“九月”。"}
    document = compose(EXAMPLE.template, {**EXAMPLE.data, **said}, None, ())
    (end,) = [at for at, one in enumerate(document.blocks) if isinstance(one, PageEnd)]
    ticked = [
        [choice.text for choice in one.choices if choice.checked]
        for one in document.blocks[end:]
        if isinstance(one, CheckBoxes)
    ]
    assert ticked == [["以上笔录我已看过，除下列更正外与我所说相符"]]
    told = [one.text for one in document.blocks[end:] if isinstance(one, Paragraph)]
    assert told[-1] == "更正和补充：第1页“十月”更正为“九月”。"

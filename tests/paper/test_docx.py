"""A draft as DOCX: the same words in the same order, well formed, and the same bytes every time."""

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree

import pytest

from paper import examples
from paper.compose import compose
from paper.docx import TICKED, W, docx
from tests.paper.test_render import drawn
from tests.paper.text import text_of

NAME = f"{{{W}}}"


def document_of(made):
    with zipfile.ZipFile(BytesIO(made)) as file:
        assert file.testzip() is None
        for part in file.namelist():
            ElementTree.fromstring(file.read(part))
        return ElementTree.fromstring(file.read("word/document.xml"))


def words(made):
    return "".join(one.text or "" for one in document_of(made).iter(f"{NAME}t"))


def bare(text):
    return re.sub(r"[\s☑☐：]", "", text)


@pytest.mark.parametrize("code", examples.codes())
def test_a_draft_says_what_its_document_says(code, faces):
    given = examples.example(code)
    draft = compose(given.template, given.data, None, [])
    words_of_draft = bare(words(docx(draft)))
    for line in text_of(drawn(given, "fpdf2", faces), given.number).split("。"):
        sentence = bare(line)
        if len(sentence) > 8 and "证号" not in sentence and "（签" not in sentence:
            # Labels of tables stand in another order only within a row.
            assert sentence[:6] in words_of_draft, sentence
    assert bare(given.template.copies_line) in words_of_draft
    assert given.template.name in words_of_draft


def test_a_draft_bears_no_number_and_no_strokes():
    given = examples.example("prior-notice")
    said = words(docx(compose(given.template, given.data, None, [])))
    assert given.number not in said
    assert "（　）应急罚告〔　　〕　　号" in said
    assert said.count("执法人员（签名）") == 2


def test_what_is_typed_is_never_markup():
    given = examples.example("matter-approval")
    data = {**given.data, "content": "<w:b/>&amp; ]]> 甲\n乙"}
    said = words(docx(compose(given.template, data, None, [])))
    assert "<w:b/>&amp; ]]> 甲" in said


def test_boxes_are_characters_that_can_be_changed():
    given = examples.example("case-filing-approval")
    said = words(docx(compose(given.template, given.data, None, [])))
    assert f"{TICKED}执法检查" in said


def test_the_same_draft_has_the_same_bytes():
    given = examples.example("case-closure")
    draft = compose(given.template, given.data, None, [])
    assert docx(draft) == docx(draft)


@pytest.mark.parametrize("code", ["case-filing-approval", "case-service-receipt", "case-cover"])
def test_every_row_of_a_table_fills_the_grid(code):
    for table in document_of(docx(examples.example(code).composed())).iter(f"{NAME}tbl"):
        columns = [int(one.get(f"{NAME}w") or 0) for one in table.iter(f"{NAME}gridCol")]
        for row in table.iter(f"{NAME}tr"):
            widths = [int(one.get(f"{NAME}w") or 0) for one in row.iter(f"{NAME}tcW")]
            spans = [one.find(f"{NAME}tcPr/{NAME}gridSpan") for one in row.iter(f"{NAME}tc")]
            told = [int(one.get(f"{NAME}val") or 0) if one is not None else 1 for one in spans]
            assert sum(widths) == sum(columns)
            assert sum(told) == len(columns)

"""Every document in content/ parses, cites, composes and keeps its example."""

import pytest

from lawbook.identifiers import document_number, parse_document_number
from paper import examples
from paper.compose import number_to_fill

CODES = ["correction-order", "inspection-record", "inspection-scheme", "reinspection-opinion"]
ABBREVIATIONS = {
    "correction-order": "责改",
    "inspection-record": "检记",
    "inspection-scheme": "检查",
    "reinspection-opinion": "复查",
}


def test_the_four_documents_of_an_inspection_are_here():
    assert examples.codes() == CODES


@pytest.mark.parametrize("code", CODES)
def test_a_template_cites_its_basis_and_says_that_it_awaits_confirmation(code):
    template = examples.example(code).template
    assert template.code == code
    assert template.basis
    assert template.status == "待确认"
    assert template.numbering.status == "待确认"


@pytest.mark.parametrize("code", CODES)
def test_its_numbers_are_made_and_read_by_the_lawbook(code):
    template, given = examples.example(code).template, examples.example(code)
    pattern, abbreviation = template.numbering.pattern, template.numbering.abbreviation
    assert abbreviation == ABBREVIATIONS[code]
    made = document_number(pattern, "盐", abbreviation, 2026, 12)
    assert made == f"（盐）应急{abbreviation}〔2026〕12号"
    assert parse_document_number(pattern, given.number) is not None
    assert abbreviation in number_to_fill(template)


@pytest.mark.parametrize("code", CODES)
def test_its_example_composes_with_every_signature(code):
    given = examples.example(code)
    assert given.composed().template == given.template.ref
    asked = sum(signatory.count for signatory in given.template.signatories)
    assert len(given.signatures) == asked


@pytest.mark.parametrize("code", CODES)
def test_every_field_says_where_it_comes_from(code):
    for field in examples.example(code).template.fields:
        assert field.source, field.code


@pytest.mark.parametrize("code", [code for code in CODES if code != "inspection-scheme"])
def test_two_officers_and_the_party_sign(code):
    counts = {one.role: one.count for one in examples.example(code).template.signatories}
    assert counts == {"officer": 2, "party": 1, "witness": 0}


def test_no_remedy_names_the_superior_department_any_more():
    for code in CODES:
        text = (examples.CONTENT / code / "document.toml").read_text(encoding="utf-8")
        assert "上级部门" not in text
        assert "三个月" not in text

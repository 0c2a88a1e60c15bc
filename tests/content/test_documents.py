"""Every document in content/ parses, cites, composes and keeps its example."""

import pytest

from lawbook.identifiers import document_number, parse_document_number
from lawbook.preconditions import TABLE
from paper import examples
from paper.compose import number_to_fill

ABBREVIATIONS = {
    "correction-notice": "更正",
    "correction-order": "责改",
    "evidence-registration-notice": "先保通",
    "inquiry-notice": "询",
    "inquiry-record": None,
    "inspection-notice": "检通",
    "inspection-record": "检记",
    "inspection-scheme": "检查",
    "on-site-measures": "现决",
    "on-the-spot-penalty": "罚当",
    "reinspection-opinion": "复查",
    "sampling-receipt": "抽",
    "seizure-decision": "查扣",
    "service-receipt": "回",
    "survey-record": "勘",
}
"""What stands in the number of each document; None for what bears no number."""
CODES = list(ABBREVIATIONS)
NUMBERED = [code for code, abbreviation in ABBREVIATIONS.items() if abbreviation]
ON_THE_SPOT = [code for code in CODES if code != "inspection-scheme"]


def test_the_documents_of_the_site_are_here():
    assert examples.codes() == CODES


@pytest.mark.parametrize("code", CODES)
def test_a_template_cites_its_basis_and_says_that_it_awaits_confirmation(code):
    template = examples.example(code).template
    assert template.code == code
    assert template.basis
    assert template.status == "待确认"
    assert template.numbering is None or template.numbering.status == "待确认"


@pytest.mark.parametrize("code", NUMBERED)
def test_its_numbers_are_made_and_read_by_the_lawbook(code):
    template, given = examples.example(code).template, examples.example(code)
    assert template.numbering is not None
    assert given.number is not None
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


def test_an_inquiry_on_record_bears_no_number():
    template = examples.example("inquiry-record").template
    assert template.numbering is None
    assert number_to_fill(template) == ""


@pytest.mark.parametrize("code", ON_THE_SPOT)
def test_a_document_of_the_site_says_what_it_is_about(code):
    template = examples.example(code).template
    assert template.about in {"inspection", "reinspection", "document"}
    assert not template.open or template.about == "inspection"


@pytest.mark.parametrize("code", ON_THE_SPOT)
def test_what_only_a_person_can_say_is_written_and_everything_else_has_a_source(code):
    for field in examples.example(code).template.fields:
        assert field.written or not field.source.startswith("written."), field.code
        assert field.written or not field.phrases, field.code


def test_every_document_that_has_conditions_is_here():
    assert set(TABLE) <= set(CODES)


@pytest.mark.parametrize("code", ON_THE_SPOT)
def test_two_officers_and_the_party_sign(code):
    counts = {one.role: one.count for one in examples.example(code).template.signatories}
    assert counts == {"officer": 2, "party": 1, "witness": 0}


def test_no_remedy_names_the_superior_department_any_more():
    for code in CODES:
        text = (examples.CONTENT / code / "document.toml").read_text(encoding="utf-8")
        assert "上级部门" not in text
        assert "三个月" not in text

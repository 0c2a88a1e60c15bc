"""Every document in content/ parses, cites, composes and keeps its example."""

from datetime import date

import pytest

from lawbook.identifiers import document_number, parse_document_number
from lawbook.penalty.facts import facts
from lawbook.penalty.remedies import unused_on
from lawbook.preconditions import TABLE
from paper import examples
from paper.blocks import FormTable, Paragraph, Signatures
from paper.compose import compose, number_to_fill
from paper.filling import filled
from tests.lawbook.penalty.stories import WORLD, ZHAO, in_force

ABBREVIATIONS = {
    "appraisal-commission": "鉴",
    "case-catalogue": None,
    "case-closure": "结",
    "case-cover": None,
    "case-end-approval": "终",
    "case-filing-approval": "立",
    "case-handling-approval": "处呈",
    "case-service-receipt": "送回",
    "case-transfer": "移",
    "case-transfer-approval": None,
    "correction-notice": "更正",
    "correction-order": "责改",
    "court-application": "强执",
    "crime-transfer": "罪移",
    "defence-record": None,
    "deliberation-record": "罚集",
    "demand-notice": "执行催告",
    "evidence-handover": None,
    "evidence-registration-approval": None,
    "evidence-registration-notice": "先保通",
    "fine-reminder": "催缴",
    "hearing-notice": "听通",
    "hearing-record": None,
    "hearing-refusal": "不听通",
    "hearing-report": "听报",
    "hearing-right-notice": "听告",
    "inquiry-notice": "询",
    "inquiry-record": None,
    "inspection-notice": "检通",
    "inspection-record": "检记",
    "inspection-scheme": "检查",
    "investigation-report": "终报",
    "late-payment-fine": "加罚",
    "legal-review-opinion": "法审",
    "matter-approval": "审批",
    "no-penalty-decision": "不罚",
    "on-site-measures": "现决",
    "on-the-spot-penalty": "罚当",
    "payment-relief": "缴批",
    "payment-relief-approval": "缴审",
    "penalty-decision": "罚",
    "penalty-decision-person": "罚",
    "penalty-revocation": "撤罚",
    "prior-notice": "罚告",
    "registered-evidence-approval": None,
    "registered-evidence-decision": "先保处",
    "reinspection-opinion": "复查",
    "sampling-receipt": "抽",
    "seized-goods-approval": None,
    "seized-goods-decision": "查扣处",
    "seizure-approval": None,
    "seizure-decision": "查扣",
    "seizure-extension": "延查扣",
    "service-receipt": "回",
    "supply-cut-decision": "停供",
    "supply-cut-letter": "停供函",
    "supply-restore-letter": "复供函",
    "survey-record": "勘",
    "withdrawal-order": "撤人",
}
"""What stands in the number of each document; None for what bears no number."""
CODES = list(ABBREVIATIONS)
NUMBERED = [code for code, abbreviation in ABBREVIATIONS.items() if abbreviation]
IN_A_CASE = [code for code in CODES if examples.example(code).template.about == "case"]
OF_THE_ARCHIVE = [code for code in CODES if examples.example(code).template.about == "archive"]
IN_THE_OFFICE = {"inspection-scheme", *IN_A_CASE, *OF_THE_ARCHIVE}
ON_THE_SPOT = [code for code in CODES if code not in IN_THE_OFFICE]
BY_YEAR = {"legal-review-opinion", "matter-approval"}
"""Numbered as year-sequence, without the organ's word and the abbreviation."""
INHERITED = {
    "case-closure", "case-filing-approval", "case-handling-approval", "case-service-receipt",
    "court-application", "deliberation-record", "demand-notice", "hearing-right-notice",
    "investigation-report", "no-penalty-decision", "payment-relief", "payment-relief-approval",
    "penalty-decision", "penalty-decision-person", "penalty-revocation", "prior-notice",
}  # fmt: skip
"""Those that bear their case's sequence (沿用案件编号); the others count for themselves."""
OFFICIAL = {
    1: "case-filing-approval", 2: "case-end-approval", 3: "inquiry-notice", 4: "inquiry-record",
    5: "survey-record", 6: "sampling-receipt", 7: "appraisal-commission",
    8: "evidence-registration-approval", 9: "evidence-registration-notice",
    10: "registered-evidence-approval", 11: "registered-evidence-decision", 12: "seizure-approval",
    13: "seizure-decision", 14: "seized-goods-approval", 15: "seized-goods-decision",
    16: "inspection-record", 17: "on-site-measures", 18: "correction-order",
    19: "reinspection-opinion", 20: "prior-notice", 21: "defence-record", 22: "hearing-notice",
    23: "hearing-record", 24: "hearing-report", 25: "case-handling-approval",
    26: "deliberation-record", 27: "on-the-spot-penalty", 28: "on-the-spot-penalty",
    29: "penalty-decision", 30: "penalty-decision-person", 31: "fine-reminder",
    32: "payment-relief-approval", 33: "payment-relief", 34: "service-receipt",
    35: "case-closure", 36: "case-transfer-approval", 37: "case-transfer",
}  # fmt: skip
"""The numbered forms of the official set, 27 and 28 on one sheet that says who is punished."""


def test_no_notice_says_that_the_right_to_be_heard_lapses_on_a_day_that_no_law_sets():
    """行政处罚法 §44, §45 name no days for statement and defence: silence waives nothing, until it is decided."""
    texts = [str(one.get("text")) for one in examples.example("prior-notice").template.layout]
    (heard,) = [one for one in texts if "{defence_days}" in one]
    assert "放弃" not in heard
    assert "该期限由本机关确定" in heard
    assert "作出决定之前提出的，本机关仍予听取" in heard


def test_every_document_of_the_site_and_of_a_case_is_here():
    assert examples.codes() == CODES


def test_the_thirty_seven_numbered_forms_are_here():
    assert list(OFFICIAL) == list(range(1, 38))
    assert set(OFFICIAL.values()) <= set(CODES)


def test_the_forms_that_take_their_case_number_say_so():
    found = {
        code
        for code in CODES
        if (numbering := examples.example(code).template.numbering) and numbering.inherits == "case"
    }
    assert found == INHERITED


@pytest.mark.parametrize("code", IN_A_CASE)
def test_a_form_of_a_case_is_filled_from_the_case_and_not_typed(code):
    """Names, addresses and numbers have a place in the case that they come from."""
    for field in examples.example(code).template.fields:
        if field.code in {"organ", "party_name", "address", "officers", "violations", "case_name"}:
            assert not field.source.startswith("written."), field.code


@pytest.mark.parametrize("code", IN_A_CASE)
def test_a_form_of_a_case_composes_blank_with_places_to_sign(code):
    given = examples.example(code)
    opinions = {
        field.code: None
        for field in given.template.fields
        if not field.required and not field.code.endswith("number")
    }
    blank = compose(given.template, {**given.data, **opinions}, given.number, [])
    slots = [slot for one in blank.blocks if isinstance(one, Signatures) for slot in one.slots]
    assert not any(slot.strokes for slot in slots)
    signed = [
        line
        for one in blank.blocks
        if isinstance(one, FormTable)
        for row in one.rows
        for cell in row.cells
        for line in cell.signed
    ]
    opened = [row for block in given.template.layout if block["kind"] == "form"
              for row in block["rows"] if isinstance(row, dict) and "opinion" in row]  # fmt: skip
    assert len(signed) >= len(opened)


def test_a_hearing_is_asked_for_within_five_working_days():
    text = (examples.CONTENT / "hearing-right-notice" / "document.toml").read_text("utf-8")
    assert "自收到本告知书之日起五个工作日内" in text
    assert "三日" not in text


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
    assert parse_document_number(pattern, given.number) is not None
    if code in BY_YEAR:
        assert made == "2026-12"
        return
    assert made == f"（盐）应急{abbreviation}〔2026〕12号"
    assert abbreviation in number_to_fill(template)


@pytest.mark.parametrize("code", CODES)
def test_its_example_composes_with_every_signature(code):
    given = examples.example(code)
    assert given.composed().template == given.template.ref
    asked = sum(signatory.count for signatory in given.template.signatories)
    once = [one for one in given.signatures if one.page in (0, len(given.composed().pages))]
    assert len(once) == asked


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


def test_a_revocation_says_what_fell_though_the_case_has_no_decision_any_more():
    story = in_force()
    decided, published = story.case.decision, story.case.latest("publish")
    assert decided
    assert published
    story.do("revoke-decision", ZHAO, 1, reason="认定的主要事实不清。")
    assert story.case.decision is None
    data = filled(examples.example("penalty-revocation").template, facts(story.case))
    assert data["decided_on"] == decided.on.isoformat()
    assert data["decision_text"] == decided.said["text"]
    assert data["reason"] == "认定的主要事实不清。"
    assert data["published_on"] == published.said["published_on"]


def test_a_demand_says_that_nobody_asked_for_review_or_sued_only_once_the_periods_are_over():
    """行政强制法 §53: the party may be called on from the sixteenth day, when its periods still run."""
    story, given = in_force(), examples.example("demand-notice")
    early, late = date(2026, 9, 22), date(2026, 9, 23)
    assert unused_on(story.case, WORLD, early) is None
    over = unused_on(story.case, WORLD, late)
    assert over == early
    for on, said in (("2026-09-22", True), (None, False)):
        data = dict(given.data) | {"remedies_over_on": on}
        made = compose(given.template, data, None, ())
        printed = "".join(one.text for one in made.blocks if isinstance(one, Paragraph))
        assert ("在法定期限内不申请行政复议、不提起行政诉讼" in printed) is said
        assert "又不履行下列义务" in printed or "没有履行下列义务" in printed

"""From a template and data to blocks."""

import copy
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lawbook.content import ContentError
from paper import blocks, examples
from paper.compose import compose
from paper.refusals import (
    FieldMissing,
    FieldUnknown,
    FieldUnreadable,
    SignatureElsewhere,
    SignatureUnreadable,
)
from paper.signing import Signature, fit
from paper.template import DocumentTemplate


def filled(code, **changes):
    given = examples.example(code)
    return replace(given, data={**copy.deepcopy(dict(given.data)), **changes}, signatures=())


def paragraphs(document):
    return [block.text for block in document.blocks if isinstance(block, blocks.Paragraph)]


def items(document):
    return [
        item
        for block in document.blocks
        if isinstance(block, blocks.NumberedList)
        for item in block.items
    ]


@pytest.mark.parametrize("blank", [None, "", "  ", "\u200b\n"])
def test_a_missing_required_field_is_refused_by_its_chinese_label(blank):
    with pytest.raises(FieldMissing) as refused:
        filled("inspection-record", place=blank).composed()
    assert refused.value.detail == "缺少：检查场所"


def test_every_missing_field_is_named_at_once():
    given = examples.example("correction-order")
    with pytest.raises(FieldMissing) as refused:
        compose(given.template, {"problems": [{"description": "无"}]}, None, [])
    assert refused.value.facts["fields"] == [
        "执法机关",
        "被检查单位",
        "检查日期",
        "执法人员",
        "存在问题第1项的整改期限",
        "行政复议机关",
        "人民法院",
        "签发日期",
    ]


def test_what_the_form_has_no_place_for_is_refused():
    with pytest.raises(FieldUnknown):
        filled("inspection-record", fine="20000").composed()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("place", 7),
        ("place", ["车间"]),
        ("started_at", "2026-03-05T09:10:00"),
        ("started_at", "昨天"),
        ("officers", "卫建国"),
        ("officers", ["卫建国"]),
        ("party_opinion", "maybe"),
        ("party_opinion", ["agreed"]),
    ],
)
def test_content_of_the_wrong_kind_is_refused(field, value):
    with pytest.raises(FieldUnreadable):
        filled("inspection-record", **{field: value}).composed()


def test_dates_and_moments_are_written_out_on_the_clocks_of_beijing():
    document = filled("inspection-record", started_at="2026-03-04T23:05:00Z").composed()
    assert "检查时间：2026年3月5日7时5分至2026年3月5日11时30分。" in paragraphs(document)


def test_items_due_on_the_same_day_share_a_sentence():
    found = paragraphs(filled("correction-order").composed())
    assert "第1、3项于2026年3月20日前整改完毕。" in found
    assert "第2、4项于2026年3月6日前整改完毕。" in found
    criterion = "《工贸企业重大事故隐患判定标准》（应急管理部令第10号）第七条"
    assert f"上述第1项属于重大事故隐患，判定依据：{criterion}。" in found


def test_when_every_item_is_due_on_one_day_one_sentence_says_so():
    problems = [{"description": "积水", "correct_by": "2026-03-06"}]
    found = paragraphs(filled("correction-order", problems=problems).composed())
    assert "上述全部问题于2026年3月6日前整改完毕。" in found
    assert not any("重大事故隐患" in text for text in found)


def test_an_optional_stretch_disappears_with_its_field():
    problems = [{"description": "积水。", "correct_by": "2026-03-06"}]
    assert items(filled("correction-order", problems=problems).composed()) == ["积水。"]


def test_the_party_is_told_of_review_and_litigation():
    [told] = [text for text in paragraphs(filled("correction-order").composed()) if "复议" in text]
    assert "60日内向运城市盐湖区人民政府申请行政复议" in told
    assert "6个月内依法向运城市盐湖区人民法院提起行政诉讼" in told


def test_a_record_without_findings_says_that_none_were_found():
    assert "检查未发现问题。" in paragraphs(filled("inspection-record", findings=[]).composed())


def test_what_is_filled_in_is_never_read_as_layout():
    hostile = "{organ}[{number}]\\g<0>"
    document = filled("inspection-record", situation=hostile, handling=hostile).composed()
    assert hostile in paragraphs(document)


def test_nothing_invisible_is_printed():
    document = filled("inspection-record", situation="合格\u202e格合不\u0007\ufe0f").composed()
    assert "合格格合不" in paragraphs(document)


def test_a_draft_has_blanks_for_its_number():
    given = filled("inspection-record")
    document = compose(given.template, given.data, None, [])
    assert document.number is None
    assert blocks.NumberLine("（　）应急检记〔　　〕　　号") in document.blocks


def test_a_number_longer_than_any_pattern_is_refused():
    given = filled("inspection-record")
    with pytest.raises(FieldUnreadable):
        compose(given.template, given.data, "号" * 200, [])


def test_a_signature_given_for_other_content_is_refused():
    given = examples.example("inspection-record")
    changed = {**given.data, "situation": "未发现问题。"}
    with pytest.raises(SignatureElsewhere):
        compose(given.template, changed, given.number, given.signatures)


def test_a_signature_the_form_has_no_place_for_is_refused():
    given = examples.example("inspection-record")
    stranger = replace(given.signatures[0], role="judge")
    with pytest.raises(SignatureUnreadable):
        compose(given.template, given.data, given.number, [stranger])


def test_places_to_sign_stand_empty_until_signed():
    [signatures] = [
        block
        for block in filled("inspection-record").composed().blocks
        if isinstance(block, blocks.Signatures)
    ]
    assert [slot.label for slot in signatures.slots] == [
        "检查人员（签名）",
        "检查人员（签名）",
        "被检查单位现场负责人（签名）",
    ]
    assert all(not slot.strokes for slot in signatures.slots)


def signature(strokes):
    return Signature("party", "邵文清", None, datetime(2026, 3, 5, tzinfo=UTC), "", strokes)


def test_strokes_are_scaled_in_proportion_into_the_place_to_sign():
    assert fit(signature([[[0, 0], [400, 120]]])) == (((0.0, 0.0), (40.0, 12.0)),)
    assert fit(signature([[[5, 5], [5, 105]]])) == (((20.0, 0.0), (20.0, 12.0)),)
    assert fit(signature([[[7, 7]]])) == (((20.0, 6.0),),)


@pytest.mark.parametrize(
    "strokes",
    [
        [],
        [[]],
        [[["a", 1]]],
        [[[1]]],
        [[[float("nan"), 1]]],
        [[[float("inf"), 1]]],
        [[[-1e308, 0], [1e308, 0]]],
        [[[1, 1]] * 20_001],
    ],
)
def test_what_is_no_handwriting_is_refused(strokes):
    with pytest.raises(SignatureUnreadable):
        fit(signature(strokes))


def test_a_layout_that_names_no_field_is_a_content_error():
    given = examples.example("inspection-record").template
    body = {
        "code": given.code,
        "name": given.name,
        "version": "1",
        "basis": [],
        "numbering": {"abbreviation": "检记", "pattern": "{sequence}号"},
        "copies": {"count": 1, "text": ""},
        "fields": [],
        "layout": [{"kind": "paragraph", "text": "{organ}"}],
    }
    with pytest.raises(ContentError):
        DocumentTemplate.from_content(body)


def test_a_closed_hearing_says_on_what_ground_and_a_public_one_none():
    """行政处罚法 §64(3)."""
    closed = filled("hearing-notice", openly="closed", closed_ground="trade-secret")
    for given, said in (
        (closed, "不公开举行听证（涉及商业秘密），"),
        (filled("hearing-notice"), "公开举行听证，"),
    ):
        told = paragraphs(compose(given.template, given.data, None, []))
        assert any(said in text for text in told), told

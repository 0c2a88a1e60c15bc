"""A form filled from what is known: the first source that knows, in the form's own terms."""

import pytest

from paper.filling import confirmed, filled, wanting
from paper.template import DocumentTemplate


def form(**field):
    own = {"code": "a", "label": "甲", "kind": "text", "required": True, "source": "x.a"} | field
    return DocumentTemplate.from_content(
        {"code": "own", "name": "表", "version": "1", "basis": ["x"], "fields": [own],
         "copies": {"count": 1, "text": "一份。"}, "layout": [{"kind": "title"}]}
    )  # fmt: skip


OPTIONS = [{"value": "direct", "text": "直接送达"}, {"value": "left", "text": "留置送达"}]
COLUMNS = [
    {"code": "name", "label": "名称", "kind": "text", "required": True},
    {"code": "quantity", "label": "数量", "kind": "text", "required": True},
]


@pytest.mark.parametrize(
    ("field", "known", "found"),
    [
        ({"source": "x.b|x.a"}, {"x": {"a": "甲", "b": ""}}, "甲"),
        ({"source": "entity.name"}, {"party": {"name": "汾滨公司"}}, "汾滨公司"),
        ({"source": "x.0.name"}, {"x": [{"name": "张岳"}]}, "张岳"),
        ({"source": "x.7"}, {"x": []}, None),
        ({"code": "broke"}, {"x": {"a": "安全生产法 §97(3)"}}, "《安全生产法》第九十七条第三项"),
        ({"kind": "money"}, {"x": {"a": 0}}, None),
        ({"kind": "money"}, {"x": {"a": 200}}, 200),
        ({"kind": "integer"}, {"x": {"a": True}}, None),
        ({"kind": "list"}, {"x": {"a": "一项"}}, ["一项"]),
        ({"kind": "date"}, {"x": {"a": "2026-03-05T10:00:00+08:00"}}, "2026-03-05"),
        ({"kind": "date"}, {"x": {"a": "昨天"}}, None),
        ({"kind": "instant"}, {"x": {"a": "2026-03-05T10:00:00"}}, None),
        ({"kind": "choice", "options": OPTIONS}, {"x": {"a": "留置送达"}}, "left"),
        ({"kind": "choice", "options": OPTIONS}, {"x": {"a": "口头"}}, None),
        ({"kind": "choices", "options": OPTIONS}, {"x": {"a": "direct"}}, ["direct"]),
        (
            {"kind": "items", "columns": COLUMNS},
            {"x": {"a": [{"name": "炉", "amount": "壹台", "sha256": "0"}]}},
            [{"name": "炉", "quantity": "壹台"}],
        ),
        ({"kind": "items", "columns": COLUMNS}, {"x": {"a": ["案卷"]}}, [{"name": "案卷"}]),
    ],
)
def test_a_field_takes_what_it_can_hold_and_leaves_the_rest(field, known, found):
    template = form(**field)
    assert filled(template, known).get(template.fields[0].code) == found


def test_what_is_recorded_stands_over_what_is_typed_and_what_is_written_over_what_is_recorded():
    known = {"x": {"a": "案中所记"}}
    assert confirmed(form(), known, {"a": "手写"}) == {"a": "案中所记"}
    assert confirmed(form(written=True), known, {"a": "手写"}) == {"a": "手写"}
    assert confirmed(form(), {}, {"a": "手写"}) == {"a": "手写"}


def test_what_nobody_filled_in_is_named_by_its_label():
    assert wanting(form(), {}) == ["甲"]
    assert wanting(form(), {"a": "x"}) == []

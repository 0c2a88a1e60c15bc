"""The one spelling of content as bytes."""

import pytest

from paper.digest import canonical, digest
from paper.refusals import CannotBeDigested


def test_keys_are_sorted_and_nothing_is_indented():
    assert canonical({"b": [1, True, None], "a": "文"}) == '{"a":"文","b":[1,true,null]}'.encode()


def test_the_order_in_which_fields_were_filled_in_changes_nothing():
    assert digest("k", "1号", {"a": 1, "b": 2}) == digest("k", "1号", {"b": 2, "a": 1})


@pytest.mark.parametrize(
    ("kind", "number", "data"), [("x", "1号", {"a": 1}), ("k", None, {"a": 1}), ("k", "1号", {})]
)
def test_kind_number_and_data_all_count(kind, number, data):
    assert digest(kind, number, data) != digest("k", "1号", {"a": 1})


def test_the_digest_of_a_known_content_never_changes():
    assert digest("inspection-record", None, {"场所": "车间"}) == (
        "66864f6e68cb78a67ab94b560fde7efeea056b5d9c38784788d93b274010052b"
    )


@pytest.mark.parametrize(
    "content", [1.5, float("nan"), {"a": [0.1]}, {1: "a"}, b"a", {"a": {2}}, "\ud800"]
)
def test_what_has_no_single_spelling_is_refused(content):
    with pytest.raises(CannotBeDigested):
        canonical(content)


def test_content_nested_without_end_is_refused():
    content: list[object] = []
    for _ in range(100):
        content = [content]
    with pytest.raises(CannotBeDigested):
        canonical(content)

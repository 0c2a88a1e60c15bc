"""What the check list shows."""

from datetime import timedelta
from typing import Any

import pytest

from field_app.actions.answer_item import answer_item
from field_app.actions.settle_item import settle_item
from field_app.actions.take_photo import keep_photo
from field_app.camera import media_type
from field_app.screens.checklist import view
from field_app.screens.checklist.view import neighbour, onward
from tests.examples import jpeg
from tests.field_app.screens.prepared import begun, said_by_colleague, today


def sheet(*given: Any) -> Any:
    """The view; what it lacks shows in the test."""
    return view.sheet(*given)


def item(*given: Any) -> Any:
    """The view; what it lacks shows in the test."""
    return view.item(*given)


@pytest.fixture
def inspection(store):
    return begun(store)


def test_a_fresh_visit_begins_at_the_first_item(store, inspection):
    shown = sheet(store, inspection)
    assert (shown.answered, shown.total, shown.next_open) == (0, 15, "G01")
    assert {row.word for row in shown.rows} == {"未答"}
    assert shown.progress == "已答 0/15 项"
    assert shown.unconfirmed == "内容待确认"


def test_what_a_list_says_of_itself_is_told_and_what_is_confirmed_says_nothing(store, inspection):
    body = store.packs.body("checklist", "metallurgy", "2026.1")
    for status, told in (
        ("待确认：共64项，已收59项", "内容待确认：共64项，已收59项"),
        ("天数待确认", "内容待确认"),
        ("2026-11-20 市局确认", ""),
    ):
        store.packs.keep("checklist", "metallurgy", "2026.1", "0" * 64, body | {"status": status})
        assert sheet(store, inspection).unconfirmed == told


def test_progress_counts_answers_and_names_the_unmet(store, inspection):
    answer_item(store, inspection, "G01", "met")
    answer_item(store, inspection, "G02", "not_met")
    shown = sheet(store, inspection)
    assert shown.progress == "已答 2/15 项，不符合 1 项"
    assert shown.next_open == "G04"
    assert [row.word for row in shown.rows[:3]] == ["符合", "不符合", "未答"]


def test_an_unmet_item_shows_what_will_be_written_and_by_when(store, inspection):
    answer_item(store, inspection, "G02", "not_met")
    finding = item(store, inspection, "G02", today()).finding
    assert finding.description == "未按规定设置安全生产管理机构或者配备安全生产管理人员"
    assert finding.correct_by == today() + timedelta(30)
    assert "30天后" in finding.correct_by_text


def test_what_the_officer_wrote_stands_in_place_of_the_proposal(store, inspection):
    answer_item(
        store, inspection, "G02", "not_met", description="只有一名兼职人员",
        correct_by=today() + timedelta(3), major=True, remark="已拍照",
    )  # fmt: skip
    shown = item(store, inspection, "G02", today())
    assert shown.finding.description == "只有一名兼职人员"
    assert (shown.finding.major, shown.remark) == (True, "已拍照")
    assert shown.finding.correct_by == today() + timedelta(3)


def test_a_met_item_has_no_finding(store, inspection):
    answer_item(store, inspection, "G02", "not_met")
    answer_item(store, inspection, "G02", "met")
    assert item(store, inspection, "G02", today()).finding is None


def test_photos_stand_with_their_item(store, inspection):
    data = jpeg(64, 48)
    keep_photo(store, inspection, data, media_type(data) or "", caption="G01", check_item="G01")
    assert len(item(store, inspection, "G01", today()).photos) == 1
    assert item(store, inspection, "G02", today()).photos == []
    assert sheet(store, inspection).photos == 1


def test_after_an_answer_the_next_open_item_comes(store, inspection):
    answer_item(store, inspection, "G02", "met")
    answer_item(store, inspection, "G01", "met")
    assert onward(sheet(store, inspection), "G01") == "G04"


def test_from_the_last_item_the_first_open_one_comes(store, inspection):
    shown = sheet(store, inspection)
    assert onward(shown, shown.rows[-1].code) == "G01"


def test_pages_do_not_turn_past_the_ends(store, inspection):
    shown = sheet(store, inspection)
    assert neighbour(shown, "G01", -1) == "G01"
    assert neighbour(shown, "G01", 1) == "G02"
    assert neighbour(shown, shown.rows[-1].code, 1) == shown.rows[-1].code


def test_a_visit_that_is_not_here_is_none(store):
    assert sheet(store, "00000000-0000-4000-8000-999999999999") is None


def test_whose_answer_a_colleagues_is_and_where_two_differ_is_shown(store, inspection):
    answer_item(store, inspection, "G01", "met")
    said_by_colleague(store, inspection, {"G01": "not_met", "G02": "met"})
    shown = sheet(store, inspection)
    rows = {row.code: row for row in shown.rows}
    assert rows["G01"].word == "不一致"
    assert rows["G02"].word == "符合"
    assert rows["G02"].by.startswith("李青 ")
    assert shown.differing == ("G01",)
    assert shown.progress.endswith("不一致 1 项")
    (one,) = item(store, inspection, "G01", today()).differences
    assert (one.label, {choice.text for choice in one.choices}) == (
        "检查结果", {"符合", "不符合"},
    )  # fmt: skip
    assert item(store, inspection, "G02", today()).by.startswith("李青 ")


def test_after_a_choice_nothing_differs(store, inspection):
    answer_item(store, inspection, "G01", "met")
    said_by_colleague(store, inspection, {"G01": "not_met"})
    (one,) = item(store, inspection, "G01", today()).differences
    theirs = next(choice for choice in one.choices if choice.text == "不符合")
    settle_item(store, inspection, "G01", one.field, theirs.patch)
    shown = item(store, inspection, "G01", today())
    assert (shown.answer, shown.differences) == ("not_met", ())

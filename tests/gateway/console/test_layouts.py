"""Layouts, late entry and sums of the pages of cases, without a browser."""

import importlib
import pkgutil
from datetime import UTC, date, datetime, timedelta

import pytest

import lawbook
from gateway.console import case_law, late_entry, layouts
from gateway.console.guard import Fields
from gateway.console.showing import HERE
from lawbook.penalty.kind import REGISTRY
from lawbook.refusal import Refusal
from services.kit.settings import ROOT
from tests.lawbook.penalty import stories

CONTENT = ROOT / "content"


@pytest.mark.parametrize("code", sorted(layouts.LAYOUTS))
def test_a_layout_places_fields_that_the_act_has_each_once(code):
    kind = REGISTRY[code]
    placed = [name for _, names in layouts.LAYOUTS[code] for name in names]
    assert set(placed) <= {field.name for field in kind.shape}
    assert len(placed) == len(set(placed))
    shown = [field.name for group in layouts.grouped(kind, kind.shape) for field in group.fields]
    assert sorted(shown) == sorted(field.name for field in kind.shape)


def test_a_refusal_stands_at_its_field_with_what_to_do():
    kind = REGISTRY["notify-hearing-session"]
    why = {
        "code": "hearing-notice-short",
        "detail": "最迟 2026-03-20 通知",
        "next_step": "另定日期",
    }
    assert layouts.beside(kind, [why]) == {"said.hearing_on": "最迟 2026-03-20 通知。另定日期。"}
    assert layouts.beside(kind, [{"code": "act-not-at-this-stage"}]) == {}


def test_a_day_ahead_stands_at_the_only_day_that_cannot_lie_ahead():
    why = {"code": "day-ahead", "detail": "晚于办理之日"}
    assert list(layouts.beside(REGISTRY["pay"], [why])) == ["said.paid_on"]


def test_what_is_malformed_stands_at_its_path():
    told = [
        {"at": "/body/pay/said/things/0/name", "reason": "太长"},
        {"at": "/body/at", "reason": "x"},
    ]
    assert layouts.malformed(told) == {"said.things.0.name": "太长"}


def test_an_act_is_of_now_unless_it_is_entered_for_an_earlier_moment():
    at, wrong = late_entry.read(Fields([]))
    assert not wrong
    assert datetime.now(UTC) - datetime.fromisoformat(at) < timedelta(minutes=1)
    assert late_entry.read(Fields([("done_at", "2026-03-02T15:00")])) == (
        "2026-03-02T07:00:00+00:00",
        "",
    )


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2999-01-01T09:00", "不能晚于现在"),
        ("yesterday", "日期和时间"),
        ("2026-03-01T09:00", "不能早于"),
    ],
)
def test_a_moment_that_cannot_be_is_told_at_its_field(typed, says):
    case = {"timeline": [{"at": "2026-03-02T01:00:00Z"}]}
    at, wrong = late_entry.read(Fields([("done_at", typed)]), case)
    assert not at
    assert says in wrong


def test_an_act_of_before_the_last_working_day_is_entered_with_its_reason():
    now = datetime.now(HERE)
    long_ago = (now - timedelta(10)).strftime("%Y-%m-%dT%H:%M")
    assert "写明补录的理由" in late_entry.wants_reason(Fields([("done_at", long_ago)]))
    assert "写明" in late_entry.wants_reason(Fields([("done_at", long_ago), ("late_reason", " ")]))
    told = Fields([("done_at", long_ago), ("late_reason", "纸质案卷补录 ")])
    assert (late_entry.wants_reason(told), late_entry.reason(told)) == ("", "纸质案卷补录")
    for typed in ("", now.strftime("%Y-%m-%dT00:00"), "yesterday"):
        assert late_entry.wants_reason(Fields([("done_at", typed)])) == ""
    yesterday = (now - timedelta(1)).strftime("%Y-%m-%dT23:59")
    assert late_entry.wants_reason(Fields([("done_at", yesterday)])) == ""


def test_what_was_entered_afterwards_is_gathered_for_who_approves():
    here = {"at": "2026-03-02T01:00:00Z", "received_at": "2026-03-02T01:00:09Z"}
    late = here | {"received_at": "2026-03-04T01:00:00Z"}
    assert late_entry.marked({"timeline": [here, late]}) == [late]


def test_only_what_came_later_than_it_was_done_is_told_as_entered_later():
    done = {"at": "2026-03-02T01:00:00Z", "received_at": "2026-03-02T01:00:09Z"}
    assert late_entry.entered(done) == ""
    assert late_entry.entered(done | {"received_at": "2026-03-04T01:00:00Z"}) == "2026-03-04 09:00"


@pytest.mark.parametrize(("amount", "count"), [(6_000_000, 2), (1_000_001, 3), (999, 4)])
def test_instalments_come_to_the_whole_sum_month_by_month(amount, count):
    plan = case_law.instalments(amount, count, date(2026, 1, 31))
    assert sum(one["amount"] for one in plan) == amount
    assert [one["due_on"] for one in plan[:2]] == ["2026-01-31", "2026-02-28"]
    assert len(plan) == count


def told(case):
    return {
        "timeline": [
            {
                "id": act.id, "kind": act.kind, "at": act.at.isoformat(), "by": act.by.number,
                "by_name": act.by.name, "said": dict(act.said), "rules": act.rules,
                "officers": [{"number": one.number, "name": one.name} for one in act.officers],
            }
            for act in case.acts
        ]
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(dict(stories.every_story())))
def test_a_case_folded_from_its_page_stands_where_the_lawbook_says(name):
    case = dict(stories.every_story())[name]
    folded = case_law.folded(told(case))
    assert (folded.stage, folded.fine, folded.handlers) == (case.stage, case.fine, case.handlers)


def test_money_is_told_as_of_the_day_that_is_asked_for():
    story = stories.hearing_and_instalments()
    case, pays = told(story.case), story.case.all("pay")
    first, second = (act.day("paid_on") for act in pays)
    days = (first - timedelta(1), second - timedelta(1), second)
    found = [one for day in days if (one := case_law.money(case, CONTENT, day))]
    assert [(one.paid, one.outstanding) for one in found] == [
        (0, 6_000_000), (2_000_000, 4_000_000), (6_000_000, 0),
    ]  # fmt: skip
    assert [one.left for one in found[1].dues] == [0, 4_000_000]


def test_without_a_fine_in_force_there_is_no_money():
    assert case_law.money(told(stories.filed().case), CONTENT, date(2026, 3, 9)) is None


def test_the_earliest_hearing_is_known_for_each_day_of_notice_whose_year_is_announced():
    days = case_law.hearing_days(CONTENT, date(2026, 3, 23))
    assert days["2026-03-23"] == "2026-04-02"
    assert case_law.earliest_hearing(CONTENT, date(2026, 12, 31)) is None


def test_every_refusal_at_a_field_exists_in_the_lawbook():
    for module in pkgutil.walk_packages(lawbook.__path__, "lawbook."):
        importlib.import_module(module.name)
    known, left = set(), [Refusal]
    while left:
        kind = left.pop()
        known.add(kind.code)
        left += kind.__subclasses__()
    assert layouts.BESIDE.keys() <= known

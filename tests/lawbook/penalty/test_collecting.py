"""What is collected: gains and goods each on its own, payments that were none, and what is cut off."""

from typing import Any

import pytest

from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from lawbook.penalty.deadlines import open_limit, open_limits
from lawbook.penalty.duties import duties
from lawbook.penalty.money import taken, taken_outstanding, unperformed
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.standing import spot_served
from tests.lawbook.penalty.stories import WANG, WORLD, Story
from tests.lawbook.penalty.test_remedies import CLOSE, due, suspended_and_taken


def test_gains_and_goods_taken_together_are_each_collected_on_their_own():
    story = suspended_and_taken("confiscation", "goods_confiscation", taken=800_000, goods=300_000)
    assert (taken(story.case), taken_outstanding(story.case)) == (500_000, 500_000)
    assert [str(kind) for kind in unperformed(story.case)] == ["goods_confiscation"]
    pay: dict[str, Any] = {
        "towards": "taken",
        "method": "bank",
        "receipt": "1",
        "paid_on": str(story.on),
    }
    assert story.why("pay", amount=500_001, **pay) == ["more-than-owed"]
    story.do("pay", amount=500_000, **pay)
    # Closing asks each: the gains are paid, the goods are not handed over.
    left = story.refused("propose-closing", **CLOSE)[0]
    assert left.detail == "尚未履行没收非法财物"
    story.do(
        "record-performance",
        duty="goods_confiscation",
        performed=True,
        on=str(story.on),
        text="已入库",
    )
    assert story.why("propose-closing", **CLOSE) == []


def test_neither_gains_nor_goods_grow_behind_the_other():
    story = suspended_and_taken("confiscation", "goods_confiscation", taken=800_000, goods=300_000)
    before = Story(
        Case.of(story.case.acts[: [one.kind for one in story.case.acts].index("decide")]), story.on
    )
    more: dict[str, Any] = {"penalties": ["confiscation", "goods_confiscation"], "text": "没收"}
    for goods in (300_001, 299_999):
        assert "differs-from-approved" in before.why("decide", **more, taken=800_000, goods=goods)
    notified = Story(
        Case.of(story.case.acts[: [one.kind for one in story.case.acts].index("submit-decision")]),
        story.on,
    )
    for goods in (300_001, 299_999):
        said = {"outcome": "penalty", "opinion": "处罚", **more, "taken": 800_000, "goods": goods}
        assert "aggravated" in notified.why("submit-decision", **said)


def cash(story: Story) -> dict[str, Any]:
    return {
        "towards": "fine",
        "amount": 10_000,
        "paid_on": str(story.on),
        "method": "cash",
        "receipt": "1",
    }


@pytest.mark.parametrize("handed_in", [False, True])
def test_a_payment_that_is_reversed_leaves_nothing_of_it_open_and_what_it_closed_open_again(
    handed_in,
):
    story = spot_served()
    assert "pay" in due(story)
    story.do("pay", **cash(story))
    of = story.last.id
    if handed_in:
        story.do("hand-in-cash", of=of, handed_in_on=str(story.on))
    assert ("bank-cash" if handed_in else "hand-in-cash") in due(story)
    assert open_limit(story.case, "pay") is None
    story.do("reverse-payment", WANG, of=of, reason="误登")
    assert {"hand-in-cash", "bank-cash"} & due(story).keys() == set()
    (pay,) = [one for one in duties(story.case, WORLD) if one.name == "pay"]
    assert pay.explained is not None
    assert story.why("propose-closing", **CLOSE)[0] == "still-owed"


def test_a_decision_that_fell_is_not_to_be_paid_again_when_a_payment_is_reversed():
    story = told.in_force()
    story.do(
        "pay",
        day=1,
        towards="fine",
        amount=1_000_000,
        paid_on=str(story.on),
        method="bank",
        receipt="1",
    )
    of = story.last.id
    story.do("record-challenge", day=10, kind="lawsuit", organ="法院", accepted_on=str(story.on))
    story.do("review-outcome", day=20, outcome="changed", fine=1_000_000, received_on=str(story.on))
    story.do("reverse-payment", WANG, of=of, reason="误登")
    assert [one.name for one in open_limits(story.case)].count("pay") == 1


def test_an_older_decision_that_did_not_tell_gains_and_goods_apart_is_performed_as_it_says():
    story = suspended_and_taken("confiscation", "goods_confiscation", taken=800_000, goods=300_000)
    acts = [
        Act.of(act.plain() | {"said": {k: v for k, v in act.said.items() if k != "goods"}})
        for act in story.case.acts
    ]
    older = Case.of(acts)
    assert (taken(older), taken_outstanding(older)) == (0, 0)
    assert [str(kind) for kind in unperformed(older)] == ["confiscation", "goods_confiscation"]


def test_the_service_of_a_power_cut_says_its_moment():
    """安全生产法 §70(2): twenty-four hours run from it."""
    story = told.filed()
    said = told.served("supply-cut", "2026-03-03")
    assert story.why("serve", **said) == ["act-incomplete"]
    assert story.why("serve", **said, served_at="2026-03-02T09:00:00+08:00") == ["service-unproved"]
    assert story.why("serve", **said, served_at="2026-03-03T19:00:00+08:00") == ["day-ahead"]
    assert story.why("serve", **said, served_at="2026-03-03T09:00:00+08:00") == []

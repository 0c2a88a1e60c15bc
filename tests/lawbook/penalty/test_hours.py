"""What the law counts in hours ends at a moment, not on a day (行政强制法 §19、移送规定 §5)."""

from datetime import datetime, timedelta

from lawbook.penalty.act import BEIJING
from lawbook.penalty.duties import Duty, duties
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.standing import THINGS
from tests.lawbook.penalty.stories import ZHAO, Story


def due(story: Story, name: str) -> Duty | None:
    return next((one for one in duties(story.case, story.world) if one.name == name), None)


def test_the_approval_of_an_urgent_sealing_is_due_at_the_hour_also_on_a_holiday():
    """Sealed on Friday, 1 May: Saturday is no working day, and the hours run."""
    story = told.filed()
    story.do("seal", day="2026-05-01", measure="sealing", things=THINGS, place="车间", reason="险",
             basis="安全生产法 §65", urgent=True, urgent_reason="随时可能爆炸")  # fmt: skip
    found = due(story, "make-up-sealing-approval")
    assert found is not None
    assert found.due_at == story.last.at + timedelta(hours=24)
    assert found.due_on == found.due_at.astimezone(BEIJING).date()
    assert found.law == "行政强制法 §19"
    assert found.explained is not None
    assert found.explained.days[-1].reason == "24 小时，至 05月02日 09:02 止"
    sealing = due(story, "sealing")
    assert sealing is not None
    assert sealing.due_at is None


def test_the_head_decides_on_a_transfer_within_three_days_and_it_is_sent_within_twenty_four_hours():
    story = told.filed().do("propose-transfer", report="涉嫌危险作业罪")
    decide = due(story, "decide-transfer")
    assert decide is not None
    assert (str(decide.due_on), decide.due_at, decide.power) == ("2026-03-06", None, "case.approve")
    story.do(
        "transfer",
        ZHAO,
        2,
        kind="crime",
        organ="河津市公安局",
        reason="涉嫌犯罪",
        materials=["案卷"],
    )
    assert due(story, "decide-transfer") is None
    send = due(story, "send-transfer")
    assert send is not None
    assert send.due_at == datetime(2026, 3, 6, 9, 3, tzinfo=BEIJING)
    story.do("send-transfer", sent_at="2026-03-05T15:00:00+08:00", received_by="李警官")
    assert due(story, "send-transfer") is None
    examine = due(story, "police-examine")
    assert examine is not None
    assert examine.waiting


def test_a_transfer_to_another_organ_has_no_hours_and_a_refused_one_is_over():
    story = told.filed().do("propose-transfer", report="涉嫌危险作业罪")
    story.do("decline-transfer", ZHAO, 1, reason="不构成犯罪")
    assert due(story, "decide-transfer") is None
    story.do("transfer", ZHAO, kind="jurisdiction", organ="运城市应急管理局", reason="管辖",
             materials=["案卷"])  # fmt: skip
    assert due(story, "send-transfer") is None

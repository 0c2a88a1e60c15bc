"""Cases that stand one step short of something, and what is said when it is done."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.stories import LI, QIAN, VIOLATION, ZHANG, ZHAO, Story, person

EXPIRED = replace(LI, certificate_valid_until=date(2026, 3, 1))
OTHER = replace(ZHAO, unit="140881")
HANDLING_HEAD = person(ZHANG.number, "张岳", "handle", "approve", "review")
LEFT = {"of": "penalty-notice", "method": "left", "served_on": "2026-03-16"}


def together(story: Story, *people: Any) -> Story:
    story.together = people
    return story


def measure(story: Story, kind: str) -> Story:
    story.do("request-measure", measure=kind, reason="可能灭失")
    return story.do("approve-measure", ZHAO, measure=kind, agreed=True, opinion="同意")


THINGS = [{"name": "安全装置", "amount": "壹台"}]


def registered() -> Story:
    story = measure(told.filed(), "register-evidence")
    return story.do("register-evidence", things=THINGS, place="公司库房", manner="就地")


def sealed(**changes: Any) -> Story:
    story = measure(told.filed(), "seal")
    return story.do("seal", measure="sealing", things=THINGS, place="车间", reason="不符合标准",
                    basis="安全生产法 §65", **changes)  # fmt: skip


def extended() -> Story:
    story = sealed()
    of = story.last.id
    measure(story, "extend-sealing").do("extend-sealing", of=of, reason="案情复杂")
    return measure(story, "extend-sealing")


def refused_afterwards() -> Story:
    story = told.filed().do("seal", measure="sealing", things=THINGS, place="车间", reason="险", urgent=True,
                            basis="安全生产法 §65", urgent_reason="随时可能爆炸")  # fmt: skip
    story.do("request-measure", measure="seal", reason="补办")
    return story.do("approve-measure", ZHAO, measure="seal", agreed=False, opinion="不应采取")


def opener(story: Story, kind: str) -> str:
    act = story.case.ever(kind)
    assert act is not None
    return act.id


def submitted(fine: int = 6_000_000) -> Story:
    story = told.waived(told.notified(fine=fine))
    return story.do("submit-decision", outcome="penalty", opinion="处罚", **told.penalty(fine))


def spot(fine: int = 10_000) -> Story:
    story = Story().do("begin-summary", **told.filing("summary@2021"), certificate_shown=True)
    story.do("notify-penalty", facts="未戴安全帽", **told.penalty(fine))
    return story.do("waive", right="defence", signed_by="周正", signed_on=str(story.on))


def spot_served(fine: int = 10_000) -> Story:
    story = spot(fine).do("decide", **told.penalty(fine))
    story.do("serve", **told.served("decision", story.on))
    return story.do("publish", where="信用中国", published_on=str(story.on))


def changed() -> Story:
    story = told.in_force()
    story.do(
        "record-challenge", day=11, kind="review", organ="河津市人民政府", accepted_on="2026-04-02"
    )
    return story.do(
        "review-outcome", day=20, outcome="changed", fine=5_000_000, received_on="2026-04-20"
    )


def asked() -> Story:
    story = told.notified()
    return story.do("request-hearing", day=1, person="周正", asked_on=str(story.on))


def session(**changes: Any) -> dict[str, Any]:
    return {
        "hearing_on": "2026-04-30", "time": "9:00", "place": "会议室", "public": True, "clerk": "孙平",
        "chair": QIAN.number, "chair_name": "钱敏", "chair_post": "股长", "assessors": [],
        "received_on": "2026-03-18",
    } | changes  # fmt: skip


def late() -> Story:
    """Served on 2026-03-20 and not paid."""
    return told.in_force()


def untold_of_its_right() -> Story:
    story = told.notified(fine=4_000_000).do("notify-penalty", facts="有", **told.penalty())
    return told.waived(story.do("serve", **told.served("penalty-notice", "2026-03-16")))


def unreviewed() -> Story:
    story = told.waived(told.notified(told.concluded(complex=True)))
    return story.do("submit-decision", **DEC).do("deliberate", ZHAO, **told.deliberation())


def unpublished() -> Story:
    story = told.decided().do("serve", **told.served("decision", "2026-03-21"))
    return told.paid_in_full(story, 6_000_000)


def terminating() -> Story:
    return told.asked(told.filed_2026(), "terminate", kind="terminated", findings="企业已注销")


def waits_at_the_end() -> Story:
    """Under the procedure of 2026 all is paid and published, and one matter waits for the head."""
    story = told.waived(told.notified(told.reviewed(told.reported())))
    story = told.approved(story).do("decide", day=1, **told.penalty())
    story.do("serve", day=1, **told.served("decision", story.on + timedelta(1)))
    story.do("publish", where="信用中国", published_on=str(story.on))
    return told.asked(told.paid_in_full(story, 6_000_000), "other")


def unanswered() -> Story:
    story = told.to_the_police(told.filed_2026().do("propose-transfer", report="涉嫌危险作业罪"))
    return story.do("send-transfer", sent_at="2026-03-04T15:00:00+08:00", received_by="李警官")


DEC = {"outcome": "penalty", "opinion": "处罚", **told.penalty()}
CONCLUDE = {"violations": [VIOLATION], "facts": "清楚", "outcome": "penalty", **told.penalty()}
CLOSE = {"performance": "无", "opinion": "结案", "receipts": []}
PAY = {
    "towards": "fine",
    "amount": 6_000_000,
    "paid_on": "2026-03-20",
    "method": "bank",
    "receipt": "1",
}

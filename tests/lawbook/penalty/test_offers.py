"""An act is offered only when there is something for it: every kind, at every point of many cases.

What must have happened before each kind is told here once more, by counting acts and nothing else.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from lawbook.penalty.act import Power
from lawbook.penalty.case import Case
from lawbook.penalty.deadlines import open_limits
from lawbook.penalty.judging import next_acts
from lawbook.penalty.kind import REGISTRY
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.standing import THINGS, changed, extended, registered, sealed
from tests.lawbook.penalty.stories import ZHAO, Story, person
from tests.lawbook.penalty.test_refused_elsewhere import (
    ABOVE,
    answer,
    applied,
    declined,
    dispute,
    ruling,
)

EVERYBODY = person("14088200090", "众人", *(power.value.removeprefix("case.") for power in Power))
Done = Counter[str]


def more(one: str, *others: str) -> Callable[[Done], bool]:
    """More of these were done than of those that settle them."""
    return lambda done: done[one] > sum(done[other] for other in others)


def after(*kinds: str) -> Callable[[Done], bool]:
    """One of these was done."""
    return lambda done: any(done[kind] for kind in kinds)


def decided(done: Done) -> bool:
    fell = done["revoke-decision"] + done["reopen"]
    return done["decide"] + done["decide-no-penalty"] > fell


FILED = after("propose-filing", "supplement-filing")
SUBMITTED = more("submit-decision", "return-decision", "approve-decision", "withdraw-submission")
CLOSING = more("propose-closing", "return-closing", "close", "withdraw-submission")
ASKED = after("request-measure", "conclude-investigation", "propose-transfer")
ASKED_OR_PROPOSED = after(
    "request-measure", "conclude-investigation", "propose-transfer", "propose-filing",
    "supplement-filing", "propose-closing",
)  # fmt: skip
NEEDS: dict[str, Callable[[Done], bool]] = {
    "endorse-filing": FILED, "approve-filing": FILED, "decline-filing": FILED, "return-filing": FILED,
    "withdraw-submission": after("propose-filing", "supplement-filing", "submit-legal-review",
                                 "submit-decision", "propose-closing"),
    "approve-measure": ASKED, "endorse-measure": ASKED, "advise-measure": ASKED_OR_PROPOSED,
    "return-measure": ASKED, "withdraw-measure": ASKED,
    "record-police-answer": lambda done: (
        done["send-transfer"] + done["dispute-police"] > done["record-police-answer"] + done["receive-back"]
    ),
    "hand-over": more("record-police-answer", "hand-over", "receive-back"),
    "register-evidence": more("approve-measure", "register-evidence"),
    "dispose-registered-evidence": more("register-evidence", "dispose-registered-evidence"),
    "extend-sealing": more("seal", "dispose-sealed"), "dispose-sealed": more("seal", "dispose-sealed"),
    "receive-appraisal": more("commission-appraisal", "receive-appraisal"),
    "pause-deciding": lambda done: done["pause-deciding"] == done["resume-deciding"],
    "resume-deciding": more("pause-deciding", "resume-deciding"),
    "extend-deciding": after("approve-filing"),
    "review-legality": more("submit-legal-review", "review-legality", "withdraw-submission"),
    "notify-hearing": after("notify-penalty"), "state-and-defend": after("notify-penalty"),
    "waive": after("notify-penalty"), "request-hearing": after("notify-hearing"),
    "withdraw-hearing": after("request-hearing"), "notify-hearing-session": after("request-hearing"),
    "hold-hearing": after("notify-hearing-session"), "report-hearing": after("hold-hearing"),
    "endorse-decision": SUBMITTED, "approve-decision": SUBMITTED, "return-decision": after("submit-decision"),
    "decide": after("approve-decision", "begin-summary"), "decide-no-penalty": after("approve-decision"),
    "publish": decided, "withdraw-publication": more("publish", "withdraw-publication"),
    "pay": decided, "record-performance": decided, "reverse-payment": more("pay", "reverse-payment"),
    "hand-in-cash": more("pay", "hand-in-cash"), "bank-cash": more("pay", "bank-cash"),
    "defer-payment": decided, "allow-instalments": decided, "add-late-fine": decided,
    "demand": decided, "suspend-enforcement": decided,
    "resume-enforcement": more("suspend-enforcement", "resume-enforcement"),
    "apply-to-court": after("demand"), "record-court-ruling": after("apply-to-court"),
    "record-challenge": decided, "review-outcome": more("record-challenge", "review-outcome"),
    "revoke-decision": decided,
    "reopen": after("review-outcome", "revoke-decision"),
    "receive-back": more("transfer", "receive-back"), "take-over-measure": lambda done: False,
    "request-shutdown": decided,
    "refund": lambda done: done["pay"] > 0 and done["review-outcome"] + done["revoke-decision"] > 0,
    "dispute-police": after("record-police-answer"), "ask-higher-court": after("record-court-ruling"),
    "refer-enforcement": after("review-outcome"),
    "decline-transfer": more("propose-transfer", "decline-transfer", "transfer"),
    "send-transfer": more("transfer", "send-transfer", "receive-back"),
    "report-summary": more("decide", "report-summary"),
    "endorse-closing": CLOSING, "close": CLOSING, "return-closing": CLOSING,
    "archive": after("close", "terminate", "transfer"),
}  # fmt: skip
"""Kind → what must have happened, and not been settled since."""
FREE = {
    "propose-filing": "begins a case", "supplement-filing": "begins a case",
    "begin-summary": "begins a case", "assign-handlers": "a case has handlers",
    "recuse": "a case has people", "delegate": "a case has people", "change-party": "a case has a party",
    "notify-inquiry": "evidence", "record-inquiry": "evidence", "survey-site": "evidence",
    "take-sample": "evidence", "add-evidence": "evidence", "commission-appraisal": "evidence",
    "restate-violations": "a case has violations", "request-measure": "asks for a measure",
    "seal": "what is urgent wants no approval before", "conclude-investigation": "the stage's own end",
    "supplement-investigation": "the stage goes back", "submit-legal-review": "the stage goes on",
    "deliberate": "may always be done", "notify-penalty": "the stage goes on",
    "submit-decision": "the stage goes on", "serve": "other documents are served at any time",
    "propose-transfer": "a crime may be suspected at any time", "terminate": "may end at any time",
    "transfer": "may end at any time",
    "propose-closing": "the stage goes on",
}  # fmt: skip
"""Kinds for which there is always something at their stages, and what."""


def paused() -> Story:
    story = told.filed().do(
        "pause-deciding", ZHAO, 1, law="某规章 §5", reason="公告", since="2026-03-04"
    )
    return story.do("resume-deciding", day=3, on="2026-03-07", reason="期满")


def appraised() -> Story:
    story = sealed().do("commission-appraisal", organ="检测中心", request="强度", things=THINGS,
                        party_told=True)  # fmt: skip
    story.do("receive-appraisal", day=1, organ="检测中心", opinion="不合格", evidence=[])
    of = next(act.id for act in story.case.acts if act.kind == "seal")
    return story.do("dispose-sealed", of=of, result="released", text="退还")


def disposed() -> Story:
    story = registered()
    return story.do("dispose-registered-evidence", of=story.last.id, result="returned", text="退还")


def suspended() -> Story:
    story = told.in_force().do("suspend-enforcement", ZHAO, reason="复议", law="行政复议法 §42",
                               since="2026-03-20")  # fmt: skip
    return story.do("resume-enforcement", reason="期满", on="2026-03-21")


def enforced() -> Story:
    story = told.in_force().do("demand", day="2026-11-10", amount=6_000_000)
    story.do("serve", **told.served("demand", story.on))
    story.do("apply-to-court", ZHAO, "2026-11-30", court="法院", signed_by="赵明远",
             materials=["决定书"], amount=6_000_000)  # fmt: skip
    return story.do("record-court-ruling", outcome="executed", on="2026-11-30")


def turned_down() -> Story:
    story = ruling(applied(), "not-accepted", "2026-11-13").do("ask-higher-court", ZHAO, **ABOVE)
    return ruling(story, "refused", "2026-11-20")


def refused_by_the_police() -> Story:
    story = declined().do("dispute-police", **dispute("reconsideration"))
    return answer(story, 1, "declined")


def to_be_referred() -> Story:
    return changed().do("withdraw-publication", day="2026-06-01", where="网", withdrawn_on="2026-06-01",
                        reason="复议变更")  # fmt: skip


def let_off() -> Story:
    none: dict[str, Any] = {"outcome": "no-penalty", "opinion": "不予处罚"}
    story = told.reviewed(told.concluded()).do("submit-decision", ground="slight", **none)
    story.do("approve-decision", ZHAO, **none)
    return story.do("decide-no-penalty", ground="slight", reason="及时改正")


def suspected() -> Story:
    story = told.to_the_police(told.filed().do("propose-transfer", report="涉嫌危险作业罪"))
    story.do("send-transfer", sent_at="2026-03-04T15:00:00+08:00", received_by="李警官")
    return story.do("receive-back", ZHAO, 5, organ="河津市公安局", reason="没有犯罪事实")


def barred_spot() -> Story:
    story = Story().do("begin-summary", **told.filing("summary@2021"), certificate_shown=True)
    return story.do("add-evidence", evidence=told.EVIDENCE)


def put_to_the_head() -> Story:
    """Under the procedure of 2026: a paused clock, sealed goods released, an instalment."""
    story = told.filed_2026()
    told.asked(story, "pause-deciding", law="某规章 §5", since="2026-03-04")
    story.do("pause-deciding", ZHAO, 1, law="某规章 §5", reason="公告", since="2026-03-04")
    story.do("resume-deciding", day=1, on="2026-03-05", reason="期满")
    told.asked(story, "extend-deciding", law="安全生产违法行为行政处罚办法 §31", days=30)
    story.do("extend-deciding", ZHAO, 1, law="安全生产违法行为行政处罚办法 §31", days=30, reason="复杂",
             superior="运城市应急管理局 1 号")  # fmt: skip
    told.granted(story, "seal").do("seal", measure="sealing", things=THINGS, place="车间", reason="险",
                                   basis="安全生产法 §65")  # fmt: skip
    of = story.last.id
    told.granted(story, "dispose-sealed", of=of, result="released")
    story.do("dispose-sealed", of=of, result="released", text="解除")
    told.asked(story, "terminate", kind="terminated", findings="企业已注销")
    return story.do(
        "terminate", ZHAO, 1, kind="terminated", findings="企业已注销", reason="主体消灭"
    )


def relieved() -> Story:
    story = told.waived(told.notified(told.reviewed(told.reported())))
    story = told.approved(story).do("decide", day=1, **told.penalty())
    story.do("serve", day=1, **told.served("decision", story.on + timedelta(1)))
    plan = {"applied_on": str(story.on), "instalments": [
        {"due_on": str(story.on + timedelta(30)), "amount": 2_000_000},
        {"due_on": str(story.on + timedelta(60)), "amount": 4_000_000}]}  # fmt: skip
    told.asked(story, "allow-instalments", **plan)
    return story.do("allow-instalments", ZHAO, 1, reason="资金周转困难", **plan)


MORE = (
    put_to_the_head,
    relieved,
    told.handed_to_the_police,
    paused,
    appraised,
    disposed,
    suspended,
    enforced,
    let_off,
    suspected,
    barred_spot,
    extended,
    changed,
    turned_down,
    refused_by_the_police,
    to_be_referred,
)


@cache
def everywhere() -> tuple[tuple[Done, frozenset[str]], ...]:
    """At each point of every case: what was done, and what is offered to who may do everything."""
    cases = [case for _, case in told.every_story()] + [story().case for story in MORE]
    return tuple(point for case in cases for point in _points(case))


def _points(case: Case) -> Iterator[tuple[Done, frozenset[str]]]:
    for n in range(1, len(case.acts) + 1):
        here = Case.of(case.acts[:n])
        offers = next_acts(here, EVERYBODY, here.acts[-1].on + timedelta(1), told.WORLD)
        yield (
            Counter(act.kind for act in here.acts),
            frozenset(one.kind.code for one in offers if one.lawful),
        )


def test_every_kind_is_accounted_for():
    assert NEEDS.keys() | FREE.keys() == REGISTRY.keys()
    assert not NEEDS.keys() & FREE.keys()


@pytest.mark.parametrize("kind", sorted(NEEDS))
def test_what_there_is_nothing_for_is_not_offered(kind):
    wrong = [done for done, offered in everywhere() if kind in offered and not NEEDS[kind](done)]
    assert wrong == []


NEVER_HERE = {
    # One day after the last act is too early or too late for these, and these are only theirs who
    # chair or who submitted, or ask what is held at the site: other tests do them.
    "add-late-fine", "apply-to-court", "demand", "take-over-measure",
    "record-performance", "hold-hearing", "withdraw-submission", "refund",
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(NEEDS.keys() - NEVER_HERE))
def test_what_there_is_something_for_is_offered_somewhere(kind):
    assert any(kind in offered for _, offered in everywhere())


@pytest.mark.parametrize(
    ("story", "kind"),
    [
        (told.filed, "dispose-sealed"), (told.filed, "dispose-registered-evidence"),
        (appraised, "dispose-sealed"), (appraised, "extend-sealing"), (disposed, "dispose-registered-evidence"),
        (appraised, "receive-appraisal"), (told.filed, "approve-measure"), (paused, "resume-deciding"),
        (told.in_force, "publish"), (let_off, "publish"), (told.in_force, "reverse-payment"),
        (suspended, "resume-enforcement"),
    ],
)  # fmt: skip
def test_what_is_settled_is_not_offered_again(story, kind):
    here = story().case
    offers = {
        one.kind.code: one for one in next_acts(here, EVERYBODY, here.acts[-1].on, told.WORLD)
    }
    assert "nothing-open" in [one.code for one in offers[kind].refusals]


def test_the_approval_of_one_measure_leaves_the_request_for_another_open():
    story = told.filed()
    story.do("request-measure", measure="seal", reason="险")
    story.do("request-measure", measure="register-evidence", reason="可能灭失")
    story.do("approve-measure", ZHAO, measure="seal", agreed=True, opinion="同意")
    again: dict[str, Any] = {"measure": "seal", "agreed": True, "opinion": "同意"}
    assert story.why("approve-measure", ZHAO, **again) == ["nothing-open"]
    assert story.why("approve-measure", ZHAO, **again | {"measure": "register-evidence"}) == []


def test_a_changed_decision_is_published_anew():
    story = changed()
    story.do("withdraw-publication", where="信用中国", withdrawn_on=str(story.on), reason="变更")
    assert story.why("publish", where="信用中国", published_on=str(story.on)) == []


def test_a_waiver_after_the_right_was_used_is_of_nothing():
    story = told.waived(told.notified())
    again: dict[str, Any] = {"right": "both", "signed_by": "周正", "signed_on": str(story.on)}
    assert story.why("waive", **again) == ["nothing-open"]
    assert story.why("request-hearing", person="周正", asked_on=str(story.on)) == ["nothing-open"]


def test_an_urgent_sealing_is_made_up_for_by_the_approval_of_a_sealing_and_of_nothing_else():
    story = told.filed()
    story.do("seal", measure="sealing", things=THINGS, place="车间", reason="险", basis="安全生产法 §65",
             urgent=True, urgent_reason="随时可能爆炸")  # fmt: skip
    story.do("request-measure", measure="register-evidence", reason="可能灭失")
    story.do("approve-measure", ZHAO, measure="register-evidence", agreed=True, opinion="同意")
    assert "make-up-sealing-approval" in names(story)
    story.do("request-measure", measure="seal", reason="险")
    story.do("approve-measure", ZHAO, measure="seal", agreed=True, opinion="同意")
    assert "make-up-sealing-approval" not in names(story)


def names(story: Story) -> set[str]:
    return {one.name for one in open_limits(story.case)}

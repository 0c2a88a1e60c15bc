"""Closing asks for paper: each act that by law makes a document has it, and what is lacking is named."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from lawbook.case_papers import FOR_SEALING, PAPERS
from lawbook.case_preconditions import TABLE
from lawbook.paper_matching import Issued, act_for, lacking
from lawbook.penalty.case import Case
from lawbook.penalty.kind import REGISTRY
from services.kit.settings import ROOT
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.stories import ZHANG, Story

STORIES = dict(told.every_story())
WITHOUT = {
    # Acts whose record is the act itself, or that another act's document tells.
    "add-evidence", "approve-measure", "archive", "assign-handlers", "bank-cash", "begin-summary",
    "change-party", "decline-filing", "decline-transfer", "propose-transfer", "send-transfer",
    "delegate", "endorse-closing", "endorse-decision",
    "endorse-filing", "extend-deciding", "hand-in-cash", "pause-deciding", "pay", "propose-closing",
    "propose-filing", "publish", "receive-appraisal", "receive-back", "record-challenge",
    "record-court-ruling", "record-performance", "recuse", "reopen", "report-summary", "request-hearing",
    "request-measure", "endorse-measure", "advise-measure", "return-measure", "withdraw-measure",
    "record-police-answer", "take-over-measure", "request-shutdown", "refund",
    "dispute-police", "ask-higher-court", "refer-enforcement",
    "restate-violations", "resume-deciding", "resume-enforcement",
    "return-closing", "return-decision", "return-filing", "reverse-payment", "review-outcome",
    "submit-decision", "submit-legal-review", "supplement-filing", "supplement-investigation",
    "suspend-enforcement", "waive", "withdraw-hearing", "withdraw-publication",
    "withdraw-submission",
}  # fmt: skip


def test_every_act_makes_a_document_or_is_known_to_make_none():
    assert PAPERS.keys() | WITHOUT == REGISTRY.keys()
    assert not PAPERS.keys() & WITHOUT


@pytest.mark.parametrize("act", sorted(PAPERS))
def test_each_document_is_a_form_that_there_is_with_its_article(act):
    for paper in PAPERS[act]:
        assert "§" in paper.law
        for form in paper.forms:
            assert (ROOT / "content" / "documents" / form / "document.toml").is_file(), form
        assert set(paper.forms) & TABLE.keys()


LATE = date(2027, 1, 1)


def stand(*forms: str, on: date = LATE, party: str = "", act: str = "") -> list[Issued]:
    return [Issued(form, on, party, act) for form in forms]


def titles(case: Case, *issued: str, sealing: bool = False) -> list[str]:
    return [one.paper.title for one in lacking(case, stand(*issued), sealing=sealing)]


ORDINARY = (
    "case-filing-approval", "investigation-report", "legal-review-opinion", "legal-review-opinion",
    "deliberation-record", "prior-notice", "hearing-right-notice", "hearing-notice", "hearing-record",
    "hearing-report", "case-handling-approval", "penalty-decision", "case-service-receipt",
    "payment-relief-approval", "payment-relief", "payment-relief",
)  # fmt: skip


def test_the_ordinary_case_has_the_documents_of_its_acts_and_each_is_missed():
    case = STORIES["hearing-and-instalments"]
    assert titles(case, *ORDINARY) == []
    for n in range(len(ORDINARY)):
        left = ORDINARY[:n] + ORDINARY[n + 1 :]
        # 听证告知书 tells all that 告知书 tells: without the latter the former does.
        wanted = 0 if ORDINARY[n] == "prior-notice" else 1
        assert len(titles(case, *left)) == wanted, ORDINARY[n]
    assert titles(case, *ORDINARY, sealing=True) == ["结案审批表"]
    assert {"close"} == FOR_SEALING


def test_the_summary_case_has_one_document_and_its_receipt():
    assert titles(STORIES["on-the-spot"]) == ["行政（当场）处罚决定书", "文书送达回执"]
    assert titles(STORIES["on-the-spot"], "on-the-spot-penalty", "service-receipt") == []


def test_what_is_decided_anew_is_put_on_paper_anew():
    found = titles(STORIES["revoked-and-reopened"])
    assert found.count("行政处罚决定书") == found.count("案件调查终结报告") == 2
    assert found.count("立案审批表") == found.count("文书送达回执") == 1


def test_each_inquiry_has_its_record_and_the_refusal_counts_them():
    story = told.in_force()
    told.paid_in_full(story, 6_000_000)
    story.world = replace(story.world, papers=stand(*ORDINARY))
    close: dict[str, Any] = {"performance": "已缴清", "opinion": "结案", "receipts": []}
    assert story.why("propose-closing", **close) == []
    story.world = replace(
        story.world, papers=stand(*set(ORDINARY) - {"deliberation-record"}, "legal-review-opinion")
    )
    (refusal,) = story.refused("propose-closing", ZHANG, **close)
    told_of = refusal.problem()
    assert told_of["code"] == "papers-lacking"
    meeting = story.case.ever("deliberate")
    assert meeting
    named = f"行政处罚集体讨论记录（对应 {meeting.on} 的“集体讨论”）"
    assert told_of["detail"] == f"尚未出具：{named}"
    assert told_of["wanting"] == [
        {
            "title": f"尚未出具{named}", "law": "行政处罚法 §57(2)",
            "next_step": "制作、出具行政处罚集体讨论记录",
            "mends": {"kind": "document", "code": "deliberation-record", "act": meeting.id},
        }
    ]  # fmt: skip
    said: dict[str, Any] = {"person": "周正", "session": 1, "place": "局", "text": "问答", "confirmed": True,
            "from": "2026-03-03T09:00:00+08:00", "until": "2026-03-03T10:00:00+08:00"}  # fmt: skip
    asked: Story = told.filed()
    asked.do("record-inquiry", **said).do("record-inquiry", **said)
    first, second = asked.case.all("record-inquiry")
    both = stand("case-filing-approval", "inquiry-record")
    (one,) = lacking(asked.case, both)
    assert one.told == f"询问笔录（对应 {first.on} 的“询问并制作笔录”）"
    # A record that says of which inquiry it is leaves the other one lacking, whichever came first.
    (one,) = lacking(asked.case, [*both[:1], *stand("inquiry-record", act=first.id)])
    assert one.act is second
    for issued, act in ((both[:1], first), (both, first), ([*both, both[1]], second)):
        assert act_for(asked.case, "inquiry-record", issued) is act


def test_a_document_of_another_party_or_older_than_its_act_is_not_of_it():
    story = told.filed()
    filed, name = story.case.ever("approve-filing"), told.PARTY["name"]
    assert filed
    paper = "case-filing-approval"
    assert lacking(story.case, stand(paper, on=filed.on, party=name)) == []
    (old,) = lacking(story.case, stand(paper, on=date(2026, 3, 2), party=name))
    assert "早于" in old.told
    (strange,) = lacking(story.case, stand(paper, party="绛县某厂"))
    assert "当事人" in strange.told
    story.do("change-party", day=5, party={"kind": "organisation", "name": "汾滨机械（河津）有限公司"},
             reason="更名")  # fmt: skip
    renamed = story.on
    # What was made before keeps the old name; what is made later bears the new one, with the old beside it.
    assert lacking(story.case, stand(paper, on=filed.on, party=name)) == []
    assert (
        lacking(story.case, stand(paper, party=f"汾滨机械（河津）有限公司（原名：{name}）")) == []
    )
    assert lacking(story.case, stand(paper, on=renamed.replace(day=20), party=name)) != []


def test_a_request_that_was_answered_is_on_paper_and_one_that_came_back_need_not_be():
    story = Story().do("propose-filing", **told.filing("ordinary@2026"))
    story.do("approve-filing", told.ZHAO, 1, opinion="同意立案")
    papers = stand("case-filing-approval")
    ask: dict[str, Any] = {"measure": "other", "reason": "商请协助"}
    story.do("request-measure", **ask)
    assert lacking(story.case, papers) == []
    waits = act_for(story.case, "matter-approval", papers)
    assert waits is story.last
    story.do("return-measure", told.ZHAO, 1, measure="other", opinion="写明协助的事项")
    assert lacking(story.case, papers) == []
    story.do("request-measure", **ask)
    again = story.last
    story.do("approve-measure", told.ZHAO, 1, measure="other", agreed=False, opinion="不必协助")
    (one,) = lacking(story.case, papers)
    assert (one.act, one.paper.forms) == (again, ("matter-approval",))
    assert "报批事项：其他有关事项" in one.told
    # Not by one that is older than the answer that it bears.
    assert lacking(story.case, [*papers, *stand("matter-approval", on=date(2026, 3, 2))]) != []
    assert lacking(story.case, [*papers, *stand("matter-approval", act=again.id)]) == []

"""Closing asks for paper: each act that by law makes a document has it, and what is lacking is named."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from lawbook.case_papers import FOR_SEALING, PAPERS, lacking
from lawbook.case_preconditions import TABLE
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
    "record-court-ruling", "recuse", "reopen", "report-summary", "request-hearing",
    "request-measure", "restate-violations", "resume-deciding", "resume-enforcement",
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


def titles(case: Case, *issued: str, sealing: bool = False) -> list[str]:
    return [one.paper.title for one in lacking(case, Counter(issued), sealing=sealing)]


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
    found = {one.paper.title: one.wanted for one in lacking(STORIES["revoked-and-reopened"], {})}
    assert found["行政处罚决定书"] == 2
    assert found["案件调查终结报告"] == 2
    assert found["立案审批表"] == found["文书送达回执"] == 1


def test_each_inquiry_has_its_record_and_the_refusal_counts_them():
    story = told.in_force()
    told.paid_in_full(story, 6_000_000)
    story.world = replace(story.world, papers=Counter(ORDINARY))
    close: dict[str, Any] = {"performance": "已缴清", "opinion": "结案", "receipts": []}
    assert story.why("propose-closing", **close) == []
    story.world = replace(story.world, papers=Counter(ORDINARY) - Counter(["deliberation-record"]))
    (refusal,) = story.refused("propose-closing", ZHANG, **close)
    told_of = refusal.problem()
    assert told_of["code"] == "papers-lacking"
    assert told_of["detail"] == "尚未出具：行政处罚集体讨论记录"
    assert told_of["wanting"] == [
        {
            "title": "尚未出具行政处罚集体讨论记录", "law": "行政处罚法 §57(2)",
            "next_step": "制作、出具行政处罚集体讨论记录",
            "mends": {"kind": "document", "code": "deliberation-record"},
        }
    ]  # fmt: skip
    said: dict[str, Any] = {"person": "周正", "session": 1, "place": "局", "text": "问答", "confirmed": True,
            "from": "2026-03-03T09:00:00+08:00", "until": "2026-03-03T10:00:00+08:00"}  # fmt: skip
    asked: Story = told.filed()
    asked.do("record-inquiry", **said).do("record-inquiry", **said)
    (two,) = lacking(asked.case, Counter(["case-filing-approval", "inquiry-record"]))
    assert two.told == "询问笔录（应有 2 份，已出具 1 份）"

"""The tables of procedures: every stage is reached, only the final ones are final, each way is cited."""

from datetime import date, timedelta
from typing import Any

import pytest

from lawbook.penalty.kind import REGISTRY
from lawbook.penalty.procedure import Procedure, ProcedureUnknown
from lawbook.penalty.stages import FINAL, TITLES, Stage
from lawbook.penalty.tables import PROCEDURES, in_force, procedure
from services.kit.settings import ROOT
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.stories import WANG, ZHAO, Story

EACH = pytest.mark.parametrize("table", PROCEDURES.values(), ids=lambda one: one.ref)


def reached(table: Procedure, start: Stage) -> set[Stage]:
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        on = {step.to for step in table.steps if step.stage is here} - seen
        seen |= on
        waiting += on
    return seen


@EACH
def test_every_stage_of_a_table_is_reached_from_its_start(table):
    assert reached(table, Stage.LEAD) == table.stages


@EACH
def test_from_every_stage_the_end_is_in_sight_and_only_final_ones_lead_nowhere(table):
    for stage in table.stages:
        assert reached(table, stage) & FINAL, stage
        assert any(step.stage is stage for step in table.steps) == (stage not in FINAL), stage


@EACH
def test_nothing_may_be_done_in_a_case_that_is_over(table):
    assert [kind for kind in REGISTRY if any(table.may(stage, kind) for stage in FINAL)] == []


@EACH
def test_every_step_cites_an_article_and_every_act_of_the_table_is_known(table):
    assert all("§" in step.law for step in table.steps)
    assert table.kinds <= REGISTRY.keys()


def test_every_kind_of_act_cites_an_article_and_has_a_place_in_some_procedure():
    assert all("§" in kind.law and kind.title for kind in REGISTRY.values())
    assert frozenset().union(*(one.kinds for one in PROCEDURES.values())) == REGISTRY.keys()


def test_every_stage_has_its_chinese_name():
    assert TITLES.keys() == set(Stage)


def declined() -> Story:
    story = Story().do("propose-filing", **told.filing())
    story.do("return-filing", ZHAO, 1, opinion="补充证据")
    return story.do("decline-filing", ZHAO, 1, reason="违法事实不成立")


def terminated() -> Story:
    story = told.filed().do(
        "terminate", ZHAO, 1, kind="terminated", findings="企业注销", reason="主体消灭"
    )
    return story.do("archive", WANG, number="1", kept="ten")


def enforced() -> Story:
    """Neither paid nor challenged: demanded, then the court."""
    story = told.in_force()
    story.do("demand", day="2026-11-10", amount=6_000_000)
    story.do("serve", day="2026-11-10", **told.served("demand", "2026-11-10"))
    return story.do("apply-to-court", ZHAO, "2026-11-30", court="河津市人民法院", signed_by="赵明远",
                    materials=["决定书", "催告书"], amount=6_000_000)  # fmt: skip


def test_every_stage_is_reached_by_lawful_acts_alone():
    cases = [case for _, case in told.every_story()]
    cases += [declined().case, terminated().case, enforced().case]
    seen = {Stage.LEAD}
    for case in cases:
        here = type(case)()
        for act in case.acts:
            here = here.after(act)
            seen.add(here.stage)
    assert seen == set(Stage)


def test_a_case_pins_the_version_of_the_day_on_which_it_is_filed():
    assert in_force("ordinary", date(2026, 3, 2)).ref == "ordinary@2021"
    with pytest.raises(ProcedureUnknown):
        in_force("ordinary", date(2021, 7, 14))
    with pytest.raises(ProcedureUnknown):
        procedure("ordinary@1996")
    assert told.filed().case.procedure.ref == "ordinary@2021"
    assert told.on_the_spot().case.procedure.ref == "summary@2021"


@pytest.mark.parametrize("reported", [told.reported, lambda: told.reviewed(told.concluded())])
def test_what_was_approved_and_not_decided_goes_back_to_the_investigation_under_2026(reported):
    """行政处罚法 §54、§57: new facts between approval and decision; what follows is done anew."""
    story = told.approved(told.waived(told.notified(reported())))
    back = {"to": "investigation", "opinion": "发现新的违法事实"}
    if story.case.procedure.ref != told.BY_2026:
        assert story.why("return-decision", ZHAO, **back) == ["act-not-at-this-stage"]
        return
    assert story.why("return-decision", ZHAO, **back) == []
    story.do("supplement-investigation", reason="发现新的违法事实")
    assert (story.case.stage, story.case.latest("approve-decision")) == (Stage.INVESTIGATING, None)


def test_papers_that_come_after_the_decision_enter_the_file_under_2026():
    """行政处罚法 §47: a ruling, a receipt, an answer of the police is kept with the case."""
    paper = [{"name": "行政复议决定书", "kind": "书证", "sha256": "0" * 64}]
    old = told.in_force()
    assert old.why("add-evidence", evidence=paper) == ["act-not-at-this-stage"]
    story = told.approved(told.waived(told.notified(told.reviewed(told.reported()))))
    story.do("decide", day=1, **told.penalty())
    story.do("serve", day=1, **told.served("decision", story.on + timedelta(1)))
    story.do("add-evidence", evidence=[{"name": "缴款书", "kind": "书证"}])
    story.do(
        "record-challenge", day=9, kind="review", organ="河津市人民政府", accepted_on=str(story.on)
    )
    story.do("review-outcome", day=9, outcome="upheld", received_on=str(story.on), evidence=paper)
    assert [one["name"] for one in story.case.evidence][-2:] == ["缴款书", "行政复议决定书"]
    spot = Story().do("begin-summary", **told.filing("summary@2026"), certificate_shown=True)
    spot.do("terminate", ZHAO, kind="converted", findings="需要调查", reason="不能当场处罚")
    assert spot.why("add-evidence", evidence=paper) == []


def test_a_record_of_inquiry_is_signed_or_says_why_it_is_not():
    """行政处罚法 §55(2), as §64(8) of a hearing."""
    said: dict[str, Any] = {
        "person": "周正", "session": 1, "from": "2026-03-03T09:00:00+08:00",
        "until": "2026-03-03T10:00:00+08:00", "place": "公司", "text": "问：……", "confirmed": False,
    }  # fmt: skip
    story = told.filed()
    assert story.why("record-inquiry", day=1, **said) == ["act-incomplete"]
    assert story.why("record-inquiry", day=1, unsigned_reason="拒绝签名", **said) == []
    assert story.why("record-inquiry", day=1, **said | {"confirmed": True}) == []


def test_what_was_taken_before_filing_is_given_back_before_the_filing_is_declined():
    """行政强制法 §27、行政处罚法 §56: a case that is not filed is over, and would hold it for ever."""
    story = Story().do("propose-filing", **told.filing())
    story.do("seal", measure="sealing", things=[{"name": "安全装置", "amount": "壹台"}], place="车间", reason="险",
             basis="安全生产法 §65", urgent=True, urgent_reason="随时可能爆炸")  # fmt: skip
    of, no = story.last.id, {"reason": "违法事实不成立"}
    assert story.why("decline-filing", ZHAO, 1, **no) == ["sealed-undisposed"]
    story.do("dispose-sealed", day=1, of=of, result="released", text="解除并退还")
    assert story.why("decline-filing", ZHAO, **no) == []


def test_what_nobody_has_read_of_the_addition_is_marked_where_it_is_shown():
    """Whether a fine paid in part still grows on the whole stands in no source: on act, page and form."""
    page = (ROOT / "gateway/console/templates/case_money.html").read_text(encoding="utf-8")
    form = (ROOT / "content/documents/late-payment-fine/document.toml").read_text(encoding="utf-8")
    assert "待确认" in REGISTRY["add-late-fine"].law
    assert "只按逾期未缴的部分逐日计算" in page
    assert "待确认：部分缴纳后只按逾期未缴纳的数额计算" in form

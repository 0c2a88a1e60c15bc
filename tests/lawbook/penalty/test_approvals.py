"""What is put to the head: asked for, endorsed, approved or returned by who may, and its form filled from that."""

from datetime import date
from typing import Any

import pytest

from lawbook.penalty.approvals import approved, waiting
from lawbook.penalty.deadlines import open_limit
from lawbook.penalty.duties import duties
from lawbook.penalty.facts import facts
from lawbook.penalty.kind import REGISTRY
from lawbook.penalty.matters import IN_2026, MATTERS, MEASURES, PAYING
from lawbook.penalty.stages import Stage
from lawbook.penalty.tables import PROCEDURES, in_force
from paper import examples
from paper.filling import filled
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.standing import THINGS, registered
from tests.lawbook.penalty.stories import LI, QIAN, SUN, WANG, ZHANG, ZHAO, Story, person
from tests.lawbook.penalty.test_offers import relieved

ACTED = ("handler_opinion", "handled_by", "review_opinion", "review_by", "review_on", "approval_opinion",
         "approval_by", "approval_on")  # fmt: skip
SUMS: dict[str, Any] = {"kind": "terminated", "findings": "企业已注销"}


def sealed() -> tuple[Story, str]:
    story = told.granted(told.filed_2026(), "seal")
    story.do(
        "seal", measure="sealing", things=THINGS, place="车间", reason="险", basis="安全生产法 §65"
    )
    return story, story.last.id


def of_evidence() -> tuple[Story, str]:
    story = told.granted(told.filed_2026(), "register-evidence")
    story.do("register-evidence", things=THINGS, place="库房", manner="就地")
    return story, story.last.id


def test_a_case_filed_before_the_tables_of_2026_goes_on_under_those_of_2021():
    assert in_force("ordinary", date(2026, 11, 30)).ref == "ordinary@2021"
    assert in_force("ordinary", date(2026, 12, 1)).ref == "ordinary@2026"
    assert in_force("summary", date(2026, 12, 1)).ref == "summary@2026"
    assert PROCEDURES["ordinary@2021"].matters == frozenset(MEASURES)
    assert PROCEDURES["ordinary@2026"].matters == IN_2026 == MATTERS.keys()
    assert PROCEDURES["summary@2026"].matters == PAYING
    story = told.filed()
    assert story.why("terminate", ZHAO, reason="主体消灭", **SUMS) == []
    assert "act-not-at-this-stage" in story.why(
        "return-measure", ZHAO, measure="seal", opinion="不必"
    )
    of = registered().last.id
    assert (
        registered().why("dispose-registered-evidence", of=of, result="returned", text="还") == []
    )


def test_every_matter_names_a_form_that_there_is_and_an_act_of_the_right_capacity():
    for code, matter in MATTERS.items():
        assert (examples.CONTENT / matter.form / "document.toml").is_file(), code
        if matter.act:
            assert matter.act == code
            assert REGISTRY[code].power == ("case.approve" if matter.own else "case.handle"), code
        fields = {field.name for field in REGISTRY["request-measure"].shape}
        assert {*matter.wants, *matter.same} <= fields
        if matter.own:
            assert "opinion" in {field.name for field in REGISTRY[code].shape}, code


@pytest.mark.parametrize("code", sorted(one.code for one in MATTERS.values() if one.act))
def test_nothing_that_is_put_to_the_head_is_done_without_him(code):
    story = relieved() if code in PAYING else told.filed_2026()
    by = ZHAO if MATTERS[code].own else ZHANG
    offers = {one.code for one in story.refused(code, by, **_least(code))}
    assert offers & {"not-requested", "measure-not-approved"}


def _least(code: str) -> dict[str, Any]:
    values = {"choice": lambda f: f.choices[0][0], "day": lambda f: "2026-06-01", "flag": lambda f: False,
              "fen": lambda f: 1, "count": lambda f: 1, "id": lambda f: told.SPACE.hex,
              "lines": lambda f: ["一"]}  # fmt: skip
    plan = [{"due_on": day, "amount": 1} for day in ("2026-06-01", "2026-07-01")]
    given = {"things": THINGS, "instalments": plan}
    return {
        field.name: given.get(field.name) or values.get(field.kind.value, lambda f: "一")(field)
        for field in REGISTRY[code].shape
        if field.required and (field.kind.value not in ("records", "lines") or field.least)
    }


@pytest.mark.parametrize("code", ["dispose-registered-evidence", "dispose-sealed"])
def test_goods_and_evidence_are_disposed_of_as_the_head_approved_and_once(code):
    story, of = of_evidence() if code == "dispose-registered-evidence" else sealed()
    done: dict[str, Any] = {"of": of, "text": "处理"}
    assert story.why("request-measure", measure=code, reason="无关") == ["act-incomplete"]
    assert story.why("request-measure", measure=code, reason="无关", of=of, result="burnt") == [
        "act-incomplete"
    ]
    told.asked(story, code, of=of, result="released")
    assert [one.problem()["mend"] for one in story.refused(code, result="released", **done)] == [
        "approve-measure"
    ]
    story.do("endorse-measure", WANG, measure=code, agreed=True, opinion="与案件无关")
    story.do(
        "approve-measure",
        ZHAO,
        1,
        measure=code,
        agreed=True,
        opinion="同意解除",
        request=story.case.acts[-2].id,
    )
    assert "differs-from-request" in story.why(code, result="confiscated", **done)
    form = MATTERS[code].form
    data = filled(examples.example(form).template, facts(story.case))
    assert {data[one] for one in ("handled_by", "review_by", "approval_by")} == {
        "张岳",
        "王衡",
        "赵明远",
    }
    assert (data["approval_opinion"], data["approval_on"]) == ("同意解除", str(story.on))
    assert (data.get("ways") or data["outcomes"]) == ["released"]
    story.do(code, result="released", **done)
    assert approved(story.case, code) == []


def test_what_is_returned_is_asked_for_anew_and_its_form_says_nothing_of_before():
    story, of = sealed()
    plan: dict[str, Any] = {"of": of, "result": "released"}
    told.asked(story, "dispose-sealed", **plan)
    first = story.last.id
    story.do("endorse-measure", WANG, measure="dispose-sealed", agreed=False, opinion="隐患未除")
    story.do("return-measure", ZHAO, 1, measure="dispose-sealed", opinion="先复查", request=first)
    assert waiting(story.case) == []
    assert story.why(
        "approve-measure", ZHAO, measure="dispose-sealed", agreed=True, opinion="同意"
    ) == ["nothing-open"]
    told.asked(story, "dispose-sealed", **plan)
    data = filled(examples.example("seized-goods-approval").template, facts(story.case))
    assert "review_by" not in data
    assert "approval_by" not in data
    # Of the first request its own opinions, and still no approval.
    old = facts(story.case, about=first)["approvals"]["seized-goods-approval"]
    assert (old["endorse"]["opinion"], old["return"]["opinion"]) == ("隐患未除", "先复查")


def test_who_asked_takes_it_back_and_nobody_else():
    story = told.asked(told.filed_2026(), "terminate", **SUMS)
    back: dict[str, Any] = {"measure": "terminate", "reason": "另有情况"}
    assert story.why("withdraw-measure", LI, **back) == ["not-submitter"]
    story.do("withdraw-measure", **back)
    assert "not-requested" in story.why("terminate", ZHAO, reason="消灭", **SUMS)


def test_opinions_are_given_by_capacity_and_unit_and_never_in_ones_own_case():
    story = told.asked(told.filed_2026(), "terminate", **SUMS)
    said: dict[str, Any] = {"measure": "terminate", "agreed": True, "opinion": "同意"}
    mighty = person(ZHANG.number, "张岳", "handle", "approve", "endorse", "review")
    assert story.why("endorse-measure", SUN, **said) == ["not-your-power"]
    assert story.why("endorse-measure", mighty, **said) == ["own-case"]
    assert story.why("advise-measure", mighty, **said) == ["reviewer-handles"]
    assert "own-case" in story.why("terminate", mighty, reason="消灭", **SUMS)
    stranger = person("14088100009", "外单位", "approve")
    stranger = type(stranger)(**{
        **{name: getattr(stranger, name) for name in ("number", "name", "powers", "certificate_valid_until")},
        "unit": "140881",
    })  # fmt: skip
    assert "other-unit" in story.why(
        "return-measure", stranger, measure="terminate", opinion="退回"
    )
    story.do("delegate", ZHAO, power="case.approve", to=SUN.number, name="孙平", reason="出差",
             **{"from": str(story.on), "until": str(story.on)})  # fmt: skip
    assert story.why("terminate", SUN, reason="消灭", **SUMS) == []


def test_a_head_who_says_no_to_an_own_matter_has_said_it_and_the_form_shows_it():
    story = relieved()
    plan: dict[str, Any] = {"applied_on": str(story.on), "until": "2026-12-20"}
    told.asked(story, "defer-payment", **plan)
    waits = facts(story.case)
    data = filled(examples.example("payment-relief-approval").template, waits)
    # The earlier approval of instalments is not that of this request.
    assert data["how"] == "defer"
    assert "approval_by" not in data
    assert [one["pay_by"] for one in data["plan"]] == ["2026-12-20"]
    story.do(
        "approve-measure",
        ZHAO,
        1,
        measure="defer-payment",
        agreed=False,
        opinion="已有分期，不予延期",
    )
    data = filled(examples.example("payment-relief-approval").template, facts(story.case))
    assert (data["approval_by"], data["approval_opinion"]) == ("赵明远", "已有分期，不予延期")
    assert "not-requested" in story.why("defer-payment", ZHAO, reason="困难", **plan)


def test_the_report_bears_three_opinions_and_goes_back_to_the_investigation_when_returned():
    story = told.concluded(told.filed_2026())
    assert [(one.name, one.form) for one in duties(story.case, told.WORLD) if one.form] == [
        ("approve-report", "investigation-report")
    ]
    back: dict[str, Any] = {"measure": "report", "opinion": "补充鉴定"}
    story.do("return-measure", ZHAO, 1, **back)
    assert story.case.stage is Stage.INVESTIGATING
    assert open_limit(story.case, "approve-report") is None
    told.reported(story)
    data = filled(examples.example("investigation-report").template, facts(story.case))
    assert (data["review_opinion"], data["approval_by"]) == ("事实清楚", "赵明远")
    assert story.why("submit-legal-review") == []


@pytest.mark.parametrize(
    ("form", "story"),
    [
        ("case-end-approval", lambda: told.asked(told.filed_2026(), "terminate", **SUMS).do(
            "endorse-measure", WANG, measure="terminate", agreed=True, opinion="属实").do(
            "terminate", ZHAO, 1, reason="主体消灭", **SUMS)),
        ("case-transfer-approval", told.handed_to_the_police),
        ("matter-approval", lambda: told.granted(told.filed_2026(), "correction",
                                             applied_on="2026-03-03", until="2026-04-03")),
        ("evidence-registration-approval", lambda: of_evidence()[0]),
        ("seizure-approval", lambda: sealed()[0]),
    ],
)  # fmt: skip
def test_an_approval_form_is_filled_from_the_acts_of_who_gave_their_opinion(form, story):
    data = filled(examples.example(form).template, facts(story().case))
    assert [one for one in ACTED if not data.get(one)] == []
    assert (data["handled_by"], data["review_by"], data["approval_by"]) == (
        "张岳",
        "王衡",
        "赵明远",
    )


def test_a_suspected_crime_is_decided_in_three_days_sent_in_a_day_and_handed_over_in_three():
    story = told.filed_2026().do("propose-transfer", report="涉嫌危险作业罪")
    (due,) = [one for one in duties(story.case, told.WORLD) if one.name == "decide-transfer"]
    assert (due.due_on, due.form) == (date(2026, 3, 6), "case-transfer-approval")
    agreed: dict[str, Any] = {"measure": "transfer", "agreed": False, "opinion": "证据不足"}
    (refusal,) = story.refused("approve-measure", ZHAO, **agreed)
    assert refusal.problem()["mend"] == "decline-transfer"
    story.do("return-measure", ZHAO, measure="transfer", opinion="补充证据")
    assert open_limit(story.case, "decide-transfer") is None
    late = told.handed_to_the_police()
    answer = late.case.ever("record-police-answer")
    assert answer
    before = Story(type(late.case).of(late.case.acts[:-1]), late.on)
    assert open_limit(before.case, "hand-over-evidence").due_on(told.CALENDAR) == date(2026, 3, 9)  # type: ignore[union-attr]
    over: dict[str, Any] = {
        "things": THINGS,
        "materials": ["案卷"],
        "organ": "公安局",
        "received_by": "李",
    }
    assert before.why("hand-over", day="2026-03-10", handed_on="2026-03-10", **over) == [
        "act-incomplete"
    ]
    assert (
        before.why(
            "hand-over", day="2026-03-10", handed_on="2026-03-10", late_reason="封路", **over
        )
        == []
    )
    assert before.why("hand-over", day=1, handed_on="2026-03-07", sealed=True, **over) == [
        "act-incomplete"
    ]
    assert late.why("archive", WANG, 5, number="1", kept="ten") == []
    assert QIAN.number not in late.case.handlers

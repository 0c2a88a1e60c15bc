"""What has happened in a case, as its documents ask for it and print it: told by real acts (案件文书)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from lawbook.case_needs import ACT, DOCUMENT, FACT
from lawbook.case_preconditions import wanting
from lawbook.content import ContentError, load
from lawbook.penalty.case import Case
from lawbook.penalty.duties import duties
from lawbook.penalty.money import late_fine
from paper.filling import filled
from paper.filling import wanting as missing
from paper.template import DocumentTemplate, load_template
from paper.values import faults
from services.case_svc.case_documents.knowing import happened, known
from services.case_svc.cases.tables import CaseRow
from services.kit.settings import ROOT
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.stories import ZHAO, Story, served

DECIDED = {DOCUMENT + one for one in ("prior-notice", "penalty-decision", "demand-notice")}


def said(case: Case) -> frozenset[str]:
    return happened(ROOT / "content", case, [], [], "case-closure")


def lacks(story: Story, kind: str) -> list[str]:
    return [need.title for need in wanting(kind, said(story.case) | DECIDED)]


def long_ago() -> Story:
    """Served in the year 2025, so that the three months of the court have been announced."""
    story = Story(on=date(2025, 1, 6)).do("propose-filing", **told.filing())
    story.do("approve-filing", ZHAO, 1, opinion="同意")
    return story


def in_force(story: Story) -> Story:
    told.approved(told.waived(told.notified(told.reviewed(told.concluded(story)))))
    story.do("decide", day=1, **told.penalty())
    story.do("serve", day=1, **served("decision", story.on + timedelta(1)))
    return story.do("publish", where="信用中国（山西）", published_on=str(story.on))


def test_a_notice_that_was_served_is_no_decision_that_was_served():
    """行政处罚法 §61: the 告知书 had been served long before; the decision had not."""
    story = told.decided()
    assert ACT + "serve" in said(story.case)
    for kind in ("fine-reminder", "demand-notice", "late-payment-fine"):
        assert "行政处罚决定书尚未送达" in lacks(story, kind)
    story.do("serve", day=1, **served("decision", story.on + timedelta(1)))
    assert lacks(story, "fine-reminder") == lacks(story, "demand-notice") == []


def test_a_decision_that_fell_is_not_served_any_more():
    story = told.in_force()
    assert ACT + "serve-decision" in said(story.case)
    story.do("revoke-decision", ZHAO, 5, reason="事实不清")
    assert ACT + "serve-decision" not in said(story.case)
    assert "行政处罚决定书尚未送达" in lacks(story, "demand-notice")


def test_a_late_fine_is_put_on_paper_once_it_was_added():
    story = told.in_force()
    assert lacks(story, "late-payment-fine") == ["尚未决定加处罚款"]
    until = story.on + timedelta(40)
    right = late_fine(story.case, story.world, until)
    story.do("add-late-fine", day=40, until=str(until), amount=right.amount)
    assert lacks(story, "late-payment-fine") == []


def test_the_court_is_asked_on_paper_once_the_demand_was_served_and_the_head_has_applied():
    """行政强制法 §53–§55: ten days after the demand, within three months of the remedies' end."""
    story = in_force(long_ago())
    wants = ["催告书尚未送达", "尚未批准申请人民法院强制执行"]
    assert lacks(story, "court-application") == wants
    story.do("demand", day=190, amount=6_000_000)
    story.do("serve", **served("demand", story.on))
    assert lacks(story, "court-application") == wants[1:]
    application: dict[str, Any] = {
        "court": "河津市人民法院", "signed_by": "赵明远", "materials": ["案卷"], "amount": 6_000_000,
    }  # fmt: skip
    assert story.why("apply-to-court", ZHAO, 5, **application)  # the ten days run
    story.do("apply-to-court", ZHAO, 18, **application)
    assert lacks(story, "court-application") == []


def test_who_is_to_be_spared_is_not_asked_for_a_notice_of_a_penalty():
    """行政处罚法 §33, §57(1)."""
    spared, penalised = told.not_penalised().case, told.decided().case
    assert FACT + "no-penalty" in said(spared)
    assert FACT + "no-penalty" not in said(penalised)


def printed(story: Story, form: str, about: str | None = None) -> dict[str, Any]:
    """What the office fills this form with."""
    row = CaseRow(number="（河）应急罚〔2026〕1号")
    at = datetime(2026, 4, 1, tzinfo=UTC)
    told_of = known(row, story.case, {}, [], at, story.world, about)
    return filled(load_template(ROOT / "content" / "documents" / form), told_of)


def test_a_decision_says_when_the_notice_was_served_not_when_it_was_made():
    """行政处罚法 §44, §59: 本机关于……送达……."""
    story = told.reviewed(told.concluded())
    story.do("notify-penalty", day=1, facts="无防护装置", **told.penalty())
    made, arrived = story.on, story.on + timedelta(4)
    for form in ("penalty-decision", "penalty-decision-person"):
        assert "told_on" not in printed(story, form)
    story.do("serve", day=4, **served("penalty-notice", arrived))
    for form in ("penalty-decision", "penalty-decision-person"):
        assert printed(story, form)["told_on"] == str(arrived) != str(made)


def test_an_extension_says_until_when_as_the_running_limit_does():
    """行政强制法 §25: thirty days and thirty more, of the seal that is extended; nobody types a day."""
    story = told.filed()
    first, second = (sealed(story, place) for place in ("一车间", "二车间"))
    on = story.on
    told.asked(story, "extend-sealing")
    story.do("approve-measure", ZHAO, 10, measure="extend-sealing", agreed=True, opinion="同意")
    story.do("extend-sealing", of=first, reason="案情复杂")
    extension = story.last.id
    data = printed(story, "seizure-extension", extension)
    assert (data["was_until"], data["until"]) == (str(on + timedelta(30)), str(on + timedelta(60)))
    assert "until" not in printed(story, "seizure-extension", second)


def sealed(story: Story, place: str) -> str:
    told.asked(story, "seal")
    story.do("approve-measure", ZHAO, measure="seal", agreed=True, opinion="同意")
    story.do("seal", measure="sealing", things=[{"name": "冲床", "amount": "1 台"}], place=place,
             reason="险", basis="安全生产法 §65", evidence=[])  # fmt: skip
    return story.last.id


def test_the_last_day_to_pay_is_printed_from_the_clock():
    story = told.in_force()
    day = next(one.due_on for one in duties(story.case, story.world) if one.name == "pay")
    for form in ("fine-reminder", "late-payment-fine"):
        assert printed(story, form)["due_on"] == str(day)


@pytest.mark.parametrize("form", ["penalty-decision", "penalty-decision-person"])
def test_where_to_pay_is_asked_when_there_is_something_to_pay(form):
    """行政处罚法 §67: a warning goes to no bank."""
    template = load_template(ROOT / "content" / "documents" / form)
    where = {"缴款银行", "账户名称和账号"}
    fined, warned = printed(told.decided(), form), printed(told.decided(), form)
    del warned["fine"]
    assert where <= set(missing(template, fined))
    assert not where & set(missing(template, warned))
    assert set(faults(template.fields, fined)) - set(faults(template.fields, warned)) == {
        "bank", "account",
    }  # fmt: skip


def test_a_form_cannot_ask_beside_a_field_that_it_has_not():
    body = load(ROOT / "content" / "documents" / "penalty-decision" / "document.toml")
    body["fields"][0]["beside"] = "!nothing"
    with pytest.raises(ContentError, match="nothing"):
        DocumentTemplate.from_content(body)

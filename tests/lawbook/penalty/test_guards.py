"""Every refusal of the penalty law, from a case that is one step short of what the law wants."""

from collections.abc import Callable
from typing import Any

import pytest

from lawbook.instalments import CashNotAllowed, ScheduleNotSound
from lawbook.penalty import refusals
from lawbook.penalty.kind import REGISTRY
from lawbook.penalty.refusals import (
    PenaltyRefusal,
    acting,
    approving,
    deciding,
    ending,
    investigating,
    performing,
    telling,
)
from lawbook.rectification import NotLater
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.standing import (
    CLOSE,
    CONCLUDE,
    DEC,
    EXPIRED,
    HANDLING_HEAD,
    LEFT,
    OTHER,
    PAY,
    THINGS,
    asked,
    changed,
    extended,
    late,
    opener,
    refused_afterwards,
    registered,
    sealed,
    session,
    spot,
    spot_served,
    submitted,
    terminating,
    together,
    unanswered,
    unpublished,
    unreviewed,
    untold_of_its_right,
    waits_at_the_end,
)
from tests.lawbook.penalty.stories import LI, QIAN, SUN, VIOLATION, WANG, ZHANG, ZHAO, Story
from tests.lawbook.penalty.test_refunds import revoked_and_paid
from tests.lawbook.penalty.test_refused_elsewhere import ABOVE, applied, declined, dispute, ruling

CODES = {
    one.code: one
    for module in (
        refusals,
        acting,
        approving,
        deciding,
        ending,
        investigating,
        performing,
        telling,
    )
    for one in vars(module).values()
    if isinstance(one, type) and issubclass(one, PenaltyRefusal) and one is not PenaltyRefusal
}
SHARED = {
    "cash-not-allowed": CashNotAllowed, "schedule-not-sound": ScheduleNotSound,
    "correction-not-later": NotLater,
}  # fmt: skip
"""Refusals of the law that the rules of payment give, case or no case."""

Row = tuple[str, Callable[[], Story], str, Any, dict[str, Any]]
TABLE: list[Row] = [
    ("act-not-at-this-stage", told.filed, "decide", ZHANG, told.penalty()),
    ("act-incomplete", told.filed, "conclude-investigation", ZHANG, {}),
    ("act-out-of-order", told.filed, "add-evidence", ZHANG, {"day": -1, "evidence": told.EVIDENCE}),
    ("day-ahead", told.in_force, "pay", ZHANG, PAY | {"paid_on": "2026-12-01"}),
    ("not-your-power", told.filed, "terminate", ZHANG, {"kind": "terminated", "findings": "无", "reason": "无"}),
    ("certificate-not-shown", Story, "begin-summary", ZHANG,
     told.filing("summary@2021") | {"certificate_shown": False}),
    ("other-unit", told.filed, "recuse", OTHER, {"number": "1", "asked_by": "self", "reason": "近亲属"}),
    ("officer-recused", lambda: told.filed().do("recuse", ZHAO, number=LI.number, asked_by="party", reason="亲属"),
     "conclude-investigation", ZHANG, CONCLUDE),
    ("too-few-handlers", lambda: together(told.filed(), ZHANG), "conclude-investigation", ZHANG, CONCLUDE),
    ("handler-not-certified", lambda: together(told.filed(), ZHANG, EXPIRED),
     "conclude-investigation", ZHANG, CONCLUDE),
    ("not-a-handler", lambda: together(told.filed(), ZHANG, SUN), "conclude-investigation", ZHANG, CONCLUDE),
    ("own-case", lambda: Story().do("propose-filing", **told.filing()), "approve-filing", HANDLING_HEAD,
     {"opinion": "同意"}),
    ("reviewer-handles", lambda: told.concluded().do("submit-legal-review"), "review-legality", HANDLING_HEAD,
     {"opinion": "agree", "text": "同意", "first_time": False}),
    ("reviewer-not-qualified", lambda: told.concluded().do("submit-legal-review"), "review-legality", QIAN,
     {"opinion": "agree", "text": "同意", "first_time": True}),
    ("chair-handles", asked, "notify-hearing-session", ZHANG, session(chair=LI.number)),
    ("party-incomplete", Story, "propose-filing", ZHANG, told.filing(party={"kind": "person", "name": "周正"})),
    ("no-violation", Story, "propose-filing", ZHANG, told.filing(violations=[])),
    ("time-barred", Story, "propose-filing", ZHANG, told.filing(violations=[VIOLATION | {"ended_on": "2024-03-01"}])),
    ("no-evidence", lambda: told.filed(evidence=[]), "conclude-investigation", ZHANG, CONCLUDE),
    ("evidence-undisposed", registered, "conclude-investigation", ZHANG, CONCLUDE),
    ("sealed-undisposed", sealed, "terminate", ZHAO, {"kind": "terminated", "findings": "无", "reason": "无"}),
    ("measure-not-approved", told.filed, "register-evidence", ZHANG,
     {"things": THINGS, "place": "库房", "manner": "就地"}),
    ("nothing-open", told.filed, "publish", ZHANG, {"where": "网", "published_on": "2026-03-03"}),
    ("release-at-once", refused_afterwards, "extend-sealing", ZHANG, {"reason": "复杂", "of": "seal"}),
    ("not-confiscated", sealed, "dispose-sealed", ZHANG, {"of": "seal", "result": "confiscated", "text": "没收"}),
    ("sealing-not-extendable", extended, "extend-sealing", ZHANG, {"reason": "复杂", "of": "seal"}),
    ("not-submitter", lambda: told.concluded().do("submit-legal-review", LI), "withdraw-submission", ZHANG,
     {"reason": "有误"}),
    ("notice-first", told.concluded, "submit-decision", ZHANG, DEC),
    ("notice-not-served", lambda: told.concluded().do("notify-penalty", facts="有", **told.penalty()),
     "submit-decision", ZHANG, DEC),
    ("hearing-notice-first", untold_of_its_right,
     "submit-decision", ZHANG, DEC),
    ("defence-period-runs", told.notified, "submit-decision", ZHANG, DEC),
    ("defence-not-considered", lambda: told.waived(told.notified()).do("state-and-defend", person="周正", text="不服"),
     "submit-decision", ZHANG, DEC),
    ("aggravated", lambda: told.waived(told.notified()), "submit-decision", ZHANG, DEC | told.penalty(7_000_000)),
    ("differs-from-approved", lambda: told.approved(told.waived(told.notified())), "decide", ZHANG,
     told.penalty(5_000_000)),
    ("no-hearing-notice", lambda: told.notified(fine=4_000_000), "request-hearing", ZHANG,
     {"person": "周正", "asked_on": "2026-03-16"}),
    ("hearing-staff-handles", asked, "notify-hearing-session", ZHANG, session(assessors=["李秋"])),
    ("hearing-closed", asked, "notify-hearing-session", ZHANG, session(public=False)),
    ("hearing-record-unsigned", lambda: asked().do("notify-hearing-session", day=1, **session()),
     "hold-hearing", QIAN, told.hearing() | {"day": "2026-04-30", "signed": False}),
    ("hearing-request-late", told.notified, "request-hearing", ZHANG,
     {"day": 12, "person": "周正", "asked_on": "2026-03-26"}),
    ("hearing-notice-short", asked, "notify-hearing-session", ZHANG, session(hearing_on="2026-03-27")),
    ("hearing-not-notified", asked, "hold-hearing", QIAN, told.hearing()),
    ("hearing-not-held", asked, "report-hearing", QIAN, {"summary": "无", "opinion": "无"}),
    ("legal-review-first", unreviewed,
     "approve-decision", ZHAO, DEC),
    ("deliberation-first", submitted, "approve-decision", ZHAO, DEC),
    ("heads-decide", submitted, "deliberate", ZHAO, told.deliberation() | {
        "attendees": [{"name": "赵明远", "post": "局长", "head": True}, {"name": "吴立", "post": "股长"}]}),
    ("same-again", told.revoked_by_the_court, "reopen", ZHAO, {"reason": "重新处理"}),
    ("decision-overdue", lambda: told.approved(told.waived(told.notified())), "decide", ZHANG,
     {"day": "2026-06-02", **told.penalty()}),
    ("deciding-not-extendable", told.filed, "extend-deciding", ZHAO,
     {"day": "2026-06-02", "law": "某规章 §1", "days": 30, "reason": "复杂"}),
    ("no-ground-to-extend", told.filed, "extend-deciding", ZHAO,
     {"law": "某规章 §1", "days": 30, "reason": "复杂"}),
    ("extended-too-long", told.filed, "extend-deciding", ZHAO,
     {"law": "安全生产违法行为行政处罚办法 §31", "days": 91, "reason": "复杂", "superior": "市局"}),
    ("above-summary-ceiling", lambda: spot(300_001), "decide", ZHANG, told.penalty(300_001)),
    ("cash-not-allowed", lambda: spot_served(300_000), "pay", ZHANG,
     PAY | {"amount": 300_000, "paid_on": "2026-03-02", "method": "cash"}),
    ("service-unproved", lambda: told.concluded().do("notify-penalty", facts="有", **told.penalty()), "serve", ZHANG,
     LEFT | {"served_on": "2026-03-13"}),
    ("nothing-was-issued", told.filed, "serve", ZHANG, told.served("decision", "2026-03-03")),
    ("not-handed-over", lambda: spot().do("decide", **told.penalty(10_000)), "serve", ZHANG,
     told.served("decision", "2026-03-07") | {"day": 5}),
    ("more-than-owed", told.in_force, "pay", ZHANG, PAY | {"amount": 6_000_001}),
    ("schedule-not-sound", told.in_force, "allow-instalments", ZHAO,
     {"applied_on": "2026-03-20", "reason": "困难", "instalments": [
         {"due_on": "2026-05-01", "amount": 1}, {"due_on": "2026-06-01", "amount": 1}]}),
    ("not-late", told.in_force, "demand", ZHANG, {"amount": 6_000_000}),
    ("late-fine-miscounted", late, "add-late-fine", ZHANG, {"day": "2026-06-01", "until": "2026-05-31", "amount": 1}),
    ("demand-first", told.in_force, "apply-to-court", ZHAO,
     {"day": "2026-11-10", "court": "法院", "signed_by": "赵明远", "materials": ["决定书"], "amount": 6_000_000}),
    ("remedy-open", told.in_force, "apply-to-court", ZHAO,
     {"day": "2026-05-10", "court": "法院", "signed_by": "赵明远", "materials": ["决定书"], "amount": 6_000_000}),
    ("court-period-over", told.in_force, "apply-to-court", ZHAO,
     {"day": "2026-12-31", "court": "法院", "signed_by": "赵明远", "materials": ["决定书"], "amount": 6_000_000}),
    ("not-what-is-owed", told.in_force, "demand", ZHANG, {"day": "2026-05-10", "amount": 6_000_001}),
    ("enforcement-suspended", lambda: told.in_force().do(
        "suspend-enforcement", ZHAO, reason="复议", law="行政复议法 §42", since="2026-03-20"),
     "demand", ZHANG, {"day": "2026-05-10", "amount": 6_000_000}),
    ("review-before-lawsuit", spot_served, "record-challenge", ZHANG,
     {"kind": "lawsuit", "organ": "法院", "accepted_on": "2026-03-02"}),
    ("still-owed", told.in_force, "propose-closing", ZHANG, CLOSE),
    ("not-refunded", revoked_and_paid, "propose-closing", ZHANG, CLOSE),
    ("more-than-refundable", revoked_and_paid, "refund", ZHANG,
     {"towards": "fine", "amount": 6_000_001, "refunded_on": "2026-04-01", "receipt": "1", "reason": "撤销"}),
    ("not-published", unpublished,
     "propose-closing", ZHANG, CLOSE),
    ("publication-not-withdrawn", changed, "propose-closing", ZHANG, CLOSE),
    ("summary-not-reported", lambda: told.paid_in_full(spot_served(), 10_000), "propose-closing", ZHANG, CLOSE),
    ("cash-not-banked", lambda: spot_served().do(
        "pay", towards="fine", amount=10_000, paid_on="2026-03-02", method="cash", receipt="1"),
     "propose-closing", ZHANG, CLOSE),
    ("not-requested", told.filed_2026, "terminate", ZHAO, {"kind": "terminated", "findings": "无", "reason": "无"}),
    ("differs-from-request", terminating, "terminate", ZHAO, {"kind": "cancelled", "findings": "无", "reason": "无"}),
    ("already-requested", terminating, "request-measure", ZHANG,
     {"measure": "terminate", "reason": "注销", "kind": "terminated", "findings": "企业已注销"}),
    ("head-acts-itself", terminating, "approve-measure", ZHAO,
     {"measure": "terminate", "agreed": True, "opinion": "同意"}),
    ("correction-not-later", told.filed_2026, "request-measure", ZHANG,
     {"measure": "correction", "reason": "订货", "applied_on": "2026-03-03", "until": "2026-03-03"}),
    ("matter-unknown", told.filed, "request-measure", ZHANG, {"measure": "terminate", "reason": "注销"}),
    ("report-not-approved", lambda: told.concluded(told.filed_2026()), "submit-legal-review", ZHANG, {}),
    ("awaiting-approval", waits_at_the_end, "propose-closing", ZHANG, CLOSE),
    ("transfer-not-sent", told.transferred, "archive", WANG, {"number": "1", "kept": "ten"}),
    ("police-not-answered", unanswered, "archive", WANG, {"number": "1", "kept": "ten"}),
    ("police-dispute-late", declined, "dispute-police", ZHANG,
     dispute("reconsideration", "2026-03-10")),
    ("refused-by-police-undealt", declined, "archive", WANG, {"number": "1", "kept": "ten"}),
    ("higher-court-late", lambda: ruling(applied(), "not-accepted", "2026-11-13"), "ask-higher-court", ZHAO,
     {"day": "2026-12-01", **ABOVE}),
    ("reviewer-enforces", changed, "demand", ZHANG, {"day": "2026-06-01", "amount": 5_000_000}),
    ("not-approved-so", lambda: told.approved(told.waived(told.notified())), "decide-no-penalty", ZHANG,
     {"ground": "slight", "reason": "轻微"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "story", "kind", "by", "said"), TABLE, ids=[row[0] for row in TABLE]
)
def test_the_law_refuses_it_and_says_why(code, story, kind, by, said):
    under_way = story()
    if said.get("of") == "seal":
        said = said | {"of": opener(under_way, "seal")}
    before = under_way.case
    found = under_way.refused(kind, by, **said)
    assert code in [one.code for one in found]
    refusal = next(one for one in found if one.code == code)
    told_of = refusal.problem()
    assert told_of["title"]
    assert told_of["detail"]
    assert refusal.next_step
    assert under_way.case == before


def test_every_refusal_of_the_penalty_law_is_met_above():
    assert {row[0] for row in TABLE} == CODES.keys() | SHARED.keys()


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_refusal_names_the_act_that_mends_it(code):
    refusal = CODES[code]
    assert refusal.mend is None or refusal.mend in REGISTRY
    assert refusal.next_step

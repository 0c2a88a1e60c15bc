"""What is due in a case (待办): by whom, until when, by which article, and why on that day."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from lawbook.days import Deadline, UnknownYear
from lawbook.penalty import police
from lawbook.penalty.act import Power
from lawbook.penalty.again import to_be_done_by
from lawbook.penalty.approvals import LIMITS
from lawbook.penalty.case import Case
from lawbook.penalty.court import handed_to_reviewer, reviewer_enforces
from lawbook.penalty.deadlines import WAITING, Running, open_limits
from lawbook.penalty.ending import CLOSING
from lawbook.penalty.kind import World
from lawbook.penalty.matters import matter_of
from lawbook.penalty.money import (
    due_on,
    outstanding,
    taken_outstanding,
    total_outstanding,
    total_to_refund,
    unperformed,
)
from lawbook.penalty.remedies import enforcement, remedies_over
from lawbook.penalty.sealing import refused, urgent_sealings
from lawbook.penalty.stages import Stage
from lawbook.penalty.tables import UNDECIDED
from lawbook.penalty_kinds import KINDS


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that is due (待办).

    due_on: the last day; None while the clock stands or where no limit is set. Where it lies in a
    year that is not announced (`unknown` says which), the day before which it cannot be over.
    power: in which capacity; None when it runs for the party. person: the one person whose duty it
    is, where the acts name one. act: what meets it. due_at: the moment, where the law counts hours.
    """

    name: str
    title: str
    law: str
    power: str | None
    due_on: date | None
    opened_on: date | None = None
    opener: str = ""
    person: str = ""
    act: str = ""
    verified: bool = True
    waiting: bool = False
    explained: Deadline | None = None
    stands: str = ""
    unknown: str = ""
    due_at: datetime | None = None
    form: str = ""
    """The form that waits to be approved, where one does."""


MEETS = {
    "decide": "decide", "serve-decision": "serve", "publish": "publish", "legal-review": "review-legality",
    "withdraw-publication": "withdraw-publication", "sealing": "dispose-sealed", "archive": "archive",
    "decide-preserved-evidence": "dispose-registered-evidence", "hand-in-cash": "hand-in-cash",
    "bank-cash": "bank-cash", "approve-filing": "approve-filing", "approve-measure": "approve-measure",
    "approve-decision": "approve-decision", "approve-closing": "close", "report-summary": "report-summary",
    "make-up-sealing-approval": "request-measure", "request-hearing": "request-hearing",
    "state-and-defend": "state-and-defend", "pay": "pay", "review": "record-challenge",
    "litigate": "record-challenge", "litigate-after-review": "record-challenge",
    "appeal": "record-challenge", "court-accepts": "record-court-ruling",
    "court-rules": "record-court-ruling", "court-rules-after-hearing": "record-court-ruling",
    "decide-transfer": "transfer", "send-transfer": "send-transfer",
    "approve-report": "approve-measure", "answer-correct-later": "approve-measure",
    "police-examine": "record-police-answer",
    "hand-over-evidence": "hand-over", "dispute-police": "dispute-police",
    "supervise-police": "dispute-police", "police-reconsider": "record-police-answer",
    "ask-higher-court": "ask-higher-court", "higher-court-accepts": "record-court-ruling",
    "higher-court-rules": "record-court-ruling",
    "file-after-investigation": "approve-filing", "demand-before-court": "apply-to-court",
}  # fmt: skip
"""Which act meets a limit."""


def duties(case: Case, world: World) -> tuple[Duty, ...]:
    """Everything that is due or runs, the earliest first; what has no day last."""
    found = [_approval(case, _of(one, world)) for one in open_limits(case) if one.name != "pay"]
    found += [duty for duty in (_pay(case, world), _court(case, world)) if duty]
    found += _without_limit(case, world)
    found += _to_release(case) + _to_refund(case) + _again(case)
    return tuple(sorted(found, key=lambda duty: (duty.due_on or date.max, duty.name)))


def _of(one: Running, world: World) -> Duty:
    limit, explained, earliest, unknown, stands = one.limit, None, None, "", ""
    try:
        explained = one.deadline(world.calendar)
    except UnknownYear as year:
        unknown, earliest = year.detail, one.due_on(world.calendar.at_the_earliest())
    if explained is None and not unknown:
        stands = next((pause.why for pause in one.pauses if pause.until is None), "")
    return Duty(
        one.name, limit.what, explained.law if explained else limit.period.law, one.power,
        explained.due_on if explained else earliest, one.opened_on, one.opener,
        act=MEETS.get(one.name, ""), verified=limit.verified, waiting=one.name in WAITING,
        explained=explained, stands=stands, unknown=unknown, due_at=one.due_at,
    )  # fmt: skip


FORMS = {
    "approve-filing": "case-filing-approval", "file-after-investigation": "case-filing-approval",
    "approve-decision": "case-handling-approval", "approve-closing": "case-closure",
}  # fmt: skip
"""Limit of an approval that is a step of its own → the form that bears it."""


def _approval(case: Case, duty: Duty) -> Duty:
    """With the form that waits; of what was put to the head also what it is, and which act answers."""
    asked = case.one(duty.opener)
    matter = matter_of(asked.kind, asked.said) if asked and duty.name in LIMITS else None
    if matter is None:
        return replace(duty, form=FORMS.get(duty.name, ""))
    if duty.name != "approve-measure":
        return replace(duty, form=matter.form)
    act = matter.act if matter.own else duty.act
    return replace(duty, form=matter.form, act=act, title=f"审批：{matter.title}")


def _at_the_earliest(world: World) -> World:
    return replace(world, calendar=world.calendar.at_the_earliest())


def _pay(case: Case, world: World) -> Duty | None:
    """The next sum of the fine, by the law's fifteen days or as it was eased."""
    if not outstanding(case):
        return None
    eased = case.ever("defer-payment", "allow-instalments")
    law = "行政处罚法 §66(2)" if eased else "行政处罚法 §67"
    plain = next((one for one in open_limits(case) if one.name == "pay"), None)
    try:
        day, unknown = due_on(case, world), ""
    except UnknownYear as year:
        day, unknown = due_on(case, _at_the_earliest(world)), year.detail
    if day is None and not unknown:
        return None
    told = _of(plain, world) if plain and not eased else None
    return Duty(
        "pay", "缴纳罚款", law, None, day, act="pay", waiting=True, unknown=unknown,
        explained=told.explained if told else None,
        opened_on=told.opened_on if told else None, opener=told.opener if told else "",
    )  # fmt: skip


def _court(case: Case, world: World) -> Duty | None:
    """The three months in which the court may be asked, while something is owed."""
    owed = total_outstanding(case) or unperformed(case)
    if not owed or case.challenge or case.stage is not Stage.SERVED:
        return None
    if reviewer_enforces(case):
        return _theirs(case, world)
    try:
        window = enforcement(case, world)
    except UnknownYear as year:
        return Duty(
            "apply-to-court", "申请人民法院强制执行", "行政强制法 §53", Power.APPROVE,
            window.last if (window := enforcement(case, _at_the_earliest(world))) else None,
            act="apply-to-court", unknown=year.detail,
        )  # fmt: skip
    if window is None:
        return None
    return Duty(
        "apply-to-court", "申请人民法院强制执行", "行政强制法 §53", Power.APPROVE, window.last,
        window.first, act="apply-to-court", verified=window.binding,
    )  # fmt: skip


def _theirs(case: Case, world: World) -> Duty | None:
    """What a review changed goes to who reviewed it, once nobody may sue any more (行政复议法 §78(2))."""
    if handed_to_reviewer(case):
        return None
    try:
        since, unknown = remedies_over(case, world), ""
    except UnknownYear as year:
        since, unknown = remedies_over(case, _at_the_earliest(world)), year.detail
    return Duty(
        "refer-enforcement", "期满不履行的，移交行政复议机关执行", "行政复议法 §78(2)", Power.HANDLE,
        None, since, act="refer-enforcement", unknown=unknown,
    )  # fmt: skip


def _without_limit(case: Case, world: World) -> list[Duty]:
    """What nobody set a limit for and would be forgotten: a hearing's day, closing, what came back."""
    session = case.session
    if case.stage is Stage.HEARING:
        if session is None:
            return [
                _plain(
                    "notify-hearing-session",
                    "通知听证时间、地点",
                    "行政处罚法 §64(2)",
                    Power.HANDLE,
                )
            ]
        if case.hearing is None:
            return [
                Duty("hold-hearing", "举行听证", "行政处罚法 §64", Power.HEAR, session.day("hearing_on"),
                     person=str(session.said["chair"]), act="hold-hearing"),
            ]  # fmt: skip
        return [_plain("report-hearing", "提出听证报告", "行政处罚法 §65", Power.HEAR)]
    if case.stage is Stage.FILING_RETURNED:
        return [_plain("propose-filing", "补充后重新提请立案", "行政处罚法 §54", Power.HANDLE)]
    if case.stage is Stage.TRANSFERRED:
        return _refused_by_the_police(case)
    if case.stage is Stage.REVOKED:
        return [_plain("reopen", "重新处理或者结案", "行政处罚法 §75(2)", Power.APPROVE)]
    if case.stage not in (Stage.SERVED, Stage.ENFORCING):
        return []
    if _may_close(case, world):
        return [_plain("propose-closing", "提请结案", "行政处罚法 §47", Power.HANDLE)]
    law, found = "行政处罚法 §66(1)", list[Duty]()
    if taken_outstanding(case):
        gains = Duty("pay-taken", "缴纳没收的违法所得", law, None, None, act="pay", waiting=True)
        found.append(gains)
    if left := unperformed(case):
        title = "登记履行情况：" + "、".join(KINDS[kind][0] for kind in left)
        found.append(_plain("record-performance", title, law, Power.HANDLE))
    return found


def _refused_by_the_police(case: Case) -> list[Duty]:
    """What the police would not take is dealt with by the bureau (移送规定 §10), once nobody is asked any more."""
    if police.pending(case) is None:
        moved = f"{police.MOVING} §10"
        back = _plain("receive-back", "公安机关不予立案的，依法处理", moved, Power.APPROVE)
        return [back] if police.declined(case) else []
    if police.pending(case, "supervision") is None:
        return []
    return [
        Duty("record-police-answer", "登记人民检察院立案监督的结果", f"{police.MOVING} §9",
             Power.HANDLE, None, act="record-police-answer", waiting=True),
    ]  # fmt: skip


def _to_release(case: Case) -> list[Duty]:
    """What the head refused to approve after it was sealed: released the same day (行政强制法 §19)."""
    held = {one.opener for one in open_limits(case) if one.name == "sealing"}
    return [
        Duty("release-sealed", "立即解除查封、扣押", "行政强制法 §19", Power.HANDLE, one.answer.on,
             one.answer.on, one.sealing.id, act="dispose-sealed")
        for one in urgent_sealings(case)
        if one.answer and refused(case, one.sealing.id) and one.sealing.id in held
    ]  # fmt: skip


def _to_refund(case: Case) -> list[Duty]:
    """What was collected and is not owed any more; no source that was read sets a day (国家赔偿法 §36)."""
    due = total_to_refund(case)
    title = f"退还已经收缴的款项 {due / 100:.2f} 元"
    back = _plain("refund", title, "国家赔偿法 §36(1)", Power.HANDLE)
    return [replace(back, verified=False)] if due else []


def _again(case: Case) -> list[Duty]:
    """A new decision by the day that the review organ or the court has set."""
    set_on, reopened = to_be_done_by(case), case.ever("reopen")
    if set_on is None or reopened is None or case.stage not in UNDECIDED:
        return []
    return [
        Duty("decide-again", "在限定的期限内重新作出行政行为", "行政诉讼法 §70、行政复议法 §64",
             Power.HANDLE, set_on, reopened.on, reopened.id, act="decide"),
    ]  # fmt: skip


def _plain(act: str, title: str, law: str, power: Power) -> Duty:
    return Duty(act, title, law, power, None, act=act)


def _may_close(case: Case, world: World) -> bool:
    try:
        return not any(guard(case, case.acts[-1], world) for guard in CLOSING)
    except UnknownYear:
        return False

"""What must hold before a document is made and issued (文书制作的前提): a table, judged by one function.

Pure: who judges gathers the grounds, from a tablet's store or from the office's database. What must
hold before a draft is begun is apart from what the officer still has to write in it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from lawbook import wants
from lawbook.covering import MEASURES as MEASURES
from lawbook.covering import ORDER as ORDER
from lawbook.covering import against_covering
from lawbook.days import SEALING_WITHIN
from lawbook.inspection import PresentOfficer, require_officers
from lawbook.instalments import AT_ONCE
from lawbook.money import in_figures
from lawbook.on_the_spot import against_penalty
from lawbook.penalty.weighing import Scales
from lawbook.penalty_kinds import SUMMARY_CEILINGS
from lawbook.rectification import NothingToCorrect
from lawbook.refusal import Refusal

RECORD = "inspection-record"
INQUIRY_NOTICE, SEIZURE = "inquiry-notice", "seizure-decision"
REPORT_WITHIN = timedelta(hours=24)
"""行政强制法 §19: an urgent coercive measure is reported, and its approval made up for."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a document rests on (制作依据).

    at: the moment of issue, or now. on: its day in Beijing. issued: the kinds of documents issued
    about the same inspection. findings: how many problems it found. reinspected: whether a
    re-inspection has been recorded. corrects: whether the document to be corrected is an issued
    one. said: the document's content so far, by field. covered: finding → the document of this kind,
    issued and not corrected, that covers it already. scales: by which a penalty on the
    spot is asked before anybody signs; None where it was handed over already.
    """

    at: datetime
    on: date
    officers: tuple[PresentOfficer, ...]
    issued: frozenset[str] = frozenset()
    findings: int = 0
    reinspected: bool = False
    corrects: bool = False
    said: Mapping[str, Any] = field(default_factory=dict)
    covered: Mapping[str, str] = field(default_factory=dict)
    scales: Scales | None = None


Condition = Callable[[Grounds], Refusal | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """Conditions of a kind of document: before a draft is begun, and before it is issued."""

    begin: tuple[Condition, ...] = ()
    issue: tuple[Condition, ...] = ()


def judge(kind: str, grounds: Grounds) -> tuple[Refusal, ...]:
    """Everything that stands against issuing a document of this kind; empty when it may be."""
    rule = TABLE.get(kind, Rule())
    return (*may_begin(kind, grounds), *_judged(rule.issue, grounds))


def may_begin(kind: str, grounds: Grounds) -> tuple[Refusal, ...]:
    """Everything that stands against beginning a draft of this kind."""
    return _judged((_officers, *TABLE.get(kind, Rule()).begin), grounds)


def _judged(conditions: tuple[Condition, ...], grounds: Grounds) -> tuple[Refusal, ...]:
    found = (condition(grounds) for condition in conditions)
    return tuple(one for one in found if one is not None)


def _officers(grounds: Grounds) -> Refusal | None:
    """Two certified officers, valid on the day (行政处罚法 §42、§55；安全生产法 §67)."""
    try:
        require_officers(grounds.officers, grounds.on)
    except Refusal as refusal:
        return refusal
    return None


def _after(why: type[wants.DocumentFirst], *kinds: str) -> Condition:
    """One of these documents has been issued."""
    return lambda grounds: None if grounds.issued.intersection(kinds) else why()


def _that(why: type[Refusal], holds: Callable[[Grounds], bool]) -> Condition:
    """Something simple holds."""
    return lambda grounds: None if holds(grounds) else why()


def _moment(said: object) -> datetime | None:
    """A moment as a form holds it; None when it is none."""
    try:
        at = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None else None


def _day(said: object) -> date | None:
    try:
        return date.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None


def _approved(grounds: Grounds) -> bool:
    """A head of the organ has approved, before it is issued (approved_by, approved_at)."""
    at = _moment(grounds.said.get("approved_at"))
    return bool(grounds.said.get("approved_by")) and at is not None and at <= grounds.at


def _seizure_approved(grounds: Grounds) -> Refusal | None:
    """Approved beforehand; or urgent, with its reason, and made up for within 24 hours."""
    if grounds.said.get("approval") != "urgent":
        return None if _approved(grounds) else wants.SeizureNotApproved()
    if not grounds.said.get("urgent_reason"):
        return wants.SeizureNotApproved("情况紧急当场实施的，没有写明理由")
    return None


def sealed_until(sealed_on: date) -> date:
    """The last day of a sealing that begins on a day: where its running limit ends (行政强制法 §25)."""
    return sealed_on + timedelta(SEALING_WITHIN.length)


def _seizure_period(grounds: Grounds) -> Refusal | None:
    until = _day(grounds.said.get("until"))
    last = sealed_until(grounds.on)
    if until is None or grounds.on <= until <= last:
        return None
    return wants.SeizureTooLong(f"期限至 {until}，最迟可至 {last}")


def _within_ceiling(grounds: Grounds) -> Refusal | None:
    fine, most = (
        grounds.said.get("fine"),
        SUMMARY_CEILINGS.get(str(grounds.said.get("party_kind")), 0),
    )
    if not isinstance(fine, int) or fine <= most:
        return None
    return wants.FineAboveCeiling(f"罚款 {in_figures(fine)} 元，上限 {in_figures(most)} 元")


def _law_knows_it(grounds: Grounds) -> Refusal | None:
    """The article punishes this party, at this moment, so much (lawbook.on_the_spot)."""
    if grounds.scales is None:
        return None
    return against_penalty(grounds.said, grounds.at, grounds.scales)


def _fine_is_clear(grounds: Grounds) -> bool:
    """A fine has its amount, and an amount its fine."""
    chosen = grounds.said.get("penalties") or ()
    fine = grounds.said.get("fine")
    return ("fine" in chosen) == (isinstance(fine, int) and fine > 0)


def _may_collect(grounds: Grounds) -> bool:
    fine = grounds.said.get("fine")
    at_once = grounds.said.get("payment") == "at_once"
    small = isinstance(fine, int) and fine <= AT_ONCE
    return not at_once or small or bool(grounds.said.get("collection_reason"))


def _corrections_said(grounds: Grounds) -> bool:
    """Who agrees but for corrections has them written down (更正)."""
    return grounds.said.get("confirmed") != "agreed_but" or bool(grounds.said.get("corrections"))


def _covered_once(grounds: Grounds) -> Refusal | None:
    """No finding that a document of this kind covers already (lawbook.covering)."""
    return against_covering(grounds.said, grounds.covered)


_FOUND = _that(NothingToCorrect, lambda grounds: grounds.findings > 0)

TABLE: Mapping[str, Rule] = {
    # 安全生产法 §65、§67、§68；行政处罚法 §55、§56: nothing besides two certified officers.
    "inspection-notice": Rule(),
    RECORD: Rule(),
    INQUIRY_NOTICE: Rule(),
    "survey-record": Rule(),
    "sampling-receipt": Rule(),
    # 安全生产法 §65(1)(2): only what was found can be ordered to be put right.
    ORDER: Rule((_FOUND, _covered_once)),
    # 现场处理措施决定书 ← 现场检查记录. 安全生产法 §65(1)(3).
    MEASURES: Rule(
        (
            _after(wants.RecordFirst, RECORD),
            _that(wants.NothingToHandle, lambda grounds: grounds.findings > 0),
            _covered_once,
        )
    ),
    # 询问笔录 ← 询问通知书 (待确认).
    "inquiry-record": Rule(
        (_after(wants.InquiryNoticeFirst, INQUIRY_NOTICE),),
        (_that(wants.CorrectionsUnsaid, _corrections_said),),
    ),
    # 行政处罚法 §56: the head approves, always beforehand; it knows no urgent exception. 待确认.
    "evidence-registration-notice": Rule((), (_that(wants.RegistrationNotApproved, _approved),)),
    # 行政强制法 §18、§19、§25.
    SEIZURE: Rule((), (_seizure_approved, _seizure_period)),
    # 行政处罚法 §44、§51、§68. Some systems ask for a written 处罚告知书 first; the law lets
    # the party be told by word of mouth, which the form records. 待确认.
    "on-the-spot-penalty": Rule(
        (
            _that(wants.NothingToPunish, lambda grounds: grounds.findings > 0),
            _covered_once,
            _law_knows_it,
        ),
        (
            _that(wants.NotTold, lambda grounds: grounds.said.get("told") is True),
            _that(wants.FineUnclear, _fine_is_clear),
            _within_ceiling,
            _that(wants.NotToBeCollected, _may_collect),
        ),
    ),
    # 整改复查意见书 ← any of 现场处理措施决定书、责令限期整改指令书、强制措施决定书.
    "reinspection-opinion": Rule(
        (
            _that(wants.ReinspectionFirst, lambda grounds: grounds.reinspected),
            _after(wants.OrderFirst, ORDER, MEASURES, SEIZURE),
        )
    ),
    "service-receipt": Rule((_that(wants.NothingToServe, lambda grounds: bool(grounds.issued)),)),
    "correction-notice": Rule((_that(wants.NothingCorrected, lambda grounds: grounds.corrects),)),
}
"""Kind of document → its conditions, besides the two officers that every document has."""

"""Guards of notice, statement and hearing (告知、陈述申辩、听证)."""

from datetime import date

from lawbook import clock
from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from lawbook.penalty.deadlines import running
from lawbook.penalty.imposing import imposed
from lawbook.penalty.kind import World
from lawbook.penalty.refusals import ActIncomplete
from lawbook.penalty.refusals.acting import ChairHandles, HearingStaffHandles
from lawbook.penalty.refusals.telling import (
    Aggravated,
    HearingClosed,
    HearingNotHeld,
    HearingNoticeShort,
    HearingNotNotified,
    HearingRequestLate,
    NoHearingRight,
    NoticeFirst,
    RecordUnsigned,
)
from lawbook.penalty_kinds import heavier
from lawbook.refusal import Refusal

NOTICE_AHEAD = 7
"""Working days (行政处罚法 §64(2)、§85)."""


def notice_made(case: Case, act: Act, world: World) -> Refusal | None:
    """The penalty was told of in this round."""
    return None if case.notice else NoticeFirst()


def not_aggravated_by_defence(case: Case, act: Act, world: World) -> Refusal | None:
    """A new notice after the party has spoken is no heavier; new facts begin a new round (§45(2))."""
    before = case.notice
    if before is None or not heavier(imposed(before), imposed(act)):
        return None
    spoke = case.latest("state-and-defend", "request-hearing")
    return Aggravated("当事人已经陈述、申辩或者要求听证") if spoke else None


def hearing_notice_served(case: Case, act: Act, world: World) -> Refusal | None:
    """The notice of the right to a hearing reached the party."""
    return None if case.hearing_notice_served else NoHearingRight()


def hearing_in_time(case: Case, act: Act, world: World) -> Refusal | None:
    """Within five working days; later only for a good reason that the head accepts."""
    if act.said.get("late_reason"):
        return None
    served = case.hearing_notice_served
    asked = act.day("asked_on")
    for one in running(case):
        if (
            served
            and (one.name, one.opener) == ("request-hearing", served.id)
            and one.over(asked, world.calendar)
        ):
            return HearingRequestLate()
    return None


def hearing_announced(case: Case, act: Act, world: World) -> Refusal | None:
    """Seven whole working days lie between the notice and the hearing (行政处罚法 §64(2))."""
    hearing_on = date.fromisoformat(act.said["hearing_on"])
    last = clock.before(hearing_on, NOTICE_AHEAD, world.calendar)
    received = act.day("received_on")
    if received > last:
        return HearingNoticeShort(
            f"{hearing_on} 举行的听证，最迟 {last} 通知；通知送达于 {received}"
        )
    return None


def chair_apart(case: Case, act: Act, world: World) -> Refusal | None:
    """The chair has not investigated the case, and was not recused (行政处罚法 §64(4))."""
    chair = str(act.said.get("chair"))
    if chair in case.ever_handled:
        return ChairHandles()
    if chair in world.inspectors:
        return ChairHandles("该人员参加了本案的现场检查")
    return ChairHandles("该人员应当回避") if chair in case.recused else None


def staff_apart(case: Case, act: Act, world: World) -> Refusal | None:
    """Nor have those who sit with the chair and who writes the record (行政处罚法 §64(4), facts §3.3)."""
    named = (*(act.said.get("assessors") or ()), act.said["clerk"])
    theirs = {*case.investigators, *world.inspectors.values()}
    mixed = [name for name in named if name in theirs]
    return HearingStaffHandles(f"{'、'.join(mixed)}是本案调查人员") if mixed else None


def closed_for_a_reason(case: Case, act: Act, world: World) -> Refusal | None:
    """Heard in public, but for secrets of state or trade, or privacy (行政处罚法 §64(3))."""
    if act.said["public"] or act.said.get("closed_ground"):
        return None
    return HearingClosed("没有写明不公开举行的理由")


def record_signed(case: Case, act: Act, world: World) -> Refusal | None:
    """The party signed the record, or the chair noted that it refused (行政处罚法 §64(8))."""
    if act.said["signed"] or act.said.get("unsigned_reason"):
        return None
    return RecordUnsigned()


def session_notified(case: Case, act: Act, world: World) -> Refusal | None:
    """The parties were told of the session, and its day has come."""
    told = case.session
    if told is None:
        return HearingNotNotified()
    on = told.day("hearing_on")
    return HearingNotNotified(f"听证定于 {on}") if act.on < on else None


def given_up(case: Case, act: Act, world: World) -> Refusal | None:
    """Taken back over a signature; absent or gone only from a hearing whose day has come (§64(6))."""
    if act.said["how"] != "withdrawn":
        return session_notified(case, act, world)
    return None if act.said.get("signed_by") else ActIncomplete("撤回听证要求的，写明签名人")


def chair_sits(case: Case, act: Act, world: World) -> Refusal | None:
    """Who holds the hearing is who was named as chair, and no handler."""
    told = case.session
    if act.by.number in case.ever_handled:
        return ChairHandles()
    if told and act.by.number != told.said["chair"]:
        return ChairHandles(f"通知的主持人是{told.said['chair_name']}")
    return None


def hearing_held(case: Case, act: Act, world: World) -> Refusal | None:
    """The hearing was held, after it was last announced."""
    if case.hearing is None:
        return HearingNotHeld()
    return ChairHandles() if act.by.number in case.ever_handled else None

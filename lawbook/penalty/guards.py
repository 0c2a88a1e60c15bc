"""Guards that several acts share: what must hold before, with the article that says so."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lawbook.choice_of_law import Limitation, limitation
from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from lawbook.penalty.deadlines import open_limit, running
from lawbook.penalty.imposing import imposed
from lawbook.penalty.kind import Guard, World
from lawbook.penalty.refusals import NotSubmitter
from lawbook.penalty.refusals.acting import CertificateNotShown
from lawbook.penalty.refusals.deciding import DeliberationFirst, HeadsDecide, LegalReviewFirst
from lawbook.penalty.refusals.investigating import (
    EvidenceUndisposed,
    LeadNotComplete,
    PartyIncomplete,
    SealedUndisposed,
    TimeBarred,
)
from lawbook.penalty.refusals.telling import Aggravated, HearingNoticeFirst
from lawbook.penalty.taking_over import TAKE_OVER
from lawbook.penalty.weighing import as_weighed, weighed, within_statute
from lawbook.penalty_kinds import HEARD_KINDS, heavier, legal_review_due
from lawbook.refusal import Refusal


def party_known(case: Case, act: Act, world: World) -> Refusal | None:
    """The party is named; an organisation has its representative (行政处罚法 §59)."""
    party = act.said.get("party") or case.party
    if not party.get("name"):
        return PartyIncomplete("没有当事人的姓名或者名称")
    if not party.get("address"):
        return PartyIncomplete("没有当事人的地址")
    return None


def certificate_shown(case: Case, act: Act, world: World) -> Refusal | None:
    """Who penalises on the spot has shown the certificate (行政处罚法 §52(1)、§55(1))."""
    return None if act.said["certificate_shown"] else CertificateNotShown()


def violations_told(case: Case, act: Act, world: World) -> Refusal | None:
    """At least one violation with the provision that it broke."""
    if not (act.said.get("violations") or case.violations):
        return LeadNotComplete()
    return None


def not_time_barred(case: Case, act: Act, world: World) -> Refusal | None:
    """Found within two years, or five, from the violation or its end (行政处罚法 §36).

    Asked of the violations that the act tells, else of those of the case. Of one that says no day
    of its own, the day on which the case says that it was found; else that of the filing.
    """
    if act.said.get("outcome") not in (None, "penalty"):
        return None
    for one in act.said.get("violations") or case.violations:
        term = barring(case, act, one)
        if term is not None and term.past:
            return TimeBarred(
                f"违法行为终了于 {one['ended_on']}，{term.years} 年内（至 {term.last_day}）未被发现"
            )
    return None


def barring(case: Case, act: Act, violation: Mapping[str, Any]) -> Limitation | None:
    """The limitation of one violation; None when nobody has said when it ended."""
    ended = violation.get("ended_on")
    if not ended:
        return None
    filed = case.filing.on.isoformat() if case.filing else act.on.isoformat()
    found = (
        violation.get("found_on") or act.said.get("found_on") or case.told.get("found_on") or filed
    )
    return limitation(
        date.fromisoformat(ended), date.fromisoformat(found), grave=bool(violation.get("harmful"))
    )


def discretion_holds(case: Case, act: Act, world: World) -> Refusal | None:
    """Each violation's fine lies where article, grade and circumstances allow it (行政处罚法 §5、§34)."""
    return weighed(case, act, world.scales)


def statute_holds(case: Case, act: Act, world: World) -> Refusal | None:
    """The fine is one that the articles allow for all violations together, and that they were weighed at
    (行政处罚法 §4、§5、§32)."""
    if act.said.get("outcome") not in (None, "penalty"):
        return None
    fine = imposed(act).fine
    return within_statute(case, act, fine, world.scales) or as_weighed(
        case, act, fine, world.scales
    )


def own_submission(*kinds: str) -> Guard:
    """Nobody but who submitted it takes it back."""

    def guard(case: Case, act: Act, world: World) -> Refusal | None:
        last = case.latest(*kinds) or case.ever(*kinds)
        same = last is not None and last.by.number == act.by.number
        return None if same or last is None else NotSubmitter(f"由{last.by.name}报批")

    return guard


AT_SITE = "现场检查时采取的措施尚未处理：接续到本案办理，或者由负责人在待办中答复处理结果"


def evidence_disposed(case: Case, act: Act, world: World) -> Refusal | None:
    """Nothing registered beforehand waits for a decision, here or at the site."""
    if open_limit(case, "decide-preserved-evidence"):
        return EvidenceUndisposed()
    at_site = "decide-preserved-evidence" in world.held
    return EvidenceUndisposed(AT_SITE, mend=TAKE_OVER) if at_site else None


def sealed_disposed(case: Case, act: Act, world: World) -> Refusal | None:
    """Nothing sealed or seized waits, here or at the site."""
    if open_limit(case, "sealing"):
        return SealedUndisposed()
    return SealedUndisposed(AT_SITE, mend=TAKE_OVER) if "sealing" in world.held else None


def proposal(case: Case) -> Act | None:
    """The penalty as it stands: approved, submitted or told to the party."""
    return case.latest("approve-decision") or case.latest("submit-decision") or case.notice


def not_to_penalise(case: Case) -> bool:
    """Whether what stands is that no penalty be given (拟不予行政处罚): the latest word on the outcome."""
    last = case.latest("approve-decision", "submit-decision", "conclude-investigation")
    return last is not None and last.said.get("outcome") == "no-penalty"


def not_aggravated(case: Case, act: Act, world: World) -> Refusal | None:
    """No heavier than told (行政处罚法 §45(2))."""
    notice = case.notice
    if notice is None or not heavier(imposed(notice), imposed(act)):
        return None
    return Aggravated(f"告知的是{imposed(notice).told}，现为{imposed(act).told}")


def hearing_right(case: Case, act: Act, world: World) -> bool:
    """Whether what is proposed gives the right to a hearing."""
    return bool(world.norms.hearing(case.party_kind, imposed(act)))


def hearing_told(case: Case, act: Act, world: World) -> Refusal | None:
    """The party was told of its right to a hearing, where it has one (行政处罚法 §63)."""
    if not hearing_right(case, act, world) or case.hearing_notice:
        return None
    return HearingNoticeFirst()


def review_needed(case: Case, act: Act, world: World) -> str | None:
    """Why the law wants a legal review (行政处罚法 §58(1)), or None.

    The gravest kinds are reviewed whether they were heard or not: they stand in every organ's list
    of weighty decisions (国办发〔2018〕118号, 待确认 for this bureau).
    """
    flags = _concluded(case)
    grave = any(kind in HEARD_KINDS for kind in imposed(act).kinds)
    reasons = legal_review_due(
        public_interest=bool(flags.get("public_interest")),
        heard=case.latest("hold-hearing") is not None,
        complex_case=bool(flags.get("complex")),
        listed=bool(flags.get("review_by_rule")) or grave,
    )
    return reasons[0].text if reasons else None


def _concluded(case: Case) -> Mapping[str, Any]:
    concluded = case.latest("conclude-investigation")
    return concluded.said if concluded else {}


def reviewed(case: Case, act: Act, world: World) -> Refusal | None:
    """Reviewed and agreed to, after the hearing when one was held, and no heavier than was reviewed."""
    why = review_needed(case, proposal(case) or act, world)
    if why is None:
        return None
    last = case.latest("review-legality")
    held = case.latest("hold-hearing")
    good = last is not None and last.said.get("opinion") == "agree"
    if last is None or not good or (held is not None and last not in case.since(held)):
        return LegalReviewFirst(why)
    before = imposed(_as_reviewed(case, last))
    now = imposed(act if "outcome" in act.said else proposal(case))
    if heavier(before, now):
        return LegalReviewFirst(f"审核的是{before.told}，现为{now.told}")
    return None


def _as_reviewed(case: Case, review: Act) -> Act | None:
    """What was proposed when the reviewer looked at it."""
    kinds = ("conclude-investigation", "notify-penalty", "submit-decision")
    before = case.acts[case.begun : case.acts.index(review)]
    return next((one for one in reversed(before) if one.kind in kinds), None)


def deliberated(case: Case, act: Act, world: World) -> Refusal | None:
    """Deliberated by the heads together, where the penalty is grave or the case involved, and no
    heavier than they agreed to."""
    why = deliberation_needed(case, proposal(case) or act, world)
    if why is None:
        return None
    last = case.latest("deliberate")
    if last is None or last.said.get("conclusion") != "agree":
        return DeliberationFirst(why)
    now = imposed(act if "outcome" in act.said else proposal(case))
    if heavier(imposed(last), now):
        return DeliberationFirst(f"集体讨论同意的是{imposed(last).told}，现为{now.told}")
    return None


HEADS = 2
"""Fewer do not decide together."""


def heads_decide(case: Case, act: Act, world: World) -> Refusal | None:
    """Two heads of the organ at least; who investigated reports, and does nothing else (行政处罚法 §57(2))."""
    said, theirs = act.said, case.investigators
    others = [
        one["name"]
        for one in said["attendees"]
        if one["name"] != said["reporter"] or one.get("head")
    ]
    mixed = [name for name in (said["chair"], said["recorder"], *others) if name in theirs]
    if mixed:
        names = "、".join(dict.fromkeys(mixed))
        return HeadsDecide(f"{names}是本案承办人，只能作为汇报人列席")
    heads = {one["name"] for one in said["attendees"] if one.get("head")}
    return None if len(heads) >= HEADS else HeadsDecide(f"出席的本机关负责人有 {len(heads)} 名")


def deliberation_needed(case: Case, act: Act, world: World) -> str | None:
    """Why the heads decide together on what this act proposes (行政处罚法 §57(2)), or None."""
    complex_ = bool(_concluded(case).get("complex"))
    reasons = world.norms.deliberation(case.party_kind, imposed(act), complex_case=complex_)
    return reasons[0].text if reasons else None


def over(case: Case, name: str, opener: Act, on: date, world: World) -> bool | None:
    """Whether the limit that an act opened is over, or was closed; None when it opened none. UnknownYear."""
    found = [one for one in running(case) if (one.name, one.opener) == (name, opener.id)]
    if not found:
        return None
    return found[-1].closed_on is not None or found[-1].over(on, world.calendar)

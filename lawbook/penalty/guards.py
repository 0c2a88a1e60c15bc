"""Guards that several acts share: what must hold before, with the article that says so."""

from datetime import date

from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from lawbook.penalty.deadlines import open_limit, running
from lawbook.penalty.decision_refusals import (
    Aggravated,
    DeliberationFirst,
    HearingNoticeFirst,
    LegalReviewFirst,
)
from lawbook.penalty.kind import Guard, World, told
from lawbook.penalty.norms import GRAVE
from lawbook.penalty.refusals import (
    EvidenceUndisposed,
    LeadNotComplete,
    MeasureNotApproved,
    NotSubmitter,
    PartyIncomplete,
    SealedUndisposed,
    TimeBarred,
)
from lawbook.penalty.weighing import weighed
from lawbook.refusal import Refusal


def party_known(case: Case, act: Act, world: World) -> Refusal | None:
    """The party is named; an organisation has its representative (行政处罚法 §59)."""
    party = act.said.get("party") or case.party
    if not party.get("name"):
        return PartyIncomplete("没有当事人的姓名或者名称")
    if not party.get("address"):
        return PartyIncomplete("没有当事人的地址")
    return None


def violations_told(case: Case, act: Act, world: World) -> Refusal | None:
    """At least one violation with the provision that it broke."""
    if not (act.said.get("violations") or case.violations):
        return LeadNotComplete()
    return None


def not_time_barred(case: Case, act: Act, world: World) -> Refusal | None:
    """Two years, or five, from the violation or its end (行政处罚法 §36)."""
    for one in act.said.get("violations") or ():
        ended = one.get("ended_on")
        years = 5 if one.get("harmful") else 2
        if ended and _years_on(date.fromisoformat(ended), years) < act.on:
            return TimeBarred(f"违法行为终了于 {ended}，已过 {years} 年")
    return None


def _years_on(day: date, years: int) -> date:
    """The same day so many years later; 28 February for a 29 February that is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def discretion_holds(case: Case, act: Act, world: World) -> Refusal | None:
    """Each violation's fine lies where article, grade and circumstances allow it (行政处罚法 §5、§34)."""
    return weighed(case, act, world.scales)


def own_submission(*kinds: str) -> Guard:
    """Nobody but who submitted it takes it back."""

    def guard(case: Case, act: Act, world: World) -> Refusal | None:
        last = case.latest(*kinds) or case.ever(*kinds)
        same = last is not None and last.by.number == act.by.number
        return None if same or last is None else NotSubmitter(f"由{last.by.name}报批")

    return guard


def measure_approved(measure: str) -> Guard:
    """The head approved this measure, and no act has used the approval yet."""

    def guard(case: Case, act: Act, world: World) -> Refusal | None:
        if act.said.get("urgent"):
            return None
        return None if approvals_left(case, measure) > 0 else MeasureNotApproved(measure=measure)

    return guard


def approvals_left(case: Case, measure: str) -> int:
    """How many approvals of this measure have not been used."""
    given = sum(
        bool(act.said["measure"] == measure and act.said["agreed"])
        for act in case.all("approve-measure")
    )
    return given - sum(not act.said.get("urgent") for act in case.all(measure))


def evidence_disposed(case: Case, act: Act, world: World) -> Refusal | None:
    """Nothing registered beforehand waits for a decision."""
    return EvidenceUndisposed() if open_limit(case, "decide-preserved-evidence") else None


def sealed_disposed(case: Case, act: Act, world: World) -> Refusal | None:
    """Nothing sealed or seized waits."""
    return SealedUndisposed() if open_limit(case, "sealing") else None


def proposal(case: Case) -> Act | None:
    """The penalty as it stands: approved, submitted or told to the party."""
    return case.latest("approve-decision") or case.latest("submit-decision") or case.notice


def penalties_of(act: Act | None) -> tuple[frozenset[str], int]:
    """Kinds of penalty and the fine that an act tells of."""
    if act is None:
        return frozenset(), 0
    return frozenset(act.said.get("penalties") or ()), told(act.said, "fine")


def heavier(before: Act, after: Act) -> bool:
    """Whether a penalty is heavier: a larger fine, or a kind that was not told of."""
    kinds, fine = penalties_of(before)
    more, larger = penalties_of(after)
    added = more - kinds
    return larger > fine or bool(added - {"warning", "criticism"}) or (bool(added) and not kinds)


def not_aggravated(case: Case, act: Act, world: World) -> Refusal | None:
    """No heavier than told (行政处罚法 §45(2))."""
    notice = case.notice
    if notice is None or not heavier(notice, act):
        return None
    return Aggravated(
        f"告知的罚款为 {told(notice.said, 'fine')} 分，现为 {told(act.said, 'fine')} 分"
    )


def hearing_right(case: Case, act: Act, world: World) -> bool:
    """Whether what is proposed gives the right to a hearing."""
    kinds, fine = penalties_of(act)
    return world.norms.hearing_right(case.party_kind, kinds, fine)


def hearing_told(case: Case, act: Act, world: World) -> Refusal | None:
    """The party was told of its right to a hearing, where it has one (行政处罚法 §63)."""
    if not hearing_right(case, act, world) or case.latest("notify-hearing"):
        return None
    return HearingNoticeFirst()


def review_needed(case: Case, act: Act, world: World) -> str | None:
    """Why the law wants a legal review (行政处罚法 §58(1)), or None."""
    concluded = case.latest("conclude-investigation")
    flags = concluded.said if concluded else {}
    if flags.get("public_interest"):
        return "涉及重大公共利益"
    if case.latest("hold-hearing"):
        return "经过听证程序"
    if flags.get("complex"):
        return "案件情况疑难复杂、涉及多个法律关系"
    if flags.get("review_by_rule"):
        return "法律、法规规定应当进行法制审核"
    kinds, _ = penalties_of(act)
    return "直接关系当事人重大权益" if GRAVE & kinds else None


def reviewed(case: Case, act: Act, world: World) -> Refusal | None:
    """Reviewed and agreed to, after the hearing when one was held."""
    why = review_needed(case, proposal(case) or act, world)
    if why is None:
        return None
    last = case.latest("review-legality")
    held = case.latest("hold-hearing")
    good = last is not None and last.said.get("opinion") == "agree"
    if good and (held is None or last in case.since(held)):
        return None
    return LegalReviewFirst(why)


def deliberated(case: Case, act: Act, world: World) -> Refusal | None:
    """Deliberated by the heads together, where the penalty is grave or the case involved."""
    kinds, fine = penalties_of(proposal(case) or act)
    concluded = case.latest("conclude-investigation")
    complex_ = bool(concluded and concluded.said.get("complex"))
    if not complex_ and not world.norms.must_deliberate(case.party_kind, kinds, fine):
        return None
    last = case.latest("deliberate")
    agreed = last is not None and last.said.get("conclusion") == "agree"
    return None if agreed else DeliberationFirst("情节复杂" if complex_ else "属于重大处罚")


def over(case: Case, name: str, on: date, world: World) -> bool | None:
    """Whether a limit of this round is over, or was closed; None when none was opened. UnknownYear."""
    ids = {act.id for act in case.acts[case.begun :]}
    found = [one for one in running(case) if one.name == name and one.opener in ids]
    if not found:
        return None
    return found[-1].closed_on is not None or found[-1].over(on, world.calendar)

"""Guards of what is put to the head (报批、审批): asked soundly, answered once, done as approved."""

from collections.abc import Mapping
from dataclasses import dataclass

from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from lawbook.penalty.deadlines import open_limits
from lawbook.penalty.kind import REGISTRY, Effect, World
from lawbook.penalty.matters import MATTERS, MEASURES, Matter, matter_of
from lawbook.penalty.refusals import ActIncomplete, NothingOpen, NotSubmitter
from lawbook.penalty.refusals.approving import (
    AlreadyRequested,
    DiffersFromRequest,
    HeadActsItself,
    MatterUnknown,
    MeasureNotApproved,
    NotRequested,
    ReportNotApproved,
)
from lawbook.penalty.sealing import refused, urgent_sealings
from lawbook.penalty.shape import faults
from lawbook.rectification import NotLater, require_later
from lawbook.refusal import Refusal

LIMITS = (
    "approve-measure", "approve-report", "decide-transfer", "approve-filing", "file-after-investigation",
    "approve-closing",
)  # fmt: skip
"""Limits that run while a matter waits for the head."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A matter that waits for the head, and the act that asked for it."""

    matter: Matter
    request: Act


def about(code: str) -> Effect:
    """An act is about this matter."""
    return lambda case, act: act.said.get("measure") == code


def asks_for_report(case: Case, act: Act) -> bool:
    """The procedure wants the report of the investigation approved."""
    return "report" in case.procedure.matters


def waiting(
    case: Case, measure: str | None = None, request: object = None, *, advice: bool = False
) -> list[Waiting]:
    """What waits for the head, the earliest first; of one measure, or of one request.

    advice: also what is decided by acts of its own, and only advised on here.
    """
    found: list[Waiting] = []
    for one in open_limits(case):
        asked = case.one(one.opener) if one.name in LIMITS else None
        matter = matter_of(asked.kind, asked.said) if asked else None
        if asked is None or matter is None or (matter.advice and not advice):
            continue
        known = [asked.id] if matter.code in case.procedure.matters or matter.own else []
        if known and measure in (None, matter.code) and request in (None, *known):
            found.append(Waiting(matter, asked))
    return found


def waits(case: Case, act: Act, world: World) -> Refusal | None:
    """The head was asked for this and has not answered."""
    measure, request = act.said.get("measure"), act.said.get("request")
    found = waiting(case, measure, request, advice=act.kind == "advise-measure")
    if act.kind == "approve-measure" and not measure:
        # What is approved by an act of its own is not offered under this one as well.
        found = [one for one in found if not one.matter.own]
    return None if found else NothingOpen("没有待批的相应事项", mend="request-measure")


def answers_so(case: Case, act: Act, world: World) -> Refusal | None:
    """What is approved by an act of the head's own is refused here, but agreed to by that act."""
    matter = MATTERS[act.said["measure"]]
    found = waiting(case, matter.code, act.said.get("request"))
    if any(one.request.kind == "propose-transfer" for one in found):
        agreed = act.said["agreed"]
        return HeadActsItself(mend="transfer" if agreed else "decline-transfer")
    if matter.own and act.said["agreed"]:
        return HeadActsItself(f"同意的，以“{REGISTRY[matter.act].title}”办理", mend=matter.act)
    return None


def own_request(case: Case, act: Act, world: World) -> Refusal | None:
    """Nobody but who asked takes it back; a report is taken back by going on investigating."""
    found = waiting(case, act.said["measure"], act.said.get("request"))
    asked = [one.request for one in found if one.request.kind == "request-measure"]
    if found and not asked:
        return NothingOpen("以补充调查撤回", mend="supplement-investigation")
    if any(one.by.number == act.by.number for one in asked):
        return None
    return NotSubmitter(f"由{asked[0].by.name}报批") if asked else None


def asked_soundly(case: Case, act: Act, world: World) -> Refusal | None:
    """The procedure puts this to the head, nobody has asked already, and what is to be done is said."""
    matter, said = MATTERS[act.said["measure"]], act.said
    if matter.code not in case.procedure.matters or "request-measure" not in matter.asked:
        return MatterUnknown(f"“{matter.title}”在{case.procedure.title}中不以此报批")
    if matter.code in MEASURES:
        return None
    if any(
        same(one.request, act, ("of",)) for one in waiting(case, matter.code) if _single(matter)
    ):
        return AlreadyRequested(f"“{matter.title}”已经报批，等待审批")
    lacking = [one for one in matter.wants if not said.get(one)]
    if lacking:
        names = {field.name: field.label for field in REGISTRY[act.kind].shape}
        return ActIncomplete("写明" + "、".join(names[one] for one in lacking))
    return _put_off(act, matter) or _possible(case, act, matter, world)


def _put_off(act: Act, matter: Matter) -> Refusal | None:
    """Correction is put off to a day after the request, and one that can still come (延期整改)."""
    if matter.code != "correction":
        return None
    try:
        require_later(act.day("until"), act.day("applied_on"), (act.on,))
    except NotLater as refusal:
        return refusal
    return None


def _single(matter: Matter) -> bool:
    return matter.own or "of" in matter.wants


def _possible(case: Case, act: Act, matter: Matter, world: World) -> Refusal | None:
    """What is asked for is something that the act could do: its words, and what stands against it."""
    if not matter.act:
        return None
    kind = REGISTRY[matter.act]
    shape = {field.name: field for field in kind.shape}
    asked = {name: act.said[name] for name in matter.same if act.said.get(name)}
    wrong = faults(tuple(shape[name] for name in asked), asked)
    if wrong:
        return ActIncomplete("；".join(wrong))
    probe = Act("", kind.code, act.at, act.by, act.officers, dict(act.said), act.rules)
    if matter.code in ("seal", "apply-to-court"):
        return None
    guards = (*kind.standing, *(kind.content if matter.own else ()))
    return next((found for guard in guards if (found := guard(case, probe, world))), None)


def same(asked: Act, done: Act, names: tuple[str, ...]) -> bool:
    """Whether what is done says no other than what was asked for."""
    return all(
        _plain(asked.said.get(name)) == _plain(done.said[name])
        for name in names
        if done.said.get(name) and asked.said.get(name)
    )


def _plain(value: object) -> object:
    """As it is compared: of instalments the days and sums, no numbers of documents."""
    if isinstance(value, list | tuple):
        return [
            {k: v for k, v in one.items() if k != "number"} if isinstance(one, Mapping) else one
            for one in value
        ]
    return value


def approved(case: Case, code: str) -> list[Act]:
    """Requests of this matter that the head agreed to and that no act has used, the earliest first."""
    left: list[Act] = []
    made_up = {one.answer.id for one in urgent_sealings(case) if one.answer}
    for n, act in enumerate(case.acts):
        if act.kind == "approve-measure" and act.said["measure"] == code and act.said["agreed"]:
            asked = case.one(act.said.get("request")) or _asked_before(case, n, code)
            left += [asked] if asked and act.id not in made_up else []
        elif act.kind == code and not act.said.get("urgent"):
            names = MATTERS[code].same
            used = next((one for one in left if same(one, act, names)), left[0] if left else None)
            left = [one for one in left if one is not used]
    return left


def _asked_before(case: Case, n: int, code: str) -> Act | None:
    return next(
        (
            one for one in reversed(case.acts[:n])
            if one.kind == "request-measure" and one.said["measure"] == code
        ),
        None,
    )  # fmt: skip


def against(case: Case, act: Act, *, probing: bool = False) -> Refusal | None:
    """Why an act may not be done for want of approval; None where its procedure wants none.

    probing: whether it is offered; what it will say is not known yet.
    """
    matter = MATTERS.get(act.kind)
    if matter is None or matter.code not in case.procedure.matters or not matter.act:
        return None
    if matter.urgent and (probing or act.said.get("urgent")):
        return None
    if act.kind == "dispose-sealed" and refused(case, act.said.get("of")):
        # He has decided already: it is released at once, without asking him again (行政强制法 §19).
        return None
    asked = [one.request for one in waiting(case, matter.code)]
    if matter.own:
        return _own(case, act, matter, asked)
    left = approved(case, matter.code)
    if any(same(one, act, matter.same) for one in left):
        return None
    if left:
        return DiffersFromRequest("与批准的内容不一致", mend="request-measure")
    mend = "approve-measure" if asked else "request-measure"
    return MeasureNotApproved(mend=mend, measure=matter.code)


def _own(case: Case, act: Act, matter: Matter, asked: list[Act]) -> Refusal | None:
    crime = act.kind == "transfer" and act.said.get("kind") == "crime"
    if crime:
        asked = [one for one in asked if one.kind == "propose-transfer"]
    if any(same(one, act, matter.same) for one in asked):
        return None
    if asked:
        return DiffersFromRequest("与报批的内容不一致")
    return NotRequested(
        mend="propose-transfer" if crime else "request-measure", measure=matter.code
    )


def report_approved(case: Case, act: Act, world: World) -> Refusal | None:
    """The report of the investigation has the opinion of the head in charge, where that is wanted."""
    concluded = case.latest("conclude-investigation")
    if "report" not in case.procedure.matters or concluded is None:
        return None
    given = [
        one for one in case.since(concluded, "approve-measure") if one.said["measure"] == "report"
    ]
    if given and given[-1].said["agreed"]:
        return None
    if given:
        return ReportNotApproved("分管负责人不同意调查终结报告", mend="supplement-investigation")
    return ReportNotApproved()


def opinions(case: Case, request: Act) -> dict[str, Act]:
    """endorse, advise, approve, return, withdraw → the act about this request, up to what answered it.

    Where the head's own act is the approval, that act stands under approve; so does one that refuses.
    """
    matter = matter_of(request.kind, request.said)
    found: dict[str, Act] = {}
    if matter is None:
        return found
    for act in case.since(request):
        name = _answer(act, request, matter)
        if name is not None:
            found[name] = act
        if name in ANSWERS:
            break
    return found


OPINIONS: Mapping[str, str] = {
    "endorse-measure": "endorse", "advise-measure": "advise", "approve-measure": "approve",
    "return-measure": "return", "withdraw-measure": "withdraw",
}  # fmt: skip
ANSWERS = ("approve", "return", "withdraw")
"""With which a request is over."""


def _answer(act: Act, request: Act, matter: Matter) -> str | None:
    if act.kind in OPINIONS:
        about_it = act.said["measure"] == matter.code
        return OPINIONS[act.kind] if about_it and _of(act, request) else None
    own = matter.own and act.kind == matter.act and same(request, act, matter.same)
    return "approve" if own or (request.kind, act.kind) == DECLINED else None


DECLINED = ("propose-transfer", "decline-transfer")


def _of(act: Act, request: Act) -> bool:
    return act.said.get("request") in (None, request.id)


def requests(case: Case) -> list[Waiting]:
    """Everything that was put to the head, in the order of the acts."""
    asked = ((matter_of(act.kind, act.said), act) for act in case.acts)
    return [
        Waiting(matter, act) for matter, act in asked
        if matter and (matter.code in case.procedure.matters or matter.own)
    ]  # fmt: skip


def request_of(case: Case, act: Act) -> Act | None:
    """The request that an act asks, answers or follows; None where there is none."""
    if matter_of(act.kind, act.said):
        return act
    if named := case.one(act.said.get("request")):
        return named
    # A seal has a measure too, 查封 or 扣押, which is no matter.
    measure = str(act.said.get("measure"))
    code = measure if measure in MATTERS else act.kind
    names = MATTERS[code].same if act.kind in MATTERS else ()
    before = case.acts[: case.acts.index(act)]
    fit = [
        one.request for one in requests(case)
        if one.matter.code == code and one.request in before and same(one.request, act, names)
    ]  # fmt: skip
    return fit[-1] if fit else None

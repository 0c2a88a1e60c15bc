"""What the police answer to a transfer (公安机关是否立案), and what the bureau may do about a refusal.

行政执法机关移送涉嫌犯罪案件的规定 §8–§10: three days to ask the police themselves again (复议), or to propose
that the procuratorate supervise (立案监督); three more after their second refusal. What stays refused
the bureau deals with itself.
"""

from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from lawbook.penalty.deadlines import open_limit
from lawbook.penalty.kind import World
from lawbook.penalty.refusals import ActIncomplete, NothingOpen
from lawbook.penalty.refusals.approving import NotDealtWith, PoliceDisputeLate, PoliceNotAnswered
from lawbook.refusal import Refusal

MOVING = "行政执法机关移送涉嫌犯罪案件的规定"
LIMITS = ("dispute-police", "supervise-police")
"""How long a refusal may be disputed: the first, and the one that came upon reconsideration."""


def _since_sent(case: Case, *kinds: str) -> tuple[Act, ...]:
    sent = case.ever("send-transfer")
    return case.since(sent, *kinds) if sent else ()


def answer(case: Case) -> Act | None:
    """The latest answer of the police; None while there is none."""
    found = _since_sent(case, "record-police-answer")
    return found[-1] if found else None


def declined(case: Case) -> bool:
    """Whether the latest answer is that they do not take the case."""
    last = answer(case)
    return last is not None and last.said["outcome"] == "declined"


def pending(case: Case, way: str = "") -> Act | None:
    """What was asked about a refusal and not answered: of the police, or of the procuratorate."""
    asked = _since_sent(case, "dispute-police")
    if not asked or case.since(asked[-1], "record-police-answer", "receive-back"):
        return None
    return asked[-1] if way in ("", asked[-1].said["way"]) else None


def upon(case: Case, way: str) -> bool:
    """Whether the answer that comes now is one to this."""
    return pending(case, way) is not None


def answer_awaited(case: Case, act: Act, world: World) -> Refusal | None:
    """The police examine the case, or were asked again, or the procuratorate was."""
    if open_limit(case, "police-examine") or pending(case):
        return None
    return NothingOpen("没有公安机关正在审查的移送")


def was_declined(case: Case, act: Act, world: World) -> Refusal | None:
    """The police have refused, and nobody was asked about it yet."""
    if not declined(case):
        return NothingOpen("公安机关没有决定不予立案", mend="record-police-answer")
    return NothingOpen("已经提出，等待答复", mend="record-police-answer") if pending(case) else None


def disputed_soundly(case: Case, act: Act, world: World) -> Refusal | None:
    """The police are asked again once, and in time; the procuratorate later only with the reason."""
    asked = {one.said["way"] for one in _since_sent(case, "dispute-police")}
    if act.said["way"] in asked:
        return NothingOpen("已经提出过一次，并已答复")
    if act.said["way"] == "reconsideration" and asked:
        return NothingOpen("人民检察院已经监督，不再提请公安机关复议")
    clock = next((found for name in LIMITS if (found := open_limit(case, name))), None)
    if clock is None or not clock.over(act.day("sent_on"), world.calendar):
        return None
    due = clock.due_on(world.calendar)
    if act.said["way"] == "reconsideration":
        return PoliceDisputeLate(f"期限于 {due} 届满")
    if not act.said.get("late_reason"):
        return ActIncomplete(f"期限于 {due} 届满，写明超过的理由")
    return None


def nobody_asked(case: Case, act: Act, world: World) -> Refusal | None:
    """A crime is not punished in the place of its prosecution while somebody still decides on that (§11)."""
    return PoliceNotAnswered("已提请复议或者建议立案监督，尚未答复") if pending(case) else None


def answered(case: Case, act: Act, world: World) -> Refusal | None:
    """The police take the case and have its things, or what they would not take came back (§8–§12)."""
    if "record-police-answer" not in case.procedure.kinds or case.ever("send-transfer") is None:
        return None
    last = answer(case)
    if last is None or pending(case):
        return PoliceNotAnswered()
    if declined(case):
        return NotDealtWith()
    return None if case.since(last, "hand-over") else PoliceNotAnswered()

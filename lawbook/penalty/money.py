"""What is owed and paid in a case (应缴、已缴): whole fen, by day."""

from datetime import date

from lawbook.late_payment import LateDay, LateFine, days_late, grown
from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from lawbook.penalty.deadlines import Running, running
from lawbook.penalty.imposing import imposed
from lawbook.penalty.kind import World, told
from lawbook.penalty_kinds import TAKING, PenaltyKind

WORDS = frozenset({PenaltyKind.WARNING, PenaltyKind.CRITICISM})
"""Kinds that are performed by being told."""
SUMS = ("fine", "taken", "late-fine")
"""Towards what is paid."""


def payments(case: Case, towards: str) -> tuple[Act, ...]:
    """Payments towards the fine, the late-fine or what is taken, without those taken back."""
    gone = {act.said.get("of") for act in case.all("reverse-payment")}
    return tuple(
        act for act in case.all("pay") if act.said.get("towards") == towards and act.id not in gone
    )


def refunds(case: Case, towards: str) -> tuple[Act, ...]:
    """What was given back of such payments (退还)."""
    return tuple(act for act in case.all("refund") if act.said.get("towards") == towards)


def paid(case: Case, towards: str = "fine", until: date | None = None) -> int:
    """How much was paid and not given back, up to and with a day."""
    sums = _payments(case, towards)
    return max(sum(amount for on, amount in sums if until is None or on <= until), 0)


def outstanding(case: Case) -> int:
    """What is still owed of the fine itself."""
    return max(case.fine - paid(case), 0)


def late_fine_set(case: Case) -> int:
    """The addition as decided (加处罚款决定), nought before that."""
    act = case.ever("add-late-fine")
    standing = act is not None and case.decision is not None and act in case.since(case.decision)
    return told(act.said, "amount") if act and standing else 0


def late_fine_outstanding(case: Case) -> int:
    """What is still owed of the addition."""
    return max(late_fine_set(case) - paid(case, "late-fine"), 0)


def taken(case: Case) -> int:
    """Illegal gains to be paid over (没收违法所得), in fen, without the worth of goods that are taken too.

    Nought where an older decision takes both and does not tell them apart: then both are performed
    as it says, and recorded (`unperformed`).
    """
    told_of = imposed(case.decision)
    if PenaltyKind.CONFISCATION not in told_of.kinds:
        return 0
    if told_of.kinds >= TAKING:
        return (told_of.taken or 0) - told_of.goods if told_of.goods else 0
    return told_of.taken or 0


def taken_outstanding(case: Case) -> int:
    """What of the gains has not been paid over."""
    return max(taken(case) - paid(case, "taken"), 0)


def total_outstanding(case: Case) -> int:
    """All that is owed in money: of the fine, of what is taken, and of the addition as decided."""
    return outstanding(case) + taken_outstanding(case) + late_fine_outstanding(case)


def to_refund(case: Case, towards: str) -> int:
    """What was collected and is not, or no longer, owed: the decision fell or was lowered (国家赔偿法 §36(1)).

    Nought where the procedure that the case pins knows no refund.
    """
    if "refund" not in case.procedure.kinds:
        return 0
    due = {"fine": case.fine, "taken": taken(case), "late-fine": late_fine_set(case)}
    return max(paid(case, towards) - due[towards], 0)


def total_to_refund(case: Case) -> int:
    """All that is to be given back of fine, of what was taken, and of the addition."""
    return sum(to_refund(case, towards) for towards in SUMS)


def to_perform(case: Case) -> tuple[PenaltyKind, ...]:
    """The kinds in force that no payment performs (停产停业、吊销 …), in the order of 行政处罚法 §9."""
    kinds = imposed(case.decision).kinds - WORDS - {PenaltyKind.FINE}
    if taken(case):
        kinds -= {PenaltyKind.CONFISCATION}
    return tuple(kind for kind in PenaltyKind if kind in kinds)


def unperformed(case: Case) -> tuple[PenaltyKind, ...]:
    """Those of which nobody has recorded that they were performed, by the latest record of each."""
    if case.decision is None:
        return ()
    latest = {
        act.said["duty"]: act.said["performed"]
        for act in case.since(case.decision, "record-performance")
    }
    return tuple(kind for kind in to_perform(case) if not latest.get(str(kind)))


def service(case: Case) -> Act | None:
    """The service of the decision in force."""
    if case.decision is None:
        return None
    found = [act for act in case.since(case.decision, "serve") if act.said.get("of") == "decision"]
    return found[-1] if found else None


def pay_clock(case: Case) -> Running | None:
    """The fifteen days of payment, once the decision is served."""
    served = service(case)
    if served is None:
        return None
    return next(
        (one for one in running(case) if (one.name, one.opener) == ("pay", served.id)), None
    )


def schedule(case: Case, world: World) -> tuple[tuple[date, int], ...]:
    """When how much of the fine is due: in instalments, put off, or within fifteen days.

    Empty before service. UnknownYear when the day lies in a year not announced.
    """
    served, clock = service(case), pay_clock(case)
    if served is None or clock is None or not case.fine:
        return ()
    eased = [act for act in case.since(served, "defer-payment", "allow-instalments")]
    if eased and eased[-1].kind == "allow-instalments":
        before = paid(case, until=eased[-1].on)
        due = [(served.day("served_on"), before)] if before else []
        plan = eased[-1].said["instalments"]
        return (*due, *((date.fromisoformat(one["due_on"]), one["amount"]) for one in plan))
    if eased:
        return ((date.fromisoformat(eased[-1].said["until"]), case.fine),)
    deadline = clock.deadline(world.calendar)
    return ((deadline.due_on, case.fine),) if deadline else ()


def due_on(case: Case, world: World) -> date | None:
    """The next day on which something falls due that is not paid; else None."""
    have = paid(case)
    for on, amount in schedule(case, world):
        have -= amount
        if have < 0:
            return on
    return None


def owed_on(case: Case, world: World, day: date) -> int:
    """What of the fine should have been paid before that day and was not."""
    due = sum(amount for on, amount in schedule(case, world) if on < day)
    return max(min(due, case.fine) - paid(case, until=day), 0)


def not_counted(case: Case, day: date) -> bool:
    """Whether a review or lawsuit was pending on that day (行政处罚法 §73(3))."""
    for act in case.all("record-challenge"):
        ends = case.since(act, "review-outcome")
        until = ends[0].day("received_on") if ends else None
        if act.day("accepted_on") <= day and (until is None or day <= until):
            return True
    return False


def late_days(case: Case, world: World, until: date) -> tuple[LateDay, ...]:
    """Each day from the first after the first due day, up to and with `until` (加处罚款的逐日计算).

    UnknownYear.
    """
    dues = schedule(case, world)
    return days_late(
        case.fine, dues, _payments(case, "fine"), until, lambda on: not_counted(case, on)
    )


def late_fine(case: Case, world: World, until: date) -> LateFine:
    """What has grown on what is late, up to and with `until` (行政处罚法 §72(1)). UnknownYear."""
    dues = schedule(case, world)
    return grown(case.fine, dues, _payments(case, "fine"), until, lambda on: not_counted(case, on))


def _payments(case: Case, towards: str) -> list[tuple[date, int]]:
    """On which day how much came in; what was given back comes off."""
    came = [(act.day("paid_on"), told(act.said, "amount")) for act in payments(case, towards)]
    went = [(act.day("refunded_on"), -told(act.said, "amount")) for act in refunds(case, towards)]
    return came + went


def settled(case: Case) -> bool:
    """Whether nothing is owed or left to be done any more, or the court has ended the matter."""
    if not total_outstanding(case) and not unperformed(case):
        return True
    ruling = case.ever("record-court-ruling")
    if ruling is None or case.decision is None or ruling not in case.since(case.decision):
        return False
    return ruling.said.get("outcome") in ("executed", "ended")

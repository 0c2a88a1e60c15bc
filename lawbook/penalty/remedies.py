"""Review and lawsuit (复议、诉讼), and when the court may be asked to enforce (申请强制执行)."""

from dataclasses import dataclass
from datetime import date, timedelta

from lawbook.limits import LIMITS
from lawbook.penalty.case import Case
from lawbook.penalty.deadlines import running
from lawbook.penalty.kind import World
from lawbook.penalty.money import schedule, service


@dataclass(frozen=True, slots=True)
class Enforcement:
    """When the court may be asked: from a day on, until a day; and from when a demand allows it."""

    first: date
    last: date
    demanded: date | None


def remedies_over(case: Case, world: World) -> date | None:
    """The last day on which the party may still ask for review or sue; None before service.

    UnknownYear.
    """
    served = service(case)
    if served is None:
        return None
    names = ("review", "litigate", "litigate-after-review")
    at = case.acts.index(served)
    after = {act.id for act in case.acts[at:]}
    ends = [
        one.deadline(world.calendar)
        for one in running(case)
        if one.name in names and one.opener in after
    ]
    return max((end.due_on for end in ends if end), default=None)


def enforcement(case: Case, world: World) -> Enforcement | None:
    """Within which days the court may be asked; None before the decision is served. UnknownYear.

    Three months from the end of the periods of review and lawsuit (行政强制法 §53), or of the
    deferral or the instalments (行政处罚法 §72(2)), whichever is later.
    """
    over = remedies_over(case, world)
    if over is None:
        return None
    eased = case.ever("defer-payment", "allow-instalments")
    dues = schedule(case, world)
    opened = max([over, *([on for on, _ in dues][-1:] if eased and dues else [])])
    last = LIMITS["apply-to-court"].period.ends(opened, world.calendar).due_on
    return Enforcement(opened + timedelta(1), last, _demanded(case, world))


def _demanded(case: Case, world: World) -> date | None:
    """The first day after ten working days from the service of a demand."""
    clock = next((one for one in running(case) if one.name == "demand-before-court"), None)
    deadline = clock.deadline(world.calendar) if clock else None
    return deadline.due_on + timedelta(1) if deadline else None

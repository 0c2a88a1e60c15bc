"""Review and lawsuit (复议、诉讼), and when the court may be asked to enforce (申请强制执行)."""

from dataclasses import dataclass
from datetime import date, timedelta

from lawbook.days import UnknownYear
from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from lawbook.penalty.deadlines import limit_of, running
from lawbook.penalty.kind import World
from lawbook.penalty.money import schedule, service

LAWSUITS = ("lawsuit", "appeal")
"""Challenges that a court ends, by first judgment or on appeal."""


@dataclass(frozen=True, slots=True)
class Enforcement:
    """When the court may be asked: from a day on, until a day; and from when a demand allows it.

    binding: whether the law that was read sets the last day; after a judgment it does not (待确认),
    and then nobody loses anything by it.
    """

    first: date
    last: date
    demanded: date | None
    binding: bool = True


def ended_challenge(case: Case) -> tuple[Act, Act] | None:
    """The latest review or lawsuit against the decision in force that has ended, and its outcome."""
    if case.decision is None or case.challenge:
        return None
    outcomes = case.since(case.decision, "review-outcome")
    asked = case.ever("record-challenge")
    return (asked, outcomes[-1]) if outcomes and asked else None


def remedies_over(case: Case, world: World) -> date | None:
    """The last day on which the party may still ask for review or sue.

    None before service, and while a review or lawsuit is pending. Once one has ended, only what may
    still be done against its outcome counts: a lawsuit within fifteen days of the decision on review
    (行政诉讼法 §45), an appeal within fifteen of the judgment, which takes effect with it (§85).
    UnknownYear.
    """
    served = service(case)
    if served is None or case.challenge:
        return None
    ended = ended_challenge(case)
    if ended is None:
        return _last(case, world, served, "review", "litigate")
    asked, outcome = ended
    if asked.said["kind"] in LAWSUITS:
        if outcome.said.get("effective_on"):
            return outcome.day("effective_on")
        return _last(case, world, outcome, "appeal") or outcome.day("received_on")
    if outcome.said["outcome"] == "withdrawn":
        # No second review on the same facts (行政复议法 §74), but the lawsuit's own period runs on.
        return _last(case, world, served, "litigate") or outcome.day("received_on")
    return _last(case, world, outcome, "litigate-after-review")


def unused_on(case: Case, world: World, on: date) -> date | None:
    """On which day before `on` the periods of review and lawsuit ended without either; else None.

    Then, and only then, a paper may say that the party 在法定期限内不申请行政复议、不提起行政诉讼.
    """
    if case.challenge or ended_challenge(case):
        return None
    try:
        over = remedies_over(case, world)
    except UnknownYear:
        return None
    return over if over is not None and over < on else None


def open_until(case: Case, world: World, on: date) -> date | None:
    """Until when the party may still ask for review or sue, where that day has not passed on `on`; else None.

    Who seals the file before cannot put what comes of it beside (a case that is archived takes no act).
    None, too, where the year is not announced.
    """
    try:
        over = remedies_over(case, world)
    except UnknownYear:
        return None
    return over if over is not None and on <= over else None


def _last(case: Case, world: World, opener: Act, *names: str) -> date | None:
    ends = [
        one.deadline(world.calendar)
        for one in running(case)
        if one.name in names and one.opener == opener.id
    ]
    return max((end.due_on for end in ends if end), default=None)


def enforcement(case: Case, world: World) -> Enforcement | None:
    """Within which days the court may be asked; None before service, and while a challenge is pending.

    Three months from the end of the periods of review and lawsuit (行政强制法 §53), or of the
    deferral or the instalments (行政处罚法 §72(2)), whichever is later. After a lawsuit from the day
    on which its judgment takes effect (行政诉讼法 §95, length 待确认). UnknownYear.
    """
    over = remedies_over(case, world)
    if over is None:
        return None
    ended = ended_challenge(case)
    sued = ended is not None and ended[0].said["kind"] in LAWSUITS
    eased = case.ever("defer-payment", "allow-instalments")
    dues = schedule(case, world)
    opened = max([over, *([on for on, _ in dues][-1:] if eased and dues else [])])
    limit = limit_of("enforce-judgment" if sued else "apply-to-court")
    last = limit.period.ends(opened, world.calendar).due_on
    return Enforcement(opened + timedelta(1), last, _demanded(case, world), limit.verified)


def _demanded(case: Case, world: World) -> date | None:
    """The first day after ten working days from the service of the latest demand.

    Only of one made and served for the decision in force: one for a decision that fell asks nothing.
    """
    served = service(case)
    if served is None:
        return None
    made = case.since(served, "demand")
    later = {act.id for act in case.since(made[0])} if made else set()
    clocks = [
        one for one in running(case) if one.name == "demand-before-court" and one.opener in later
    ]
    deadline = clocks[-1].deadline(world.calendar) if clocks else None
    return deadline.due_on + timedelta(1) if deadline else None

"""Guards of cutting power off (停供电): the party is told a day before (安全生产法 §70(2))."""

from datetime import datetime

from lawbook.penalty.act import BEIJING, Act
from lawbook.penalty.case import Case
from lawbook.penalty.kind import World
from lawbook.penalty.refusals import ActIncomplete, DayAhead
from lawbook.penalty.refusals.performing import ServiceUnproved
from lawbook.refusal import Refusal


def moment_told(case: Case, act: Act, world: World) -> Refusal | None:
    """From the service of 停供电决定书 twenty-four hours are counted: it says its moment (安全生产法 §70(2))."""
    at = act.said.get("served_at")
    if not at:
        wanted = act.said.get("of") == "supply-cut"
        return ActIncomplete("停供电决定书自送达起计二十四小时，写明送达的时刻") if wanted else None
    if datetime.fromisoformat(at).astimezone(BEIJING).date() != act.day("served_on"):
        return ServiceUnproved("送达的时刻不在送达之日")
    return DayAhead("送达的时刻晚于登记之时") if datetime.fromisoformat(at) > act.at else None

"""The last days that a document of a case prints (文书载明的期限), each from the running limit, never typed."""

from dataclasses import replace

from lawbook.days import UnknownYear
from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from lawbook.penalty.deadlines import Running, running
from lawbook.penalty.kind import World
from lawbook.penalty.money import due_on


def last_days(case: Case, world: World, meant: Act | None = None) -> dict[str, str]:
    """deadlines.*: pay, registered_evidence, sealing_before (as sealed) and sealing (as extended), ISO.

    `meant`: the act that the document puts on paper; what it names is meant, else the latest. A day
    that cannot be told, since the clock stands or the year is not announced, is left out.
    """
    found = {}
    if sealed := _named(case, "sealing", meant):
        found["sealing_before"] = replace(sealed, extensions=()).due_on(world.calendar)
        if sealed.extensions:
            found["sealing"] = sealed.due_on(world.calendar)
    if kept := _named(case, "decide-preserved-evidence", meant):
        found["registered_evidence"] = kept.due_on(world.calendar)
    try:
        found["pay"] = due_on(case, world)
    except UnknownYear:
        found["pay"] = None
    return {name: on.isoformat() for name, on in found.items() if on}


def _named(case: Case, limit: str, meant: Act | None) -> Running | None:
    """The limit that the act names by its opener, else the latest of this name."""
    of = meant.said.get("of") if meant else None
    known = [one for one in running(case) if one.name == limit]
    return next((one for one in known if of == one.opener), known[-1] if known else None)

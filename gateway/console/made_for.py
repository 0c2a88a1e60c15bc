"""For which moment a document of a case is made (出具时间): that of its act, where it was entered afterwards."""

from dataclasses import dataclass
from datetime import datetime

from gateway.console import case_law, case_papers, late_entry
from gateway.console.client import Json
from lawbook.penalty.approvals import opinions


def act_of(case: Json, draft: Json) -> Json | None:
    """The act that a draft puts on paper; one begun before its act is of the latest that it fits.

    A receipt of what was served holds all of it: it is of the last service.
    """
    timeline: list[Json] = case["timeline"]
    found = next((one for one in timeline if one["id"] == draft["act"]), None)
    if found is None or found["kind"] == "serve":
        return case_papers.due(case).get(draft["kind"])
    return found


def moment(case: Json, draft: Json) -> datetime | None:
    """When it should be issued: as its act, or the head's answer, was done; None is now.

    Only what was entered afterwards has a day of its own: else a document is of the day on which it
    is issued.
    """
    act = act_of(case, draft)
    if act is None:
        return None
    folded = case_law.folded(case)
    meant = folded.one(act["id"])
    answer = opinions(folded, meant).get("approve") if meant else None
    last = answer.id if answer else act["id"]
    told = next(one for one in case["timeline"] if one["id"] == last)
    return datetime.fromisoformat(told["at"]) if late_entry.entered(told) else None


@dataclass(frozen=True, slots=True)
class MadeFor:
    """For which moment a document is made, as its pages tell it."""

    typed: str
    """As the input holds it; empty is now."""
    at: str = ""
    """For the wire; empty is now."""
    fault: str = ""
    of_act: str = ""
    """The act whose moment it is, where nobody has chosen another."""

    @property
    def query(self) -> dict[str, str]:
        """As a parameter of what draws it."""
        return {"at": self.at} if self.at else {}


def read(case: Json, draft: Json, typed: str | None) -> MadeFor:
    """The moment that was chosen (typed; "" is now), or, where nobody has chosen, that of the act."""
    if typed is None:
        found = moment(case, draft)
        act = act_of(case, draft)
        if found is None or act is None:
            return MadeFor("")
        return MadeFor(late_entry.local(found), found.isoformat(), of_act=act["title"])
    if not typed:
        return MadeFor("")
    at, fault = late_entry.moment(typed)
    return MadeFor(typed, at, fault)

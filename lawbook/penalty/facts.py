"""A case's facts as one plain dictionary, from which documents are filled (案件要素)."""

from collections.abc import Mapping
from typing import Any

from lawbook.citation import written_out
from lawbook.leniency import NO_PENALTY
from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from lawbook.penalty.imposing import worded
from lawbook.penalty.money import late_fine_outstanding, outstanding, paid
from lawbook.penalty.shapes import FILING

SOURCES = next(dict(field.choices) for field in FILING if field.name == "source")

MEASURED = ("request-measure", "approve-measure")
"""Acts that are about one of several measures."""


def facts(
    case: Case, number: str | None = None, unit: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """case.*, party.*, violations[], evidence[], proposed, decision, money, acts.<kind>.*

    `number`: the case's, once filed. `unit`: as inspections give it (name, review_organ, court …).
    Money in whole fen, days ISO.
    """
    said, filed = case.told, case.ever("approve-filing")
    handlers = {one.number: one for act in case.acts for one in act.officers}
    return {
        "case": {
            "number": number, "name": said.get("name"), "cause": said.get("cause"),
            "source": SOURCES.get(str(said.get("source")), ""), "source_note": said.get("source_note"),
            "summary": said.get("summary"), "filed_on": filed.on.isoformat() if filed else None,
            "procedure": case.procedure.title, "stage": case.title,
            "officers": [
                {"number": one, "name": handlers[one].name} for one in case.handlers if one in handlers
            ],
            "unit": dict(unit or {}),
        },
        "party": dict(case.party) | {"former_names": list(case.former_names)},
        "violations": [_violation(case, one) for one in case.violations],
        "evidence": [dict(one) for one in case.evidence],
        "proposed": _penalty(case.latest("approve-decision", "submit-decision", "notify-penalty",
                                         "conclude-investigation")),
        "decision": _penalty(case.decision)
        | {
            "fine": case.fine,
            "number": case.decision.said.get("number") if case.decision else None,
            "decided_on": case.decision.on.isoformat() if case.decision else None,
        },
        "money": {
            "fine": case.fine, "paid": paid(case), "outstanding": outstanding(case),
            "late_fine_outstanding": late_fine_outstanding(case),
        },
        "acts": {name: _told(act) for act in case.acts for name in _names(act)},
    }  # fmt: skip


def _violation(case: Case, violation: Mapping[str, Any]) -> dict[str, Any]:
    """A violation with the penalty that it gets, where nobody has said it: the fine that it bears, or
    what is proposed when it is the only one."""
    if violation.get("penalties"):
        return dict(violation)
    concluded = case.latest("conclude-investigation")
    only = list(concluded.said.get("penalties") or ()) if concluded else []
    own = ["fine"] if violation.get("fine") else only if len(case.violations) == 1 else []
    return dict(violation) | {"penalties": own}


def _names(act: Act) -> tuple[str, ...]:
    """Under what the latest act is found: its kind, and with its measure: approve-measure-seal."""
    measure = act.said.get("measure") if act.kind in MEASURED else None
    return (act.kind, f"{act.kind}-{measure}") if measure else (act.kind,)


def _told(act: Act) -> dict[str, Any]:
    return {
        **act.said, **_ground(act), "on": act.on.isoformat(), "by": act.by.name,
        "officers": [{"number": one.number, "name": one.name} for one in act.officers],
    }  # fmt: skip


def _ground(act: Act) -> dict[str, Any]:
    """The article on which nobody is penalised, written out as a document cites it."""
    found = NO_PENALTY.get(str(act.said.get("ground")))
    if found is None:
        return {}
    return {"ground_law": written_out(str(act.said.get("basis") or found.law))}


def _penalty(act: Act | None) -> dict[str, Any]:
    said = act.said if act is not None else {}
    return {
        "penalties": list(said.get("penalties") or ()),
        "penalties_said": worded(act),
        "fine": said.get("fine") or 0,
        "taken": said.get("taken"),
        "text": said.get("text"),
    }

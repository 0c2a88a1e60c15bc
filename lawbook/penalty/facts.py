"""A case's facts as one plain dictionary, from which documents are filled (案件要素)."""

from collections.abc import Mapping
from typing import Any

from lawbook.citation import written_out
from lawbook.leniency import NO_PENALTY
from lawbook.penalty.act import Act
from lawbook.penalty.approvals import Waiting, opinions, request_of, requests
from lawbook.penalty.case import Case
from lawbook.penalty.daily import daily_told
from lawbook.penalty.imposing import worded
from lawbook.penalty.matters import MATTERS
from lawbook.penalty.money import (
    late_fine_outstanding,
    outstanding,
    paid,
    taken,
    taken_outstanding,
    total_outstanding,
    total_to_refund,
)
from lawbook.penalty.shapes import FILING
from lawbook.penalty.taking_over import TAKE_OVER, goes_on_as

SOURCES = next(dict(field.choices) for field in FILING if field.name == "source")

MEASURED = (
    "request-measure",
    "endorse-measure",
    "advise-measure",
    "approve-measure",
    "return-measure",
)
"""Acts that are about one of several measures."""


def facts(
    case: Case, number: str | None = None, unit: Mapping[str, Any] | None = None,
    about: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """case.*, party.*, violations[], evidence[], proposed, decision, money, acts.<kind>.*, approvals.<form>.*

    `number`: the case's, once filed. `unit`: as inspections give it (name, review_organ, court …).
    `about`: the act that a document puts on paper; else the latest of each kind tells. Money in whole
    fen, days ISO.
    """
    meant = case.one(about)
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
            "taken": taken(case), "taken_outstanding": taken_outstanding(case),
            "total": total_outstanding(case), "to_refund": total_to_refund(case),
        },
        "acts": {
            name: _told(act)
            for act in (*case.acts, *_behind(case, meant)) for name in _names(act)
        },
        "approvals": approvals_told(case, meant),
    }  # fmt: skip


def _behind(case: Case, meant: Act | None) -> list[Act]:
    """The act that is meant, and before it the one that it names: what was registered, what was sealed."""
    if meant is None:
        return []
    asked = request_of(case, meant)
    named = [case.one(one.said.get("of")) for one in (meant, asked) if one]
    return [one for one in named if one] + [meant]


def approvals_told(case: Case, meant: Act | None = None) -> dict[str, Any]:
    """Form of approval → the latest request that it bears, and what each has said of it since.

    Of a procedure that had no requests, only who approved.
    """
    found: dict[str, Any] = {}
    for one in requests(case):
        found[one.matter.form] = _answers(case, one)
    asked = request_of(case, meant) if meant else None
    found |= {
        one.matter.form: _answers(case, one) for one in requests(case) if one.request is asked
    }
    for act in case.acts:
        matter = MATTERS.get(str(act.said.get("measure") or act.kind))
        done = act.kind == "approve-measure" or (matter is not None and act.kind == matter.code)
        if matter and matter.own and matter.code not in case.procedure.matters and done:
            found[matter.form] = {"approve": _told(act)}
    return found


def _answers(case: Case, one: Waiting) -> dict[str, Any]:
    said = {name: value for name, value in _told(one.request).items() if name not in HEAVY}
    asked = said | {"how": HOW.get(one.matter.code)}
    if one.matter.code in HOW:
        deferred = [{"due_on": asked.get("until"), "amount": outstanding(case)}]
        asked["plan"] = asked.get("instalments") or deferred
    answers = {name: _told(act) for name, act in opinions(case, one.request).items()}
    if (own := answers.get("approve")) and one.matter.own:
        # The head's own act is his approval, whether he adds a word or not.
        declined = own["act_kind"] == "decline-transfer"
        own.setdefault("opinion", own.get("reason") if declined else "同意。")
    return {"request": asked, "matter": one.matter.printed, "title": one.matter.title, **answers}


HEAVY = ("violations", "evidence", "party")
"""What a request says that the case tells already."""
HOW = {"defer-payment": "defer", "allow-instalments": "instalments"}
"""What is asked for, as 延期（分期）缴纳罚款审批表 has it."""


def _violation(case: Case, violation: Mapping[str, Any]) -> dict[str, Any]:
    """A violation with the penalty that it gets, where nobody has said it: the fine that it bears, or
    what is proposed when it is the only one."""
    if by_day := daily_told(violation):
        reasons = [one for one in (str(violation.get("reason") or "").rstrip("。"), by_day) if one]
        violation = dict(violation) | {"reason": "；".join(reasons)}
    if violation.get("penalties"):
        return dict(violation)
    concluded = case.latest("conclude-investigation")
    only = list(concluded.said.get("penalties") or ()) if concluded else []
    own = ["fine"] if violation.get("fine") else only if len(case.violations) == 1 else []
    return dict(violation) | {"penalties": own}


def _names(act: Act) -> tuple[str, ...]:
    """Under what the latest act is found: its kind, and with its measure: approve-measure-seal."""
    if act.kind == TAKE_OVER:
        return (act.kind, goes_on_as(act.said))
    measure = act.said.get("measure") if act.kind in MEASURED else None
    return (act.kind, f"{act.kind}-{measure}") if measure else (act.kind,)


def _told(act: Act) -> dict[str, Any]:
    return {
        **act.said, **_ground(act), "on": act.on.isoformat(), "by": act.by.name, "act_kind": act.kind,
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
        "goods": said.get("goods"),
        "text": said.get("text"),
    }

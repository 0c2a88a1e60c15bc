"""What the pages of a penalty case show (案件页): acts in groups, values known beforehand, days told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gateway.console.client import Json
from lawbook.money import in_capitals
from lawbook.penalty.acts import KINDS
from lawbook.penalty.kind import REGISTRY, ActKind
from lawbook.penalty.stages import FINAL, TITLES
from lawbook.penalty.taking_over import TAKE_OVER, goes_on_as

STAGES: Mapping[str, str] = {stage.value: title for stage, title in TITLES.items()}
OVER = frozenset(stage.value for stage in FINAL)
TONES = {"overdue": "warn", "today": "warn", "soon": "wait", "later": "plain"}
"""How urgent a day is, as a tag looks."""
WORKED = {"overdue": "已逾期", "today": "今日到期", "soon": "即将到期"}
OPINIONS: Mapping[str, str] = {
    "endorse-filing": "情况属实，建议立案。",
    "approve-filing": "同意立案。",
    "review-legality": "",
    "endorse-decision": "同意承办人意见，报请审批。",
    "approve-decision": "同意承办人意见。",
    "endorse-closing": "同意结案，报请审批。",
    "close": "同意结案。",
}
"""Decisions that are taken on the page of the case itself, and the opinion that is proposed."""
INSTEAD: Mapping[str, tuple[str, ...]] = {
    "approve-filing": ("return-filing", "decline-filing"),
    "approve-decision": ("return-decision",),
    "close": ("return-closing",),
}
"""What may be done in the place of a decision, with the words that were typed for it."""
BEFORE: Mapping[str, tuple[str, ...]] = {
    "endorse-filing": ("propose-filing", "supplement-filing"),
    "endorse-decision": ("submit-decision",),
    "endorse-closing": ("propose-closing",),
}
"""What a decision is of: it is asked for once, and not before."""
PEOPLE: Mapping[tuple[str, str], str] = {
    ("recuse", "number"): "name",
    ("delegate", "to"): "name",
    ("notify-hearing-session", "chair"): "chair_name",
}
"""Fields that hold somebody's number, and the field of the name that follows from it."""
APART: Mapping[tuple[str, str], str] = {
    ("notify-hearing-session", "chair"): "不含本案承办人和应当回避的人员（行政处罚法 §64(4)）",
    ("delegate", "to"): "不含本案承办人",
}
"""Numbers that are never a handler's, and why the choice leaves them out."""
SPOKEN = frozenset(("reporter", "recorder", "clerk", "chair", "received_by", "name", "assessors"))
"""Fields in which the name of somebody of the bureau may stand; names are proposed, not asked for."""
NAMING = frozenset(("deliberate", "notify-hearing-session", "hold-hearing", "report-summary"))
"""Acts whose forms propose such names."""
OF: Mapping[str, str] = {
    "dispose-registered-evidence": "register-evidence",
    "extend-sealing": "seal", "dispose-sealed": "seal", "reverse-payment": "pay", "hand-in-cash": "pay",
}  # fmt: skip
"""Which kind of act the field `of` names."""
ELSEWHERE = frozenset(("not-your-power", "other-unit", "own-case"))
"""Refusals that say: somebody else does this."""
NOT_NOW = frozenset(("act-not-at-this-stage", "nothing-open"))
"""Refusals that nothing mends at present: another stage, or nothing there to be dealt with."""
assert KINDS


@dataclass(frozen=True, slots=True)
class Offers:
    """The acts that the case knows: to decide here, to do now, others' to do, and what the law refuses."""

    deciding: tuple[Json, ...]
    now: tuple[Json, ...]
    others: tuple[Json, ...]
    refused: tuple[Json, ...]
    later: tuple[Json, ...]


def offers(case: Json) -> Offers:
    """The offers of a case in the groups in which the page shows them; what is due comes first."""
    due = {duty["act"] for duty in case["duties"] if not duty["waiting"]}
    instead = {code for given in INSTEAD.values() for code in given}
    lawful = [one for one in case["offers"] if one["lawful"]]
    deciding = [one for one in lawful if one["kind"] in OPINIONS and not _given(case, one["kind"])]
    shown = {one["kind"] for one in deciding}
    if shown & INSTEAD.keys():
        shown |= instead
    now = [one | {"due": one["kind"] in due} for one in lawful if one["kind"] not in shown]
    others, refused, later = [], [], []
    for one in case["offers"]:
        codes = {why["code"] for why in one["refusals"]}
        if not codes:
            continue
        if codes & NOT_NOW:
            later.append(one)
        elif codes & ELSEWHERE:
            others.append(one)
        else:
            refused.append(one)
    now.sort(key=lambda one: not one["due"])
    return Offers(*(tuple(group) for group in (deciding, now, others, refused, later)))


def _given(case: Json, kind: str) -> bool:
    """Whether a decision was already given of what was last submitted, or nothing was submitted."""
    of = BEFORE.get(kind)
    for act in reversed(case["timeline"] if of else ()):
        if act["kind"] == kind:
            return True
        if of and act["kind"] in of:
            return False
    return bool(of)


def known(case: Json, kind: str) -> Json:
    """What the case already says of an act about to be done, as a beginning of its form."""
    facts, acts = case["facts"], case["facts"]["acts"]
    proposed, money = facts["proposed"], facts["money"]
    penalty = {
        name: value
        for name in ("penalties", "fine", "taken", "goods", "text")
        if (value := proposed.get(name))
    }
    concluded = acts.get("conclude-investigation", {})
    found: Json = {
        "violations": facts["violations"], "party": facts["party"], **penalty,
        "facts": concluded.get("facts"),
        "amount": money["outstanding"] or None, "of": _newest(case, kind),
        "receipts": [act["said"]["receipt"] for act in case["timeline"] if act["kind"] == "pay"],
        "opinion": OPINIONS.get(kind) if kind != "review-legality" else None,
        "session": 1 + sum(act["kind"] == "record-inquiry" for act in case["timeline"]),
    }  # fmt: skip
    if kind in ("submit-decision", "approve-decision"):
        said = acts.get("submit-decision", {}) if kind == "approve-decision" else concluded
        found["outcome"] = said.get("outcome")
    if kind == "conclude-investigation" and not penalty:
        fines = [one.get("fine") for one in facts["violations"]]
        if fines and None not in fines and sum(fines):
            found |= {
                "penalties": ["fine"], "fine": sum(fines), "outcome": "penalty",
                "text": f"罚款人民币{in_capitals(sum(fines))}",
            }  # fmt: skip
    names = {field.name for field in REGISTRY[kind].shape}
    if "penalties" not in names:
        # Text of another act is its own: an opinion, a statement, a record.
        found.pop("text", None)
    return {name: value for name, value in found.items() if name in names and value}


SERVED = {
    "notify-penalty": "penalty-notice", "notify-hearing": "hearing-notice", "decide": "decision",
    "notify-hearing-session": "session-notice", "decide-no-penalty": "decision", "demand": "demand",
    "add-late-fine": "late-fine", "seal": "sealing", "defer-payment": "easing",
    "allow-instalments": "easing",
}  # fmt: skip
"""Which document an act makes, that has to be served."""


def _newest(case: Json, kind: str) -> str | None:
    """The act that is meant when there is only one; of a service, the newest document not yet served."""
    if kind == "serve":
        served: set[str] = set()
        for act in reversed(case["timeline"]):
            if act["kind"] == "serve":
                served.add(act["said"]["of"])
            elif (made := SERVED.get(act["kind"])) and made not in served:
                return made
        return None
    meant = [act["id"] for act in case["timeline"] if _named_by(act, kind)]
    return str(meant[0]) if len(meant) == 1 else None


def handled(case: Json) -> frozenset[str]:
    """Everybody who handles the case, ever handled it or was recused (曾经承办、应当回避)."""
    taken = {
        one["number"]
        for act in case["timeline"]
        if act["kind"]
        in ("propose-filing", "supplement-filing", "begin-summary", "assign-handlers")
        for one in act["officers"]
    }
    recused = {act["said"]["number"] for act in case["timeline"] if act["kind"] == "recuse"}
    return frozenset({*taken, *recused, *case["handlers"]})


@dataclass(frozen=True, slots=True)
class Choosable:
    """Who may be chosen where a form wants somebody's number, and why others may not."""

    people: tuple[Json, ...]
    why: str = ""


def choosable(case: Json, kind: str, people: list[Json]) -> dict[str, Choosable]:
    """By field of an act: the officers that it may name."""
    found = {}
    for code, number in PEOPLE:
        if code != kind:
            continue
        apart = APART.get((code, number), "")
        kept = handled(case) if apart else frozenset[str]()
        found[number] = Choosable(
            tuple(one for one in people if one["certificate"]["number"] not in kept), apart
        )
    return found


def evidence_kind(code: str) -> str:
    """The kind of a piece of evidence in words; files are told by their media type."""
    known = {
        "image": "照片",
        "photo": "照片",
        "video": "录像",
        "audio": "录音",
        "application": "电子文件",
    }
    return known.get(code.partition("/")[0], code)


def meant(case: Json, kind: str, measure: str = "") -> list[tuple[str, Json]]:
    """The acts that the field `of` may name, or of an opinion the requests that it may be about."""
    if kind in OPINIONS_ON:
        waits = {duty["opener"] for duty in case["duties"] if duty["form"]}
        return [(act["id"], act) for act in case["timeline"] if act["id"] in waits]
    about = measure if kind == "request-measure" else kind
    return [(act["id"], act) for act in case["timeline"] if _named_by(act, about)]


def _named_by(act: Json, kind: str) -> bool:
    """Whether an act of this kind may name that one: also what the case took over from the site."""
    of = OF.get(kind)
    if act["kind"] == TAKE_OVER:
        return of == goes_on_as(act["said"])
    return bool(act["kind"] == of)


OPINIONS_ON = (
    "approve-measure", "return-measure", "endorse-measure", "advise-measure", "withdraw-measure",
)  # fmt: skip
"""Acts that are about something which was put to the head."""


def law_of(kind: str) -> str:
    """The article of a kind of act."""
    return REGISTRY[kind].law if kind in REGISTRY else ""


def kind_of(code: str) -> ActKind | None:
    """A kind of act by its code; None where there is none."""
    return REGISTRY.get(code)


def weekday(day: str) -> str:
    """星期 of a date."""
    return "一二三四五六日"[date.fromisoformat(day).weekday()]


def since(case: Json, after: int) -> list[Json]:
    """The acts that came after so many."""
    return [act for act in case["timeline"] if act["seq"] > after]


def skipped(days: Iterable[Mapping[str, Any]]) -> int:
    """How many days of a period did not count."""
    return sum(day["counted"] is None for day in days)

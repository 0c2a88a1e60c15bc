"""Which forms belong to which step of a case (案件文书与办案行为), and where their content comes from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from gateway.console.case_law import folded
from gateway.console.client import Json
from gateway.console.showing import HERE
from lawbook.case_papers import SERVED_AS
from lawbook.content import load
from lawbook.paper_matching import Issued, lacking
from lawbook.penalty.kind import REGISTRY
from lawbook.penalty.matters import MATTERS

GROUPS: Mapping[str, tuple[str, ...]] = {
    "立案": ("case-filing-approval",),
    "调查取证": (
        "inquiry-notice", "inquiry-record", "survey-record", "sampling-receipt", "appraisal-commission",
        "evidence-registration-approval", "evidence-registration-notice",
        "registered-evidence-approval", "registered-evidence-decision", "seizure-approval",
        "seizure-decision", "seizure-extension", "seized-goods-approval", "seized-goods-decision",
        "matter-approval", "investigation-report",
    ),
    "审核、告知与听证": (
        "legal-review-opinion", "prior-notice", "hearing-right-notice", "defence-record",
        "hearing-notice", "hearing-refusal", "hearing-record", "hearing-report",
    ),
    "处理决定": (
        "case-handling-approval", "deliberation-record", "penalty-decision",
        "penalty-decision-person", "on-the-spot-penalty", "no-penalty-decision", "case-end-approval",
        "penalty-revocation",
    ),
    "移送": ("case-transfer-approval", "case-transfer", "crime-transfer", "evidence-handover"),
    "送达与执行": (
        "case-service-receipt", "service-receipt", "payment-relief-approval", "payment-relief",
        "fine-reminder", "late-payment-fine", "demand-notice", "court-application",
        "withdrawal-order", "supply-cut-decision", "supply-cut-letter", "supply-restore-letter",
    ),
    "结案归档": ("case-closure", "case-cover", "case-catalogue"),
}  # fmt: skip
"""Forms in the order in which a procedure goes; a form that is nowhere here is one of the bureau's own."""
OTHERS = "其他文书"
OF_ACT: Mapping[str, tuple[str, ...]] = {
    "propose-filing": ("case-filing-approval",), "supplement-filing": ("case-filing-approval",),
    "endorse-filing": ("case-filing-approval",), "approve-filing": ("case-filing-approval",),
    "notify-inquiry": ("inquiry-notice",), "record-inquiry": ("inquiry-record",),
    "survey-site": ("survey-record",), "take-sample": ("sampling-receipt",),
    "commission-appraisal": ("appraisal-commission",),
    "register-evidence": ("evidence-registration-notice",),
    "dispose-registered-evidence": ("registered-evidence-approval", "registered-evidence-decision"),
    "seal": ("seizure-decision",), "extend-sealing": ("seizure-extension",),
    "dispose-sealed": ("seized-goods-approval", "seized-goods-decision"),
    "conclude-investigation": ("investigation-report",),
    "submit-legal-review": ("investigation-report",),
    "review-legality": ("legal-review-opinion",), "notify-penalty": ("prior-notice",),
    "notify-hearing": ("hearing-right-notice",), "state-and-defend": ("defence-record",),
    "notify-hearing-session": ("hearing-notice",), "hold-hearing": ("hearing-record",),
    "report-hearing": ("hearing-report",), "deliberate": ("deliberation-record",),
    "submit-decision": ("case-handling-approval",), "endorse-decision": ("case-handling-approval",),
    "approve-decision": ("case-handling-approval",), "decide-no-penalty": ("no-penalty-decision",),
    "serve": ("case-service-receipt",), "demand": ("demand-notice",),
    "add-late-fine": ("late-payment-fine",), "apply-to-court": ("court-application",),
    "propose-transfer": ("case-transfer-approval",), "hand-over": ("evidence-handover",),
    "extend-deciding": ("matter-approval",), "pause-deciding": ("matter-approval",),
    "defer-payment": ("payment-relief-approval", "payment-relief"),
    "allow-instalments": ("payment-relief-approval", "payment-relief"),
    "terminate": ("case-end-approval",), "propose-closing": ("case-closure",),
    "endorse-closing": ("case-closure",), "close": ("case-closure",),
}  # fmt: skip
"""Act → the forms that put it on paper, in the order in which they are made."""
WAITING = frozenset(
    (
        "propose-filing", "supplement-filing", "endorse-filing", "request-measure", "endorse-measure",
        "advise-measure", "propose-transfer",
        "submit-decision",
        "endorse-decision", "propose-closing", "endorse-closing",
    )
)  # fmt: skip
"""Acts whose form is drafted, to be seen by who approves, and issued once that is done."""
PLACES: Mapping[str, str] = {
    "unit": "承办单位", "party": "当事人情况", "case": "案件情况", "violations": "认定的违法行为",
    "evidence": "案件证据", "proposed": "拟处罚内容", "decision": "处罚决定", "money": "缴款情况",
    "document": "制作时间", "approvals": "报批和审批的记录", "clock": "法定期限",
    "deadlines": "法定期限", "served": "送达登记",
    "services": "送达登记", "hearing": "听证会通知", "issued_documents": "已出具的文书",
}  # fmt: skip
"""First step of a source → what a person calls it."""


@lru_cache(maxsize=4)
def form_names(content: Path) -> Callable[[str], str]:
    """What a form is called, by its code."""

    @lru_cache
    def name(kind: str) -> str:
        path = content / "documents" / kind / "document.toml"
        return str(load(path)["name"]) if path.exists() else kind

    return name


ASKING = (
    "request-measure", "endorse-measure", "advise-measure", "approve-measure", "return-measure",
    "withdraw-measure",
)  # fmt: skip


def forms_of(case: Json, kind: str, said: Json | None = None) -> tuple[str, ...]:
    """The forms that put an act of this kind on paper, in this case."""
    if kind in ASKING:
        asked = said or case["facts"]["acts"].get(kind, {})
        matter = MATTERS.get(str(asked.get("measure")))
        return (matter.form if matter else "matter-approval",)
    if kind == "decide":
        if case["procedure"].startswith("summary"):
            return ("on-the-spot-penalty",)
        person = case["facts"]["party"].get("kind") == "person"
        return ("penalty-decision-person",) if person else ("penalty-decision",)
    if kind == "transfer":
        acts = case["facts"]["acts"].get("transfer", {})
        crime = (said or acts).get("kind") == "crime"
        return ("case-transfer-approval", "crime-transfer" if crime else "case-transfer")
    return OF_ACT.get(kind, ())


def due(case: Json) -> dict[str, Json]:
    """Form → the latest act that it puts on paper and that stands."""
    found: dict[str, Json] = {}
    for act in case["timeline"]:
        for code in forms_of(case, act["kind"], act["said"]):
            found[code] = act
    return found


@dataclass(slots=True)
class Paper:
    """One form in a case: what was issued of it, what is drafted, whether an act wants it now."""

    form: Json
    issued: list[Json] = field(default_factory=list)
    drafts: list[Json] = field(default_factory=list)
    act: Json | None = None
    lacking: list[Json] = field(default_factory=list)
    """Acts that have none of this form of their own, the earliest first."""

    @property
    def stands(self) -> bool:
        """Whether one that was issued is not void."""
        return any(not one["void"] for one in self.issued)

    @property
    def waits(self) -> bool:
        """It lies with somebody for approval, and is issued only after that."""
        return not self.lacking and self.act is not None and self.act["kind"] in WAITING

    @property
    def wanted(self) -> bool:
        """An act stands that this form puts on paper, and nobody has issued it: one for each act."""
        if self.lacking:
            return True
        wanting = self.act is not None and not self.stands
        return wanting and not (self.waits and self.drafts)

    @property
    def rank(self) -> int:
        """Wanted first, then drafted, issued, possible, and last what lacks something."""
        if self.wanted:
            return 0
        if self.drafts:
            return 1
        if self.issued:
            return 2
        return 4 if self.form["wanting"] else 3


def papers(
    case: Json, forms: list[Json], drafts: list[Json], issued: list[Json]
) -> dict[str, list[Paper]]:
    """Group → its forms, those that are wanted first. Each form of the case is somewhere."""
    latest, without = due(case), unwritten(case, issued)
    made = {}
    for form in forms:
        kind = form["kind"]
        acts = without.get(kind, [])
        made[kind] = Paper(
            form, [one for one in issued if one["kind"] == kind],
            [one for one in drafts if one["kind"] == kind],
            acts[0] if acts else latest.get(kind), acts,
        )  # fmt: skip
    groups = {
        name: [made.pop(code) for code in codes if code in made] for name, codes in GROUPS.items()
    }
    groups[OTHERS] = list(made.values())
    strange = [one for one in issued if one["kind"] not in {form["kind"] for form in forms}]
    for kind in dict.fromkeys(one["kind"] for one in strange):
        of_kind = [one for one in strange if one["kind"] == kind]
        form = {
            "kind": kind,
            "name": of_kind[0]["name"],
            "wanting": [],
            "repeated": False,
            "site": True,
        }
        groups[OTHERS].append(Paper(form, of_kind))
    return {name: sorted(ones, key=lambda one: one.rank) for name, ones in groups.items() if ones}


def unwritten(case: Json, issued: Sequence[Json]) -> dict[str, list[Json]]:
    """Form → the acts of a case that should have made one and have none, by the law's own count."""
    acts = {act["id"]: act for act in case["timeline"]}
    have = [
        Issued(
            one["kind"], datetime.fromisoformat(one["issued_at"]).astimezone(HERE).date(),
            one["party"], one["act"] or "",
        )
        for one in issued if not one["void"]
    ]  # fmt: skip
    found = dict[str, list[Json]]()
    for lack in lacking(folded(case), have, sealing=True):
        act = acts[lack.act.id]
        ours = [one for one in forms_of(case, act["kind"], act["said"]) if one in lack.paper.forms]
        kind = (ours or lack.paper.forms)[0]
        found.setdefault(kind, []).extend([act] * (lack.wanted - lack.issued))
    return found


def wanted(case: Json, forms: list[Json], drafts: list[Json], issued: list[Json]) -> list[Paper]:
    """What acts that stand have not been put on paper, in the order of the procedure."""
    groups = papers(case, forms, drafts, issued)
    return [one for ones in groups.values() for one in ones if one.wanted]


def place(source: str, names: Mapping[str, str]) -> str:
    """Where a field's content comes from, as a person says it; `names`: form → its name."""
    first, _, rest = source.partition(".")
    code = rest.partition(".")[0]
    if first == "acts":
        return f"“{REGISTRY[code].title}”的记录" if code in REGISTRY else "办理记录"
    if first == "issued":
        return names.get(code, "已出具的文书")
    return PLACES.get(first, "案件情况" if first else "")


def amendable(source: str) -> tuple[str, str] | None:
    """The act by which what stands wrong there is put right: (kind, title); None where none does."""
    code = {
        "party": "change-party",
        "violations": "restate-violations",
        "evidence": "add-evidence",
    }.get(source.partition(".")[0])
    return (code, REGISTRY[code].title) if code else None


def of_acts(case: Json, issued: Sequence[Json]) -> dict[str, list[tuple[str, str, str]]]:
    """Act → the forms that put it on paper: (form, number, where it is shown or "" to be made)."""
    standing = [one for one in issued if not one["void"] and one["of_case"]]
    own = {(one["kind"], one["act"]): one for one in standing if one.get("act")}
    unsaid = {one["kind"]: one for one in standing if not one.get("act")}
    latest, found = due(case), dict[str, list[tuple[str, str, str]]]()
    for act in case["timeline"]:
        for kind in forms_of(case, act["kind"], act["said"]):
            here = latest[kind] is act
            one = own.get((kind, act["id"])) or (unsaid.get(kind) if here else None)
            if one is None and here:
                one = next((one for (form, _), one in own.items() if form == kind), None)
            if one is None and not here:
                continue
            to = f"/cases/{case['id']}/documents/{one['id']}" if one else ""
            number = (one["number"] or "已出具") if one else ""
            found.setdefault(act["id"], []).append((kind, number, to))
    return found


def next_acts(case: Json, kind: str) -> list[Json]:
    """Acts that follow once a form was issued: to serve it, to enter what it tells, what is due."""
    lawful = {one["kind"]: one for one in case["offers"] if one["lawful"]}
    found = []
    if kind in SERVED_AS and "serve" in lawful:
        found.append(lawful["serve"])
    done = {act["kind"] for act in case["timeline"]}
    found += [
        one for code, one in lawful.items() if code not in done and kind in forms_of(case, code)
    ]
    waits = {duty["act"] for duty in case["duties"] if not duty["waiting"]}
    found += [one for code, one in lawful.items() if code in waits and one not in found]
    return found[:4]

"""What documents of a case are filled from, and what has happened in it (案件要素、前提)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.case_needs import ACT, APPROVED, DOCUMENT, FACT
from lawbook.case_preconditions import APPROVALS, cutting_power, power_told
from lawbook.content import load
from lawbook.organs import Organs, organs
from lawbook.penalty.act import Act
from lawbook.penalty.approvals import request_of
from lawbook.penalty.case import Case
from lawbook.penalty.deadlines import limit_of
from lawbook.penalty.facts import approvals_told, facts
from lawbook.penalty.guards import (
    deliberation_needed,
    not_to_penalise,
    proposal,
    review_needed,
)
from lawbook.penalty.kind import World
from lawbook.penalty.last_days import last_days
from lawbook.penalty.matters import MEASURES
from lawbook.penalty.remedies import unused_on
from paper.template import DocumentTemplate
from paper.values import BEIJING
from services.case_svc.carrying_on import in_whose_name, note_of
from services.case_svc.case_documents.tables import CaseDraftRow
from services.case_svc.case_documents.voids import issued as all_issued
from services.case_svc.case_documents.voids import voids
from services.case_svc.cases.tables import CaseRow
from services.case_svc.cases.world import law
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.ledger_mirror.tables import UnitRow

APPROVAL = "approval"
"""The stem of the fields in which an approval form is approved: approval_by, approval_on."""
DECISIONS = ("penalty-decision", "penalty-decision-person", "no-penalty-decision")
OF_ITSELF = {
    "organ_address": "address", "organ_postcode": "postcode", "contact": "contact",
    "bank": "bank", "account": "account",
}  # fmt: skip
"""Fields in which a bureau tells of itself → what it is of the unit; written once, not in each form."""
LATEST = 30
"""So many documents are looked through for them."""


async def documents_of(session: AsyncSession, case: CaseRow) -> Sequence[DocumentRow]:
    """The documents that stand in a case, and of the inspection that it came from; earliest first."""
    void = await voids(session, case.id)
    return [row for row in await all_issued(session, case) if row.id not in void]


@lru_cache(maxsize=4)
def organs_in(folder: Path) -> Mapping[str, Organs]:
    """Review organ, court and account of every unit, as a content folder has them."""
    paths = sorted((folder / "organs").glob("*.toml"))
    return {unit: one for path in paths for unit, one in organs(load(path)).items()}


async def unit_of(session: AsyncSession, folder: Path, row: CaseRow) -> dict[str, Any]:
    """The bureau as documents name it, with where remedies lead and fines are paid.

    What content does not say (`content/organs`) is left to be written.
    """
    code, succession = await in_whose_name(session, row.unit)
    unit = await session.get(UnitRow, code)
    if unit is None:
        return {"name": code}
    known = organs_in(folder).get(code)
    told: dict[str, Any] = {"name": unit.name, "code": unit.code, "region": unit.short_name}
    if note := await note_of(session, row.unit, succession):
        told["succession"] = note
    told |= await _said_before(session, row, code)
    return told | (known.told if known else {})


async def _said_before(session: AsyncSession, row: CaseRow, unit: str) -> dict[str, str]:
    """What the bureau last wrote of itself: in this case, else in its latest documents.

    Proposed where content says nothing (`content/organs`), and to be confirmed: a contact may change.
    """
    of_unit = select(DocumentRow.data).where(
        DocumentRow.unit == unit, DocumentRow.case_id.is_not(None)
    )
    latest = (DocumentRow.issued_at.desc(), DocumentRow.id)
    found: dict[str, str] = {}
    for asked in (of_unit.where(DocumentRow.case_id == row.id), of_unit):
        if len(found) < len(OF_ITSELF):
            for data in await session.scalars(asked.order_by(*latest).limit(LATEST)):
                for field, name in OF_ITSELF.items():
                    if data.get(field):
                        found.setdefault(name, str(data[field]))
    return found


def known(
    row: CaseRow, case: Case, unit: Mapping[str, Any], documents: Sequence[DocumentRow],
    at: datetime, world: World, about: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The case's facts, and beside them what other documents and acts tell a form.

    world: by whose calendar the periods of the party are counted.

    about: the act that the form puts on paper; what that act names tells before what came later.
    """
    told = facts(case, row.number, unit, about)
    meant = case.one(about)
    asked = request_of(case, meant) if meant else None
    behind = {one.said.get("of") for one in (meant, asked) if one} | {about}
    documents = sorted(documents, key=lambda one: one.act_id is not None and one.act_id in behind)
    if case.former_names:
        # What was made before keeps the old name; what is made now says both.
        former = "、".join(case.former_names)
        told["party"]["name"] = f"{told['party']['name']}（原名：{former}）"
    issued = {
        one.kind: {
            "number": one.number,
            "on": _day(one.issued_at),
            "name": one.name,
            "data": one.data,
        }
        for one in documents
    }
    served = {str(act.said.get("of")): act.said.get("served_on") for act in case.all("serve")}
    decided = next((issued[kind] for kind in DECISIONS if kind in issued), None)
    if decided:
        told["decision"] = told["decision"] | {
            "number": decided["number"] or told["decision"]["number"], "decided_on": decided["on"],
        }  # fmt: skip
    return told | {
        "unit": dict(unit), "issued": issued, "served": served,
        "document": {"issued_at": at.isoformat(), "made_at": at.astimezone(BEIJING).isoformat()}
        | {"issued_at": _day(at)},
        "clock": {"defence_days": limit_of("state-and-defend").period.length},
        "deadlines": last_days(case, world, meant),
        "remedies": {"over_on": _unused(case, world, at)},
        "hearing": _hearing(case), "services": _services(case),
        "instalment": _instalment(case, documents, meant),
        "issued_documents": [
            {"name": one.name, "number": one.number, "issued_on": _day(one.issued_at)}
            for one in documents
        ],
    }  # fmt: skip


def _unused(case: Case, world: World, at: datetime) -> str | None:
    over = unused_on(case, world, at.astimezone(BEIJING).date())
    return over.isoformat() if over else None


def _instalment(case: Case, documents: Sequence[DocumentRow], meant: Act | None) -> dict[str, Any]:
    """The instalment whose 批准书 comes next: one for each, in their order (facts §4.1)."""
    allowed = meant if meant and meant.kind == "allow-instalments" else None
    allowed = allowed or case.ever("allow-instalments")
    if allowed is None:
        return {}
    plan = allowed.said["instalments"]
    done = sum(
        one.kind == "payment-relief"
        and one.act_id in (None, allowed.id)
        and one.issued_at >= allowed.at
        for one in documents
    )
    if done >= len(plan):
        return {}
    left = sum(int(one["amount"]) for one in plan[done + 1 :])
    return {
        "nth": done + 1, "pay_by": plan[done]["due_on"], "amount": plan[done]["amount"], "left": left,
    }  # fmt: skip


def untyped(case: Case, form: DocumentTemplate) -> frozenset[str]:
    """Fields of opinion and approval that nobody types: they are filled from the acts of who gave them.

    Under the procedure of 2021 some were what the handler wrote; those cases go on so.
    """
    if len(case.procedure.matters) <= len(MEASURES) or form.code not in (*APPROVALS, *ENDORSED):
        return frozenset()
    return frozenset(
        one.code for one in form.fields
        if one.code.startswith(OPINIONS) and one.code.endswith(("_opinion", "_by", "_on"))
    )  # fmt: skip


ENDORSED = ("court-application",)
OPINIONS = ("approval_", "review_", "legal_")
"""How the fields of an opinion are called: of the head, of the section's head, of the legal reviewer."""


def typed(case: Case, form: DocumentTemplate, said: Mapping[str, Any]) -> dict[str, Any]:
    """What the handler wrote, without what is not theirs to write."""
    theirs = untyped(case, form)
    return {code: value for code, value in said.items() if code not in theirs}


def happened(
    folder: Path, case: Case, documents: Sequence[DocumentRow], drafts: Sequence[CaseDraftRow],
    kind: str,
) -> frozenset[str]:  # fmt: skip
    """What the preconditions ask: documents, approvals, acts that stand, and facts of the case."""
    found = {ACT + act.kind for act in case.acts if act.kind not in OF_THE_ROUND}
    found |= {ACT + kind for kind in OF_THE_ROUND if _stands(case.latest(kind))}
    found |= {
        f"{ACT}approve-measure-{act.said['measure']}"
        for act in case.all("approve-measure")
        if _stands(act)
    }
    # Of what fell, or of an earlier round, the service is none of what stands now.
    found |= {
        f"{ACT}serve-{of}"
        for of in {str(act.said.get("of")) for act in case.all("serve")}
        if _served(case, of)
    }
    found |= {DOCUMENT + one.kind for one in documents}
    found |= {APPROVED + one.kind for one in documents if _approved(one, found)}
    if not any(one.kind != kind for one in drafts):
        found.add(FACT + "everything-approved")
    if (request := case.latest("request-hearing")) and not case.since(
        request, "withdraw-hearing", "waive"
    ):
        found.add(FACT + "hearing-asked")
    if any(act.said.get("urgent") for act in case.all("seal")):
        found.add(FACT + "urgent")
    if any(act.said.get("kind") == "crime" for act in case.all("transfer")):
        found.add(FACT + "crime")
    if not_to_penalise(case):
        found.add(FACT + "no-penalty")
    if case.procedure.code == "summary":
        found.add(FACT + "told-on-the-spot")
    if len(case.procedure.matters) <= len(MEASURES):
        found.add(FACT + "approvals-typed")
    return frozenset(found | _due(folder, case))


OF_THE_ROUND = ("approve-decision", "review-legality", "deliberate")
"""Acts that stand only in the present round of a case, and only when they agree."""


def _served(case: Case, of: str) -> bool:
    """Whether that document of the present round was served; a decision, while it stands."""
    done = (act for act in reversed(case.acts[case.begun :]) if act.kind == "serve")
    served = next((act for act in done if act.said.get("of") == of), None)
    if served is None or of not in ("decision", "demand", "late-fine"):
        return served is not None
    return case.decision is not None and served in case.since(case.decision)


def _stands(act: Act | None) -> bool:
    """Whether an act was done and did not say no."""
    if act is None:
        return False
    said = act.said
    agreed = said.get("agreed") is not False
    if act.kind == "review-legality":
        agreed = said.get("opinion") == "agree"
    return agreed and said.get("conclusion") in (None, "agree")


def _approved(document: DocumentRow, found: Collection[str]) -> bool:
    """Whether a form says that it was approved, and the approving act stands where it has one."""
    acts = APPROVALS.get(document.kind)
    behind = acts is None or any(ACT + one in found for one in acts)
    return bool(document.data.get(f"{APPROVAL}_by")) and behind


def says_approved(
    case: Case, kind: str, data: Mapping[str, Any], about: str | None = None
) -> frozenset[str]:
    """The fact that a form's cell of approval says yes; a no in the words of the act is none."""
    if not data.get(f"{APPROVAL}_by"):
        return frozenset()
    given = approvals_told(case, case.one(about)).get(kind, {}).get("approve", {})
    no = given.get("agreed") is False or given.get("act_kind") == "decline-transfer"
    if no and data.get(f"{APPROVAL}_opinion") == given.get("opinion"):
        return frozenset()
    return frozenset({FACT + "says-approved"})


def _due(folder: Path, case: Case) -> set[str]:
    """Whether the law wants a legal review (§58) and a deliberation (§57(2)) of what is proposed."""
    world = law(folder).world
    proposed = proposal(case) or case.latest("conclude-investigation")
    if proposed is None:
        return set()
    found = set()
    if review_needed(case, proposed, world):
        found.add(FACT + "review-due")
    if deliberation_needed(case, proposed, world):
        found.add(FACT + "deliberation-due")
    return found


def _hearing(case: Case) -> dict[str, Any]:
    session = case.session
    if session is None:
        return {}
    time = str(session.said["time"]).replace("：", ":").zfill(len("09:00"))
    return {
        "held_at": f"{session.said['hearing_on']}T{time}:00+08:00",
        "openly": "open" if session.said.get("public") else "closed",
        "closed_ground": None if session.said.get("public") else session.said.get("closed_ground"),
    }


def _services(case: Case) -> list[dict[str, Any]]:
    ways = {"mail": "post", "announced": "public"}
    return [
        {
            "name": act.said.get("title") or act.said.get("of"), "place": act.said.get("place") or "—",
            "served_on": act.said.get("served_on"),
            "way": ways.get(str(act.said.get("method")), act.said.get("method")),
            "receiver": act.said.get("received_by"),
            "servers": "、".join(one.name for one in act.officers) or act.by.name,
        }
        for act in case.all("serve")
    ]  # fmt: skip


def _day(at: datetime) -> str:
    return at.astimezone(BEIJING).date().isoformat()


def cut(
    case: Case, kind: str, data: Mapping[str, Any], documents: Sequence[DocumentRow], at: datetime
) -> frozenset[str]:
    """Facts of a form by which power is cut: by its issue, of the letter to the supplier by the service."""
    if kind != "supply-cut-letter":
        return cutting_power(data, at)
    served = [act for act in case.all("serve") if act.said.get("of") == "supply-cut"]
    decided = [one.data for one in documents if one.kind == "supply-cut-decision"]
    moment = str(served[-1].said.get("served_at") or "") if served else ""
    return power_told(data, decided[-1] if decided else {}, moment)

"""The case that a penalty decided at the site is (当场处罚即成案): begun from its document.

The document was handed over already: whatever the law has against an act now, the document stands
and the case waits where it was stopped, for the office to go on.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.on_the_spot import penalties, violation
from lawbook.penalty.act import BEIJING
from lawbook.penalty.refusals import DayAhead
from services.case_svc.cases import commands
from services.case_svc.cases.refusals import ActRefused, SourceUnknown
from services.case_svc.cases.schemas import CaseBody
from services.case_svc.cases.shapes import ACTS, ActBody
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.weighings.law import catalogue
from services.kit.claims import Claims
from services.kit.problems import Forbidden

KIND = "on-the-spot-penalty"
"""当场处罚决定书."""
STOPPED = (ActRefused, DayAhead, Forbidden, SourceUnknown, ValidationError)
"""What the law, or a field that is too long, has against an act."""
NOTHING_SAID = "当事人未提出陈述、申辩"


def case_of(document: UUID) -> UUID:
    """The id of the case that this document is the decision of."""
    return uuid5(document, "case")


async def carry(
    session: AsyncSession, claims: Claims, folder: Path, document: DocumentRow
) -> UUID | None:
    """Begin the case, tell, hear, decide and serve, as the document says was done; in its transaction.

    The id of the case; None where the law lets none begin.
    """
    id_ = case_of(document.id)
    try:
        async with session.begin_nested():
            row = await commands.begin(session, claims, folder, id_, _beginning(folder, document))
    except STOPPED:
        return None
    for kind, said in _acts(document):
        try:
            act = _act(kind, said, row.acts, document.issued_at)
            async with session.begin_nested():
                row = await commands.act(session, claims, folder, id_, uuid5(id_, kind), act)
        except STOPPED:
            break
    return id_


def _act(kind: str, said: Mapping[str, Any], after: int, at: datetime) -> ActBody:
    return ACTS[kind].model_validate({"kind": kind, "at": at, "after": after, "said": said})


def _beginning(folder: Path, document: DocumentRow) -> CaseBody:
    data, on = document.data, document.issued_at.astimezone(BEIJING).date()
    basis = str(data["penalty_basis"])[:200]
    told = violation(catalogue(folder), data, basis, on)
    said: dict[str, Any] = {
        "procedure": "summary", "at": document.issued_at, "source": "inspection",
        "inspection_id": document.inspection_id, "certificate_shown": True,
        "officers": [one["number"] for one in data["officers"]],
        "summary": data["facts"], "violations": [told],
    }  # fmt: skip
    if data.get("party_kind") == "person":
        said["party"] = {
            "kind": "person", "name": data["party"], "address": data.get("address"),
            "id_number": data.get("id_number"),
        }  # fmt: skip
    return CaseBody.model_validate(said)


def _acts(document: DocumentRow) -> Iterator[tuple[str, dict[str, Any]]]:
    data = document.data
    imposed = {"facts": data["facts"], **penalties(data)}
    yield "notify-penalty", imposed
    heard = {"person": _party(document)["name"], "text": data.get("heard") or NOTHING_SAID}
    yield "state-and-defend", heard
    yield "decide", imposed | ({"number": document.number} if document.number else {})
    yield "serve", _service(document)


def _party(document: DocumentRow) -> dict[str, Any]:
    """The signature of the party, or its refusal; the party itself where neither was kept."""
    signed = (one for one in document.signatures if one["role"] == "party")
    return next(signed, {"name": document.data["party"]})


def _service(document: DocumentRow) -> dict[str, Any]:
    """Handed over there and then; left with a witness where the party would not sign."""
    party, data = _party(document), document.data
    said = {
        "of": "decision", "place": data.get("place"), "received_by": party["name"],
        "served_on": document.issued_at.astimezone(BEIJING).date().isoformat(),
        "title": " ".join(part for part in (document.name, document.number) if part),
    }  # fmt: skip
    if not party.get("refused"):
        return said | {"method": "direct"}
    witness = next((one["name"] for one in document.signatures if one["role"] == "witness"), None)
    return said | {"method": "left", "reason": party["refused"], "witness": witness}

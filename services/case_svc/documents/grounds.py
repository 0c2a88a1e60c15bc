"""What a document that came rests on (制作依据): gathered here, judged by the lawbook."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from lawbook.covering import KINDS, PENALTY, covering
from lawbook.preconditions import Grounds, judge
from lawbook.refusal import Refusal
from lawbook.wants import DocumentFirst, NothingToServe
from services.case_svc.around import around
from services.case_svc.documents.schemas import DocumentBody
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.inspections.commands import day_of
from services.case_svc.inspections.tables import InspectionRow
from services.case_svc.ledger_mirror.queries import officers_then
from services.case_svc.letter_reviews.authority import when
from services.kit.letters import NotKnownYet


class OtherNotHere(NotKnownYet):
    """The document on which this one rests has not reached this office yet.

    The tablet judged by the same law and had it: the letter waits for the other's.
    """

    title = "所依据的前一文书尚未到达服务器"

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.title)
        self.code = refusal.code  # type: ignore[misc]  # the lawbook's own, which the tablet shows


async def require(
    session: AsyncSession, folder: Path, body: DocumentBody, inspection: InspectionRow,
    reinspected: bool,
) -> None:  # fmt: skip
    """The law has nothing against this document (lawbook.preconditions)."""
    for refusal in judge(body.kind, await grounds(session, folder, body, inspection, reinspected)):
        if isinstance(refusal, DocumentFirst | NothingToServe):
            raise OtherNotHere(refusal)
        raise refusal


async def grounds(
    session: AsyncSession, folder: Path, body: DocumentBody, inspection: InspectionRow,
    reinspected: bool,
) -> Grounds:  # fmt: skip
    """Grounds of a document about this inspection."""
    told = body.data.get("officers")
    numbers = (
        [str(one.get("number")) for one in told if isinstance(one, dict)]
        if isinstance(told, list)
        else inspection.officers
    )
    then = when(folder, body.issued_at, body.clock)
    return Grounds(
        at=body.issued_at,
        on=day_of(body.issued_at),
        officers=tuple(await officers_then(session, numbers, then)),
        issued=frozenset((await around(session, inspection.id)).issued),
        findings=len(inspection.findings),
        reinspected=reinspected,
        corrects=body.corrects is not None,
        said=body.data,
        covered=await _covered(session, body, inspection) if body.kind in KINDS else {},
    )


async def _covered(
    session: AsyncSession, body: DocumentBody, inspection: InspectionRow
) -> dict[str, str]:
    """Finding → the document of this kind that covers it; one that is corrected covers nothing.

    Of a penalty only what the same party was punished for: the unit and a person may both be.
    """
    correction = aliased(DocumentRow)
    rows = await session.scalars(
        select(DocumentRow)
        .where(
            DocumentRow.inspection_id == inspection.id,
            DocumentRow.kind == body.kind,
            DocumentRow.id != body.id,
            ~select(correction.id).where(correction.corrects == DocumentRow.id).exists(),
        )
        .order_by(DocumentRow.issued_at, DocumentRow.id)
    )
    told: dict[str, str] = {}
    for row in rows:
        if body.kind != PENALTY or row.data.get("party") == body.data.get("party"):
            told |= dict.fromkeys(covering(row.data, inspection.findings), row.number or row.name)
    return told

"""What must hold before a document issued on the spot is taken: number, signers, what it is about."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.rectification import require_order
from services.case_svc.deliveries.held import NotKnownYet
from services.case_svc.documents.refusals import (
    HazardsDiffer,
    NotASigner,
    NotReinspected,
    NumberNotLeased,
    NumberOfAnotherYear,
    NumberTaken,
    SignaturesMissing,
)
from services.case_svc.documents.schemas import DocumentBody, SignatureBody
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.inspections.commands import day_of
from services.case_svc.inspections.tables import InspectionRow
from services.case_svc.numbers.tables import NumberLeaseRow
from services.case_svc.reinspections.tables import ReinspectionRow

PLACE = "{sequence}"
FEWEST_OFFICERS = 2


async def require_number(
    session: AsyncSession, body: DocumentBody, unit: str
) -> tuple[NumberLeaseRow, int]:
    """The number is one of the tablet's own lease, of this kind and year: lease and sequence.

    A lease that has been frozen since, or whose year is over, still counts: the document was issued
    on the spot and comes late.
    """
    if body.lease_id is None:
        raise NumberNotLeased("没有说明文号出自哪个文号段")
    lease = await session.get(NumberLeaseRow, body.lease_id)
    if lease is None:
        raise NotKnownYet("服务器上尚无该文号段")
    of_this = (lease.unit, lease.document, lease.device) == (unit, body.kind, body.device)
    sequence = _within(lease, body.number)
    if not of_this or sequence is None:
        raise NumberNotLeased(
            f"{body.number} 不在 {lease.device} 领用的文号段内"
            f"（{lease.pattern.replace(PLACE, f'{lease.first}-{lease.last}')}）"
        )
    if day_of(body.issued_at).year != lease.year:
        raise NumberOfAnotherYear(f"文号属于 {lease.year} 年，文书出具于 {day_of(body.issued_at)}")
    return lease, sequence


async def require_number_free(session: AsyncSession, body: DocumentBody, unit: str) -> None:
    """No other document of the unit has the number. Asked once PostgreSQL has said that one has."""
    other = await session.scalar(
        select(DocumentRow.id).where(
            DocumentRow.unit == unit,
            DocumentRow.kind == body.kind,
            DocumentRow.number == body.number,
        )
    )
    if other is not None and other != body.id:
        raise NumberTaken(f"{body.number} 已用于另一份文书")


def _within(lease: NumberLeaseRow, number: str) -> int | None:
    """The sequence of a number of this lease; None when it is none."""
    before, _, after = lease.pattern.partition(PLACE)
    sequence = number.removeprefix(before).removesuffix(after)
    of_this = (
        sequence.isascii()
        and sequence.isdigit()
        and len(sequence) < 10
        and lease.first <= int(sequence) <= lease.last
        # The same spelling too: no leading zeros, nothing doubled.
        and lease.pattern.replace(PLACE, str(int(sequence))) == number
    )
    return int(sequence) if of_this else None


def require_signatures(signatures: Sequence[SignatureBody], took_part: Collection[str]) -> None:
    """Two officers who took part, and the party or a witness."""
    officers = {s.officer_number for s in signatures if s.role == "officer"}
    if strangers := sorted(number or "（无证号）" for number in officers - set(took_part)):
        raise NotASigner(f"执法证号 {'、'.join(strangers)} 不在检查人员之列")
    if len(officers) < FEWEST_OFFICERS:
        raise SignaturesMissing(f"仅有 {len(officers)} 名执法人员签名")
    if not any(s.role in ("party", "witness") for s in signatures):
        raise SignaturesMissing("没有被检查单位人员或者见证人的签名")


async def took_part(session: AsyncSession, kind: str, inspection: InspectionRow) -> set[str]:
    """The officers who may sign: of the inspection, or of its re-inspections for an opinion."""
    if kind != "reinspection-opinion":
        return set(inspection.officers)
    found = await session.scalars(
        select(ReinspectionRow.officers).where(ReinspectionRow.inspection_id == inspection.id)
    )
    officers = {number for numbers in found for number in numbers}
    if not officers:
        raise NotReinspected(f"{inspection.entity_name}的整改复查尚未登记")
    return officers


def require_subject(kind: str, data: Mapping[str, Any], inspection: InspectionRow) -> None:
    """An order orders what was found, all of it and nothing else."""
    if kind != "correction-order":
        return
    found = {f["id"]: date.fromisoformat(f["correct_by"]) for f in inspection.findings}
    require_order(found, day_of(inspection.started_at))
    ordered = sorted((_text(p["description"]), str(p["correct_by"])) for p in data["problems"])
    wanted = sorted((_text(f["description"]), f["correct_by"]) for f in inspection.findings)
    if ordered != wanted:
        raise HazardsDiffer(
            f"检查发现 {len(wanted)} 项，指令书列有 {len(ordered)} 项，内容或期限不同"
        )


def _text(text: object) -> str:
    return str(text).strip()

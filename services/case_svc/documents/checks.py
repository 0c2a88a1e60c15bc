"""What must hold before a document issued on the spot is taken: number, signers, what it is about."""

import base64
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.citation import written_out
from lawbook.cosigning import statement
from lawbook.covering import chosen
from lawbook.preconditions import MEASURES, ORDER
from lawbook.proof import read_proof, signed_part
from lawbook.rectification import require_order
from lawbook.signatures import OFFICER, WITNESS, Signed, lacking
from paper.template import DocumentTemplate
from services.case_svc.carrying_on import succeeding
from services.case_svc.documents.refusals import (
    HazardsDiffer,
    NotASigner,
    NumberNotLeased,
    NumberOfAnotherYear,
    NumberTaken,
    ProofWrong,
    SignatureProofFails,
    SignaturesMissing,
)
from services.case_svc.documents.schemas import DocumentBody
from services.case_svc.documents.tables import DocumentRow
from services.case_svc.inspections.commands import day_of
from services.case_svc.inspections.tables import InspectionRow
from services.case_svc.numbers.tables import NumberLeaseRow
from services.case_svc.packs.content import item_of
from services.kit.claims import Claims
from services.kit.letters import NotKnownYet, moment
from services.kit.problems import Malformed

PLACE = "{sequence}"


async def require_number(
    session: AsyncSession, form: DocumentTemplate, body: DocumentBody, claims: Claims
) -> tuple[NumberLeaseRow, int] | None:
    """The number is one of the tablet's own lease, of this kind and year: lease and sequence.

    None for what bears no number (笔录).

    A lease that has been frozen since, or whose year is over, still counts: the document was issued
    on the spot and comes late.
    """
    if form.numbering is None:
        if body.number is not None or body.lease_id is not None:
            raise Malformed(f"{form.name}不编文号")
        return None
    if body.number is None:
        raise NumberNotLeased(f"{form.name}没有文号")
    if body.lease_id is None:
        raise NumberNotLeased("没有说明文号出自哪个文号段")
    lease = await session.get(NumberLeaseRow, body.lease_id)
    if lease is None:
        raise NotKnownYet("服务器上尚无该文号段")
    # A tablet of a unit that is no more used up what it had: its people deliver it for the successor.
    ours = lease.unit == claims.unit or await succeeding(session, claims, lease.unit)
    of_this = ours and (lease.document, lease.device) == (body.kind, body.device)
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


def require_proof(code: str, device: str, issued_at: datetime) -> None:
    """The tablet of this document has signed its proof, for the day of its issue.

    The attestation in it is not judged: a letter may come long after the office has changed keys.
    """
    proof = read_proof(code)
    holder = proof.attestation
    if (str(holder.device), proof.day) != (device, day_of(issued_at)):
        raise ProofWrong("验真码写的是另一台平板，或者另一天")
    try:
        key = Ed25519PublicKey.from_public_bytes(holder.public_key)
        key.verify(proof.signature, signed_part(proof))
    except (InvalidSignature, ValueError) as error:
        raise ProofWrong("验真码的签名不符") from error


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


def require_signatures(
    form: DocumentTemplate, body: DocumentBody, took_part: Collection[str]
) -> None:
    """Two officers who took part, and the party; or a refusal to sign that was put on record."""
    told = {
        str(one.get("number")): str(one.get("name"))
        for one in body.data.get("officers", ())
        if isinstance(one, dict)
    }
    signing = {s.officer_number for s in body.signatures if s.role == OFFICER}
    if strangers := sorted(
        number or "（无证号）" for number in (signing | set(told)) - set(took_part)
    ):
        raise NotASigner(f"执法证号 {'、'.join(strangers)} 不在检查人员之列")
    given = [
        Signed(
            one.role, one.name, one.officer_number, one.signed_at, one.refused, one.page or 0,
            one.signed_paper is not None,
        )
        for one in body.signatures
    ]  # fmt: skip
    # Tablets that tell no pages knew of none: theirs was signed once, and handed over.
    asked = {place.role: place.count for place in form.signatories}
    lack = lacking(asked, told, given, len(body.pages or ()))
    if body.template is None and any(one.role == WITNESS for one in given):
        # Tablets that name no template knew a refusal only as a witness's signature.
        lack = [one for one in lack if one.role == OFFICER]
    if lack:
        raise SignaturesMissing("尚缺：" + "、".join(one.text for one in lack))


def require_proofs(body: DocumentBody) -> None:
    """What a colleague's tablet vouches for is what is told: who, when, which document, which strokes.

    Whose key it is the ledger's list of devices tells.
    """
    for one in body.signatures:
        if one.given_on is None:
            continue
        told = one.model_dump(include={"digest", "name", "strokes"}) | {
            "document": str(body.id), "officer": one.officer_number,
            "signed_at": moment(one.signed_at), "device": one.given_on.device,
        }  # fmt: skip
        try:
            key = Ed25519PublicKey.from_public_bytes(_bytes(one.given_on.key))
            key.verify(_bytes(one.given_on.proof), statement(told))
        except (InvalidSignature, ValueError) as error:
            raise SignatureProofFails(f"{one.name}的签名") from error


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def took_part(
    form: DocumentTemplate, inspection: InspectionRow, again: Collection[str]
) -> set[str]:
    """The officers who may sign: of the inspection, or of its re-inspections for an opinion."""
    match form.about:
        case "reinspection":
            return set(again)
        case "document":
            return {*inspection.officers, *again}
        case _:
            return set(inspection.officers)


def require_subject(
    folder: Path, form: DocumentTemplate, data: Mapping[str, Any], inspection: InspectionRow
) -> None:
    """A document about findings says of them what was found, and nothing else.

    A form that lets the officer choose covers some of them; any other covers all.
    """
    if form.code == ORDER:
        found = {f["id"]: date.fromisoformat(f["correct_by"]) for f in inspection.findings}
        require_order(found, day_of(inspection.started_at))
    field = form.selects
    if field is None:
        if form.code not in (ORDER, MEASURES):
            return
        columns = ("description", "correct_by") if form.code == ORDER else ("description",)
        told, wanted = _told(data["problems"], columns), _told(inspection.findings, columns)
        if told != wanted:
            raise HazardsDiffer(
                f"检查发现 {len(wanted)} 项，文书列有 {len(told)} 项，内容或期限不同"
            )
        return
    held = {one.code for one in field.columns}
    found_here = [
        one | {"criterion": _criterion(folder, inspection, one)} for one in inspection.findings
    ]
    known = {str(one["id"]): one for one in found_here}
    for at, one in enumerate(data[field.code], start=1):
        same = [known.get(str(one["finding"]))] if one.get("finding") else found_here
        if not any(found and _says(one, found, held) for found in same):
            raise HazardsDiffer(f"第 {at} 项与检查发现的问题不同")
    named = list(chosen(data))
    if len(set(named)) < len(named) or len(data[field.code]) > len(inspection.findings):
        raise HazardsDiffer("同一问题在文书中列了两次")


def _criterion(folder: Path, inspection: InspectionRow, found: Mapping[str, Any]) -> str | None:
    """By which criterion a finding is a major hazard: as recorded, or as its check item says."""
    if not found.get("major"):
        return None
    if said := found.get("criterion"):
        return str(said)
    refs = [found.get("checklist"), inspection.checklist, *inspection.also_checklists]
    known = item_of(folder, filter(None, refs), found["check_item"])
    return known[1].criterion if known else None


def _says(told: Mapping[str, Any], found: Mapping[str, Any], columns: Collection[str]) -> bool:
    """Whether an item says of a finding what was found: words, day, and by which criterion."""
    plain = [name for name in ("description", "correct_by") if name in columns]
    if [_text(told.get(name)) for name in plain] != [_text(found.get(name)) for name in plain]:
        return False
    # Tablets that name no finding knew no criterion either.
    if "criterion" not in columns or not told.get("finding"):
        return True
    criterion = found.get("criterion")
    return bool(told.get("major")) == bool(found.get("major")) and (
        told.get("criterion") or ""
    ) == (written_out(criterion) if criterion else "")


def _told(problems: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> list[list[str]]:
    return sorted([_text(one.get(column)) for column in columns] for one in problems)


def _text(text: object) -> str:
    return str(text).strip()

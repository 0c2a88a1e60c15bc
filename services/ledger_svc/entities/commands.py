"""Entering and changing regulated entities (填报、完善企业台账)."""

from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.entity import LedgerDictionary, name_key
from lawbook.regions import supervising_region
from services.kit.claims import Claims
from services.kit.problems import Conflict, DifferentContent, Malformed
from services.kit.successions import require_reach
from services.ledger_svc.entities.schemas import EntityRecord
from services.ledger_svc.entities.tables import EntityRow
from services.ledger_svc.rows import SuccessionRow, announce


class CreditCodeTaken(Conflict):
    """Another entry holds this credit code."""

    code, title = "credit-code-taken", "该统一社会信用代码已在台账中登记"
    next_step = "按信用代码查找已登记的企业并在其上修改；如属其他县（市、区）登记，请联系市局核对"


async def enter(
    session: AsyncSession,
    claims: Claims,
    dictionary: LedgerDictionary,
    id_: UUID,
    record: EntityRecord,
) -> EntityRow:
    """Enter a plant, or complete one (填报企业台账). What is sent replaces the named values only.

    A value that is filled wrongly is refused; a mandatory one that is absent is not: the plant is
    kept as incomplete, and cannot be chosen for a document until it is complete.
    """
    values = dictionary.normalise(record.values)
    _refuse_wrong(dictionary, record.values, values)
    row = await session.get(EntityRow, id_, with_for_update=True)
    if row is not None:
        merged = {**row.values, **values}
        for code, value in record.values.items():
            if not value.strip():
                merged.pop(code, None)
        if merged == row.values:
            return row
        values = merged
    region = await _region(session, dictionary, claims, values)
    await _refuse_taken(session, values.get(dictionary.credit_code), id_)
    if row is None:
        return await _insert(session, claims, dictionary, id_, region, values)
    if row.region != region:
        announce(session, claims, "entity.left", id_, row.region)
    _fill(row, dictionary, region, values)
    row.version += 1
    row.changed_at = await session.scalar(select(func.now())) or row.changed_at
    announce(session, claims, "entity.changed", id_, region, missing=row.missing)
    await session.flush()
    return row


def _refuse_wrong(
    dictionary: LedgerDictionary, sent: dict[str, str], values: dict[str, str]
) -> None:
    unknown = [code for code in sent if code not in dictionary.by_code]
    if unknown:
        raise Malformed(
            f"数据项字典中没有：{'、'.join(unknown[:5])}",
            errors=[{"at": f"/body/values/{code}", "reason": "不认识的栏目"} for code in unknown],
        )
    faults = [fault for fault in dictionary.check(values) if fault.code != "missing"]
    if faults:
        raise Malformed(
            "；".join(fault.reason for fault in faults),
            errors=[{"at": f"/body/values/{f.field}", "reason": f.reason} for f in faults],
        )


async def _region(
    session: AsyncSession, dictionary: LedgerDictionary, claims: Claims, values: dict[str, str]
) -> str:
    division = values.get(dictionary.division)
    region = supervising_region(division) if division else claims.region
    await require_reach(session, SuccessionRow, claims, region)
    return region


async def _refuse_taken(session: AsyncSession, credit_code: str | None, id_: UUID) -> None:
    if credit_code is None:
        return
    holders = await session.scalars(
        text("select ledger_svc.holders_of_codes(array[:code])").bindparams(code=credit_code)
    )
    if any(holder.split("=", 1)[1] != str(id_) for holder in holders):
        raise CreditCodeTaken(f"统一社会信用代码 {credit_code} 已登记在另一家企业名下")


async def _insert(
    session: AsyncSession, claims: Claims, dictionary: LedgerDictionary, id_: UUID, region: str,
    values: dict[str, str],
) -> EntityRow:  # fmt: skip
    if await session.scalar(text("select ledger_svc.entity_exists(:id)").bindparams(id=id_)):
        raise DifferentContent(f"编号 {id_} 已登记了不同的内容")
    if not values.get(dictionary.name):
        raise Malformed(
            "缺少企业名称", errors=[{"at": f"/body/values/{dictionary.name}", "reason": "缺少此项"}]
        )
    row = EntityRow(id=id_, version=1)
    _fill(row, dictionary, region, values)
    session.add(row)
    await session.flush()
    await session.refresh(row)
    announce(session, claims, "entity.entered", id_, region, missing=row.missing)
    return row


def _fill(
    row: EntityRow, dictionary: LedgerDictionary, region: str, values: dict[str, str]
) -> None:
    row.region, row.values = region, values
    row.name = values.get(dictionary.name, "")
    row.name_key = name_key(row.name)
    row.credit_code = values.get(dictionary.credit_code)
    row.division_code = values.get(dictionary.division, region)
    row.trades = dictionary.trades(values)
    row.op_status = values.get(dictionary.op_status, "")
    row.missing = dictionary.missing(values)
    row.dictionary = dictionary.ref

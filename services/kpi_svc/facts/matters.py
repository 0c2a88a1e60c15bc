"""Matters handled (办件): inspections, penalty cases, and inspections that a plan names and nobody has
recorded. What an online rate (线上执法办案率) counts, with why each is in it or not.

A matter and its place in the tally are written by one statement: a figure over a million of them
adds up a few hundred rows, as with plants (`facts/ledger.py`).
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, NotRequired, TypedDict
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lawbook.content import load
from services.kpi_svc.facts.tables import (
    EntityRow,
    MatterRow,
    MatterTallyRow,
    PaperRow,
    PenaltyCaseRow,
)

BEIJING = ZoneInfo("Asia/Shanghai")
INDUSTRY, CHEMICALS, GENERAL = "industry_and_trade", "hazardous_chemicals", "general"
MODULES = {"工贸专项": INDUSTRY, "危险化学品专项": CHEMICALS}
"""What content calls a module → ours; all others are 综合行政执法."""
RECORD, FILING, ON_THE_SPOT = "inspection-record", "case-filing-approval", "on-the-spot-penalty"
DECISIONS = ("penalty-decision", "penalty-decision-person", "no-penalty-decision", ON_THE_SPOT)
NO_RECORD = "没有在系统出具现场检查记录"
PAPERS = frozenset({RECORD, FILING, *DECISIONS})
"""The documents by which a matter is known to be handled in the system."""
ENTERS = frozenset({"case.approve_filing", "case.begin_summary"})
"""The acts that file a case: when one was entered is when its change was made."""
KEPT = ("region", "unit", "year", "month", "kind", "module", "issued", "days")
"""What conditions read: the key of the tally."""


class InspectionState(TypedDict):
    """What is read of an inspection (现场检查)."""

    region: str
    unit: str
    entity_id: str
    entity_name: str
    checklist: str
    started_at: str


class DocumentState(TypedDict):
    """What is read of a document (文书)."""

    region: str
    kind: str
    inspection_id: str | None
    case_id: NotRequired[str | None]


_MOVED = ", ".join(KEPT)
_TALLY = f"""
    insert into kpi_svc.matter_tally as tally ({_MOVED}, matters)
    select {_MOVED}, sum(moved) from moving group by {_MOVED} having sum(moved) <> 0
    on conflict ({_MOVED}) do update set matters = tally.matters + excluded.matters"""
_OWN = ("inspection_id", "entity_id", "title", "lacking", "on_day", "weight")
_KEEP = text(f"""
    with was as (select {_MOVED}, weight from kpi_svc.matter where id = :id),
    now_is as (
        insert into kpi_svc.matter (id, {_MOVED}, {", ".join(_OWN)})
        values (:id, {", ".join(f":{one}" for one in (*KEPT, *_OWN))})
        on conflict (id) do update set {", ".join(f"{one} = excluded.{one}" for one in (*KEPT, *_OWN))}
        returning {_MOVED}, weight
    ), moving as (
        select {_MOVED}, -weight as moved from was union all select {_MOVED}, weight from now_is
    ) {_TALLY}""")
_REMOVE = text(f"""
    with gone as (delete from kpi_svc.matter where id = :id returning {_MOVED}, weight),
    moving as (select {_MOVED}, -weight as moved from gone) {_TALLY}""")
_MODULE = text(f"""
    with was as (
        select id, {_MOVED}, weight from kpi_svc.matter where entity_id = :entity
        and kind = 'case' and inspection_id is null and module <> :module
    ), now_is as (
        update kpi_svc.matter as m set module = :module from was where m.id = was.id
        returning {", ".join(f"m.{one}" for one in KEPT)}, m.weight
    ), moving as (
        select {_MOVED}, -weight as moved from was union all select {_MOVED}, weight from now_is
    ) {_TALLY}""")


@lru_cache(maxsize=4)
def modules_in(content: Path) -> Mapping[str, str]:
    """Check list (检查表) → the module that it belongs to."""
    lists = [load(path) for path in sorted((content / "checklists").glob("*.toml"))]
    # The first lists named no module: their trade says it.
    known = {body["code"]: module_of_trades([str(body.get("trade"))]) for body in lists}
    return known | {
        body["code"]: MODULES.get(body["module"], GENERAL) for body in lists if "module" in body
    }


def module_of_trades(trades: list[str]) -> str:
    """Where a plant of these trades belongs, when no inspection says by which list it was seen."""
    return next((one for one in (CHEMICALS, INDUSTRY) if one in trades), GENERAL)


async def inspection(
    session: AsyncSession, content: Path, subject: str, state: InspectionState | None
) -> None:
    """Keep an inspection; it is issued once its record was."""
    if state is None:
        return await _gone(session, subject)
    on = datetime.fromisoformat(state["started_at"]).astimezone(BEIJING).date()
    module = modules_in(content).get(state["checklist"].partition("@")[0], GENERAL)
    issued = bool(await _papers(session, UUID(subject), (RECORD,)))
    await _keep(
        session, UUID(subject), state, "inspection", module, on, state["entity_name"],
        entity_id=UUID(state["entity_id"]), lacking="" if issued else NO_RECORD,
    )  # fmt: skip


async def case(session: AsyncSession, change: Mapping[str, Any]) -> None:
    """Keep a case that is filed; one that is not filed is none yet."""
    state, id_ = change["state"], UUID(change["subject"])
    if state is None or not state["filed_on"]:
        return await _gone(session, change["subject"])
    filed, spot = date.fromisoformat(state["filed_on"]), await _papers(session, id_, (ON_THE_SPOT,))
    days = await session.scalar(select(MatterRow.days).where(MatterRow.id == id_))
    if days is None or (change["kind"] in ENTERS and not days):
        entered = datetime.fromisoformat(change["made_at"]).astimezone(BEIJING).date()
        days = max((entered - filed).days, 0) if change["kind"] in ENTERS else 0
    # Decided on the spot by a tablet that had no signal: that is online, whenever it arrives.
    days = 0 if spot else min(days, 999)
    await _keep(
        session, id_, state, "case", await _module_of(session, state), filed, state["name"],
        inspection_id=_uuid(state["inspection_id"]), entity_id=_uuid(state["entity_id"]),
        lacking=await _lacking(session, id_, state), days=days,
    )  # fmt: skip


async def planned(session: AsyncSession, subject: str, state: Mapping[str, Any] | None) -> None:
    """Keep what an approved plan names and no record shows, as a matter of its month."""
    left = state["times"] - state["done"] if state and state["approved"] else 0
    id_ = UUID(subject)
    if state is None or left <= 0:
        return await _gone(session, str(id_))
    last = date(state["year"] + state["month"] // 12, state["month"] % 12 + 1, 1) - timedelta(1)
    await _keep(
        session, id_, state, "planned", module_of_trades([state["trade"]]), last,
        state["entity_name"], weight=left,
        lacking=f"列入计划 {state['times']} 次，系统中有检查记录 {state['done']} 次（{state['month']} 月）",
    )  # fmt: skip


async def document(session: AsyncSession, change: Mapping[str, Any]) -> None:
    """A document of a matter was issued here, or became void (作废): what it shows is judged anew."""
    state: DocumentState | None = change["state"]
    id_ = UUID(change["subject"])
    if state is None or state["kind"] not in PAPERS:
        return
    of = state.get("case_id") if state["kind"] != RECORD else state["inspection_id"]
    # A penalty on the spot makes its case: under an id that follows from the document's.
    about = UUID(of) if of else uuid5(id_, "case")
    values = {"id": id_, "region": state["region"], "kind": state["kind"], "subject": about}
    await session.execute(insert(PaperRow).values(**values).on_conflict_do_nothing())
    if change["kind"] == "document.voided":
        await session.execute(update(PaperRow).where(PaperRow.id == id_).values(void=True))
    row = await session.get(MatterRow, about, populate_existing=True)
    if row is None:
        return
    lacking = await _still_lacking(session, row)
    if lacking != row.lacking:
        kept = {one: getattr(row, one) for one in (*KEPT, *_OWN)}
        now_is = {"id": about, "issued": not lacking, "lacking": lacking}
        await session.execute(_KEEP, kept | now_is)


async def _still_lacking(session: AsyncSession, row: MatterRow) -> str:
    if row.kind == "inspection":
        return "" if await _papers(session, row.id, (RECORD,)) else NO_RECORD
    case = await session.get(PenaltyCaseRow, row.id)
    if case is None:
        return row.lacking
    return await _lacking(
        session, row.id, {"decided_on": case.decided_on, "procedure": case.procedure}
    )


async def plant(session: AsyncSession, subject: str, trades: list[str]) -> None:
    """Cases of a plant that no inspection explains go with its trades."""
    await session.execute(_MODULE, {"entity": UUID(subject), "module": module_of_trades(trades)})


async def reset(session: AsyncSession) -> None:
    """Forget all of it."""
    for kind in (MatterRow, MatterTallyRow, PaperRow):
        await session.execute(delete(kind))


async def _keep(
    session: AsyncSession, id_: UUID, state: Mapping[str, Any], kind: str, module: str, on: date,
    title: str, *, lacking: str, inspection_id: UUID | None = None, entity_id: UUID | None = None,
    days: int = 0, weight: int = 1,
) -> None:  # fmt: skip
    await session.execute(
        _KEEP,
        {
            "id": id_, "region": state["region"], "unit": state["unit"], "year": on.year,
            "month": on.month, "kind": kind, "module": module, "issued": not lacking, "days": days,
            "inspection_id": inspection_id, "entity_id": entity_id, "title": title,
            "lacking": lacking, "on_day": on, "weight": weight,
        },
    )  # fmt: skip


async def _gone(session: AsyncSession, subject: str) -> None:
    await session.execute(_REMOVE, {"id": UUID(subject)})


async def _papers(session: AsyncSession, about: UUID, kinds: tuple[str, ...]) -> int:
    found = await session.scalar(
        select(func.count()).where(
            PaperRow.subject == about, PaperRow.kind.in_(kinds), PaperRow.void.is_(False)
        )
    )
    return int(found or 0)


async def _lacking(session: AsyncSession, id_: UUID, state: Mapping[str, Any]) -> str:
    """Which document of a case was not issued here."""
    if state["decided_on"]:
        return "" if await _papers(session, id_, DECISIONS) else "已作出决定，没有在系统出具决定书"
    if str(state["procedure"]).startswith("summary"):
        return ""
    return "" if await _papers(session, id_, (FILING, *DECISIONS)) else "没有在系统出具立案审批表"


async def _module_of(session: AsyncSession, state: Mapping[str, Any]) -> str:
    if state["inspection_id"]:
        seen = await session.scalar(
            select(MatterRow.module).where(MatterRow.id == UUID(state["inspection_id"]))
        )
        if seen:
            return str(seen)
    if not state["entity_id"]:
        return GENERAL
    trades = await session.scalar(
        select(EntityRow.trades).where(EntityRow.id == UUID(state["entity_id"]))
    )
    return module_of_trades(list(trades or ()))


def _uuid(told: str | None) -> UUID | None:
    return UUID(told) if told else None

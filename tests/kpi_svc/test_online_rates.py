"""Indicators 4 to 6 (线上执法办案率): each matter in or out of the figure, and why."""

from typing import Any
from uuid import uuid4, uuid5

import pytest

from services.kpi_svc.facts import case, ledger

INDUSTRY, CHEMICALS, OTHER = (
    "online-industry-and-trade", "online-hazardous-chemicals", "online-other",
)  # fmt: skip
UNIT = {"region": "140882", "unit": "140882"}


def visit(checklist: str = "metallurgy@2026.1", **changes: Any) -> dict[str, Any]:
    return UNIT | {
        "entity_id": str(uuid4()), "entity_name": "汾滨机械", "checklist": checklist,
        "started_at": "2026-03-02T01:00:00Z",
    } | changes  # fmt: skip


def matter(**changes: Any) -> dict[str, Any]:
    return UNIT | {
        "procedure": "ordinary@2021", "source": "inspection", "stage": "filed", "name": "汾滨机械案",
        "entity_id": None, "inspection_id": None, "filed_on": "2026-03-05", "decided_on": None,
    } | changes  # fmt: skip


def paper(kind: str, **of: str) -> dict[str, Any]:
    return UNIT | {"kind": kind, "inspection_id": None, "case_id": None} | of


def told(kind: str, state: Any, id_: Any = None, made_at: str = "2026-03-06T01:00:00Z") -> Any:
    return {"kind": kind, "subject": str(id_ or uuid4()), "state": state, "made_at": made_at}


@pytest.fixture
async def tell(apply):
    """Tell the facts as the feeds would."""
    await apply(case)

    async def say(*changes: Any) -> None:
        await apply(case, *changes)

    return say


async def test_an_inspection_counts_once_its_record_was_issued_here(tell, figure, records):
    first, second = uuid4(), uuid4()
    await tell(
        told("inspection.recorded", visit(), first), told("inspection.recorded", visit(), second),
        told("inspection.recorded", visit("chemicals@2026.1")),
        told("inspection.recorded", visit("mines@2026.1")),
        told("inspection.recorded", visit("list-of-a-later-year@1")),
    )  # fmt: skip
    assert await figure(INDUSTRY) == (0, 2)
    await tell(told("document.issued", paper("inspection-record", inspection_id=str(first))))
    assert await figure(INDUSTRY) == (1, 2)
    assert await figure(CHEMICALS) == (0, 1)
    assert await figure(OTHER) == (0, 2)
    (missing,) = await records(INDUSTRY, part="missing")
    assert (missing["id"], missing["kind"]) == (str(second), "inspection")
    assert missing["detail"] == "现场检查 2026-03-02，没有在系统出具现场检查记录"
    (counted,) = await records(INDUSTRY, part="counted")
    assert counted["detail"] == "现场检查 2026-03-02，文书由系统出具"
    # Told again, and taken back: as before, and gone.
    await tell(
        told("inspection.recorded", visit(), first), told("inspection.recorded", None, second)
    )
    assert await figure(INDUSTRY) == (1, 1)


async def test_a_case_goes_with_its_inspection_and_wants_the_paper_of_its_stage(
    tell, figure, records
):
    seen, id_ = uuid4(), uuid4()
    await tell(
        told("inspection.recorded", visit("chemicals@2026.1"), seen),
        told("case.propose_filing", matter(filed_on=None), id_),
    )
    assert await figure(CHEMICALS) == (0, 1)
    filed = matter(inspection_id=str(seen))
    await tell(told("case.approve_filing", filed, id_))
    (_, lacking) = sorted(await records(CHEMICALS), key=lambda one: one["kind"], reverse=True)
    assert lacking["detail"] == "处罚案件，立案 2026-03-05，没有在系统出具立案审批表"
    await tell(told("document.issued", paper("case-filing-approval", case_id=str(id_))))
    assert await figure(CHEMICALS) == (1, 2)
    # Decided: from now on the decision counts, and the approval of the filing does no longer.
    await tell(told("case.decide", filed | {"decided_on": "2026-05-01"}, id_))
    assert await figure(CHEMICALS) == (0, 2)
    await tell(told("document.issued", paper("case-closure", case_id=str(id_))))
    assert await figure(CHEMICALS) == (0, 2)
    decision, paper_of = uuid4(), paper("penalty-decision", case_id=str(id_))
    await tell(told("document.issued", paper_of, decision))
    assert await figure(CHEMICALS) == (1, 2)
    # Void: it shows nothing any more, whatever else is told of it.
    await tell(
        told("document.voided", paper_of, decision), told("document.completed", paper_of, decision)
    )
    assert await figure(CHEMICALS) == (0, 2)


async def test_what_is_entered_long_afterwards_is_in_the_denominator_alone(tell, figure, records):
    id_ = uuid4()
    await tell(
        told("document.issued", paper("case-filing-approval", case_id=str(id_))),
        told("case.approve_filing", matter(), id_, made_at="2026-03-15T01:00:00Z"),
        told("case.serve", matter(), id_, made_at="2026-04-15T01:00:00Z"),
    )
    assert await figure(OTHER) == (0, 1)
    (late,) = await records(OTHER)
    assert late["detail"] == "补录：办理后 10 天才登记（超过 7 天）"


async def test_a_penalty_on_the_spot_is_online_whenever_it_arrives(tell, figure):
    decision = uuid4()
    await tell(
        told("document.issued", paper("on-the-spot-penalty"), decision),
        told(
            "case.begin_summary", matter(procedure="summary@2021", decided_on="2026-03-05"),
            uuid5(decision, "case"), made_at="2026-05-01T01:00:00Z",
        ),
    )  # fmt: skip
    assert await figure(OTHER) == (1, 1)


async def test_what_a_plan_names_and_nobody_recorded_is_missing_once_its_month_is_over(
    tell, figure, records
):
    named = UNIT | {
        "entity_name": "汾滨机械", "office": "工贸股", "year": 2025, "month": 12, "times": 3, "done": 1,
        "approved": True, "trade": "industry_and_trade",
    }  # fmt: skip
    id_ = uuid4()
    await tell(told("planned_inspection.done", named, id_))
    assert await figure(INDUSTRY, year=2025) == (0, 2)
    (one,) = await records(INDUSTRY, year=2025)
    assert (one["id"], one["kind"], one["denominator"]) == (str(id_), "planned_inspection", 2)
    assert one["detail"] == (
        "计划内检查，截至 2025-12-31，列入计划 3 次，系统中有检查记录 1 次（12 月）"
    )
    await tell(told("planned_inspection.done", named | {"year": 2099}, id_))
    assert await figure(INDUSTRY, year=2099) == (None, None)
    await tell(told("planned_inspection.done", named | {"done": 3}, id_))
    assert await figure(INDUSTRY, year=2025) == (None, None)


async def test_a_case_without_an_inspection_goes_with_the_trades_of_its_plant(tell, apply, figure):
    plant = str(uuid4())
    await tell(told("case.approve_filing", matter(entity_id=plant)))
    assert await figure(OTHER) == (0, 1)
    state = {
        "region": "140882", "name": "汾滨机械", "trades": ["industry_and_trade"], "op_status": "在营",
        "missing": [],
    }  # fmt: skip
    await apply(ledger, told("entity.entered", state, plant))
    assert await figure(OTHER) == (None, None)
    assert await figure(INDUSTRY) == (0, 1)

"""Indicator 7, over what the real case_svc tells, which follows the real ledger_svc."""

from uuid import uuid4

import pytest

from services.case_svc.app import case_app
from services.case_svc.settings import CaseSettings
from services.kpi_svc.facts import case as facts
from tests.case_svc.proceedings import approval, plan, planned
from tests.kpi_svc.test_ledger_indicators import enter_plant, put

COMPLETION = "plan-completion"


@pytest.fixture
def place(new_database):
    return new_database("ledger_svc", "case_svc", "kpi_svc")


@pytest.fixture
async def case(place, keys, folders, run_app, ledger, client_of):
    settings = CaseSettings(
        database_url=place.url("case_svc"), claims_public_key=keys.public, follow_every=3600,
        **folders,
    )  # fmt: skip
    return await run_app(case_app(settings, client_of(ledger, "14", "follower")))


@pytest.fixture
def chief(case, client_of):
    """Who drafts plans and approves them: `chief(region)`."""

    def make(region="140882"):
        return client_of(case, region, "section_chief", "bureau_head")

    return make


@pytest.fixture
def enter_plan(office, chief, case):
    """A plan with one planned inspection for each of `times`: (plan's id, their ids)."""

    async def enter(*times, unit="140882", year=2026, **changes):
        plants = [
            await enter_plant(office(), number, division_code="140882001", op_status="在营")
            for number in range(1, len(times) + 1)
        ]
        for follower in case.state.followers:
            await follower.catch_up()
        id_, listed = str(uuid4()), [str(uuid4()) for _ in times]
        record = plan(unit=unit, region=unit, year=year)
        await put(chief(unit), f"/v1/plans/{id_}", record)
        for planned_id, plant, number in zip(listed, plants, times, strict=True):
            body = planned(id_, plant, times=number) | changes
            await put(chief(unit), f"/v1/planned-inspections/{planned_id}", body)
        return id_, listed

    return enter


async def test_what_is_planned_counts_once_the_plan_is_approved(enter_plan, chief, figure):
    plan_id, _ = await enter_plan(1, 2)
    assert await figure(COMPLETION) == (None, None)
    await put(chief(), f"/v1/plans/{plan_id}/approval", approval())
    assert await figure(COMPLETION) == (0, 3)
    assert await figure(COMPLETION, region="140882") == (0, 3)
    assert await figure(COMPLETION, "140802") == (None, None)


async def test_a_plan_counts_in_its_own_year(enter_plan, chief, figure):
    plan_id, _ = await enter_plan(1, year=2025)
    await put(chief(), f"/v1/plans/{plan_id}/approval", approval(approved_on="2025-01-12"))
    assert await figure(COMPLETION) == (None, None)
    assert await figure(COMPLETION, year=2025) == (0, 1)


async def test_a_plan_of_the_city_counts_for_the_city_wherever_the_plant_is(
    enter_plan, chief, figure, auditor, records
):
    plan_id, _ = await enter_plan(2, unit="1408")
    await put(chief("1408"), f"/v1/plans/{plan_id}/approval", approval())
    assert await figure(COMPLETION, "1408") == (0, 2)
    assert await figure(COMPLETION, "140882") == (None, None)
    assert await records(COMPLETION, region="140882") == []


async def test_a_record_says_how_often_was_planned_and_done(enter_plan, chief, records):
    plan_id, (id_,) = await enter_plan(2, month=9, office="危化股")
    await put(chief(), f"/v1/plans/{plan_id}/approval", approval())
    (record,) = await records(COMPLETION, part="missing")
    assert (record["id"], record["kind"]) == (id_, "planned_inspection")
    assert record["detail"] == "计划 2 次，已完成 0 次（9 月，危化股）"
    assert (record["numerator"], record["denominator"]) == (0, 2)


async def test_what_has_been_done_counts_up_to_what_was_planned(
    enter_plan, chief, figure, records, apply
):
    plan_id, (once, twice) = await enter_plan(1, 2)
    await put(chief(), f"/v1/plans/{plan_id}/approval", approval())
    assert await figure(COMPLETION) == (0, 3)
    for id_, done in ((once, 2), (twice, 1)):
        state = (await chief().get(f"/v1/planned-inspections/{id_}")).json() | {"done": done}
        await apply(facts, {"kind": "planned_inspection.done", "subject": id_, "state": state})
    assert await figure(COMPLETION) == (2, 3)
    assert [r["id"] for r in await records(COMPLETION, part="counted")] == [once]
    assert [r["id"] for r in await records(COMPLETION, part="missing")] == [twice]

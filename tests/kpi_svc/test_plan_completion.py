"""Indicator 7, over what the real case_svc tells, which follows the real ledger_svc."""

from uuid import uuid4

import pytest

from services.case_svc.app import case_app
from services.case_svc.settings import CaseSettings
from tests.case_svc.on_the_spot import document, inspection, leased, recorded
from tests.case_svc.proceedings import FIRST, SECOND, approval, plan, planned
from tests.kpi_svc.ledger_facts import enter_officer, enter_plant, put

COMPLETION = "plan-completion"


@pytest.fixture
def place(new_database):
    return new_database("ledger_svc", "case_svc", "kpi_svc")


@pytest.fixture
async def case(place, keys, folders, run_app, ledger, client_of):
    settings = CaseSettings(
        database_url=place.url("case_svc"), claims_public_key=keys.public, follow_every=3600,
        receipt_private_key=keys.private, **folders,
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


@pytest.fixture
async def carry_out(case, client_of, office):
    """Inspect what is planned and issue the record on the spot: `await carry_out(id)`."""
    for number, name in ((FIRST, "张岳"), (SECOND, "李秋")):
        await enter_officer(office(), number, name=name)
    officer = client_of(case, "140882", "officer", officer=FIRST, name="张岳")

    async def inspect(id_, *, issue=True):
        for follower in case.state.followers:
            await follower.catch_up()
        plant = (await officer.get(f"/v1/planned-inspections/{id_}")).json()["entity_id"]
        await recorded(officer, visit := inspection(plant, (), planned_inspection_id=id_))
        if issue:
            lease = await leased(officer, "inspection-record", count=1)
            body = document(visit, lease)
            await put(officer, f"/v1/documents/{body['id']}", body)

    return inspect


async def test_an_inspection_counts_once_its_record_has_been_issued(
    enter_plan, chief, figure, records, carry_out
):
    plan_id, (once, twice) = await enter_plan(1, 2)
    await put(chief(), f"/v1/plans/{plan_id}/approval", approval())
    await carry_out(twice, issue=False)
    assert await figure(COMPLETION) == (0, 3)
    await carry_out(twice)
    await carry_out(once)
    assert await figure(COMPLETION) == (2, 3)
    (done,) = await records(COMPLETION, part="counted")
    (missing,) = await records(COMPLETION, part="missing")
    assert (done["id"], missing["id"]) == (once, twice)
    assert missing["detail"] == "计划 2 次，已完成 1 次（6 月，工贸股）"


async def test_an_inspection_beyond_the_plan_does_not_make_up_for_another(
    enter_plan, chief, figure, carry_out
):
    plan_id, (once, _) = await enter_plan(1, 2)
    await put(chief(), f"/v1/plans/{plan_id}/approval", approval())
    for _ in range(2):
        await carry_out(once)
    assert await figure(COMPLETION) == (1, 3)

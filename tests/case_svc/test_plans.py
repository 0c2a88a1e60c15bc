"""Annual plans and the plants in them."""

import json
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from services.case_svc.documents.tables import DocumentRow
from services.case_svc.inspections.tables import HazardRow, InspectionRow
from services.kit.claims import service_itself
from tests.case_svc import proceedings as good
from tests.case_svc.on_the_spot import evidence, finding, uploaded
from tests.case_svc.proceedings import entity_state
from tests.examples import jpeg


@pytest.fixture
async def drafted(chief, county):
    """The id of a draft plan."""
    id_ = str(uuid4())
    assert (await chief.put(f"/v1/plans/{id_}", json=good.plan())).status_code == 200
    return id_


@pytest.fixture
async def listed(chief, county, drafted):
    """The id of a plant in the draft plan."""
    id_ = str(uuid4())
    body = good.planned(drafted, county.plant)
    answer = await chief.put(f"/v1/planned-inspections/{id_}", json=body)
    assert answer.status_code == 200, answer.text
    return id_


@pytest.fixture
def carry_out(app, county, listed):
    """Record an inspection of the planned plant, with these documents issued of it."""
    at = datetime(2026, 6, 23, 2, tzinfo=UTC)

    async def record(*kinds, major=None):
        of_plant = {
            "region": "140882", "unit": "140882", "entity_id": UUID(county.plant),
            "entity_name": county.plant_name, "fingerprint": "", "device": "平板甲",
        }  # fmt: skip
        inspection = InspectionRow(
            **of_plant, id=uuid4(), planned_inspection_id=UUID(listed), answers={},
            officers=[good.FIRST],
            checklist="metallurgy@2026.1", place="炉前", started_at=at, ended_at=at,
            present={"name": "贺平川", "duty": "", "phone": ""},
            findings=[finding("G12", id=str(major), major=True)] if major else [], outcome="no_problem_found",
            recorded_by=good.FIRST,
        )  # fmt: skip
        async with app.state.database.transaction(service_itself("case_svc")) as session:
            session.add(inspection)
            await session.flush()
            if major:
                session.add(
                    HazardRow(
                        id=major, inspection_id=inspection.id, region="140882", check_item="G12",
                        entity_id=inspection.entity_id, entity_name="", description="", basis="",
                        correct_by=at.date(), major=True, state="open",
                    )
                )  # fmt: skip
            for kind in kinds:
                id_ = uuid4()
                session.add(
                    DocumentRow(
                        **of_plant, id=id_, kind=kind, name=kind, number=str(id_), data={},
                        inspection_id=inspection.id, digest="", signatures=[], renderer="typst",
                        template="", pdf_sha256="", pdf_size=1, issued_at=at, issued_by=good.FIRST,
                    )
                )  # fmt: skip

        return str(inspection.id)

    return record


async def test_what_counts_as_done_is_an_inspection_whose_record_was_issued(
    chief, listed, carry_out, officer
):
    url, done = f"/v1/planned-inspections/{listed}", []
    for kinds in ((), ("correction-order",), ("inspection-record", "inspection-record")):
        await carry_out(*kinds)
        done.append((await chief.get(url)).json()["done"])
    assert done == [0, 0, 1]
    by_page = (await chief.get("/v1/planned-inspections")).json()["items"]
    pulled = json.loads((await officer.get("/v1/pulls/planned-inspections")).text.splitlines()[0])
    assert by_page == [pulled] == [(await chief.get(url)).json()]


async def test_an_inspection_whose_major_hazard_nobody_can_see_is_not_counted_until_its_photo_comes(
    chief, listed, carry_out, officer, follower
):
    hazard, photo = uuid4(), jpeg(64, 48)
    visit = await carry_out("inspection-record", major=hazard)

    async def done():
        page = (await chief.get("/v1/planned-inspections")).json()["items"]
        pulled = json.loads(
            (await officer.get("/v1/pulls/planned-inspections")).text.splitlines()[0]
        )
        (plan,) = (await chief.get("/v1/plans")).json()["items"]
        assert page[0]["done"] == pulled["done"] == plan["done"]
        return pulled["done"]

    async def told():
        changes = (await follower.get("/v1/feeds/case")).json()["changes"]
        return [c["state"]["done"] for c in changes if c["kind"] == "planned_inspection.done"]

    body = evidence(visit, photo, hazard_id=str(hazard))
    assert (await officer.put(f"/v1/evidence/{body['id']}", json=body)).status_code == 200
    assert (await done(), await told()) == (0, [])
    await uploaded(officer, photo)
    assert (await done(), await told()) == (1, [1])


async def test_more_inspections_of_one_plant_do_not_make_up_for_another(
    chief, county, drafted, listed, carry_out
):
    body = good.planned(drafted, county.plant, month=9)
    await chief.put(f"/v1/planned-inspections/{uuid4()}", json=body)
    for _ in range(3):
        await carry_out("inspection-record")
    plan = (await chief.get(f"/v1/plans/{drafted}")).json()
    assert (plan["planned"], plan["done"]) == (2, 1)


async def test_a_plan_begins_as_a_draft_with_nothing_in_it(chief, drafted):
    plan = (await chief.get(f"/v1/plans/{drafted}")).json()
    assert (plan["stage"], plan["planned"], plan["done"]) == ("draft", 0, 0)
    assert plan["drafted_by"] == good.CHIEF


async def test_a_draft_can_be_changed_and_the_same_again_changes_nothing(chief, drafted, follower):
    url = f"/v1/plans/{drafted}"
    for _ in range(2):
        answer = await chief.put(url, json=good.plan(title="修改后的计划"))
        assert answer.json()["title"] == "修改后的计划"
    kinds = [c["kind"] for c in (await follower.get("/v1/feeds/case")).json()["changes"]]
    assert kinds == ["plan.drafted", "plan.changed"]


async def test_a_plan_for_a_region_that_is_not_the_callers_is_forbidden(chief, county):
    answer = await chief.put(f"/v1/plans/{uuid4()}", json=good.plan(region="140802"))
    assert answer.status_code == 403


async def test_a_plan_for_a_region_that_is_not_its_units_is_refused(as_officer, county):
    city = as_officer("1408", "section_chief")
    answer = await city.put(f"/v1/plans/{uuid4()}", json=good.plan(region="140802"))
    assert answer.status_code == 422


async def test_a_neighbouring_county_sees_nothing_of_a_plan_and_the_city_does(
    as_officer, drafted, listed
):
    urls = (f"/v1/plans/{drafted}", f"/v1/planned-inspections/{listed}")
    seen_by = {
        region: [(await as_officer(region).get(url)).status_code for url in urls]
        for region in ("140802", "140800KFQ", "1408")
    }
    assert seen_by == {"140802": [404, 404], "140800KFQ": [404, 404], "1408": [200, 200]}


async def test_an_id_of_another_countys_plan_is_a_conflict_and_tells_nothing(as_officer, drafted):
    neighbour = as_officer("140802", "section_chief")
    answer = await neighbour.put(
        f"/v1/plans/{drafted}", json=good.plan(region="140802", unit="140802")
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "different-content")
    assert "河津" not in answer.text


async def test_a_plant_in_a_plan_carries_its_name_and_the_plans_year_and_unit(
    chief, county, drafted, listed
):
    planned = (await chief.get(f"/v1/planned-inspections/{listed}")).json()
    assert planned == good.planned(drafted, county.plant) | {
        "id": listed, "entity_name": county.plant_name, "region": "140882", "unit": "140882",
        "year": 2026, "done": 0, "approved": False,
    }  # fmt: skip
    assert (await chief.get(f"/v1/plans/{drafted}")).json()["planned"] == 1


async def test_an_incomplete_plant_is_refused_and_what_it_lacks_is_named(chief, county, drafted):
    body = good.planned(drafted, county.incomplete)
    answer = await chief.put(f"/v1/planned-inspections/{uuid4()}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "ledger-incomplete")
    assert "法定代表人（负责人）" in answer.json()["detail"]


async def test_a_plant_that_the_mirror_does_not_know_may_take_a_moment(chief, county, drafted):
    body = good.planned(drafted, str(uuid4()))
    answer = await chief.put(f"/v1/planned-inspections/{uuid4()}", json=body)
    assert answer.status_code == 404
    assert "稍候" in answer.json()["detail"]


@pytest.mark.parametrize("state", ["关闭", "注销", "迁出"])
async def test_a_plant_that_no_longer_works_is_not_planned_for(chief, told, drafted, state):
    closed = good.entity_state(7, op_status=state)
    await told("entity", closed)
    answer = await chief.put(
        f"/v1/planned-inspections/{uuid4()}", json=good.planned(drafted, closed["id"])
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "entity-closed")
    assert state in answer.json()["detail"]


async def test_a_plant_of_another_county_does_not_belong_into_the_plan(as_officer, told, drafted):
    elsewhere = entity_state(3, division_code="140802001")
    await told("entity.entered", elsewhere)
    city = as_officer("1408", "section_chief")
    body = good.planned(drafted, elsewhere["id"])
    answer = await city.put(f"/v1/planned-inspections/{uuid4()}", json=body)
    assert answer.status_code == 422


async def test_a_plant_in_a_draft_can_be_moved_to_another_month(chief, county, drafted, listed):
    body = good.planned(drafted, county.plant, month=9, times=2)
    answer = await chief.put(f"/v1/planned-inspections/{listed}", json=body)
    assert answer.json()["month"] == 9
    assert (await chief.get(f"/v1/plans/{drafted}")).json()["planned"] == 2


async def test_approval_stands_with_its_number_and_makes_each_plant_planned(
    head, drafted, listed, follower
):
    answer = await head.put(f"/v1/plans/{drafted}/approval", json=good.approval())
    assert answer.json()["stage"] == "approved"
    assert answer.json()["approval_number"] == "河应急发〔2026〕3号"
    assert (await head.get(f"/v1/planned-inspections/{listed}")).json()["approved"]
    changes = (await follower.get("/v1/feeds/case")).json()["changes"]
    assert [c["kind"] for c in changes[-2:]] == ["plan.approved", "planned_inspection.approved"]
    assert changes[-1]["state"]["approved"]


async def test_approving_the_same_again_is_free_and_otherwise_is_not(head, drafted, follower):
    url = f"/v1/plans/{drafted}/approval"
    first = await head.put(url, json=good.approval())
    assert (await head.put(url, json=good.approval())).json() == first.json()
    other = await head.put(url, json=good.approval(approval_number="河应急发〔2026〕4号"))
    assert (other.status_code, other.json()["code"]) == (409, "plan-approved")
    kinds = [c["kind"] for c in (await follower.get("/v1/feeds/case")).json()["changes"]]
    assert kinds == ["plan.drafted", "plan.approved"]


async def test_an_approved_plan_is_closed_to_changes_and_to_plants(
    chief, head, county, drafted, listed
):
    await head.put(f"/v1/plans/{drafted}/approval", json=good.approval())
    answers = [
        await chief.put(f"/v1/plans/{drafted}", json=good.plan(title="另一个计划")),
        await chief.put(
            f"/v1/planned-inspections/{uuid4()}", json=good.planned(drafted, county.plant)
        ),
        await chief.put(
            f"/v1/planned-inspections/{listed}", json=good.planned(drafted, county.plant, month=1)
        ),
    ]
    assert [a.json()["code"] for a in answers] == ["plan-approved"] * 3
    assert [a.status_code for a in answers] == [409] * 3


async def test_what_was_sent_before_the_approval_may_be_sent_again(
    chief, head, county, told, drafted, listed
):
    await head.put(f"/v1/plans/{drafted}/approval", json=good.approval())
    await told("entity.changed", entity_state(1, without="legal_rep"))
    again = [
        await chief.put(f"/v1/plans/{drafted}", json=good.plan()),
        await chief.put(
            f"/v1/planned-inspections/{listed}", json=good.planned(drafted, county.plant)
        ),
    ]
    assert [a.status_code for a in again] == [200, 200]
    assert again[0].json()["stage"] == "approved"


async def test_who_drafts_plans_may_not_approve_them(chief, officer, drafted):
    answer = await chief.put(f"/v1/plans/{drafted}/approval", json=good.approval())
    assert answer.status_code == 403
    assert (await officer.put(f"/v1/plans/{uuid4()}", json=good.plan())).status_code == 403


async def test_plans_are_listed_by_year_in_pages(chief, county):
    for year in (2024, 2025, 2026):
        await chief.put(f"/v1/plans/{uuid4()}", json=good.plan(year=year))
    first = (await chief.get("/v1/plans", params={"limit": 2})).json()
    rest = (await chief.get("/v1/plans", params={"limit": 2, "after": first["next"]})).json()
    assert [p["year"] for p in first["items"] + rest["items"]] == [2026, 2025, 2024]
    assert rest["next"] is None
    only = (await chief.get("/v1/plans", params={"year": 2025, "region": "1408"})).json()["items"]
    assert [p["year"] for p in only] == [2025]


async def test_plants_in_plans_are_listed_by_month_in_pages(chief, county, drafted):
    for month in (7, 3, 5):
        body = good.planned(drafted, county.plant, month=month)
        await chief.put(f"/v1/planned-inspections/{uuid4()}", json=body)
    wanted = {"plan": drafted, "entity": county.plant, "limit": 2}
    first = (await chief.get("/v1/planned-inspections", params=wanted)).json()
    rest = (
        await chief.get("/v1/planned-inspections", params=wanted | {"after": first["next"]})
    ).json()
    assert [p["month"] for p in first["items"] + rest["items"]] == [3, 5, 7]
    in_may = (await chief.get("/v1/planned-inspections", params={"month": 5})).json()["items"]
    assert [p["month"] for p in in_may] == [5]


@pytest.mark.parametrize("cursor", ["bm90LWpzb24", "WyJ4IiwieSJd", "WyJ4IiwieSIsInoiXQ"])
async def test_a_cursor_that_is_not_ours_is_told_so(chief, county, cursor):
    for path in ("plans", "planned-inspections", "inspection-schemes"):
        answer = await chief.get(f"/v1/{path}", params={"after": cursor})
        assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


async def test_a_pull_holds_the_same_shape_as_the_resource(officer, listed):
    lines = (await officer.get("/v1/pulls/planned-inspections")).text.splitlines()
    assert json.loads(lines[0]) == (await officer.get(f"/v1/planned-inspections/{listed}")).json()
    assert json.loads(lines[-1])["rows"] == 1


async def test_a_plant_that_was_completed_can_be_planned(chief, county, told, drafted):
    body = good.planned(drafted, county.incomplete)
    url = f"/v1/planned-inspections/{uuid4()}"
    assert (await chief.put(url, json=body)).status_code == 409
    await told("entity.changed", entity_state(2))
    assert (await chief.put(url, json=body)).status_code == 200
